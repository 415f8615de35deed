"""The plain words for an owner's listings and applications: where they stand, what they need."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.pages.part_view import TagView
from app.providers.terms import ListingState


@dataclass(frozen=True, slots=True)
class OwnState:
    """A state as an owner meets it.

    Attributes:
        tag: what it is called.
        means: what that means.
        next: what the owner does next.
    """

    tag: TagView
    means: str
    next: str


OWN_STATES: Mapping[ListingState, OwnState] = {
    ListingState.DRAFT: OwnState(
        TagView("Draft", "blue"),
        "It has not been submitted yet.",
        "See what is missing, and submit it.",
    ),
    ListingState.SUBMITTED: OwnState(
        TagView("Submitted", "blue"),
        "It is with the local authority, which has not begun to assess it.",
        "Nothing for now.",
    ),
    ListingState.IN_ASSESSMENT: OwnState(
        TagView("Being assessed", "light-blue"),
        "The local authority assesses it. Two of its officers decide.",
        "Nothing for now. If something is asked of you, you find it here.",
    ),
    ListingState.LISTED: OwnState(
        TagView("Listed", "green"),
        "Everybody can see that this place is listed.",
        "Keep the evidence in date, and confirm the record once a year.",
    ),
    ListingState.LISTED_WITH_ACTIONS: OwnState(
        TagView("Listed with actions", "teal"),
        "Everybody can see that this place is listed, and that there are things to put right.",
        "Put right what was agreed with the local authority.",
    ),
    ListingState.UNDER_REVIEW: OwnState(
        TagView("Under review", "yellow"),
        "The local authority looks at it again. Everybody can see that it does.",
        "Speak with the local authority. If evidence is out of date, send what takes its place.",
    ),
    ListingState.SUSPENDED: OwnState(
        TagView("Suspended", "red"),
        "The listing has stopped for now. Everybody can see that it has.",
        "Speak with the local authority. Two of its officers can list the place again.",
    ),
    ListingState.REMOVED: OwnState(
        TagView("Removed", "grey"),
        "The place was taken off the register.",
        "Put right what was found. Then you can apply anew.",
    ),
    ListingState.CLOSED: OwnState(
        TagView("Closed", "grey"),
        "It has come to its end.",
        "You can apply anew for a place that is open.",
    ),
    ListingState.REFUSED: OwnState(
        TagView("Refused", "grey"),
        "The local authority decided not to list the place. The public is never told.",
        "Put right what was found. Then you can apply anew.",
    ),
}


@dataclass(frozen=True, slots=True)
class NeedWords:
    """One thing that an application needs.

    Attributes:
        title: what it is.
        done: what there is of it.
        missing: what to do where it lacks.
        page: of the record, on which that is done; `{site}` stands for the place's own.
        link: what the way there is called.
    """

    title: str
    done: str
    missing: str
    page: str
    link: str


NEEDS_OF_AN_APPLICATION: Mapping[str, NeedWords] = {
    "site-open": NeedWords(
        "The place is open",
        "It has not closed.",
        "It has closed. Apply for a place that is open.",
        "/sites",
        "See your places",
    ),
    "site-located": NeedWords(
        "Where the place is",
        "Its address, or its town, is on record.",
        "Add its address. The street address of somebody's home is never published.",
        "{site}",
        "Add it to the place",
    ),
    "staff-size": NeedWords(
        "How many adults work for you",
        "It is on record. What is asked of you is in proportion to it.",
        "Say how many. What is asked of you is in proportion to it.",
        "/details",
        "Say how many",
    ),
    "offers": NeedWords(
        "Something is offered there",
        "What is offered there fits what you apply for.",
        "Nothing that is offered there fits what you apply for. Add an offer, or change what you "
        "apply for.",
        "{site}",
        "See what is offered there",
    ),
    "consent": NeedWords(
        "Your agreement to publication",
        "You agreed.",
        "Agree that the register shows the provider once it is listed.",
        "/consent",
        "Agree to publication",
    ),
    "confirmation": NeedWords(
        "Your confirmation of the record",
        "You confirmed the whole record lately.",
        "Look through the whole record, and confirm it.",
        "/confirmation",
        "Confirm the record",
    ),
    "evidence": NeedWords(
        "Evidence for the critical criteria",
        "There is something current for each of them that is asked of this place.",
        "Nothing current is shown for it.",
        "/documents",
        "See your documents",
    ),
    "self-evaluation": NeedWords(
        "Your self-evaluation of the place",
        "Nothing is missing of it.",
        "Complete one for this place, against the standards that are in force.",
        "/self-evaluations",
        "See your self-evaluations",
    ),
    "entry-visit": NeedWords(
        "Visit before listing",
        "The site was visited lately, and what was found is published.",
        "The local authority visits the site before it decides. You need not do anything.",
        "/inspections",
        "See your inspections",
    ),
    "questions": NeedWords(
        "Questions of the assessor's",
        "None waits for your answer.",
        "Answer what was asked of you. Nothing is decided before.",
        "{application}",
        "See what was asked",
    ),
}
"""By the code of what is needed."""

MADE_BY: Mapping[str, str] = {
    "owner": "You",
    "authority": "The local authority",
    "operator": "Whoever runs the register",
    "system": "The register itself, because the day had come",
}

POLICY_ALONE = (
    "What an application needs rests on the register's own policy. No law keeps anybody from being "
    "placed at a provider that is not listed."
)
