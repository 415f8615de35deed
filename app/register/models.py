"""The read model: what the public's searches touch, written only by `projecting.project`."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.columns import Point


class RegisterSearch(Base):
    """One narrow row per public provider, for filtering and ordering."""

    __tablename__ = "register_search"
    __table_args__ = (
        Index("register_search_words_idx", "words", postgresql_using="gin"),
        Index("register_search_sort_name_id_idx", "sort_name", "id"),
        Index("register_search_status_idx", "status"),
    )

    id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="The six digits of the number"
    )
    status: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text(collation="C"), comment="Plain lower-case words")
    words = Column(
        "words",
        TSVECTOR,
        nullable=False,
        comment="A: name and number, B: other names, C: programmes, D: towns; plain words",
    )
    vocabulary: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="The same words, to keep register_words true"
    )


class RegisterDocument(Base):
    """The rendered bytes of a provider: what a search and a look-up answer with."""

    __tablename__ = "register_documents"

    id: Mapped[int] = mapped_column(
        ForeignKey("register_search.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[str] = mapped_column(Text, unique=True)
    entry: Mapped[int] = mapped_column(BigInteger, comment="The ledger entry these bytes render")
    format: Mapped[int] = mapped_column(SmallInteger, comment="Rendering format; see rendering.py")
    summary: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON for a list item")
    document: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON of the whole record")


class RegisterSite(Base):
    """One row per open site, with its filters; sites without a public point have none here."""

    __tablename__ = "register_sites"
    __table_args__ = (
        Index("register_sites_place_idx", "place", postgresql_using="gist"),
        Index("register_sites_la_code_idx", "la_code"),
        Index("register_sites_needs_idx", "needs", postgresql_using="gin"),
    )

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("register_search.id", ondelete="CASCADE"), primary_key=True
    )
    reference: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    la_code: Mapped[str] = mapped_column(Text)
    place = Column("place", Point, nullable=True, comment="Metres, British National Grid")
    ages: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), comment="Every age in any offer")
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Every need in any offer")
    summary: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON for a list item's site")


class RegisterWord(Base):
    """The vocabulary that misspelt words are corrected against."""

    __tablename__ = "register_words"
    __table_args__ = (
        Index(
            "register_words_word_idx",
            "word",
            postgresql_using="gin",
            postgresql_ops={"word": "gin_trgm_ops"},
        ),
    )

    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    documents: Mapped[int] = mapped_column(Integer, comment="Providers it occurs in; from 1")
