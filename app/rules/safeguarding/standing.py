"""How a placement stands on a day: green, amber or red, and what each item of the list lacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.law import ITEM, ITEMS, STATUS, AskedWhere, Item
from app.rules.stated import Reason

_RED_IF_LACKING = frozenset({"SG2", "SG4", "SG6", "SG7"})
_RED_IF_OVERDUE = _RED_IF_LACKING | {"SG5"}
_REVIEW = "SG5"
_PARENT_MUST_BE_TOLD = frozenset({Route.OFF_SITE_DIRECTION, Route.SUSPENSION})


class SafeguardingStatus(StrEnum):
    """How a placement stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ItemStanding(StrEnum):
    """How one item stands."""

    CURRENT = "current"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    MISSING = "missing"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is held of one item.

    Attributes:
        done_on: when it was done; empty: not yet.
        next_due: by when it is done, or done again; empty: no day is set.
    """

    done_on: date | None = None
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """What decides which items are asked, and what makes a placement red by itself.

    Attributes:
        delivery: where and how the child is taught.
        route: how the child comes to it.
        transported: somebody else than the parent brings the child.
        plan_or_care: the child has a plan, or is looked after.
        by_authority: an authority arranges it, so that code K fits, and otherwise B.
        concern_arose: since the start something had to be looked into at once.
        grave_concern: one of high or immediate severity is open at the provider.
        suspended: an interim suspension is in force there.
        notices_red, notices_amber: notices that are overdue, those that an enactment asks first.
        urgent_by: by when what was lacking at an urgent start is completed; empty: it was not so,
            or is complete.
    """

    delivery: Delivery = Delivery.AT_A_SETTING
    route: Route = Route.SCHOOL_ARRANGED
    transported: bool = False
    plan_or_care: bool = False
    by_authority: bool = False
    concern_arose: bool = False
    grave_concern: bool = False
    suspended: bool = False
    urgent_by: date | None = None
    notices_red: tuple[Reason, ...] = ()
    notices_amber: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Stands:
    """How a placement stands.

    Attributes:
        status: green, amber or red.
        items: how each item stands, by its number.
        reasons: why it is not green; who raised a concern is never among them.
    """

    status: SafeguardingStatus
    items: Mapping[str, ItemStanding] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()


def is_asked(item: Item, facts: SafetyFacts) -> bool:
    """Say whether an item is asked of a placement."""
    online = facts.delivery is not Delivery.AT_A_SETTING
    return {
        AskedWhere.EVERY: True,
        AskedWhere.AFTER_A_CONCERN: facts.concern_arose,
        AskedWhere.EDUCATED_OFF_SITE: not facts.by_authority and not online,
        AskedWhere.RECORDED_AS_K_OR_B: facts.by_authority or not online,
        AskedWhere.TRANSPORTED: facts.transported,
        AskedWhere.SUPPORTED: facts.plan_or_care,
        AskedWhere.DIRECTED: facts.route in _PARENT_MUST_BE_TOLD,
        AskedWhere.ALONE_OR_ONLINE: online,
    }[item.where]


def standing_of(item: Item, kept: Kept, day: date) -> ItemStanding:
    """Say how an item that is asked stands on a day."""
    if kept.next_due is not None:
        within = "review_within_days" if item.number == _REVIEW else "due_within_days"
        left = (kept.next_due - day).days
        if left < 0:
            return ItemStanding.OVERDUE
        if left <= STATUS.figures[within]:
            return ItemStanding.DUE_SOON
    done = kept.done_on is not None and kept.done_on <= day
    return ItemStanding.CURRENT if done else ItemStanding.MISSING


def stands_on(facts: SafetyFacts, kept: Mapping[str, Kept], day: date) -> Stands:
    """Say how a placement stands on a day.

    Args:
        facts: what is asked of it, and what is wrong at the provider.
        kept: what is held of items, by their numbers.
        day: in London.
    """
    items = {
        one.number: standing_of(one, kept.get(one.number, Kept()), day)
        if is_asked(one, facts)
        else ItemStanding.NOT_ASKED
        for one in ITEMS
    }
    red = [*_wrong_there(facts, day), *_lacking(items, red=True)]
    red += facts.notices_red
    amber = [*_lacking(items, red=False), *facts.notices_amber]
    status = SafeguardingStatus.GREEN
    if red or amber:
        status = SafeguardingStatus.RED if red else SafeguardingStatus.AMBER
    return Stands(status, items, (*red, *amber))


def _wrong_there(facts: SafetyFacts, day: date) -> list[Reason]:
    found = []
    if facts.grave_concern:
        found.append("A grave concern about the provider is open.")
    if facts.suspended:
        found.append("The provider's listing is suspended while a risk of harm is looked into.")
    if facts.urgent_by is not None and facts.urgent_by < day:
        found.append(f"What an urgent start left open was to be complete by {facts.urgent_by}.")
    return [Reason(because, STATUS) for because in found]


def _lacking(items: Mapping[str, ItemStanding], *, red: bool) -> list[Reason]:
    found = []
    for number, standing in items.items():
        if standing in {ItemStanding.CURRENT, ItemStanding.NOT_ASKED}:
            continue
        if _is_red(number, standing) is red:
            found.append(Reason(f"{number} is {standing.replace('-', ' ')}.", ITEM[number].rule))
    return found


def _is_red(number: str, standing: ItemStanding) -> bool:
    if standing is ItemStanding.MISSING:
        return number in _RED_IF_LACKING
    return standing is ItemStanding.OVERDUE and number in _RED_IF_OVERDUE
