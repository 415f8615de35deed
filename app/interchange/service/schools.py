"""Importing the establishments of England from an extract of GIAS.

Each becomes an organisation that can commission. Closed ones are kept, as closed. The trust or
federation that a row names is held from then on, by its UID, so that it does not matter whether
groups or schools are imported first. Establishments in Wales and abroad are left out.
"""

from collections.abc import Sequence

from app.access import Actor
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile
from app.interchange.queries import schools as queries
from app.interchange.schemas import Conditions, ExtractReport, Steps
from app.interchange.school_rows import read_row, unsaid_by
from app.interchange.service.extracts import Extract, import_extract
from app.interchange.terms import ImportKind, SchoolColumn
from app.values.uuid7 import uuid7
from app.values.words import sort_key


async def import_schools(
    session: WriteSession,
    actor: Actor,
    file: ExaminedFile,
    conditions: Conditions,
    steps: Steps,
) -> ExtractReport:
    """Validate an extract of establishments, report, and hold them as it says.

    Args:
        session: the transaction in which it lands, as the operator.
        actor: who imports.
        file: examined already.
        conditions: how it is to be done.
        steps: is told how the work advances.

    Raises:
        ImportRunningError: an import of schools or groups has not ended.
        ColumnsNotRightError: a needed column is missing.
        FileNotReadableError: it breaks off being CSV, or was written to meanwhile.
        OptionsNotRightError: no row could be taken, or the faults cannot be written.
    """
    return await import_extract(session, actor, _SCHOOLS, file, conditions, steps)


async def _compare(session: WriteSession, unsaid: Sequence[str]) -> queries.Comparison:
    """Find the parents first: what is not held yet gets the id it will have."""
    parents = await queries.find_parents(session)
    await queries.stage_parents(
        session,
        [(one, one.held or uuid7(), sort_key(one.name) if one.name else None) for one in parents],
    )
    return await queries.compare(session, unsaid)


_SCHOOLS = Extract(
    kind=ImportKind.SCHOOLS,
    columns=SchoolColumn,
    holds="establishments of England",
    key=(("urn",), SchoolColumn.URN),
    read=read_row,
    unsaid_by=unsaid_by,
    stage=queries.stage,
    compare=_compare,
    find_missing=queries.find_missing,
    merge=queries.merge,
)
