"""What the pages on keeping a placed child safe ask."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from app.pages.commissioning.forms import PLACEMENTS
from app.pages.commissioning.placement_wording import DUTIES, basis_words
from app.pages.commissioning.safety_wording import FORCES, SOURCES, WHOSE
from app.pages.filters import format_day, join_words
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Offered, Question, shown
from app.pages.view_models import ActionLink, Fact
from app.safeguarding.schemas import ChecklistItemOut, DutyOfferOut, DutyOut
from app.safeguarding.terms import ItemSource

_ITEM = (
    Question(
        "done_on", "When was it done?", "Enter the day", Kind.DAY, "Leave it empty if not yet."
    ),
    Question(
        "next_due",
        "By when is it done, or done again?",
        "Enter the day",
        Kind.DAY,
        "Leave it empty if it was done and is not repeated.",
    ),
    Question("done_by", "Who did it, or will?", "Say who", needed=True),
    Question(
        "what",
        "What was done?",
        "Say what was done",
        Kind.PROSE,
        "It is kept encrypted.",
        needed=True,
    ),
    Question("evidence", "Where can it be seen?", hint="A letter, a file: as you call it."),
)
_PERSON = (
    Question("name", "Who answers?", "Enter a name", needed=True),
    Question(
        "post",
        "What are they there?",
        "Say what they are",
        needed=True,
        hint="Such as designated safeguarding lead.",
    ),
    Question(
        "phone", "Phone number", "Enter a phone number", mode="tel", hint="It is kept encrypted."
    ),
    Question(
        "email",
        "E-mail address",
        "Enter an e-mail address",
        mode="email",
        hint="It is kept encrypted.",
    ),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the checklist of a placement."""

    placement_id: uuid.UUID
    told: ChecklistItemOut


def safety_url(placement_id: uuid.UUID) -> str:
    """Return where it is shown what keeps the child of a placement safe."""
    return f"{PLACEMENTS}/{placement_id}/safeguarding"


def _back(placement_id: uuid.UUID) -> ActionLink:
    return ActionLink("Keeping the child safe", safety_url(placement_id))


def item_form(item: Item) -> FormAsked:
    """Return the form on which an item is stated; none where it is read from another record."""
    told = item.told
    elsewhere = told.read_from is not ItemSource.RECORDED
    citation = told.rule.citation
    facts = {name: getattr(told, name) for name in ("done_on", "next_due", "done_by", "what")}
    return FormAsked(
        heading=f"State {told.number}",
        button=None if elsewhere else "Record it",
        back=_back(item.placement_id),
        parts=(Part(_ITEM),),
        facts=(
            Fact("What is asked", (told.says,)),
            Fact("Whose it is", (join_words([WHOSE[one] for one in told.whose]),)),
            Fact(
                FORCES[told.force],
                (basis_words(told.rule.basis, f"{citation.source}, {citation.provision}"),),
            ),
        ),
        inset=f"{SOURCES[told.read_from]}: it is not typed again." if elsewhere else None,
        typed=shown(_ITEM, facts | {"evidence": told.evidence}),
        version=told.version,
    )


def urgent_form(placement_id: uuid.UUID) -> FormAsked:
    """Return the form on which it is said why a start cannot wait for everything."""
    why = Question(
        "reasons",
        "Why can it not wait?",
        "Say why it cannot wait",
        Kind.PROSE,
        "It is kept encrypted.",
        needed=True,
    )
    return FormAsked(
        heading="Say why the start cannot wait",
        button="Record it",
        back=_back(placement_id),
        parts=(Part((why,)),),
        paragraphs=(
            (
                "The start goes ahead. What is lacking is completed by a day that you are told "
                "next; after it the placement is red."
            ),
        ),
    )


def person_form(placement_id: uuid.UUID, duty: DutyOut) -> FormAsked:
    """Return the form on which the body that answers names another person."""
    held = duty.contact
    facts = {one.name: getattr(held, one.name, None) for one in _PERSON}
    return FormAsked(
        heading="Name another person",
        button="Name them",
        back=_back(placement_id),
        parts=(Part(_PERSON),),
        facts=(Fact("For", (DUTIES[duty.duty],)), Fact("Answers", (duty.body.name,))),
        typed=shown(_PERSON, facts),
        inside=("person",),
    )


def offer_form(placement_id: uuid.UUID, duty: DutyOut, bodies: Sequence[Offered]) -> FormAsked:
    """Return the form on which another body is asked to take a duty over."""
    to = Question(
        "to",
        "Which body?",
        "Choose the body",
        Kind.ONE,
        "Those that have a duty to this child, by its record.",
        offered=bodies,
        needed=True,
    )
    since = Question("since", "From which day?", "Enter the day", Kind.DAY, needed=True)
    none = "The child's record names no other body. Put the record right first."
    return FormAsked(
        heading="Ask another body to take it over",
        button="Ask them" if bodies else None,
        back=_back(placement_id),
        parts=(Part((to, since)),),
        facts=(Fact("What", (DUTIES[duty.duty],)), Fact("Answers now", (duty.body.name,))),
        paragraphs=(
            "Until they accept, your organisation goes on: there is always exactly one that "
            "answers."
            if bodies
            else none,
        ),
    )


def answer_form(placement_id: uuid.UUID, offer: DutyOfferOut, answer: str) -> FormAsked:
    """Return the form on which an offer is accepted, refused or taken back."""
    heading, button, words = _ANSWERS[answer]
    return FormAsked(
        heading=heading,
        button=button,
        back=_back(placement_id),
        parts=(Part(_PERSON),) if answer == ACCEPT else (),
        paragraphs=(words,),
        facts=(
            Fact("What", (DUTIES[offer.duty],)),
            Fact("Asks", (offer.from_.name,)),
            Fact("Is asked", (offer.to.name,)),
            Fact("From", (format_day(offer.since),)),
        ),
        inside=("person",),
    )


ACCEPT, REFUSE, WITHDRAW = "accept", "refuse", "withdraw"
_ANSWERS = {
    ACCEPT: (
        "Take the duty over",
        "Take it over",
        "From that day your organisation answers, by the person you name here.",
    ),
    REFUSE: (
        "Do not take the duty over",
        "Refuse it",
        "The body that asks you goes on.",
    ),
    WITHDRAW: (
        "Take the offer back",
        "Take it back",
        "Your organisation goes on.",
    ),
}
