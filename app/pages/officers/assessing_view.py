"""What the pages on one application, or listing, are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.filters import format_day, format_moment, join_words
from app.pages.officers.listings_wording import (
    BASES,
    GROUNDS,
    JUDGEMENTS,
    SEEN_HOW,
    STATES,
    StateWords,
    state_label,
)
from app.pages.part_view import Row
from app.pages.plain_codes import plain
from app.pages.record_wording import REASONS
from app.pages.scope_view import scope_facts
from app.pages.view_models import Fact, Frame, PossibleAct
from app.pages.wording import SITE_KINDS, label
from app.places.facts import la_name
from app.providers.readiness import Item, Stage
from app.providers.service.listings import standing_of, stands

DONE: Mapping[str, str] = {
    "assessing": "It is in assessment now.",
    "asked": "The question is with the provider.",
    "judged": "What you make of it is on record.",
    "proposed": "It was proposed. A second officer other than you must confirm it.",
    "confirmed": "It was confirmed.",
    "declined": "The proposal was declined. Everything stays where it is.",
    "review": "It is under review from now on.",
    "suspend": "It is under review now, and suspended as soon as a second officer confirms.",
}
_STAGES: Mapping[str, str] = {
    Stage.SUBMISSION: "before it can be submitted",
    Stage.DECISION: "before it can be decided",
}


@dataclass(frozen=True, slots=True)
class NeedView:
    """One thing an application needs: what there is of it, and how to mend it where it lacks."""

    done: bool
    detail: str
    cure: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to the provider, and its answer."""

    question: str
    asked: str
    answer: str | None
    answered: str | None


@dataclass(frozen=True, slots=True)
class MatchView:
    """Something an application shares with a record that was removed or refused."""

    anchor: str
    heading: str
    left: str
    grounds: tuple[Fact, ...]
    judgement: str | None
    reason: str | None
    judge_url: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """One move of a listing: from when, where to, by whom and why."""

    effective: str
    state: str
    public_reason: str
    reason: str
    by: str
    recorded: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """The page of one application, or of one listing.

    Attributes:
        frame: what surrounds the page.
        title: the provider's name, and the site's.
        assessing: whether it is the page for whoever assesses an application.
        other_url: leads to the other of the two pages.
        record_url: leads to the provider's record.
        done: what the form that led here did.
        state: where it stands.
        who: who applies, for which site.
        stands: where it stands, and what it covers.
        proposal: what waits for a second officer, if anything.
        needs: what an application needs.
        shows: what its provider shows for it.
        questions: to the provider.
        matches: with records that were removed or refused.
        moves: so far, oldest first.
        acts: what can be done now.
    """

    frame: Frame
    title: str
    assessing: bool
    other_url: str
    record_url: str
    done: str | None
    state: StateWords
    who: tuple[Fact, ...]
    stands: tuple[Fact, ...]
    proposal: tuple[Fact, ...]
    needs: tuple[NeedView, ...]
    shows: tuple[Row, ...]
    questions: tuple[QuestionView, ...]
    matches: tuple[MatchView, ...]
    moves: tuple[MoveView, ...]
    acts: tuple[PossibleAct, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a listing beyond its own row."""

    moves: Sequence[Any]
    proposal: Any | None
    acts: tuple[PossibleAct, ...]
    needs: Sequence[Item] = ()
    questions: Sequence[Any] = ()
    matches: Sequence[Any] = ()
    shows: tuple[Row, ...] = ()


def build_listing(
    frame: Frame, listing: Any, told: Told, done: str | None, *, assessing: bool
) -> ListingView:
    """Return the page of one application, or of one listing."""
    return ListingView(
        frame=frame,
        title=f"{listing.provider_name}, {listing.site_name}",
        assessing=assessing,
        other_url=f"/{'listings' if assessing else 'applications'}/{listing.id}",
        record_url=f"/provider-records/{listing.provider_number}",
        done=DONE.get(done or ""),
        state=STATES[standing_of(listing).state],
        who=_who(listing),
        stands=_stands(listing),
        proposal=proposal_facts(told.proposal) if told.proposal else (),
        needs=tuple(_need(one) for one in told.needs),
        shows=told.shows,
        questions=tuple(_question(one) for one in told.questions),
        matches=tuple(_match(listing, one) for one in told.matches),
        moves=tuple(_move(one) for one in told.moves),
        acts=told.acts,
    )


def proposal_facts(proposal: Any) -> tuple[Fact, ...]:
    """Return everything that was proposed."""
    scope = proposal.scope or {}
    facts = [
        Fact("What is proposed", (state_label(proposal.to_state),)),
        Fact("From", (format_day(proposal.effective_on),)),
        Fact("Why, in full", (proposal.reason,)),
        Fact("Why, for the public", (_public(proposal.public_reason),)),
        Fact(
            "Proposed by", (f"{proposal.proposed_by_name}, {format_moment(proposal.proposed_at)}",)
        ),
    ]
    if "key_stages" in scope:
        facts += scope_facts(scope)
    if scope.get("seen_on"):
        seen = f"{format_day(scope['seen_on'])}: {SEEN_HOW[scope['seen_how']].lower()}"
        facts.append(Fact("Seen", (seen,)))
    if scope.get("review_due_on"):
        facts.append(Fact("Looked at again by", (format_day(scope["review_due_on"]),)))
    return tuple(facts)


def _who(listing: Any) -> tuple[Fact, ...]:
    claimed = "Claimed by its owner" if listing.owner_id else "Nobody has claimed it"
    site = f"{listing.site_name}, site {listing.site_reference}"
    return (
        Fact("Provider", (f"{listing.provider_name} ({listing.provider_number})",)),
        Fact("Its record", (claimed,)),
        Fact("Site", (site, label(SITE_KINDS, listing.site_kind))),
        Fact("Who decides", (la_name(listing.la_code),)),
        Fact("Came from", (BASES[listing.basis],)),
    )


def _stands(listing: Any) -> tuple[Fact, ...]:
    now, announced = standing_of(listing), stands(listing).next_state
    facts = [Fact("Since", (format_day(now.since),))]
    if announced:
        said = f"{state_label(announced)}, from {format_day(listing.next_on)}"
        facts.append(Fact("Announced", (said,)))
    if listing.submitted_at:
        facts.append(Fact("Submitted", (format_moment(listing.submitted_at),)))
    if listing.listed_on:
        facts.append(Fact("First day on the register", (format_day(listing.listed_on),)))
    facts += scope_facts(
        {
            name: getattr(listing, name)
            for name in ("age_from", "age_to", "key_stages", "needs", "programmes")
        }
    )
    if listing.seen_on:
        seen = f"{format_day(listing.seen_on)}: {SEEN_HOW[listing.seen_how].lower()}"
        facts.append(Fact("Seen", (seen,)))
    if listing.review_due_on:
        facts.append(Fact("Looked at again by", (format_day(listing.review_due_on),)))
    return tuple(facts)


def _need(item: Item) -> NeedView:
    cure = "" if item.done else f"Needed {_STAGES[item.blocks]}. {item.cure or ''}".strip()
    return NeedView(item.done, plain(item.detail), plain(cure))


def _question(one: Any) -> QuestionView:
    answered = None
    if one.answered_at is not None:
        answered = f"{one.answered_by_name}, {format_moment(one.answered_at)}"
    asked = f"{one.asked_by_name}, {format_moment(one.asked_at)}"
    return QuestionView(one.question, asked, one.answer, answered)


def match_grounds(match: Any) -> tuple[Fact, ...]:
    """Return what a match rests on, in words."""
    gone = ("The application shows it no longer.",)
    return tuple(
        Fact(GROUNDS[ground], tuple(sentences) or gone)
        for ground, sentences in sorted(match.sentences.items())
    )


def match_left(match: Any) -> str:
    """Say how the other record left, or did not come onto, the register."""
    other = match.other
    if other.left_as is None or other.left_on is None:
        return f"{other.name} ({other.number})"
    return f"{other.name} ({other.number}), {other.left_as} on {format_day(other.left_on)}"


def _match(listing: Any, match: Any) -> MatchView:
    noted = match.noted
    return MatchView(
        anchor=f"match-{noted.id}",
        heading=f"{match.other.name} ({match.other.number})",
        left=match_left(match),
        grounds=match_grounds(match),
        judgement=JUDGEMENTS[noted.judgement] if noted.judgement else None,
        reason=noted.judged_reason,
        judge_url=f"/applications/{listing.id}/matches/{noted.id}/judge",
    )


def _move(move: Any) -> MoveView:
    names = [name for name in (move.actor_name, move.second_actor_name) if name]
    return MoveView(
        effective=format_day(move.effective_on),
        state=state_label(move.to_state),
        public_reason=_public(move.public_reason),
        reason=move.reason,
        by=join_words(names),
        recorded=format_moment(move.recorded_at),
    )


def _public(code: str | None) -> str:
    return REASONS[code] if code else "Nothing is said"
