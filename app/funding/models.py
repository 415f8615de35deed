"""Tables of what is agreed about money: arrangements, their terms, payers, signatures, disputes."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Text,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment

_CAPACITIES = (
    "'school', 'trust', 'home-la', 'plan-la', 'corporate-parent', 'health-body', 'college', "
    "'department', 'parent', 'other'"
)
_BUDGETS = (
    "'school-budget', 'notional-sen', 'pupil-premium', 'pupil-premium-plus', 'high-needs-ap', "
    "'high-needs-top-up', 'early-years', 'icb'"
)
_RECOVERIES = "'exclusion-formula', 'awpu-pro-rata', 'pupil-premium', 'top-up', 'local-agreement'"


class FundingArrangement(Base):
    """That something of a placement is paid for on some days; what is agreed are its terms."""

    __tablename__ = "funding_arrangements"
    __table_args__ = (
        CheckConstraint("kind IN ('education', 'transport', 'meals')", name="kind_known"),
        CheckConstraint("until >= since", name="days_in_order"),
        CheckConstraint("amounts_of <= terms_number", name="amounts_in_order"),
        ExcludeConstraint(
            ("placement_id", "="),
            ("kind", "="),
            (func.daterange(column("since"), column("until"), text("'[]'::text")), "&&"),
            name="funding_arrangements_one_at_a_time_excl",
            using="gist",
        ),
        Index("funding_arrangements_unsigned_idx", "since", postgresql_where="agreed_at IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    placement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("placements.id"), index=True)
    kind: Mapped[str] = mapped_column(Text, comment="education, transport or meals")
    since: Mapped[date] = mapped_column(Date, comment="The first day, by its present terms")
    until: Mapped[date] = mapped_column(Date, comment="The last day, by its present terms")
    terms_number: Mapped[int] = mapped_column(SmallInteger, comment="Of its present terms")
    amounts_of: Mapped[int] = mapped_column(
        SmallInteger, comment="The terms since which the money is the same; what is signed"
    )
    hours_changed_on: Mapped[date | None] = mapped_column(
        Date, comment="The timetable changed from this day; to be confirmed. Empty: it did not"
    )
    agreed_at: Mapped[datetime | None] = mapped_column(
        Moment, comment="When the last payer signed these amounts; empty: one has yet to"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, comment="Counts changes; the entity tag")


class FundingTerms(Base):
    """What is agreed; an amendment is the next row, and the former stays."""

    __tablename__ = "funding_terms"
    __table_args__ = (
        CheckConstraint("until >= since", name="days_in_order"),
        CheckConstraint(
            "unit IN ('hour', 'half-day', 'day', 'week', 'term', 'place')", name="unit_known"
        ),
        CheckConstraint("price_pence >= 0 AND estimate_pence >= 0", name="no_negative_sum"),
        CheckConstraint(
            "(units_a_week IS NOT NULL) = (unit IN ('hour', 'half-day', 'day'))",
            name="units_where_counted",
        ),
        CheckConstraint("times > 0", name="at_least_once"),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("funding_arrangements.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, comment="1 is the first")
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, comment="The last day")
    unit: Mapped[str] = mapped_column(Text, comment="hour, half-day, day, week, term or place")
    price_pence: Mapped[int] = mapped_column(BigInteger, comment="Of one unit")
    units_a_week: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    times: Mapped[int] = mapped_column(SmallInteger, comment="Weeks; terms; once for a place")
    estimate_pence: Mapped[int] = mapped_column(BigInteger, comment="In all, as computed")
    vat_note: Mapped[str | None] = mapped_column(Text)
    law_party: Mapped[str | None] = mapped_column(
        Text, comment="Who pays first by the matrix: see rules.funding; empty for travel and meals"
    )
    law_organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Which organisation that was, if known"
    )
    owed_by_rule: Mapped[str | None] = mapped_column(
        Text, comment="The enactment by which the education is owed; empty: it may be chosen"
    )
    why: Mapped[str | None] = mapped_column(Text, comment="Of an amendment; names no child")
    written_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    written_at: Mapped[datetime] = mapped_column(Moment)


class FundingPayer(Base):
    """One who pays by the terms, as what, and how much."""

    __tablename__ = "funding_payers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
        ),
        CheckConstraint(f"capacity IN ({_CAPACITIES})", name="capacity_known"),
        CheckConstraint("(organisation_id IS NULL) <> (name IS NULL)", name="somebody"),
        CheckConstraint("share_basis_points BETWEEN 0 AND 10000", name="share_range"),
        CheckConstraint("amount_pence >= 0", name="no_negative_sum"),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    terms_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="1 pays the provider first"
    )
    capacity: Mapped[str] = mapped_column(Text, comment="As what they pay: see rules.funding")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    name: Mapped[str | None] = mapped_column(Text, comment="Of whoever is not on this service")
    share_basis_points: Mapped[int | None] = mapped_column(
        SmallInteger, comment="Of 10,000; empty where amounts were agreed"
    )
    amount_pence: Mapped[int] = mapped_column(BigInteger, comment="Together the estimate")
    order_number: Mapped[str | None] = mapped_column(Text, comment="For the provider's invoice")


class FundingBudget(Base):
    """Out of which money a payer pays: theirs and the commissioner's to know."""

    __tablename__ = "funding_budgets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
        ),
        CheckConstraint(f"budget_line IN ({_BUDGETS})", name="budget_line_known"),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    terms_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    payer_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    budget_line: Mapped[str] = mapped_column(Text)


class FundingRecovery(Base):
    """Money that is got back from somebody, on what ground and how it was computed."""

    __tablename__ = "funding_recoveries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
        ),
        CheckConstraint(f"basis IN ({_RECOVERIES})", name="basis_known"),
        CheckConstraint("amount_pence >= 0", name="no_negative_sum"),
        CheckConstraint("until >= since", name="days_in_order"),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    terms_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    basis: Mapped[str] = mapped_column(Text)
    from_organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    amount_pence: Mapped[int] = mapped_column(BigInteger)
    formula: Mapped[str | None] = mapped_column(Text, comment="With its figures, to be read")
    rule: Mapped[str] = mapped_column(Text, comment="Its code: see rules.catalogue")
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date, comment="The last day")


class FundingOverride(Base):
    """Why somebody pays first whom the matrix does not allow, and who confirmed it."""

    __tablename__ = "funding_overrides"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
        ),
        CheckConstraint("octet_length(encrypted_reason) >= 28", name="encrypted"),
        CheckConstraint("confirmed_by <> proposed_by", name="by_two_people"),
        CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL) "
            "AND (confirmed_by IS NULL) = (confirmed_by_name IS NULL)",
            name="confirmed_whole",
        ),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    terms_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    encrypted_reason: Mapped[bytes] = mapped_column(LargeBinary, comment="Under the child's key")
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    confirmed_by_name: Mapped[str | None] = mapped_column(Text, comment="As it was then")
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class FundingSignature(Base):
    """That a named person agreed to amounts for a payer. Other amounts are signed anew."""

    __tablename__ = "funding_signatures"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
        ),
        CheckConstraint("length(btrim(signed_name)) > 0", name="named"),
    )

    arrangement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    terms_number: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, comment="The terms since which these amounts hold"
    )
    payer_number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    signed_name: Mapped[str] = mapped_column(Text, comment="Who agreed")
    signed_on: Mapped[date] = mapped_column(Date, comment="On which day")
    signed_by: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Who signed here, or wrote down that they did"
    )
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class FundingDispute(Base):
    """That a payer says they need not pay; it runs on its own clock and holds nothing up."""

    __tablename__ = "funding_disputes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
        ),
        CheckConstraint("octet_length(encrypted_reason) >= 28", name="encrypted"),
        CheckConstraint("octet_length(encrypted_settlement) >= 28", name="settlement_encrypted"),
        CheckConstraint("settlement IN ('agreement', 'decision')", name="settlement_known"),
        CheckConstraint(
            "(settlement IS NULL) = (settled_at IS NULL) AND (settlement IS NULL) = (settled_by "
            "IS NULL) AND (settlement IS NULL) = (encrypted_settlement IS NULL) "
            "AND (settlement IS NOT DISTINCT FROM 'decision') = (decided_by IS NOT NULL)",
            name="settled_whole",
        ),
        Index(
            "funding_disputes_open_key",
            "arrangement_id",
            "payer",
            unique=True,
            postgresql_where="settled_at IS NULL",
        ),
        Index("funding_disputes_due_on_idx", "due_on", postgresql_where="settled_at IS NULL"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    arrangement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("funding_arrangements.id"))
    terms_number: Mapped[int] = mapped_column(SmallInteger, comment="The terms that are disputed")
    payer_number: Mapped[int] = mapped_column(SmallInteger)
    payer: Mapped[str] = mapped_column(
        Text, comment="Capacity, and the organisation's id or the name: the same in other terms"
    )
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    encrypted_reason: Mapped[bytes] = mapped_column(LargeBinary, comment="Under the child's key")
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    opened_by_name: Mapped[str] = mapped_column(Text, comment="As it was then")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date] = mapped_column(Date, comment="The last day to settle it by")
    settlement: Mapped[str | None] = mapped_column(Text, comment="agreement or decision")
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(Text, comment="Who decided, and what they are")
    encrypted_settlement: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was agreed or decided, and why; under the child's own key"
    )


class InterimPayer(Base):
    """That whoever has the duty pays meanwhile, without prejudice to who pays in the end."""

    __tablename__ = "interim_payers"
    __table_args__ = (
        CheckConstraint("because IN ('dispute', 'signature-missing')", name="because_known"),
        CheckConstraint("until >= since", name="days_in_order"),
        CheckConstraint("without_prejudice", name="never_with_prejudice"),
        Index(
            "interim_payers_present_key",
            "arrangement_id",
            unique=True,
            postgresql_where="until IS NULL",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    arrangement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("funding_arrangements.id"), index=True
    )
    party: Mapped[str] = mapped_column(Text, comment="Who has the duty: see rules.funding")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, comment="Which that is, where it is known"
    )
    rule: Mapped[str] = mapped_column(Text, comment="The enactment: its code in rules.catalogue")
    because: Mapped[str] = mapped_column(Text, comment="dispute or signature-missing")
    without_prejudice: Mapped[bool] = mapped_column(Boolean)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date, comment="The last day; empty: still")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
