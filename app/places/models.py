"""Tables of places. All but `postcodes` hold shipped facts and are rewritten by `migrate`."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class LocalAuthority(Base):
    """A council with education duties, as it is now."""

    __tablename__ = "local_authorities"
    __table_args__ = (
        CheckConstraint("la_code ~ '^[0-9]{3}$'", name="la_code_form"),
        CheckConstraint("gss_code ~ '^E[0-9]{8}$'", name="gss_code_form"),
        CheckConstraint(
            "kind IN ('county-council', 'london-borough', 'metropolitan-district', "
            "'sui-generis', 'unitary-authority')",
            name="kind_known",
        ),
    )

    la_code: Mapped[str] = mapped_column(Text, primary_key=True, comment="DfE three-digit code")
    gss_code: Mapped[str] = mapped_column(Text, unique=True, comment="ONS nine-character code")
    name: Mapped[str] = mapped_column(Text, comment="As the ONS writes it")
    kind: Mapped[str] = mapped_column(Text, comment="What sort of council it is")
    region: Mapped[str] = mapped_column(Text, comment="One of the nine regions of England (ONS)")
    centre_easting: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of its live postcodes, to 100 m (OS)"
    )
    centre_northing: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of its live postcodes, to 100 m (OS)"
    )
    spread_metres: Mapped[int] = mapped_column(
        Integer, comment="Root mean square distance of its postcodes from the centre, to 100 m (OS)"
    )


class FormerLocalAuthority(Base):
    """A pair of codes that no longer stands for a local authority."""

    __tablename__ = "former_local_authorities"

    gss_code: Mapped[str] = mapped_column(
        Text, primary_key=True, comment="ONS nine-character code, never used again"
    )
    la_code: Mapped[str] = mapped_column(
        Text, comment="DfE three-digit code; sometimes kept by the successor"
    )
    name: Mapped[str] = mapped_column(Text, comment="Its name then (DfE)")
    last_year: Mapped[int] = mapped_column(
        SmallInteger, comment="The last year in which the DfE's list of areas has it"
    )


class FormerLocalAuthoritySuccessor(Base):
    """Who has a former local authority's area now; more than one where it was divided."""

    __tablename__ = "former_local_authority_successors"

    former_gss_code: Mapped[str] = mapped_column(
        ForeignKey("former_local_authorities.gss_code"),
        primary_key=True,
        comment="The former authority",
    )
    successor_la_code: Mapped[str] = mapped_column(
        ForeignKey("local_authorities.la_code"),
        primary_key=True,
        index=True,
        comment="An authority that has its area, or part of it, now",
    )


class PostcodeArea(Base):
    """The letters a postcode begins with, where any such postcode is in England."""

    __tablename__ = "postcode_areas"

    area: Mapped[str] = mapped_column(Text, primary_key=True, comment="CV of CV1 2WT")
    centre_easting: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of English postcodes, to 1 km (OS)"
    )
    centre_northing: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of English postcodes, to 1 km (OS)"
    )
    english_postcodes: Mapped[int] = mapped_column(
        Integer, comment="How many live postcodes it had in England in October 2025 (OS)"
    )


class PostcodeDistrict(Base):
    """The first half of a postcode, where most such postcodes are in England."""

    __tablename__ = "postcode_districts"

    outcode: Mapped[str] = mapped_column(Text, primary_key=True, comment="CV1 of CV1 2WT")
    centre_easting: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of its postcodes, to 100 m (OS)"
    )
    centre_northing: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid: mean of its postcodes, to 100 m (OS)"
    )
    la_code: Mapped[str] = mapped_column(
        ForeignKey("local_authorities.la_code"),
        index=True,
        comment="The local authority with most of its postcodes; it may reach into others",
    )
    postcodes: Mapped[int] = mapped_column(
        Integer, comment="How many live postcodes it had in October 2025 (OS)"
    )


class Postcode(Base):
    """A live English postcode, imported by an operator from OS or ONS open data."""

    __tablename__ = "postcodes"

    postcode: Mapped[str] = mapped_column(
        Text, primary_key=True, comment="Upper case, one space: CV1 2WT"
    )
    la_code: Mapped[str | None] = mapped_column(
        ForeignKey("local_authorities.la_code"),
        index=True,
        comment="The local authority it lies in; empty where the source does not say",
    )
    easting: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid, of the middle of its addresses"
    )
    northing: Mapped[int] = mapped_column(
        Integer, comment="Metres, British National Grid, of the middle of its addresses"
    )
