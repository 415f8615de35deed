"""Who pays, from facts as they are sent to an answer as it is told."""

from datetime import date

from app.calculators.errors import DayNotHeldError
from app.calculators.schemas.paying import (
    CellOut,
    ExclusionMoneyAsked,
    PlacementAsked,
    RecoveryOut,
    RouteOut,
    WarnedOut,
    WhoPaysAnswer,
    WhoPaysAsked,
)
from app.calculators.schemas.stated import RuleReason
from app.errors import FieldFault, InvalidRequestError
from app.rules.coming import PlacementFacts, warnings_of
from app.rules.dated import NotInForceError
from app.rules.funding.answering import BESIDES, WhoPays, who_pays
from app.rules.funding.facts import SchoolKind, Situation
from app.rules.funding.recovery import complete_weeks, exclusion_money
from app.rules.funding.rows import Party, Route

_SCHOOLS = frozenset({Party.SCHOOL, Party.ACADEMY_TRUST, Party.REGISTERED_PROVIDER})


def answer_who_pays(asked: WhoPaysAsked, today: date) -> WhoPaysAnswer:
    """Say who commissions and who pays first; or that a person must decide.

    Raises:
        DayNotHeldError: the regulations on money of that day are not held here.
        InvalidRequestError: money of an exclusion is asked for on another route.
    """
    on = asked.on or today
    told = Situation(**asked.situation.model_dump())
    found = who_pays(told, asked.route)
    money = asked.exclusion_money
    return WhoPaysAnswer(
        on=on,
        decided=found.row is not None,
        suggested=found.suggested,
        reasons=[RuleReason.model_validate(reason) for reason in found.reasons],
        conflicts=[RuleReason.model_validate(reason) for reason in found.conflicts],
        also_possible=list(found.also_possible),
        row=None if found.row is None else RouteOut.model_validate(found.row),
        besides=[CellOut.model_validate(cell) for cell in BESIDES],
        exclusion_money=None if money is None else _money(money, found, told.school_kind, on),
        warnings=_warnings(asked.placement or PlacementAsked(), found, on),
    )


def _money(
    asked: ExclusionMoneyAsked, found: WhoPays, school_kind: SchoolKind | None, on: date
) -> RecoveryOut:
    if found.row is None or found.row.route is not Route.EXCLUSION:
        detail = "Money follows a pupil only after a permanent exclusion; leave this out."
        raise InvalidRequestError(
            "Money of an exclusion was asked for on another route.",
            errors=(FieldFault(detail, pointer="/exclusion_money"),),
        )
    weeks = asked.weeks_left
    if weeks is None:
        assert asked.relevant_day is not None  # noqa: S101 - the model saw to it
        assert asked.period_ends_on is not None  # noqa: S101
        weeks = complete_weeks(asked.relevant_day, asked.period_ends_on)
    try:
        recovery = exclusion_money(asked.year_pence, weeks, asked.order_pence, school_kind, on)
    except NotInForceError as unknown:
        raise DayNotHeldError(str(unknown)) from None
    return RecoveryOut.model_validate(recovery)


def _warnings(asked: PlacementAsked, found: WhoPays, on: date) -> list[WarnedOut]:
    by_school = found.row is not None and found.row.commissioner in _SCHOOLS
    facts = PlacementFacts(**asked.model_dump(), arranged_by_school=by_school)
    return [WarnedOut.model_validate(warned) for warned in warnings_of(facts, on)]
