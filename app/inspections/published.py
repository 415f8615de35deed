"""The public answers about inspections; shared by the router and the pages."""

import uuid
from collections import defaultdict
from datetime import datetime
from typing import Any

import asyncpg
import orjson

from app.db import cursors
from app.errors import FieldFault, InvalidRequestError
from app.inspections.document import as_text
from app.inspections.errors import (
    InspectionNotFoundError,
    InspectionTakenOutError,
    VersionNotFoundError,
)
from app.inspections.queries import published as queries
from app.inspections.schemas.published import (
    PublishedInspection,
    PublishedLinks,
    PublishedList,
    PublishedSummary,
    VersionPublished,
)
from app.inspections.service.answering import state_of
from app.inspections.terms import AppealState, Pending, RevisitState
from app.providers.errors import ProviderNotFoundError
from app.values.provider_number import parse_provider_number

USUAL, MOST = 20, 100


async def published_list(
    connection: asyncpg.Connection, number: str, limit: int, cursor: str | None
) -> PublishedList:
    """Return the published inspections of a provider, the newest first.

    Raises:
        ProviderNotFoundError: the register shows no provider of this number.
        InvalidRequestError: the cursor is damaged, or of another list.
    """
    held_number, provider_id = await _provider(connection, number)
    address = f"/v1/providers/{held_number}/inspections"
    search = cursors.fingerprint([address])
    before = _read_cursor(cursor, search)
    rows = await queries.list_published(connection, provider_id, before, limit + 1)
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        key = [shown[-1]["published_at"].isoformat(), str(shown[-1]["id"])]
        following = f"{address}?limit={limit}&cursor={cursors.encode(search, 0, key)}"
    here = f"{address}?limit={limit}" + (f"&cursor={cursor}" if cursor else "")
    return PublishedList(
        items=[_summary(row, address) for row in shown],
        links=PublishedLinks(self=here, next=following),
    )


async def published_inspection(
    connection: asyncpg.Connection, number: str, reference: str, version: int | None
) -> PublishedInspection:
    """Return a published inspection, in its newest version or the one asked for.

    Raises:
        ProviderNotFoundError: the register shows no provider of this number.
        InspectionNotFoundError: nothing of this reference is published about it.
        VersionNotFoundError: it was never published in this version.
        InspectionTakenOutError: that version should never have been public.
    """
    _, provider_id = await _provider(connection, number)
    rows = await queries.list_versions(connection, provider_id, reference.upper())
    if not rows:
        raise InspectionNotFoundError(
            "No inspection with this reference is published about this provider. Those that are, "
            f"are listed at /v1/providers/{number}/inspections."
        )
    newest = rows[-1]["version"]
    row = next((one for one in rows if one["version"] == (version or newest)), None)
    if row is None:
        raise VersionNotFoundError(f"It was published in versions 1 to {newest}.")
    if row["document"] is None:
        raise InspectionTakenOutError(
            f"Version {row['version']} was taken out: {row['redacted_reason']} Version {newest} "
            "stands.",
            version=row["version"],
            newest=newest,
            taken_out_at=row["redacted_at"],
            sha256=row["sha256"].hex(),
        )
    followed = await queries.find_followed(connection, provider_id, reference.upper())
    return PublishedInspection.model_validate(
        _followed(followed)
        | {
            "version": row["version"],
            "published_at": row["published_at"],
            "sha256": row["sha256"].hex(),
            "corrected_by": newest if row["version"] < newest else None,
            "document": orjson.loads(row["document"]),
            "versions": [_version(one) for one in rows],
        }
    )


def text_of(found: PublishedInspection) -> str:
    """Return a published inspection as plain text, and whether it was corrected."""
    notes = []
    if found.corrected_by is not None:
        notes.append(f"This is version {found.version}. It was corrected: version ")
        notes[-1] += f"{found.corrected_by} stands in its place."
    notes += [
        f"Version {one.version} corrects: {one.correction}"
        for one in found.versions
        if one.correction is not None and one.version <= found.version
    ]
    if found.pending:
        notes.append(f"Decide with caution, this is open: {', '.join(found.pending)}.")
    notes += [
        f"The provider's reply to {number} at site {site} is withheld: {one.because}."
        for site, told in found.withheld_replies.items()
        for number, one in told.items()
    ]
    replies = {
        site: {number: one.reply for number, one in told.items()}
        for site, told in found.replies.items()
    }
    return as_text(found.document.model_dump(mode="json"), notes, replies)


async def _provider(connection: asyncpg.Connection, number: str) -> tuple[str, uuid.UUID]:
    try:
        held = parse_provider_number(number)
    except ValueError as error:
        raise ProviderNotFoundError(str(error)) from None
    found = await queries.find_provider(connection, held)
    if found is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    return found["number"], found["id"]


def _summary(row: Any, address: str) -> PublishedSummary:
    document = orjson.loads(row["document"])
    return PublishedSummary(
        reference=row["reference"],
        kind=row["kind"],
        planned_on=row["planned_on"],
        published_at=row["published_at"],
        version=row["version"],
        body=document["body"],
        outcomes={site: told["outcome"]["outcome"] for site, told in document["sites"].items()},
        href=f"{address}/{row['reference']}",
    )


def _followed(found: queries.Followed) -> dict[str, Any]:
    replies: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    actions: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    withheld: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    newest = {(row["site"], row["criterion"]): row["version"] for row in found.replies}
    for row in found.withheld:
        key = (row["site"], row["criterion"])
        if newest.get(key, 0) < row["version"]:
            newest[key] = row["version"]
            withheld[str(row["site"])][row["criterion"]] = {
                name: row[name] for name in ("because", "version", "withheld_at")
            }
    for row in found.replies:
        stands = newest[row["site"], row["criterion"]] == row["version"]
        if row["withdrawn_at"] is None and stands:
            told = {name: row[name] for name in ("reply", "version", "signed_at")}
            replies[str(row["site"])][row["criterion"]] = told
    for row in found.actions:
        told = {name: row[name] for name in ("role", "due_on", "verified_at")}
        told["state"] = state_of(row["state"], row["due_on"])
        actions[str(row["site"])][row["criterion"]] = told
    holds = {
        Pending.APPEAL_OPEN: any(row["state"] == AppealState.OPEN for row in found.appeals),
        Pending.REVISIT_ASKED: any(row["state"] == RevisitState.OPEN for row in found.revisits),
    }
    return {
        "pending": [code for code, held in holds.items() if held],
        "replies": replies,
        "withheld_replies": withheld,
        "actions": actions,
        "appeals": [dict(row) for row in found.appeals],
        "revisits": [dict(row) for row in found.revisits],
    }


def _version(row: Any) -> VersionPublished:
    return VersionPublished(
        version=row["version"],
        published_at=row["published_at"],
        sha256=row["sha256"].hex(),
        correction=row["correction"],
        taken_out=row["redacted_reason"],
    )


def _read_cursor(cursor: str | None, search: str) -> tuple[datetime, uuid.UUID] | None:
    if cursor is None:
        return None
    try:
        _, key = cursors.decode(cursor, search, (str, str))
        return datetime.fromisoformat(key[0]), uuid.UUID(key[1])
    except cursors.CursorError as error:
        detail = str(error)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
    raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="cursor"),))
