"""What an application needs before it is submitted, and before it is decided; pure.

Every block here is the register's own policy. None rests on statute: a placement at a provider
that is not listed can always be recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.providers.evidence import add_months


class Stage(StrEnum):
    """Before what something must be done."""

    SUBMISSION = "submission"
    DECISION = "decision"


class BlockBasis(StrEnum):
    """What a block rests on."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A critical criterion for which nothing current is shown.

    Attributes:
        criterion: its number.
        requirement: what it asks.
        kinds: any one of these would show it.
    """

    criterion: str
    requirement: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything that readiness follows from.

    Attributes:
        day: in London.
        consented: the owner consents to publication.
        confirmed_on: the day on which the owner last confirmed the whole record.
        confirmation_months: how long that is good for; `None` where no policy asks for it.
        site_open: the site has not closed.
        located: the site has an address, or being a home or online, a town or a postcode.
        staff_size_known: how many adults work for the provider is said.
        offers_in_scope: how many programmes at the site lie within what is applied for.
        lacking: critical evidence that is not there, or not current.
        version: of the standards in force, if one is.
        self_evaluated: the site was completely evaluated against it.
        unanswered: questions of an assessor's without an answer.
        unjudged: matches with removed or refused records that nobody judged; `None` for an owner,
            for whom there is no such thing.
        entry_visit_months: how long before its listing a site may have been visited; `None` where
            no policy asks for a visit.
        visited_on: the day of the last visit of the whole site that is published.
    """

    day: date
    consented: bool
    confirmed_on: date | None
    confirmation_months: int | None
    site_open: bool
    located: bool
    staff_size_known: bool
    offers_in_scope: int
    lacking: Sequence[Lacking]
    version: str | None
    self_evaluated: bool
    unanswered: int = 0
    unjudged: int | None = None
    entry_visit_months: int | None = None
    visited_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an application needs.

    Attributes:
        code: names it.
        done: whether it is there.
        blocks: before what it must be.
        detail: what is there, or lacking.
        cure: how to mend it; nothing where it is done.
        pointer: to the part of the record that it is about.
        basis: what the block rests on.
        lacking: of evidence that is not there, the criterion it would show.
    """

    code: str
    done: bool
    blocks: Stage
    detail: str
    cure: str | None = None
    pointer: str | None = None
    basis: BlockBasis = BlockBasis.POLICY
    lacking: Lacking | None = None


def readiness(given: Readiness) -> list[Item]:
    """Return everything an application needs, done or not, in the order in which to do it."""
    return [
        _item(
            "site-open",
            "/site",
            given.site_open,
            "The site has not closed.",
            "Apply for a site that is open.",
        ),
        _item(
            "site-located",
            "/site/address",
            given.located,
            "The site's address, or its town, is on record.",
            "Add the address to the site; a home's is never published.",
        ),
        _item(
            "staff-size",
            "/staff_size",
            given.staff_size_known,
            "How many adults work for the provider is on record: what is asked is in proportion.",
            "Say it on the record.",
        ),
        _item(
            "offers",
            "/offers",
            given.offers_in_scope > 0,
            "Something is offered at the site within what is applied for.",
            "Add an offer, or change what you apply for.",
        ),
        _item(
            "consent",
            "/consent",
            given.consented,
            "The owner consents to publication.",
            "Give consent on the record.",
        ),
        _confirmation(given),
        *_evidence(given),
        _self_evaluation(given),
        _item(
            "questions",
            "/questions",
            given.unanswered == 0,
            "No question of the assessor's waits for an answer.",
            f"Answer {given.unanswered} question(s).",
            blocks=Stage.DECISION,
        ),
        *_entry_visit(given),
        *_matches(given.unjudged),
    ]


def entry_visit_holds(visited_on: date | None, months: int, day: date) -> bool:
    """Say whether a site was visited lately enough to be listed.

    Args:
        visited_on: the day of the last visit of the whole site that is published.
        months: for how many a visit holds, by the policy `inspection-cycle`.
        day: the day of the listing.
    """
    return visited_on is not None and day <= add_months(visited_on, months)


def lacking_before(items: Sequence[Item], stage: Stage) -> list[Item]:
    """Return what is not done and must be before a stage."""
    return [item for item in items if not item.done and item.blocks is stage]


def _item(
    code: str,
    pointer: str,
    done: bool,
    detail: str,
    cure: str,
    blocks: Stage = Stage.SUBMISSION,
) -> Item:
    return Item(code, done, blocks, detail, None if done else cure, pointer)


def _confirmation(given: Readiness) -> Item:
    fresh = given.confirmed_on is not None
    if given.confirmed_on is not None and given.confirmation_months is not None:
        fresh = given.day <= add_months(given.confirmed_on, given.confirmation_months)
    said = f"on {given.confirmed_on}" if given.confirmed_on else "never yet"
    return _item(
        "confirmation",
        "/confirmations",
        fresh,
        f"The owner has confirmed the whole record lately: {said}.",
        "Look through the record, and confirm it.",
    )


def _evidence(given: Readiness) -> list[Item]:
    if not given.lacking:
        return [
            Item(
                "evidence",
                done=True,
                blocks=Stage.SUBMISSION,
                pointer="/documents",
                detail="Every critical criterion has something current to show for it.",
            )
        ]
    return [
        Item(
            code="evidence",
            done=False,
            blocks=Stage.SUBMISSION,
            detail=f"Criterion {one.criterion}: nothing current is shown.",
            cure=f"Add any one of: {', '.join(one.kinds)}.",
            pointer="/documents",
            lacking=one,
        )
        for one in given.lacking
    ]


def _entry_visit(given: Readiness) -> list[Item]:
    if given.entry_visit_months is None:
        return []
    said = f"on {given.visited_on}" if given.visited_on else "never yet"
    return [
        _item(
            "entry-visit",
            "/entry-visit",
            entry_visit_holds(given.visited_on, given.entry_visit_months, given.day),
            f"The site was visited lately, and what was found is published: {said}.",
            "The local authority plans an entry visit; the site is listed once it is published.",
            blocks=Stage.DECISION,
        )
    ]


def _matches(unjudged: int | None) -> list[Item]:
    if unjudged is None:
        return []
    return [
        _item(
            "matches",
            "/matches",
            unjudged == 0,
            "Nothing shared with a removed or refused record is unjudged.",
            f"Judge {unjudged} match(es).",
            blocks=Stage.DECISION,
        )
    ]


def _self_evaluation(given: Readiness) -> Item:
    if given.version is None:
        return Item(
            "self-evaluation",
            done=True,
            blocks=Stage.SUBMISSION,
            pointer="/self-evaluations",
            detail="No version of the standards is in force.",
        )
    return _item(
        "self-evaluation",
        "/self-evaluations",
        given.self_evaluated,
        f"The site is evaluated, in full, against {given.version}.",
        f"Complete the self-evaluation against {given.version}.",
    )
