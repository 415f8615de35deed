"""Importing which establishment followed, joined or came out of which, from GIAS's extract."""

from app.access import Actor
from app.db.events import WriteSession
from app.interchange.csv_files import ExaminedFile
from app.interchange.link_rows import read_row, unsaid_by
from app.interchange.queries import school_links as queries
from app.interchange.schemas import Conditions, ExtractReport, Steps
from app.interchange.service.extracts import Extract, import_extract
from app.interchange.terms import ImportKind, LinkColumn

_LINKS = Extract(
    kind=ImportKind.SCHOOL_LINKS,
    columns=LinkColumn,
    holds="links between establishments",
    key=(("urn", "linked_urn", "link_type"), LinkColumn.URN),
    read=read_row,
    unsaid_by=unsaid_by,
    stage=queries.stage,
    compare=queries.compare,
    find_missing=queries.find_missing,
    merge=queries.merge,
)


async def import_links(
    session: WriteSession,
    actor: Actor,
    file: ExaminedFile,
    conditions: Conditions,
    steps: Steps,
) -> ExtractReport:
    """Validate an extract of links, report, and hold them as it says; URNs need not be held.

    Args:
        session: the transaction in which it lands, as the operator.
        actor: who imports.
        file: examined already.
        conditions: how it is to be done.
        steps: is told how the work advances.

    Raises:
        ImportRunningError: another import of links has not ended.
        ColumnsNotRightError: a needed column is missing.
        FileNotReadableError: it breaks off being CSV, or was written to meanwhile.
        OptionsNotRightError: no row could be taken, or the faults cannot be written.
    """
    return await import_extract(session, actor, _LINKS, file, conditions, steps)
