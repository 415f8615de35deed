"""Taking over what authorities' own checks found, where their lists say it anew."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Change, Subject
from app.db.events import WriteSession
from app.providers.queries import local_results as queries


@dataclass(frozen=True, slots=True)
class LocalResult:
    """What an authority's own check found.

    Attributes:
        line_id: of the line of its list that is held.
        result: in the authority's own words.
        on: the day of the check; none, if the list does not say.
    """

    line_id: uuid.UUID
    result: str
    on: date | None


async def take_local_results(
    session: WriteSession, actor: Actor, results: Sequence[LocalResult]
) -> None:
    """Hold newer results of lines held already; what they replace stays in the record of acts.

    No public record changes by it: an authority's own result is never public.
    """
    held = {row.id: row for row in await queries.lock_lines(session, [r.line_id for r in results])}
    changes = []
    for taken in results:
        line = held[taken.line_id]
        before = {"local_result": line.local_result, "local_result_on": line.local_result_on}
        after = {"local_result": taken.result, "local_result_on": taken.on}
        subject = Subject("provider", str(line.provider_id), line.number)
        told = {"la_code": line.la_code, "list_name": line.list_name}
        changes.append(Change(subject, before=before, after=told | after))
    await queries.set_results(
        session,
        [
            {"id": one.line_id, "local_result": one.result, "local_result_on": one.on}
            for one in results
        ],
    )
    await audit.record_many(session, actor, "provider.local_result_taken", changes)
