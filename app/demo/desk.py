"""What waits on the desks of invented officers and of the garage, for visitors who sign in as them.

Done as they would do it, through the services that the pages and the API use, at moments shortly
before the first start; no part of a plan. Coventry has visits to make, one of them begun, and an
inspection for its second officer to check; the garage has a draft to comment on.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType

from app import clock
from app.access import WORKER
from app.db.transactions import Database, reading, transaction
from app.demo.people import acting, team_of
from app.demo.visits import COVENTRY
from app.inspections.queries.inspections import Wanted, list_inspections
from app.inspections.schemas.hearing import CheckRequested
from app.inspections.schemas.inspections import NewInspection, NewInspector
from app.inspections.schemas.judgements import JudgementStated
from app.inspections.service import checking, drafting, judging, looking, planning
from app.inspections.service.queue import queue_of
from app.inspections.terms import EvidenceMethod, InspectionKind, InspectorPart, Judgement
from app.rules.working_days import is_working_day, working_days_between

MILO = "Milo Example"
_HEARD, _SENT, _MORNING = 8, 2, time(10)
"""So many working days ago the draft that can be checked, and the garage's, were sent."""
_AHEAD = (3, 8)
"""In so many days Coventry's next visits are planned."""
_BEGUN = 20
"""So many judgements of the visit that was begun are written down."""

Finding = tuple[Judgement, str]
_OF_THE_GARAGE: Mapping[str, Finding] = MappingProxyType(
    {
        "1.1d": (Judgement.PARTLY_MET, "References of one instructor are not dated."),
        "1.1i": (Judgement.NOT_MET, "No letter to a commissioner was shown."),
        "1.2c": (Judgement.PARTLY_MET, "The behaviour policy names nobody to turn to."),
    }
)
_OF_ANOTHER: Mapping[str, Finding] = MappingProxyType(
    {"1.2b": (Judgement.PARTLY_MET, "The rules of conduct say nothing about low-level concerns.")}
)


async def add_work(database: Database, garage: str) -> bool:
    """Let there be work, unless the garage was ever inspected; return whether it was added.

    The garage's draft comes last, so that what was broken off is begun anew.

    Args:
        database: a demonstration with its people and the garage.
        garage: the number of the garage's record.
    """
    milo = acting(MILO)
    async with reading(database, milo) as session:
        if await list_inspections(session, Wanted(provider_number=garage), None, 1):
            return False
        found = await queue_of(session, COVENTRY, clock.today())
    unseen = [one.row for one in found if not one.planned and one.last_seen_on is None]
    places = list({row.number: (row.number, row.site) for row in unseen}.values())
    if len(places) > len(_AHEAD) + 1:
        await _let_check(database, places.pop(0))
        await _begin(database, places.pop(0))
        for place, days in zip(places, _AHEAD, strict=False):
            await _plan(database, place, InspectionKind.MONITORING, clock.now() + _days(days))
    sent = _working_days_ago(_SENT)
    with clock.at(sent):
        reference = await _plan(database, (garage, 1), InspectionKind.ENTRY_VISIT, sent)
        await _judge(database, reference, _OF_THE_GARAGE)
        await _send(database, reference)
    return True


async def _let_check(database: Database, place: tuple[str, int]) -> None:
    """Let a visit be judged and heard, and its check be asked for."""
    sent = _working_days_ago(_HEARD)
    with clock.at(sent):
        reference = await _plan(database, place, InspectionKind.MONITORING, sent)
        await _judge(database, reference, _OF_ANOTHER)
        await _send(database, reference)
    async with transaction(database, WORKER) as session:
        await drafting.close_due_comments(session, {})
    milo = acting(MILO)
    async with transaction(database, milo) as session:
        held = await looking.look_at(session, reference)
        await checking.request_check(session, milo, reference, CheckRequested(), held.version)


async def _begin(database: Database, place: tuple[str, int]) -> None:
    """Let a visit be begun, and a part of it be written down."""
    reference = await _plan(database, place, InspectionKind.MONITORING, clock.now())
    await _judge(database, reference, {}, _BEGUN)


async def _plan(
    database: Database, place: tuple[str, int], kind: InspectionKind, at: datetime
) -> str:
    number, site = place
    lead = NewInspector(person=team_of(COVENTRY).lead_id, part=InspectorPart.LEAD)
    new = NewInspection(
        provider=number,
        sites=[site],
        kind=kind,
        planned_on=at.astimezone(clock.LONDON).date(),
        reason="Its turn has come.",
        inspectors=[lead],
    )
    milo = acting(MILO)
    async with transaction(database, milo) as session:
        return await planning.plan(session, milo, new)


async def _judge(
    database: Database, reference: str, short: Mapping[str, Finding], most: int | None = None
) -> None:
    milo = acting(MILO)
    async with transaction(database, milo) as session:
        held = await looking.look_at(session, reference)
        sheet = await looking.sheet_of(session, held)
        keys = [(site, number) for site, asked in sheet.asked.items() for number in asked]
        stated = [
            JudgementStated(
                site=site,
                criterion=number,
                judgement=short[number][0] if number in short else Judgement.MET,
                finding=short[number][1] if number in short else None,
                method=EvidenceMethod.VISIT,
                seen_on=held.planned_on,
            )
            for site, number in keys[:most]
        ]
        await judging.judge(session, milo, reference, stated)


async def _send(database: Database, reference: str) -> None:
    milo = acting(MILO)
    async with transaction(database, milo) as session:
        held = await looking.look_at(session, reference)
        await drafting.send_draft(session, milo, reference, held.version)


def _working_days_ago(count: int) -> datetime:
    """Return ten in the morning of the last working day that lies so many of them back."""
    today = clock.today()
    earlier = (today - _days(n) for n in range(1, 99))
    day = next(
        one for one in earlier if is_working_day(one) and working_days_between(one, today) >= count
    )
    return datetime.combine(day, _MORNING, clock.LONDON)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
