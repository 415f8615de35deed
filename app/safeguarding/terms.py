"""The words of safeguarding."""

from enum import StrEnum


class Duty(StrEnum):
    """What exactly one body answers for at every moment of a placement."""

    LEAD_CONTACT = "lead-contact"
    ATTENDANCE_FOLLOW_UP = "attendance-follow-up"


class BodyCapacity(StrEnum):
    """Who can take such a duty over: what a body is to the child."""

    COMMISSIONER = "commissioner"
    HOME_SCHOOL = "home-school"
    HOME_LA = "home-la"
    PLAN_LA = "plan-la"
    CORPORATE_PARENT = "corporate-parent"


class OfferAnswer(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ItemSource(StrEnum):
    """Where the register knows an item from."""

    RECORDED = "recorded"
    LEAD_CONTACT = "lead-contact"
    SITE_CHECKS = "site-checks"
    REVIEWS = "reviews"
    ATTENDANCE = "attendance"
    NOTICES = "notices"
