"""Importing trusts and federations from GIAS's extract of groups; other groups are left out."""

from app.access import Actor
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile
from app.interchange.group_rows import read_row, unsaid_by
from app.interchange.queries import groups as queries
from app.interchange.schemas import Conditions, ExtractReport, Steps
from app.interchange.service.extracts import Extract, import_extract
from app.interchange.terms import GroupColumn, ImportKind

_GROUPS = Extract(
    kind=ImportKind.SCHOOL_GROUPS,
    columns=GroupColumn,
    holds="trusts and federations",
    key=(("uid",), GroupColumn.UID),
    read=read_row,
    unsaid_by=unsaid_by,
    stage=queries.stage,
    compare=queries.compare,
    find_missing=queries.find_missing,
    merge=queries.merge,
)


async def import_groups(
    session: WriteSession,
    actor: Actor,
    file: ExaminedFile,
    conditions: Conditions,
    steps: Steps,
) -> ExtractReport:
    """Validate an extract of groups, report, and hold its trusts and federations as it says.

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
    return await import_extract(session, actor, _GROUPS, file, conditions, steps)
