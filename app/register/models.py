"""The read model, written only by `projecting.project`; and what is taken out of the log."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment
from app.db.columns import Point
from app.providers.models.providers import Provider

GROUNDS = "'home-address', 'personal-data', 'published-in-error', 'court-order', 'other'"
"""Of redactions, as `terms.RedactionGrounds` names them."""
SHAPES = "'jsonl', 'csv-providers', 'csv-sites', 'csv-offers'"
"""Of files of the whole register, as `terms.Shape` names them."""


class RegisterSearch(Base):
    """One narrow row per public provider, for filtering and ordering."""

    __tablename__ = "register_search"
    __table_args__ = (
        Index("register_search_words_idx", "words", postgresql_using="gin"),
        Index("register_search_status_idx", "status"),
        Index("register_search_sort_name_id_idx", "sort_name", "id"),
        Index("register_search_identifiers_idx", "identifiers", postgresql_using="gin"),
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
    identifiers: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="What other registers call it, as scheme:value"
    )


class RegisterDocument(Base):
    """The rendered bytes of a provider: what a search and a look-up answer with."""

    __tablename__ = "register_documents"
    __table_args__ = (Index("register_documents_entry_idx", "entry"),)

    id: Mapped[int] = mapped_column(
        ForeignKey("register_search.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[str] = mapped_column(Text, unique=True)
    entry: Mapped[int] = mapped_column(BigInteger, comment="The ledger entry these bytes render")
    format: Mapped[int] = mapped_column(SmallInteger, comment="Rendering format; see rendering.py")
    summary: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON for a list item")
    document: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON of the whole record")


class RegisterSite(Base):
    """One row per open site with a listing, with its filters; some have no public point."""

    __tablename__ = "register_sites"
    __table_args__ = (
        Index("register_sites_place_idx", "place", postgresql_using="gist"),
        Index(
            "register_sites_la_code_sort_name_provider_id_reference_idx",
            *("la_code", "sort_name", "provider_id", "reference"),
        ),
        Index("register_sites_tags_idx", "tags", postgresql_using="gin"),
    )

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("register_search.id", ondelete="CASCADE"), primary_key=True
    )
    reference: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    status: Mapped[str] = mapped_column(Text, comment="Where its listing stands")
    la_code: Mapped[str] = mapped_column(Text)
    place = Column("place", Point, nullable=True, comment="Metres, British National Grid")
    summary: Mapped[bytes] = mapped_column(LargeBinary, comment="JSON for a list item's site")
    evidence: Mapped[str | None] = mapped_column(
        Text, comment="Whether what is critical is current; empty where none is asked for"
    )
    provider_status: Mapped[str] = mapped_column(Text, comment="Where its provider stands")
    sort_name: Mapped[str] = mapped_column(Text(collation="C"), comment="Its provider's")
    age_bits: Mapped[int] = mapped_column(
        Integer, comment="Bit n is age n, of any offer its listing covers"
    )
    stage_bits: Mapped[int] = mapped_column(
        SmallInteger, comment="Bit n is key stage n, of the same offers"
    )
    need_bits: Mapped[int] = mapped_column(
        Integer, comment="Bit n is the nth need, of the same offers"
    )
    place_bits: Mapped[int] = mapped_column(
        SmallInteger, comment="Bit n is the nth band of places, of the same offers"
    )
    tags: Mapped[list[str]] = mapped_column(
        ARRAY(Text), comment="All that one can filter by, as kind:value"
    )
    several: Mapped[bool] = mapped_column(comment="Whether its provider has further rows")
    outcome: Mapped[str | None] = mapped_column(
        Text, comment="What follows from its inspections; empty where nothing is told of it"
    )
    seen_on: Mapped[date | None] = mapped_column(
        Date, comment="When evidence that counts was last seen; without an inspection, for listing"
    )
    due_on: Mapped[date | None] = mapped_column(
        Date, comment="By when it is visited next; empty where it is not on the register"
    )
    inspected: Mapped[bool] = mapped_column(comment="Whether an inspection of it is published")


class RegisterPast(Base):
    """What a search asks of a provider, as each of its entries told it; gone with the entry."""

    __tablename__ = "register_past"

    id: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, comment="The six digits of the number"
    )
    from_entry: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="The entry it renders"
    )
    until_entry: Mapped[int | None] = mapped_column(
        BigInteger, comment="The provider's next entry; empty for the newest"
    )
    status: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text(collation="C"))
    words = Column("words", TSVECTOR, nullable=False)


class RegisterPastSite(Base):
    """The same of its sites."""

    __tablename__ = "register_past_sites"
    __table_args__ = (
        ForeignKeyConstraint(
            ["provider_id", "from_entry"],
            ["register_past.id", "register_past.from_entry"],
            ondelete="CASCADE",
        ),
    )

    provider_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_entry: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reference: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(Text)
    la_code: Mapped[str] = mapped_column(Text)
    place = Column("place", Point, nullable=True, comment="Metres, British National Grid")
    age_bits: Mapped[int] = mapped_column(Integer)
    stage_bits: Mapped[int] = mapped_column(SmallInteger)
    need_bits: Mapped[int] = mapped_column(Integer)
    place_bits: Mapped[int] = mapped_column(SmallInteger)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    evidence: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    seen_on: Mapped[date | None] = mapped_column(Date)


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
        Index("register_words_entry_idx", "entry"),
    )

    word: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    documents: Mapped[int] = mapped_column(Integer, comment="Providers it occurs in; from 1")
    entry: Mapped[int] = mapped_column(
        BigInteger,
        server_default="0",
        comment="The ledger entry with which its count last changed",
    )


class RegisterRendition(Base):
    """A whole file of the register, made once and kept in the store of files under its id."""

    __tablename__ = "register_renditions"
    __table_args__ = (
        CheckConstraint("entry > 0", name="of_some_entry"),
        CheckConstraint(f"shape IN ({SHAPES})", name="shape_known"),
        UniqueConstraint("shape", "entry", "tombstones", "format"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, comment="Names its object in the store")
    shape: Mapped[str] = mapped_column(Text, comment="Which file of the register it is")
    entry: Mapped[int] = mapped_column(BigInteger, comment="The head it was made of")
    recorded_at: Mapped[datetime] = mapped_column(Moment, comment="Its time")
    tombstones: Mapped[int] = mapped_column(
        BigInteger, comment="How many there were: it is sent while there are as many"
    )
    format: Mapped[int] = mapped_column(SmallInteger, comment="Rendering format of its records")
    size: Mapped[int] = mapped_column(BigInteger, comment="Bytes")
    made_at: Mapped[datetime] = mapped_column(Moment)


class Redaction(Base):
    """A wrongly published fact, proposed to be taken out of the log; done by a second person.

    The fact itself is never written here: only where it stands, and a salted hash that finds it.
    The salt goes when the redaction is settled, and with it every way back to the fact.
    """

    __tablename__ = "redactions"
    __table_args__ = (
        CheckConstraint("length(btrim(reason)) > 0", name="reasoned"),
        CheckConstraint(f"grounds IN ({GROUNDS})", name="grounds_known"),
        CheckConstraint("state IN ('proposed', 'declined', 'done')", name="state_known"),
        CheckConstraint(
            "(state = 'proposed') = (settled_by IS NULL) "
            "AND (state = 'proposed') = (settled_at IS NULL)",
            name="settled_by_somebody",
        ),
        CheckConstraint("settled_by <> proposed_by", name="by_two_people"),
        CheckConstraint("(state = 'proposed') = (salt IS NOT NULL)", name="salted_while_open"),
        CheckConstraint("cardinality(entries) > 0", name="of_some_entries"),
        Index(
            "redactions_open_key",
            "provider_id",
            "pointer",
            unique=True,
            postgresql_where="state = 'proposed'",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Provider.id), index=True)
    number: Mapped[str] = mapped_column(Text, comment="The provider's")
    pointer: Mapped[str] = mapped_column(
        Text, comment="JSON pointer into the record; * is every place of a list"
    )
    value_hash: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 of salt and canonical value; never the value"
    )
    salt: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="16 random bytes, gone once settled: then the hash tells nothing"
    )
    grounds: Mapped[str] = mapped_column(Text, comment="Of a closed list; public")
    reason: Mapped[str] = mapped_column(Text, comment="Why, for the public; not the fact itself")
    state: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="For whom it was proposed"
    )
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    entries: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger), comment="The log's entries that hold, or held, the fact"
    )
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")
