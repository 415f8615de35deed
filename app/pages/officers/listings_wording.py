"""The plain words for listings and applications: where they stand, why they moved, who may move."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.places.facts import la_name
from app.providers.policies import Why
from app.providers.terms import (
    Basis,
    Ground,
    ListingState,
    MatchJudgement,
    SeenHow,
)


@dataclass(frozen=True, slots=True)
class StateWords:
    """What a state is called, in a colour of GOV.UK Frontend's tags that only repeats it."""

    label: str
    colour: str


STATES: Mapping[str, StateWords] = {
    ListingState.DRAFT: StateWords("Draft", "grey"),
    ListingState.SUBMITTED: StateWords("New", "blue"),
    ListingState.IN_ASSESSMENT: StateWords("In assessment", "light-blue"),
    ListingState.LISTED: StateWords("Listed", "green"),
    ListingState.LISTED_WITH_ACTIONS: StateWords("Listed with actions", "teal"),
    ListingState.UNDER_REVIEW: StateWords("Under review", "yellow"),
    ListingState.SUSPENDED: StateWords("Suspended", "red"),
    ListingState.REMOVED: StateWords("Removed", "grey"),
    ListingState.CLOSED: StateWords("Closed", "grey"),
    ListingState.REFUSED: StateWords("Refused", "grey"),
}

SEEN_HOW: Mapping[str, str] = {
    SeenHow.VISIT: "On a visit",
    SeenHow.REMOTE: "By video or telephone",
    SeenHow.PAPERS: "From papers",
}

BASES: Mapping[str, str] = {
    Basis.APPLICATION: "An application of the provider's",
    Basis.TRANSITION: "A recent check by the local authority",
    Basis.CONVERSION: "The time when providers were listed as a whole",
    Basis.OPERATOR: "Whoever runs the register",
}

GROUNDS: Mapping[str, str] = {
    Ground.DECLARED: "It is declared",
    Ground.COMPANY: "Company",
    Ground.CHARITY: "Charity",
    Ground.BANK_ACCOUNT: "Bank account",
    Ground.PERSON: "People",
    Ground.ADDRESS: "Address",
    Ground.PHONE: "Telephone",
    Ground.MAILBOX: "E-mail address",
    Ground.DOMAIN: "Domain",
    Ground.NAME: "Name",
}

JUDGEMENTS: Mapping[str, str] = {
    MatchJudgement.SAME_PEOPLE: "The same people are behind both",
    MatchJudgement.CONNECTED: "They have to do with each other, without being the same",
    MatchJudgement.UNRELATED: "They have nothing to do with each other",
}

_WHY: Mapping[str, str] = {
    Why.NOT_A_PERSON: "for a person, signed in.",
    Why.NOT_SEEN: "for whoever answers for the provider.",
    Why.NOT_THE_OWNER: "for whoever owns the record.",
    Why.HAS_A_STAKE: "you work, or have worked, for its owner. A colleague who has not does this.",
    Why.SAME_PERSON: "you proposed it, so a second officer other than you must settle it.",
    Why.TWO_NEEDED: "nobody does this alone; propose it.",
    Why.ONE_IS_ENOUGH: "one officer is enough; it is done at once.",
    Why.NO_SUCH_MOVE: "it cannot go there from where it stands.",
    Why.DECISION_PENDING: "its removal is announced.",
}


def why_words(why: Why, listing: Any) -> str:
    """Say, after a colon, why somebody may not move a listing."""
    if why is Why.OTHER_AUTHORITY:
        return f"{la_name(listing.la_code)} decides on it, in whose area the site lies."
    return _WHY[why]


def state_label(code: str) -> str:
    """Return what a state is called."""
    return STATES[code].label
