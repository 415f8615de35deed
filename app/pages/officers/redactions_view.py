"""What the pages on facts that leave the log are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.pages.filters import count, format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.past_facts import PastFact, place_words
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact, Frame, PossibleAct
from app.register.terms import RedactionGrounds, RedactionState

REDACTIONS = "/redactions"

GROUNDS: Mapping[str, str] = {
    RedactionGrounds.HOME_ADDRESS: "It is the address of somebody's home",
    RedactionGrounds.PERSONAL_DATA: "It tells something about a person",
    RedactionGrounds.PUBLISHED_IN_ERROR: "It was published in error",
    RedactionGrounds.COURT_ORDER: "A court has ordered it",
    RedactionGrounds.OTHER: "Another reason",
}
STATES: Mapping[str, str] = {
    RedactionState.PROPOSED: "Waiting for the department's second officer",
    RedactionState.DECLINED: "Declined: the log stayed as it was",
    RedactionState.DONE: "Taken out",
}
DONE: Mapping[str, str] = {
    "proposed": "It was proposed. A second officer of the department confirms it.",
    "confirmed": "The fact was taken out of the log, everywhere.",
    "declined": "The log stays as it is.",
}


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """A redaction in a list."""

    href: str
    number: str
    place: str
    proposed: str
    state: str


@dataclass(frozen=True, slots=True)
class RedactionsView:
    """The page that lists redactions."""

    frame: Frame
    title: str
    rows: tuple[RedactionRow, ...]
    waiting_alone: bool
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class RedactionView:
    """The page of one redaction."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
    acts: tuple[PossibleAct, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a redaction: whether for the department, and as one who may judge."""

    department: bool
    judges: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a redaction beyond its own row.

    Attributes:
        value: what it would take out; nothing once it is settled.
        proposer: who proposed it; for officers, and never public.
    """

    value: Any | None
    proposer: str | None


def build_redactions(
    frame: Frame,
    rows: Sequence[Any],
    next_url: str | None,
    first_url: str | None,
    *,
    waiting_alone: bool,
) -> RedactionsView:
    """Return the page that lists redactions, those that wait or all of them."""
    return RedactionsView(
        frame=frame,
        title="Facts to be taken out of the log",
        rows=tuple(
            RedactionRow(
                href=f"{REDACTIONS}/{one.id}",
                number=one.number,
                place=place_words(one.pointer),
                proposed=format_moment(one.proposed_at),
                state=STATES[one.state],
            )
            for one in rows
        ),
        waiting_alone=waiting_alone,
        next_url=next_url,
        first_url=first_url,
    )


def build_redaction(
    frame: Frame, actor: Actor, redaction: Any, known: Known, standing: Standing, done: str | None
) -> RedactionView:
    """Return the page of one redaction.

    Args:
        frame: what surrounds the page.
        actor: who looks.
        redaction: as it is kept.
        known: what is known of it besides.
        standing: what the actor is to it.
        done: the code of what the form that led here did.
    """
    open_still = redaction.state == RedactionState.PROPOSED
    return RedactionView(
        frame=frame,
        title=f"{place_words(redaction.pointer)}, {redaction.number}",
        done=DONE.get(done or ""),
        facts=redaction_facts(redaction, known),
        acts=_acts(actor, redaction, standing) if open_still else (),
    )


def redaction_facts(redaction: Any, known: Known) -> tuple[Fact, ...]:
    """Return what a redaction is, as a summary list."""
    facts = [
        Fact("Provider", (redaction.number,)),
        Fact("Where it stands", (place_words(redaction.pointer),)),
    ]
    if known.value is not None:
        facts.append(Fact("What wrongly stands there", (str(known.value),)))
    by = (known.proposer,) if known.proposer else ()
    facts += [
        Fact("Grounds", (GROUNDS[redaction.grounds],)),
        Fact("Reason, which stays for the public", (redaction.reason,)),
        Fact("Entries of the log", (", ".join(str(entry) for entry in redaction.entries),)),
        Fact("Proposed", (*by, format_moment(redaction.proposed_at))),
        Fact("State", (STATES[redaction.state],)),
    ]
    if redaction.settled_at is not None:
        facts.append(Fact("Settled", (format_moment(redaction.settled_at),)))
    return tuple(facts)


def proposal_form(number: str, facts: Sequence[PastFact]) -> FormAsked:
    """Return the form on which a fact is chosen that is to be taken out of the log."""
    offered = tuple(
        (
            one.token,
            str(one.value),
            f"{place_words(one.pointer)}; told by {count(len(one.entries), 'entry', 'entries')}",
        )
        for one in facts
    )
    asked = (
        Question("fact", "Which fact", "Choose a fact", Kind.ONE, offered=offered, needed=True),
        Question(
            "grounds",
            "Why it should not have been published",
            "Choose why it should not have been published",
            Kind.ONE,
            offered=tuple(GROUNDS.items()),
            needed=True,
        ),
        Question(
            "reason",
            "Reason for the public",
            "Say why in at least 10 characters",
            Kind.PROSE,
            "It stays where the fact was. Do not repeat the fact itself.",
            needed=True,
        ),
    )
    return FormAsked(
        heading=f"Take a fact about {number} out of the log",
        back=ActionLink("Facts to be taken out", REDACTIONS),
        button="Propose to take it out",
        parts=(Part(asked),),
        paragraphs=(
            "These facts stand in older entries and no longer in the newest one.",
            "If what is wrong is not among them, correct the record first: then it is.",
            "The entries keep their numbers and proofs; your reason replaces what they said.",
        ),
    )


def settling_form(redaction: Any, known: Known, *, confirming: bool) -> FormAsked:
    """Return the form on which the department's second officer confirms or declines."""
    back = ActionLink("The proposal", f"{REDACTIONS}/{redaction.id}")
    facts = redaction_facts(redaction, known)
    if not confirming:
        return FormAsked("Leave the log as it is", "Decline the proposal", back, facts=facts)
    return FormAsked(
        heading="Take this fact out of the log",
        back=back,
        button="Take it out",
        facts=facts,
        warning="Every entry that tells it loses what it said, in downloads and history too. This "
        "cannot be undone.",
    )


def _acts(actor: Actor, redaction: Any, standing: Standing) -> tuple[PossibleAct, ...]:
    why_not = ""
    if Permission.DECISIONS_CONFIRM not in actor.permissions:
        why_not = "for somebody with the role of second officer."
    elif not standing.department:
        why_not = "for a second officer of the department, because the log is the whole country's."
    elif redaction.proposed_by == actor.id:
        why_not = "you proposed it, so a second officer other than you must settle it."
    elif not standing.judges:
        why_not = "you work, or have worked, for the provider's owner. A colleague settles it."
    here = f"{REDACTIONS}/{redaction.id}"
    return tuple(
        PossibleAct(words, None if why_not else f"{here}/{act}", why_not)
        for words, act in (("Take it out of the log", "confirm"), ("Decline", "decline"))
    )
