"""The plain words for the codes of placements."""

from collections.abc import Iterable, Mapping

from app.pages.part_view import TagView
from app.placements.terms import Destination, KnownBy, PlacementEnd, PlacementState
from app.providers.terms import Status
from app.reviews.terms import ReviewLight
from app.rules.funding.answering import ROWS
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light
from app.rules.stated import RuleBasis
from app.safeguarding.terms import BodyCapacity, Duty

ROUTES: Mapping[str, str] = {route.value: row.title for route, row in ROWS.items()}
"""How a child came to the place, by the matrix of routes."""

DELIVERIES: Mapping[str, str] = {
    Delivery.AT_A_SETTING: "At a setting, with others",
    Delivery.LONE_TUTOR: "By a tutor alone",
    Delivery.ONLINE: "Online",
}

STATES: Mapping[str, TagView] = {
    PlacementState.UPCOMING: TagView("Not begun", "blue"),
    PlacementState.LIVE: TagView("Runs", "green"),
    PlacementState.ENDED: TagView("Ended", "grey"),
}

STANDINGS: Mapping[str, TagView] = {
    Status.KNOWN: TagView("Not on the register", "grey"),
    Status.LISTED: TagView("Listed", "green"),
    Status.LISTED_WITH_ACTIONS: TagView("Listed with actions", "teal"),
    Status.UNDER_REVIEW: TagView("Under review", "yellow"),
    Status.SUSPENDED: TagView("Suspended", "red"),
    Status.REMOVED: TagView("Removed from the register", "red"),
    Status.CLOSED: TagView("Closed", "grey"),
}
"""Where a provider stands today, as whoever places a child there must see it."""

LIGHTS: Mapping[str, TagView] = {
    Light.GREEN: TagView("Below the limit", "green"),
    Light.AMBER: TagView("Near the limit", "orange"),
    Light.INCOMPLETE: TagView("Not enough is known", "yellow"),
    Light.RED: TagView("Limit reached", "red"),
}
LIGHT_WORDS: Mapping[str, str] = {
    Light.GREEN: "With this place the setting stays below the limit at which it must register as "
    "a school.",
    Light.AMBER: "The setting is near the limit at which it must register as a school, or a "
    "person has to judge whether it is. Others place children there too: who, is told to nobody.",
    Light.INCOMPLETE: "Nobody can say how near the setting is to the limit at which it must "
    "register as a school: the provider has not declared lately whom it teaches besides, or how "
    "much education the children have elsewhere is not known.",
    Light.RED: "The setting has reached the limit at which it must register as a school. The "
    "department and the local authority where it lies have been told.",
}
"""What the registration test said, in plain words."""

ENDS: Mapping[str, str] = {
    PlacementEnd.OBJECTIVES_MET: "What it was for has been reached",
    PlacementEnd.REINTEGRATED: "The child is back at school",
    PlacementEnd.MOVED: "The child moved to other alternative provision",
    PlacementEnd.PLAN_NAMED: "An education, health and care plan names another place",
    PlacementEnd.LEFT_AREA: "The family left the area",
    PlacementEnd.SAFEGUARDING: "The child was not safe there",
    PlacementEnd.PROVIDER_ENDED: "The provider ended it",
    PlacementEnd.PARENT_WITHDREW: "The parent withdrew the child",
    PlacementEnd.SCHOOL_ENDED: "The school or authority ended it",
    PlacementEnd.EXCLUDED: "The child was excluded from school",
    PlacementEnd.SCHOOL_AGE_OVER: "The child is over compulsory school age",
    PlacementEnd.RECORDED_BY_MISTAKE: "It was recorded by mistake: there was no such placement",
    PlacementEnd.OTHER: "Another reason",
}

DESTINATIONS: Mapping[str, str] = {
    Destination.HOME_SCHOOL: "The school they come from",
    Destination.OTHER_MAINSTREAM: "Another mainstream school",
    Destination.SPECIAL_SCHOOL: "A special school",
    Destination.REGISTERED_PROVISION: "A pupil referral unit or alternative provision academy",
    Destination.OTHER_NON_SCHOOL_PROVISION: "Other non-school alternative provision",
    Destination.FURTHER_EDUCATION: "A college or other further education",
    Destination.HOME_EDUCATION: "Education at home, by the parent’s choice",  # noqa: RUF001
    Destination.CUSTODY: "Custody",
    Destination.MOVED_ABROAD: "Another country",
    Destination.OTHER_KNOWN: "Somewhere else that is known",
    Destination.UNKNOWN: "Nobody knows: somebody looks for the child from now on",
}

KNOWN_BY: Mapping[str, str] = {
    KnownBy.SEEN_ON_A_ROLL: "A school or college says in writing that it has them on its register",
    KnownBy.SEEN_IN_PERSON: "They were seen there",
    KnownBy.TOLD_BY_AUTHORITY: "A local authority said so",
    KnownBy.TOLD_BY_AGENCY: "The police, the border, a court or health said so in writing",
    KnownBy.TOLD_BY_FAMILY: "The family said so, and it was checked as far as it can be",
    KnownBy.OWN_RECORD: "We knew it, and recorded it wrongly",
}

REVIEW_LIGHTS: Mapping[str, TagView] = {
    ReviewLight.GREEN: TagView("In time", "green"),
    ReviewLight.AMBER: TagView("Due soon", "yellow"),
    ReviewLight.RED: TagView("Overdue", "red"),
}

DUTIES: Mapping[str, str] = {
    Duty.LEAD_CONTACT: "Lead contact",
    Duty.ATTENDANCE_FOLLOW_UP: "Follows up absence",
}

CAPACITIES: Mapping[str, str] = {
    BodyCapacity.COMMISSIONER: "The commissioner of the placement",
    BodyCapacity.HOME_SCHOOL: "The school on whose roll the child is",
    BodyCapacity.HOME_LA: "The local authority where the child lives",
    BodyCapacity.PLAN_LA: "The local authority that maintains the child’s plan",  # noqa: RUF001
    BodyCapacity.CORPORATE_PARENT: "The local authority that looks after the child",
}

BASES: Mapping[str, str] = {
    RuleBasis.STATUTE: "statute",
    RuleBasis.STATUTORY_GUIDANCE: "statutory guidance",
    RuleBasis.POLICY: "policy of the register, not law",
}


def basis_words(basis: str, source: str) -> str:
    """Say on what something rests: `Statutory guidance: Keeping children safe in education`."""
    words = BASES[basis]
    return f"{words[:1].upper()}{words[1:]}: {source}"


def hours(minutes: int) -> str:
    """Say how long something lasts a week: `7 hours 30 minutes`."""
    whole, rest = divmod(minutes, 60)
    told = [f"{whole} hour{'' if whole == 1 else 's'}"] if whole or not rest else []
    return " ".join([*told, *([f"{rest} minute{'' if rest == 1 else 's'}"] if rest else [])])


def offered(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return codes and words as a question offers them."""
    return tuple((str(code), said) for code, said in words.items())


def chosen_words(codes: Iterable[str], words: Mapping[str, str]) -> str:
    """Return the words of some codes, set apart by semicolons."""
    return "; ".join(words.get(code, code) for code in codes)
