"""A placement's attendance put together, and whom a provider expects."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from app import clock
from app.access import Actor
from app.attendance.queries import alerts as alert_queries
from app.attendance.queries import sessions as queries
from app.attendance.schemas.told import (
    AttendanceContactOut,
    AttendanceCounts,
    AttendanceFactOut,
    AttendanceSession,
    CodeDecided,
    ExpectedChild,
    ExpectedChildren,
    HalfDay,
    PlacementAttendance,
)
from app.attendance.service.reporting import holidays
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.children import personal_parts
from app.children.service.keeping import PARTICULARS
from app.clock import LONDON
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import (
    Reported,
    ReportKind,
    alert_rule,
    code_for,
    halves_of,
)
from app.rules.registration.facts import Delivery

AnySession = ReadSession | WriteSession
_ATTENDED = frozenset({ReportKind.ARRIVED, ReportKind.LATE, ReportKind.LEFT_EARLY})


async def tell(
    session: AnySession, placement_id: uuid.UUID, since: date, until: date
) -> PlacementAttendance:
    """Return a placement's sessions within some days: facts, codes, counts."""
    rows = await queries.expected_sessions(
        session, [placement_id], (since, until), holidays(since, until)
    )
    facts = await queries.list_facts(session, [placement_id], since, until)
    codes = await queries.list_codes(session, placement_id, since, until)
    told = [_session(row, facts, codes) for row in rows]
    return PlacementAttendance(
        placement=placement_id,
        since=since,
        until=until,
        counts=counts_of(told),
        contact=await contact_of(session, placement_id),
        sessions=told,
    )


async def contact_of(session: AnySession, placement_id: uuid.UUID) -> AttendanceContactOut:
    """Return whom alerts of a placement go to, and how soon."""
    agreed = await alert_queries.get_contact(session, placement_id)
    rule = alert_rule(clock.today())
    return AttendanceContactOut(
        person=agreed.person_id if agreed else None,
        name=agreed.name if agreed else None,
        minutes=agreed.minutes if agreed else rule.figures["minutes"],
        rule=RuleCited.model_validate(rule),
    )


async def read_expected(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    purpose: Purpose,
    within: tuple[date, date],
    sites: Collection[uuid.UUID] | None = None,
) -> ExpectedChildren:
    """Return whom the actor's organisation expects, as `expected` does; who read it is kept."""
    subject = Subject("attendance", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "attendance.expected_read", subject, purpose)
    return await expected(session, ring, *within, sites)


async def expected(
    session: AnySession,
    ring: Keyring,
    since: date,
    until: date,
    sites: Collection[uuid.UUID] | None = None,
) -> ExpectedChildren:
    """Return whom the actor's organisation expects at its sites on some days.

    Names are decrypted for it; the number a school knows a child by is not among them.

    Args:
        session: of whoever asks.
        ring: opens the children's keys.
        since: the first day.
        until: the last day.
        sites: at these alone; at every site of theirs if left out.
    """
    ids = await queries.placed_at_own_sites(session, since, until)
    rows = await queries.expected_sessions(session, ids, (since, until), holidays(since, until))
    children = await queries.expected_children(session, ids)
    latest = await queries.latest_facts(session, ids, since, until)
    names = {key: _names(ring, row) for key, row in children.items()}
    items = []
    for row in rows:
        child = children.get(row.placement_id)
        if child is None or (sites is not None and row.site_id not in sites):
            continue
        fact = latest.get((row.placement_id, row.day, row.starts))
        given, family = names[row.placement_id]
        items.append(
            ExpectedChild(
                placement=row.placement_id,
                reference=child.reference,
                commissioner=child.commissioner,
                given_names=given,
                family_name=family,
                on=row.day,
                starts=row.starts,
                ends=row.ends,
                site=row.site,
                expected=row.expected,
                why_not_expected=row.why_not,
                reported=fact.kind if fact else None,
            )
        )
    return ExpectedChildren(since=since, until=until, items=items)


def fact_out(row: Any) -> AttendanceFactOut:
    """Return a fact as it is told."""
    named = {name: getattr(row, name) for name in _OF_FACT}
    return AttendanceFactOut(placement=row.placement_id, on=row.day, **named)


_OF_FACT = (
    *("id", "starts", "kind", "arrived_at", "left_at", "absence", "source", "reported_by"),
    *("reference", "told_by", "told_at", "recorded_at"),
)


def reported_of(row: Any, latest: Any | None) -> Reported:
    """Return what is known of a session, for the rules."""
    return Reported(
        kind=ReportKind(latest.kind) if latest else None,
        absence=Absence(latest.absence) if latest and latest.absence else None,
        by_authority=row.by_authority,
        online=row.delivery == Delivery.ONLINE,
    )


def counts_of(sessions: Sequence[AttendanceSession]) -> AttendanceCounts:
    """Count what became of sessions; what nobody reported is no absence."""
    now = clock.now().astimezone(LONDON)
    kinds = [one.facts[0].kind if one.facts else None for one in sessions if one.expected]
    counted = [kind for kind in kinds if kind is not ReportKind.NOT_EXPECTED]
    silent = [
        one
        for one in sessions
        if one.expected and not one.facts and datetime.combine(one.on, one.ends, LONDON) < now
    ]
    attended = sum(kind in _ATTENDED for kind in counted)
    absent = counted.count(ReportKind.ABSENT)
    reported = attended + absent
    return AttendanceCounts(
        expected=len(counted),
        attended=attended,
        late=counted.count(ReportKind.LATE),
        absent=absent,
        not_reported=len(silent),
        attended_percent=round(100 * attended / reported) if reported else None,
    )


def _session(row: Any, facts: Sequence[Any], codes: Sequence[Any]) -> AttendanceSession:
    own = [one for one in facts if (one.day, one.starts) == (row.day, row.starts)]
    reported = reported_of(row, own[0] if own else None)
    halves = []
    for half in halves_of(row.starts, row.ends):
        proposal = code_for(reported, half)
        decided = [one for one in codes if (one.day, one.half) == (row.day, half)]
        halves.append(
            HalfDay(
                half=half,
                proposed=proposal.code,
                why=RuleReason.model_validate(proposal.reason),
                decided=CodeDecided.model_validate(decided[0]) if decided else None,
            )
        )
    return AttendanceSession(
        on=row.day,
        starts=row.starts,
        ends=row.ends,
        site=row.site,
        expected=row.expected and not (own and own[0].kind == ReportKind.NOT_EXPECTED),
        why_not_expected=row.why_not,
        facts=[fact_out(one) for one in own],
        halves=halves,
    )


def _names(ring: Keyring, row: Any) -> tuple[str | None, str | None]:
    if row.sealed_key is None or row.encrypted is None:
        return None, None
    key = personal_parts.open_key(ring, row.child_id, row.sealed_key)
    parts = personal_parts.decrypt(key, context_of(PARTICULARS, row.child_id), row.encrypted)
    return parts["given_names"], parts["family_name"]
