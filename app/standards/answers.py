"""The public answers about standards and policies; shared by the router and the pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg
import orjson

from app.errors import FieldFault
from app.standards.errors import NoCrosswalkError, StandardsNotFoundError
from app.standards.policies import applicable
from app.standards.queries import published as queries
from app.standards.schemas.published import (
    AskedOfOut,
    AskedOfQuery,
    CriterionOut,
    Crosswalk,
    CrosswalkLine,
    PartOut,
    PeriodOut,
    PolicyList,
    PolicyOut,
    StandardOut,
    StandardsDocument,
    StandardsList,
    StandardsSummary,
)
from app.standards.terms import PARTS
from app.standards.walking import follow


async def standards_list(connection: asyncpg.Connection, on: date) -> StandardsList:
    """Return every published version, and which is in force on a day in London."""
    versions = await queries.list_versions(connection)
    return StandardsList(
        on=on,
        in_force=next((one["code"] for one in versions if _holds(one, on)), None),
        items=[StandardsSummary(**_summary(one)) for one in versions],
    )


async def standards_document(
    connection: asyncpg.Connection, code: str, asked: AskedOfQuery
) -> StandardsDocument:
    """Return a published version, as far as it is asked of the provider in question.

    Raises:
        StandardsNotFoundError: no published version has this code.
    """
    version = _one(await queries.list_versions(connection), code)
    every = [
        CriterionOut.model_validate(dict(row))
        for row in await queries.list_criteria(connection, version["id"])
    ]
    shown = applicable(every, asked.site_kind, asked.staff_size)
    numbers = dict.fromkeys((one.standard, one.part) for one in shown)
    titles = orjson.loads(version["titles"])
    return StandardsDocument(
        **_summary(version),
        asked_of=AskedOfOut(site_kind=asked.site_kind, staff_size=asked.staff_size),
        parts=[
            PartOut(part=part, title=title)
            for part, title in PARTS.items()
            if any(one.part == part for one in shown)
        ],
        standards=[
            StandardOut(standard=number, part=part, title=titles.get(number, number))
            for number, part in numbers
        ],
        criteria=shown,
    )


async def crosswalk(connection: asyncpg.Connection, from_code: str, to_code: str) -> Crosswalk:
    """Return what became of the criteria of an older version in a newer one.

    Raises:
        StandardsNotFoundError: no published version has the newer code.
        NoCrosswalkError: the older code is no version's that was in force before.
    """
    versions = await queries.list_versions(connection)
    newer = _one(versions, to_code)
    codes = [one["code"] for one in versions[: versions.index(newer)]]
    if from_code not in codes:
        named = ", ".join(codes) or "none"
        detail = f"Name a version that was in force before {to_code}: {named}."
        raise NoCrosswalkError(detail, errors=(FieldFault(detail, parameter="from"),))
    first = codes.index(from_code)
    way = versions[first : len(codes) + 1]
    steps = follow([await queries.list_steps(connection, one["id"]) for one in way[1:]])
    before = await _numbers(connection, way[0])
    after = await _numbers(connection, newer)
    continued, reached = {step.source for step in steps}, {step.target for step in steps}
    return Crosswalk(
        from_=from_code,
        to=to_code,
        items=[
            CrosswalkLine(from_=before[step.source], to=after[step.target], relation=step.relation)
            for step in steps
        ],
        withdrawn=[number for key, number in before.items() if key not in continued],
        added=[number for key, number in after.items() if key not in reached],
    )


async def policy_list(connection: asyncpg.Connection, on: date) -> PolicyList:
    """Return every published policy, and which hold on a day in London."""
    return PolicyList(
        on=on,
        items=[
            PolicyOut(
                code=row["code"],
                parameters=orjson.loads(row["parameters"]) if row["parameters"] else None,
                in_force=_period(row),
                holds=row["holds"],
                reason=row["reason"],
                source=row["source"],
                published_at=row["published_at"],
            )
            for row in await queries.list_policies(connection, on)
        ],
    )


async def _numbers(connection: asyncpg.Connection, version: Any) -> dict[Any, str]:
    rows = await queries.list_criteria(connection, version["id"])
    return {row["id"]: row["number"] for row in rows}


def _one(versions: Sequence[Any], code: str) -> Any:
    for version in versions:
        if version["code"] == code:
            return version
    raise StandardsNotFoundError(
        "No published version of the standards has this code. GET /v1/standards lists them all."
    )


def _holds(version: Any, on: date) -> bool:
    last = version["last"]
    return bool(version["first"] <= on and (last is None or on <= last))


def _summary(version: Any) -> dict[str, Any]:
    told = {name: version[name] for name in ("code", "title", "published_at", "note")}
    return {**told, "in_force": _period(version)}


def _period(row: Any) -> PeriodOut:
    return PeriodOut(from_=row["first"], to=row["last"])
