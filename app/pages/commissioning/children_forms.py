"""What the forms about children ask, in words."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import clock
from app.children.queries.children import list_circumstances
from app.children.schemas import ChildIdentity
from app.children.terms import ErasureReason
from app.db.events import ReadSession, WriteSession
from app.pages.commissioning.children_view import BACK, CHILDREN, HOLDS
from app.pages.commissioning.forms import WRITTEN_DOWN
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question, shown, yes_or_no
from app.pages.rendering import authority_choices
from app.pages.view_models import ActionLink

_ERASURES = (
    (ErasureReason.SUBJECT_REQUEST, "They ask for it, and we agree that it applies"),
    (ErasureReason.RECORDED_BY_MISTAKE, "It was recorded by mistake"),
    (ErasureReason.RETENTION_OVER, "The time for which it is kept is over"),
)
_YES_NO = (("yes", "Yes"), ("no", "No"))

IDENTITY = (
    Question(
        "upn",
        "Unique pupil number",
        "Enter the 13 characters of the unique pupil number",
        hint="13 characters, from the school's own system. Leave it empty only while none is "
        "known. Providers never see it.",
        classes="govuk-input--width-20",
    ),
    Question("given_names", "Given names", "Enter the child's given names", needed=True),
    Question("family_name", "Family name", "Enter the child's family name", needed=True),
    Question("date_of_birth", "Day of birth", "Enter a day", Kind.DAY, needed=True),
)
DUTIES = (
    Question(
        "since",
        "Since when is it so?",
        "Enter a day",
        Kind.DAY,
        "The first day on which all of this holds",
        needed=True,
    ),
    Question(
        "home_la",
        "Local authority where the child lives",
        "Choose the local authority where the child lives",
        Kind.LIST,
        offered=authority_choices(),
        needed=True,
    ),
    Question(
        "school",
        "URN of the school on whose roll the child is",
        "Enter the six figures of the school's URN",
        hint="Six figures. Leave it empty if the child is on no roll.",
        classes="govuk-input--width-10",
        mode="numeric",
    ),
    Question(
        "sen",
        "Does the child have special educational needs?",
        "Say whether the child has special educational needs",
        Kind.ONE,
        "With a plan or without",
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "plan_la",
        "Local authority that maintains an education, health and care plan",
        kind=Kind.LIST,
        offered=authority_choices(),
        none="There is no plan",
    ),
    Question(
        "care_la",
        "Local authority that looks after the child",
        kind=Kind.LIST,
        offered=authority_choices(),
        none="The child is not looked after",
    ),
)
_REFERENCE = Question(
    "reference",
    "Your own reference for the child",
    "Enter your own reference",
    hint="From your own system. It stands in lists in the place of the name, so put no name in it.",
    needed=True,
    classes="govuk-input--width-20",
)
_OF_DUTIES = tuple(one.name for one in DUTIES)
QUESTIONS = (
    _REFERENCE,
    *IDENTITY,
    *(Question(f"circumstances-{one.name}", one.label) for one in DUTIES),
)
"""Every question of the form on which a child is added, by the path of what it fills."""


def add_form_asked(own: Any | None) -> FormAsked:
    """Return the form on which a child is added; begins with the organisation's own numbers."""
    duties = tuple(replace(one, name=f"circumstances-{one.name}") for one in DUTIES)
    facts = {
        "circumstances-since": clock.today(),
        "circumstances-home_la": getattr(own, "la_code", None),
        "circumstances-school": getattr(own, "urn", None),
    }
    return FormAsked(
        heading="Add a child",
        button="Add the child",
        back=BACK,
        parts=(
            Part((_REFERENCE, *IDENTITY), "Who the child is"),
            Part(duties, "Who has which duty"),
        ),
        paragraphs=(
            (
                "Everything about the child is kept encrypted. Look first whether it is on record: "
                "a child is added once, and a number is held once."
            ),
        ),
        typed=shown(duties, facts),
    )


def child_in(answers: Mapping[str, object]) -> dict[str, Any]:
    """Return a child as the API takes it."""
    duties = {name: answers[f"circumstances-{name}"] for name in _OF_DUTIES}
    others = {name: held for name, held in answers.items() if not name.startswith("circumstances-")}
    return others | {"circumstances": duties_in(duties)}


def duties_in(answers: Mapping[str, object]) -> dict[str, object]:
    """Return duties as the API takes them."""
    return {name: held for name, held in answers.items() if held is not None}


async def latest_duties(session: ReadSession | WriteSession, child_id: uuid.UUID) -> Any | None:
    """Return who has which duty by the latest that was said."""
    return next(iter(await list_circumstances(session, child_id)), None)


def identity_form(held: Any, identity: ChildIdentity | None) -> FormAsked:
    """Return the form on which who a child is is put right."""
    return FormAsked(
        heading="Put right who the child is",
        button="Put it right",
        back=_back(held),
        parts=(Part(IDENTITY),),
        paragraphs=(
            (
                "Send the whole of it. Records of others are looked for anew. A changed number, "
                "as an adopted child's is, is never joined to the former by machine."
            ),
            WRITTEN_DOWN,
        ),
        typed=shown(IDENTITY, identity.model_dump() if identity else {}),
        version=held.version,
    )


def duties_form(held: Any, latest: Any | None) -> FormAsked:
    """Return the form on which duties from a day on are stated."""
    facts = {name: getattr(latest, name, None) for name in _OF_DUTIES} | {"since": None}
    return FormAsked(
        heading="Who has which duty from a day on",
        button="Write it down",
        back=_back(held),
        parts=(Part(DUTIES),),
        paragraphs=(
            (
                "Where the child lives, the school, the plan and the care are kept apart, because "
                "each decides something else. Say the whole of it as it is from that day on."
            ),
        ),
        typed=shown(DUTIES, facts),
        version=held.version,
    )


def hold_form(held: Any) -> FormAsked:
    """Return the form on which is said what stands against erasing a record."""
    question = Question(
        "reason",
        "What stands against erasing it?",
        kind=Kind.LIST,
        offered=tuple((code, words) for code, words in HOLDS.items()),
        none="Nothing, or nothing any more",
    )
    return FormAsked(
        heading="What stands against erasing the record",
        button="Write it down",
        back=_back(held),
        parts=(Part((question,)),),
        paragraphs=("While something does, it is not erased, even when its time is over.",),
        typed=shown((question,), {"reason": held.held_because}),
        version=held.version,
    )


def erase_form(held: Any) -> FormAsked:
    """Return the form on which a record is erased."""
    question = Question(
        "reason",
        "Why is it erased?",
        "Say why it is erased",
        Kind.ONE,
        offered=tuple((code, words) for code, words in _ERASURES),
        needed=True,
    )
    return FormAsked(
        heading="Erase the child's record",
        button="Erase it for ever",
        back=_back(held),
        parts=(Part((question,)),),
        paragraphs=(
            f"It is the record that you call {held.reference or 'by no reference any more'}.",
            "Its key is thrown away. Records that others hold of the child are theirs, and stay.",
        ),
        warning="This cannot be undone. Decisions still verify afterwards, and name nobody.",
        version=held.version,
    )


def _back(held: Any) -> ActionLink:
    return ActionLink("The child's record", f"{CHILDREN}/{held.id}")
