"""Placements as others ask for them: for an inspector's planning call, and for the census."""

import csv
import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import orjson

from app.children.queries.children import organisations_within
from app.children.service.keeping import identity_of
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.oversight.queries import exporting as queries
from app.oversight.terms import ExportKind
from app.rules.attendance.reporting import halves_of
from app.rules.census import identified, pattern_of, reason_of, to_be_said
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.values.cells import safe_cell

Row = Mapping[str, Any]
COLUMNS: Mapping[ExportKind, Sequence[str]] = {
    ExportKind.PLANNING_CALL: (
        *("commissioner", "placement_reference", "child_reference", "given_names", "family_name"),
        *("provider", "provider_name", "provider_status", "urn", "site", "site_name", "address"),
        *("reason", "since", "hours_a_week", "pupils_there"),
        *("last_checked_on", "last_checked_by", "checks"),
    ),
    ExportKind.CENSUS: (
        *("commissioner", "placement_reference", "child_reference", "upn"),
        *("given_names", "family_name", "date_of_birth", "sen_provision_on_entry"),
        *("provider", "provider_name", "urn", "ukprn", "setting_type", "postcode"),
        *("reason", "reason_dfe_code", "entry_date", "leaving_date"),
        *("attendance_pattern", "sessions_a_week", "notes"),
    ),
}
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it a spreadsheet takes the accents in a name for something else."""
_MINUTES = 60


async def planning_call(session: WriteSession, ring: Keyring, day: date) -> list[Row]:
    """Return the placements that ran on a day, as an inspector asks for them before a visit."""
    within = await organisations_within(session)
    found = await queries.list_within(session, within, day, day)
    weeks = await _weeks(session, found, day)
    checks: dict[uuid.UUID, list[Any]] = {}
    for one in await queries.list_checks(session, list({row.site_id for row in found}), day):
        checks.setdefault(one.site_id, []).append(one)
    return [
        _named(ring, row)
        | {
            "provider_status": row.provider_status,
            "urn": row.urn,
            "site": row.site,
            "site_name": row.site_name,
            "address": ", ".join(filter(None, (*row.address_lines, row.town, row.postcode))),
            "reason": row.route,
            "since": row.starts_on,
            "hours_a_week": round(_minutes(weeks.get(row.id, ())) / _MINUTES, 2),
            "pupils_there": len({one.child_id for one in found if one.provider == row.provider}),
            **_checked(checks.get(row.site_id, [])),
        }
        for row in found
    ]


async def census(session: WriteSession, ring: Keyring, since: date, until: date) -> list[Row]:
    """Return the placements that ran within some days, in the items of the census."""
    within = await organisations_within(session)
    found = await queries.list_within(session, within, since, until)
    weeks = await _weeks(session, found, until)
    duties: dict[uuid.UUID, list[Any]] = {}
    for one in await queries.list_duties(session, list({row.child_id for row in found})):
        duties.setdefault(one.child_id, []).append(one)
    return [
        _named(ring, row) | _items(row, weeks.get(row.id, ()), duties.get(row.child_id, ()))
        for row in found
    ]


def as_csv(kind: ExportKind, rows: Sequence[Row]) -> bytes:
    """Write rows as CSV that no spreadsheet takes for formulas."""
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS[kind])
    writer.writerows([safe_cell(row[name]) for name in COLUMNS[kind]] for row in rows)
    return text.getvalue().encode()


def as_lines(kind: ExportKind, rows: Sequence[Row]) -> bytes:
    """Write rows as JSON Lines."""
    return b"".join(
        orjson.dumps({name: row[name] for name in COLUMNS[kind]}, default=str) + b"\n"
        for row in rows
    )


def _named(ring: Keyring, row: Any) -> dict[str, Any]:
    """Return who and where; the name and number of a child whose record was erased are gone."""
    held = SimpleNamespace(
        id=row.child_id,
        sealed_key=row.sealed_key,
        encrypted=row.encrypted,
        date_of_birth=row.date_of_birth,
    )
    identity = identity_of(ring, held)
    return {
        "commissioner": row.commissioner,
        "placement_reference": row.reference,
        "child_reference": row.child_reference,
        "upn": identity.upn if identity else None,
        "given_names": identity.given_names if identity else None,
        "family_name": identity.family_name if identity else None,
        "date_of_birth": identity.date_of_birth if identity else None,
        "provider": row.provider,
        "provider_name": row.provider_name,
    }


def _items(row: Any, week: Sequence[Any], duties: Sequence[Any]) -> dict[str, Any]:
    place = identified(row.urn, row.ukprn, Delivery(row.delivery))
    reason = reason_of(Route(row.route))
    half_days = len(
        {(one.weekday, half) for one in week for half in halves_of(one.starts, one.ends)}
    )
    return {
        "sen_provision_on_entry": _provision(duties, row.starts_on),
        "urn": place.urn,
        "ukprn": place.ukprn,
        "setting_type": place.setting_type,
        "postcode": row.postcode,
        "reason": reason.value,
        "reason_dfe_code": None,
        "entry_date": row.starts_on,
        "leaving_date": row.ended_on,
        "attendance_pattern": pattern_of(half_days).value,
        "sessions_a_week": half_days,
        "notes": " ".join(to_be_said(reason, place, half_days)),
    }


def _provision(duties: Sequence[Any], day: date) -> str | None:
    """Return E for a plan, K for support, N for neither, on a day; nothing where nobody said."""
    then = [one for one in duties if one.since <= day]
    if not then:
        return None
    if then[-1].plan_la_code is not None:
        return "E"
    return "K" if then[-1].has_sen else "N"


async def _weeks(
    session: WriteSession, found: Sequence[Any], day: date
) -> dict[uuid.UUID, list[Any]]:
    """Return each placement's sessions as they hold on a day; before the first, those of it."""
    by_placement: dict[uuid.UUID, dict[date, list[Any]]] = {}
    for one in await queries.list_weeks(session, [row.id for row in found]):
        by_placement.setdefault(one.placement_id, {}).setdefault(one.since, []).append(one)
    return {
        placement_id: weeks[max((since for since in weeks if since <= day), default=min(weeks))]
        for placement_id, weeks in by_placement.items()
    }


def _minutes(week: Iterable[Any]) -> int:
    return sum(
        (one.ends.hour - one.starts.hour) * _MINUTES + one.ends.minute - one.starts.minute
        for one in week
    )


def _checked(checks: Sequence[Any]) -> dict[str, Any]:
    latest = checks[0] if checks else None
    return {
        "last_checked_on": latest.seen_on if latest else None,
        "last_checked_by": latest.seen_by if latest else None,
        "checks": "; ".join(f"{one.kind} {one.seen_on} {one.seen_by}" for one in checks) or None,
    }
