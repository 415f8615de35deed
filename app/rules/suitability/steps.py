"""The steps of an assessment, in the order in which they are usually taken."""

from enum import StrEnum


class Step(StrEnum):
    """What is looked at."""

    NEED = "need"
    """Why the child needs it, and by which legal route."""
    ALTERNATIVES = "alternatives"
    """What was tried before, and what else was considered."""
    VOICES = "voices"
    """What the child and the parent say, and on what power the place rests."""
    TOLD = "told"
    """Who was told, and when."""
    SHORTLIST = "shortlist"
    """Which settings were looked at, and which is chosen."""
    REGISTRATION = "registration"
    """Whether the setting would have to register as a school."""
    ASSURANCE = "assurance"
    """What is known of the setting, and what the commissioner checked for itself."""
    VISIT = "visit"
    MATCH = "match"
    """How the child's needs are met, and what they are taught."""
    RISK = "risk"
    PLAN = "plan"
    """What is to be reached, until when, and how the child comes back."""
    MONEY = "money"
    DECISION = "decision"


class Told(StrEnum):
    """Who is told before a place begins."""

    LOCAL_AUTHORITY = "local-authority"
    PLAN_CASEWORKER = "plan-caseworker"
    SOCIAL_WORKER = "social-worker"
    VIRTUAL_SCHOOL_HEAD = "virtual-school-head"
    HEALTH_PROFESSIONAL = "health-professional"


class Consent(StrEnum):
    """What the parent says of the place."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"


class SectionF(StrEnum):
    """Whether what section F of a plan specifies is provided."""

    DELIVERED = "delivered"
    """Here, or here and elsewhere together."""
    NOT_DELIVERED = "not-delivered"
