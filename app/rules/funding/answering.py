"""Who pays: the row of a route that was chosen or suggested; or that a person must decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.rules.funding.authority_rows import AUTHORITY_ROWS
from app.rules.funding.conflicts import conflicts_of
from app.rules.funding.facts import Arranger, Exclusion, Situation
from app.rules.funding.further_rows import FURTHER_ROWS
from app.rules.funding.law import (
    COMMISSIONER_ANSWERS,
    EXCLUSION_NOTICES,
    SCHOOL_ARRANGES,
    SCHOOL_STAYS_RESPONSIBLE,
)
from app.rules.funding.money_law import PAYER_FOLLOWS_DUTY, TRAVEL
from app.rules.funding.rows import Cell, Route, Row, recalled, seen
from app.rules.funding.school_rows import SCHOOL_ROWS
from app.rules.funding.suggesting import routes_of
from app.rules.stated import Reason

ROWS: Mapping[Route, Row] = {
    row.route: row for row in (*SCHOOL_ROWS, *AUTHORITY_ROWS, *FURTHER_ROWS)
}

BESIDES: Sequence[Cell] = (
    seen(
        "Travel and meals are paid for apart from the place; store each with its own payer.", TRAVEL
    ),
    seen(
        "A school that has the child on its roll stays responsible for their safeguarding.",
        SCHOOL_STAYS_RESPONSIBLE,
    ),
    recalled(
        "The duty under section 19 is of the authority where the child is; a plan's of the one "
        "that maintains it; a looked-after child's of the one that looks after them.",
        PAYER_FOLLOWS_DUTY,
    ),
    recalled(
        "Who pays in the end may be disputed; whoever has the duty pays meanwhile, without "
        "prejudice, and the child starts.",
        PAYER_FOLLOWS_DUTY,
    ),
)


@dataclass(frozen=True, slots=True)
class WhoPays:
    """What was found of a situation.

    Attributes:
        row: the matrix's row; `None` where a person must decide.
        suggested: whether the facts chose the route; otherwise the caller did.
        reasons: why this route; or why a person must decide.
        conflicts: what was said that does not go with it.
        also_possible: further routes the facts lead to, weightiest first.
    """

    row: Row | None
    suggested: bool
    reasons: Sequence[Reason]
    conflicts: Sequence[Reason]
    also_possible: Sequence[Route]


def who_pays(told: Situation, stated: Route | None = None) -> WhoPays:
    """Say who commissions and who pays first in a situation, and what goes with it.

    Args:
        told: the situation, as far as it is known.
        stated: the route, where the caller has chosen it.
    """
    led = routes_of(told)
    if stated is not None:
        because = Reason(f"The route was stated: {ROWS[stated].title}.", ROWS[stated].duty.rule)
        leads_elsewhere = [
            Reason(f"The facts lead to {route}: {reason.because}", reason.rule)
            for route, reason in led[:1]
            if route is not stated
        ]
        return WhoPays(
            row=ROWS[stated],
            suggested=False,
            reasons=(because,),
            conflicts=(*conflicts_of(stated, told), *leads_elsewhere),
            also_possible=tuple(route for route, _ in led if route is not stated),
        )
    if not led:
        return WhoPays(
            None, suggested=True, reasons=_undecided(told), conflicts=(), also_possible=()
        )
    (route, reason), *others = led
    return WhoPays(
        row=ROWS[route],
        suggested=True,
        reasons=(reason,),
        conflicts=conflicts_of(route, told),
        also_possible=tuple(other for other, _ in others),
    )


def _undecided(told: Situation) -> Sequence[Reason]:
    """Say why no row fits, so that whoever decides knows what is wanting."""
    found = [Reason("No route fits what was said: a person must decide.", COMMISSIONER_ANSWERS)]
    if told.exclusion is Exclusion.SUSPENSION:
        found.append(Reason("Say how many school days the suspension lasts.", EXCLUSION_NOTICES))
    elif told.arranged_by is None:
        found.append(Reason("Say who means to arrange the place.", COMMISSIONER_ANSWERS))
    elif told.arranged_by is Arranger.SCHOOL and told.parent_agrees is not True:
        found.append(
            Reason(
                "The parent has not agreed; only a direction to improve behaviour, by a school "
                "that may give one, does without.",
                SCHOOL_ARRANGES,
            )
        )
    if told.on_roll is None:
        found.append(Reason("Say whether the child is on a school's roll.", COMMISSIONER_ANSWERS))
    return tuple(found)
