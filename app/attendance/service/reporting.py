"""Taking facts, one or five hundred: each row judged by itself, all that hold kept at once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import ValidationError

from app import clock
from app.access import Actor
from app.attendance.errors import AttendanceNotYoursError, ReferenceTakenError
from app.attendance.queries import sessions as queries
from app.attendance.schemas.asked import BatchedFact
from app.attendance.terms import FactSource, RowOutcome
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError
from app.organisations.terms import PLACING_KINDS
from app.rules.attendance.reporting import ReportKind, bank_holidays_between
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
AHEAD = timedelta(days=366)
_SAID = ("placement_id", "day", "starts", "kind", "arrived_at", "left_at", "absence")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row.

    Attributes:
        outcome: that.
        fact_id: of the fact that was kept, now or earlier.
        refusal: why it was not.
    """

    outcome: RowOutcome
    fact_id: uuid.UUID | None = None
    refusal: AppError | None = None


def read_rows(items: Sequence[Mapping[str, Any]]) -> list[BatchedFact | AppError]:
    """Read the rows of a batch; a row that cannot be read is its own refusal."""
    found: list[BatchedFact | AppError] = []
    for item in items:
        try:
            found.append(BatchedFact.model_validate(item))
        except ValidationError as error:
            faults = tuple(
                FieldFault(one["msg"], "".join(f"/{part}" for part in one["loc"]))
                for one in error.errors(include_url=False, include_input=False)
            )
            found.append(InvalidRequestError("The row cannot be read.", errors=faults))
    return found


async def report(
    session: WriteSession, actor: Actor, stated: Sequence[BatchedFact | AppError]
) -> list[Row]:
    """Keep what holds of some facts, and say of each row what became of it.

    A row whose reference was used for the same fact before records nothing. Two rows of one batch
    under one reference are compared in the same way.
    """
    facts = [one for one in stated if isinstance(one, BatchedFact)]
    timetabled = await _timetabled(session, facts)
    prepared: list[dict[str, Any] | AppError] = [
        one if isinstance(one, AppError) else _prepared(actor, one, timetabled) for one in stated
    ]
    rows = [one for one in prepared if isinstance(one, dict)]
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["reference"] is not None:
            first.setdefault(row["reference"], row)
    fresh = [row for row in rows if first.get(row["reference"] or "", row) is row]
    kept = await queries.add_facts(session, fresh)
    earlier = await _earlier(session, actor, [row for row in rows if row["id"] not in kept])
    outcomes = [_outcome(one, kept, earlier) for one in prepared]
    await _note(session, actor, rows, kept)
    return outcomes


async def _note(
    session: WriteSession, actor: Actor, rows: Sequence[Mapping[str, Any]], kept: set[uuid.UUID]
) -> None:
    """Write down that facts were reported: of one placement with its id, of many with a count."""
    placements = {row["placement_id"] for row in rows if row["id"] in kept}
    if not placements:
        return
    one = next(iter(placements)) if len(placements) == 1 else actor.organisation_id
    kind = "placement" if len(placements) == 1 else "attendance"
    subject = Subject(kind, str(one), None, actor.organisation_id)
    after = {"facts": len(kept), "placements": len(placements)}
    await record(session, actor, "attendance.reported", subject, after=after)


async def _timetabled(
    session: AnySession, facts: Sequence[BatchedFact]
) -> dict[tuple[uuid.UUID, date], list[Any]]:
    """Return the sessions of all placements on all days that are named, expected or not."""
    if not facts:
        return {}
    days = [one.on for one in facts]
    ids = list({one.placement for one in facts})
    found: dict[tuple[uuid.UUID, date], list[Any]] = {}
    for day in sorted(set(days)):
        wanted = list({one.placement for one in facts if one.on == day} & set(ids))
        for row in await queries.expected_sessions(session, wanted, (day, day), ()):
            found.setdefault((row.placement_id, row.day), []).append(row)
    return found


def _prepared(
    actor: Actor, fact: BatchedFact, timetabled: Mapping[tuple[uuid.UUID, date], list[Any]]
) -> dict[str, Any] | AppError:
    """Return a fact as it is kept, or why it is not."""
    today = clock.today()
    of_day = timetabled.get((fact.placement, fact.on), [])
    if not of_day:
        detail = (
            "No session of a placement of this id is timetabled for that day, or the placement is "
            "neither at your sites nor yours."
        )
        return AttendanceNotYoursError(detail, errors=(FieldFault(detail, "/placement"),))
    ahead = fact.on > today and fact.kind not in {ReportKind.NOT_EXPECTED, ReportKind.ABSENT}
    if ahead or fact.on > today + AHEAD:
        return _fault("Nobody came or went on a day that lies ahead.", "/on")
    if fact.told_at is not None and fact.told_at > clock.now():
        return _fault("Nobody told it in the future. Check when.", "/told_at")
    wanted = [one for one in of_day if fact.starts in {None, one.starts}]
    if len(wanted) != 1:
        times = ", ".join(one.starts.isoformat("minutes") for one in of_day)
        return _fault(f"Say which session: that day has those that start at {times}.", "/starts")
    return _row(actor, fact, wanted[0])


def _row(actor: Actor, fact: BatchedFact, timetabled: Any) -> dict[str, Any] | AppError:
    arrived = fact.arrived_at
    if fact.minutes_late is not None:
        arrived = _later(timetabled.starts, fact.minutes_late)
    if arrived is not None and not timetabled.starts <= arrived < timetabled.ends:
        where = "/arrived_at" if fact.minutes_late is None else "/minutes_late"
        return _fault("They arrived outside the session. Check the time.", where)
    begins = arrived or timetabled.starts
    if fact.left_at is not None and not begins <= fact.left_at < timetabled.ends:
        return _fault("They left outside the session. Check the time.", "/left_at")
    placing = actor.organisation_kind in PLACING_KINDS
    return {
        "id": uuid7(),
        "placement_id": fact.placement,
        "day": fact.on,
        "starts": timetabled.starts,
        "kind": fact.kind.value,
        "arrived_at": arrived,
        "left_at": fact.left_at,
        "absence": fact.absence.value if fact.absence else None,
        "source": (FactSource.COMMISSIONER if placing else FactSource.PROVIDER).value,
        "organisation_id": actor.organisation_id,
        "reference": fact.reference,
        "reported_by": actor.name,
        "told_by": fact.told_by,
        "told_at": fact.told_at,
        "recorded_at": clock.now(),
    }


async def _earlier(
    session: AnySession, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    references = [row["reference"] for row in rows if row["reference"] is not None]
    if not references or actor.organisation_id is None:
        return {}
    return await queries.facts_by_reference(session, actor.organisation_id, references)


def _outcome(
    one: dict[str, Any] | AppError, kept: set[uuid.UUID], earlier: Mapping[str, Any]
) -> Row:
    if isinstance(one, AppError):
        return Row(RowOutcome.REFUSED, refusal=one)
    if one["id"] in kept:
        return Row(RowOutcome.RECORDED, one["id"])
    held = earlier.get(one["reference"])
    if held is not None and all(getattr(held, name) == one[name] for name in _SAID):
        return Row(RowOutcome.HELD_ALREADY, held.id)
    detail = "You reported something else under this reference. Correct it under another."
    refusal = ReferenceTakenError(detail, errors=(FieldFault(detail, "/reference"),))
    return Row(RowOutcome.REFUSED, refusal=refusal)


def holidays(since: date, until: date) -> Sequence[date]:
    """Return the days within some on which nobody is expected anywhere."""
    return bank_holidays_between(since, until)


def _later(starts: time, minutes: int) -> time | None:
    """Return a time of the same day so many minutes later; midnight, and past it, is none."""
    at = datetime.combine(date.min, starts) + timedelta(minutes=minutes)
    return at.time() if at.date() == date.min else time.max


def _fault(detail: str, where: str) -> InvalidRequestError:
    return InvalidRequestError(detail, errors=(FieldFault(detail, where),))
