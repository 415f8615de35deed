"""What every import does before and after its own work: one at a time, not twice, on record."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile
from app.interchange.errors import ImportRunningError
from app.interchange.models import ImportRun
from app.interchange.queries import runs as queries
from app.interchange.schemas import Conditions, Counts, EarlierRun
from app.interchange.terms import ImportKind
from app.values.uuid7 import uuid7


async def begin(session: WriteSession, kind: ImportKind) -> None:
    """Keep other imports of this kind out until the transaction ends.

    Raises:
        ImportRunningError: one is running.
    """
    if not await queries.take_import_lock(session, kind):
        raise ImportRunningError(
            f"Another import of {kind} is running. Wait until it has ended, then try again. "
            "Nothing was changed."
        )


def options_text(options: dict[str, Any]) -> str:
    """Return what else decides an import's result, always written the same way."""
    return json.dumps(options, sort_keys=True, ensure_ascii=False)


def earlier(run: ImportRun) -> EarlierRun:
    """Return what a report says of a run that landed before."""
    return EarlierRun(run.recorded_at, run.file_name, run.rows_refused)


async def record(
    session: WriteSession,
    actor: Actor,
    landed: tuple[ImportKind, ExaminedFile, str],
    conditions: Conditions,
    counts: Counts,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Record that an import landed, and one act for all of it.

    Args:
        session: the transaction it lands with.
        actor: who imports.
        landed: kind, file and options.
        conditions: under which.
        counts: what became of its rows.
        more: what else the act tells beside the counts.
    """
    kind, file, options = landed
    row = {
        "id": uuid7(),
        "kind": kind,
        "file_name": file.path.name,
        "sha256": file.sha256,
        "options": options,
        "source": conditions.source,
        "source_date": conditions.source_date,
        "licence": conditions.licence,
        "rows_read": counts.read,
        "rows_added": counts.added,
        "rows_changed": counts.changed,
        "rows_removed": counts.removed,
        "rows_refused": counts.refused,
        "accepted_good": counts.refused > 0,
        "actor": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.insert_run(session, row)
    told = asdict(counts) | {"source_date": conditions.source_date} | dict(more or {})
    subject = Subject("import", file.sha256, file.path.name)
    act = f"{kind.value.replace('-', '_')}.imported"
    await audit.record(session, actor, act, subject, after=told)
