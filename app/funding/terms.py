"""The words of funding."""

from enum import StrEnum


class FundingKind(StrEnum):
    """What is paid for; each has its own price and its own payers."""

    EDUCATION = "education"
    TRANSPORT = "transport"
    MEALS = "meals"


class BudgetLine(StrEnum):
    """Out of which money a payer pays."""

    SCHOOL_BUDGET = "school-budget"
    NOTIONAL_SEN = "notional-sen"
    PUPIL_PREMIUM = "pupil-premium"
    PUPIL_PREMIUM_PLUS = "pupil-premium-plus"
    HIGH_NEEDS_AP = "high-needs-ap"
    HIGH_NEEDS_TOP_UP = "high-needs-top-up"
    EARLY_YEARS = "early-years"
    ICB = "icb"
    """An integrated care board's, of the health service."""


class RecoveryBasis(StrEnum):
    """On what ground money is got back."""

    EXCLUSION_FORMULA = "exclusion-formula"
    """`A x B/52 + C`, computed."""
    AWPU_PRO_RATA = "awpu-pro-rata"
    """Of what the formula gives for a pupil, the part of the year."""
    PUPIL_PREMIUM = "pupil-premium"
    TOP_UP = "top-up"
    LOCAL_AGREEMENT = "local-agreement"


class FundingState(StrEnum):
    """Where an arrangement stands."""

    WAITING_FOR_SECOND_PERSON = "waiting-for-second-person"
    """Another payer than the matrix allows was chosen; nobody signs before it is confirmed."""
    TO_SIGN = "to-sign"
    TO_BE_CONFIRMED = "to-be-confirmed"
    """The hours changed since it was agreed."""
    AGREED = "agreed"


class FundingListed(StrEnum):
    """What is wanted of the arrangements that concern somebody."""

    TO_SIGN = "to-sign"
    """Your own organisation has yet to sign."""
    DISPUTED = "disputed"
    TO_BE_CONFIRMED = "to-be-confirmed"
    AGREED = "agreed"


class InterimReason(StrEnum):
    """Why the duty holder pays meanwhile."""

    DISPUTE = "dispute"
    SIGNATURE_MISSING = "signature-missing"


class Settlement(StrEnum):
    """How a dispute ended."""

    AGREEMENT = "agreement"
    """The payer that disputed says so."""
    DECISION = "decision"
    """Somebody named decided it, with reasons."""
