"""What the pages on duplicate records, and on making one of two, are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.access import Actor, Permission
from app.pages.filters import format_moment
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink, Fact, Frame, PossibleAct
from app.providers.terms import MergeState
from app.values.provider_number import parse_provider_number

MERGES = "/merges"
_HIDDEN = "A record you may not see"

STATES: Mapping[str, str] = {
    MergeState.PROPOSED: "Waiting to be merged",
    MergeState.UNDOING: "Waiting to be parted",
    MergeState.MERGED: "Merged",
    MergeState.REFUSED: "Declined",
    MergeState.UNDONE: "Parted again",
}
DONE: Mapping[str, str] = {
    "proposed": "It was proposed. A second officer other than you confirms it.",
    "merge": "The two records are one now.",
    "leave": "The two records stay as they are.",
    "part-proposed": "It was proposed to part them. A second officer other than you confirms it.",
    "part": "The two records are apart again.",
    "keep-merged": "The two records stay merged.",
}
_WHY = Question(
    "reason", "Why", "Say why", Kind.PROSE, "Kept on record; never public.", needed=True
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a second officer can do with a proposal.

    Attributes:
        waits: the state in which it can be done.
        heading: the act.
        button: what its button says.
        questions: what is asked.
        warning: what happens at once.
    """

    waits: MergeState
    heading: str
    button: str
    questions: tuple[Question, ...] = ()
    warning: str | None = None


STEPS: Mapping[str, Step] = {
    "merge": Step(
        MergeState.PROPOSED,
        "Make the two records one",
        "Merge the records",
        warning="The record that ends keeps its number, and everything that hung on it goes to the "
        "other at once. If it was public, it is closed from today.",
    ),
    "leave": Step(MergeState.PROPOSED, "Leave the two records as they are", "Decline", (_WHY,)),
    "part": Step(
        MergeState.UNDOING,
        "Part the two records again",
        "Part the records",
        warning="Everything goes back to where it was, at once. What was changed since stays "
        "changed.",
    ),
    "keep-merged": Step(MergeState.UNDOING, "Leave the two records merged", "Decline", (_WHY,)),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to the two records: may judge the one that goes on; has a stake."""

    judges: bool
    stake: bool


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge in a list."""

    href: str
    ends: str
    goes_on: str
    proposed: str


@dataclass(frozen=True, slots=True)
class MergesView:
    """The page that lists merges which stand alike; `others` lead to those that do not."""

    frame: Frame
    title: str
    state: str
    others: tuple[ActionLink, ...]
    rows: tuple[MergeRow, ...]
    next_url: str | None
    first_url: str | None


@dataclass(frozen=True, slots=True)
class MergeView:
    """The page of one merge."""

    frame: Frame
    title: str
    done: str | None
    facts: tuple[Fact, ...]
    acts: tuple[PossibleAct, ...]


def build_merges(
    frame: Frame,
    state: MergeState,
    rows: Sequence[Any],
    next_url: str | None,
    first_url: str | None,
) -> MergesView:
    """Return the page that lists merges which stand alike."""
    return MergesView(
        frame=frame,
        title="Duplicate records",
        state=STATES[state],
        others=tuple(
            ActionLink(words, f"{MERGES}?state={code}")
            for code, words in STATES.items()
            if code != state
        ),
        rows=tuple(
            MergeRow(
                href=f"{MERGES}/{one.id}",
                ends=_named(one.absorbed_name, one.absorbed_number),
                goes_on=_named(one.kept_name, one.kept_number),
                proposed=format_moment(one.Merge.proposed_at),
            )
            for one in rows
        ),
        next_url=next_url,
        first_url=first_url,
    )


def build_merge(
    frame: Frame, actor: Actor, row: Any, standing: Standing, done: str | None
) -> MergeView:
    """Return the page of one merge."""
    return MergeView(
        frame=frame,
        title=f"{row.absorbed_number or _HIDDEN} and {row.kept_number or _HIDDEN}",
        done=DONE.get(done or ""),
        facts=merge_facts(row),
        acts=_acts(actor, row, standing),
    )


def merge_facts(row: Any) -> tuple[Fact, ...]:
    """Return what a merge is, as a summary list."""
    merge = row.Merge
    facts = [
        Fact("Record that ends", (_named(row.absorbed_name, row.absorbed_number),)),
        Fact("Record that goes on", (_named(row.kept_name, row.kept_number),)),
        Fact("State", (STATES[merge.state],)),
        Fact("Why they are one provider", (merge.reason,)),
        Fact("Proposed", (_by(row.proposed_by, merge.proposed_at),)),
    ]
    if merge.settled_at:
        facts.append(Fact("Settled", (_by(row.settled_by, merge.settled_at),)))
    if merge.undo_reason:
        facts.append(Fact("Why they are two", (merge.undo_reason,)))
        facts.append(Fact("Parting proposed", (_by(row.undo_proposed_by, merge.undo_proposed_at),)))
    if merge.undo_settled_at:
        facts.append(Fact("Parted", (_by(row.undo_settled_by, merge.undo_settled_at),)))
    return tuple(facts)


def proposal_form(held: Any, alike: Sequence[Any], other: str | None) -> FormAsked:
    """Return the form on which it is proposed to make one record of two.

    Args:
        held: the record from whose page one came.
        alike: records that may be of the same provider, likeliest first.
        other: the number of one that was chosen there.
    """
    likely = tuple(f"{one.name} ({one.number})" for one in alike)
    told = (
        Fact("This record", (_named(held.name, held.number),)),
        Fact("Likely duplicates", likely or ("None was found",)),
    )
    keep = (
        ("this", f"This one, {held.number}"),
        ("other", "The other one", "Choose a claimed record before one that nobody has claimed."),
    )
    asked = (
        Question(
            "other",
            "Number of the other record",
            "Enter the number of the other record",
            hint="For example, AP000017B",
            needed=True,
            reads=parse_provider_number,
        ),
        Question(
            "keep", "Which record goes on", "Choose which goes on", Kind.ONE, "", keep, needed=True
        ),
        replace(_WHY, label="Why they are one provider"),
    )
    return FormAsked(
        heading=f"Make one record of two: {held.name}",
        back=ActionLink(held.name, f"/provider-records/{held.number}"),
        button="Propose to merge them",
        facts=told,
        paragraphs=(
            "A second officer other than you confirms it, and the two can be parted again.",
        ),
        parts=(Part(asked),),
        typed=shown(asked, {"other": other}),
    )


def parting_form(row: Any) -> FormAsked:
    """Return the form on which it is proposed to part two records."""
    return FormAsked(
        heading="Propose to part the two records",
        back=_back(row),
        button="Propose to part them",
        facts=merge_facts(row),
        parts=(Part((replace(_WHY, label="Why they are two providers"),)),),
    )


def step_form(row: Any, step: Step) -> FormAsked:
    """Return the form on which a second officer settles a proposal."""
    return FormAsked(
        heading=step.heading,
        back=_back(row),
        button=step.button,
        facts=merge_facts(row),
        parts=(Part(step.questions),),
        warning=step.warning,
    )


def _acts(actor: Actor, row: Any, standing: Standing) -> tuple[PossibleAct, ...]:
    merge, here = row.Merge, f"{MERGES}/{row.id}"
    if merge.state == MergeState.MERGED:
        why_not = ""
        if Permission.DECISIONS_PROPOSE not in actor.permissions:
            why_not = "for somebody with the role of assessor."
        why_not = why_not or _not_judged(standing)
        href = None if why_not else f"{here}/part"
        return (PossibleAct("Propose to part them again", href, why_not),)
    proposer = merge.proposed_by
    if merge.state == MergeState.UNDOING:
        proposer = merge.undo_proposed_by
    why_not = ""
    if Permission.DECISIONS_CONFIRM not in actor.permissions:
        why_not = "for somebody with the role of second officer."
    elif proposer == actor.id:
        why_not = "you proposed it, so a second officer other than you must settle it."
    elif None in {row.kept_number, row.absorbed_number}:
        why_not = "you cannot see both records. Somebody who answers for both settles it."
    why_not = why_not or _not_judged(standing)
    return tuple(
        PossibleAct(step.heading, None if why_not else f"{here}/settle/{code}", why_not)
        for code, step in STEPS.items()
        if step.waits == merge.state
    )


def _not_judged(standing: Standing) -> str:
    if standing.stake:
        return "you work, or have worked, for the owner of one of them. A colleague settles it."
    if not standing.judges:
        return "for whoever answers for the record that goes on."
    return ""


def _named(name: str | None, number: str | None) -> str:
    return f"{name} ({number})" if number else _HIDDEN


def _by(name: str | None, at: Any) -> str:
    return f"{format_moment(at)}{f', by {name}' if name else ''}"


def _back(row: Any) -> ActionLink:
    return ActionLink("The proposal", f"{MERGES}/{row.id}")
