"""The pages on which officers see what a provider shows: what the API tells them, in words."""

import uuid
from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.officers.answered_records import RECORD, Answered, Done, answered_record, show_part
from app.pages.officers.desk import ON_A_PAGE, RecordsReader
from app.pages.officers.evaluations_view import (
    Said,
    Standards,
    evaluation_page,
    evaluations_page,
)
from app.pages.officers.evidence_view import documents_page, people_page, staff_page, summary
from app.pages.officers.records_view import DONE
from app.pages.part_view import Row
from app.pages.signed_in import own_router
from app.providers.queries import documents as documents_queries
from app.providers.queries import people as people_queries
from app.providers.queries import self_evaluations as evaluation_queries
from app.providers.router.showing_evidence import (
    documents_told,
    evaluation_summary,
    self_evaluation_told,
    staff_told,
)
from app.providers.schemas.self_evaluations import SelfEvaluationOut, SelfEvaluationSummary
from app.providers.service.sharing import Sight
from app.standards.queries import versions

router = own_router()

_MOST_COUNTED = 500
"""Documents of one provider, looked through for the page of an application."""
Cursor = Annotated[str | None, Query(max_length=2_000)]


@router.get(f"{RECORD}/documents")
async def show_documents(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: str,
    cursor: Cursor = None,
    done: Done = None,
) -> Response:
    """Show a provider's documents, and where each stands today; opening one is written down."""
    sight, record = await _look(session, actor, number)
    here = f"{record.address}/documents"
    page = Page(here, (), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await documents_queries.list_documents(
        session,
        record.held.id,
        kind=None,
        site=None,
        only=None,
        after=key[0] if key else None,
        most=ON_A_PAGE + 1,
    )
    told = await documents_told(session, sight, rows[:ON_A_PAGE])
    following = page.links([row.Document for row in rows], "id").next
    return await show_part(
        request,
        documents_page(record, told, following, here if cursor else None),
        DONE.get(done or ""),
    )


@router.get(f"{RECORD}/self-evaluations")
async def show_self_evaluations(
    request: Request, session: Reading, actor: RecordsReader, number: str, cursor: Cursor = None
) -> Response:
    """List what a provider said itself of its sites, the newest first."""
    _sight, record = await _look(session, actor, number)
    here = f"{record.address}/self-evaluations"
    page = Page(here, (), ON_A_PAGE, cursor)
    key = page.after((str,))
    rows = await evaluation_queries.list_self_evaluations(
        session, record.held.id, None, key[0] if key else None, ON_A_PAGE + 1
    )
    listed = [SelfEvaluationSummary(**evaluation_summary(row)) for row in rows[:ON_A_PAGE]]
    following = page.links([row.SelfEvaluation for row in rows], "id").next
    return await show_part(
        request, evaluations_page(record, listed, following, here if cursor else None)
    )


@router.get(f"{RECORD}/self-evaluations/{{self_evaluation_id}}")
async def show_self_evaluation(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    number: str,
    self_evaluation_id: uuid.UUID,
) -> Response:
    """Show what a provider says of a site, criterion by criterion."""
    sight, record = await _look(session, actor, number)
    said = await self_evaluation_told(session, sight, self_evaluation_id)
    named = {each for one in said.criteria if one.answer for each in one.answer.documents}
    shown = await documents_queries.find_of_provider(session, record.held.id, list(named))
    version = await evaluation_queries.get_version(session, said.standards)
    current = await versions.in_force(session, clock.today())
    standards = Standards(
        titles=version.standard_titles if version else {},
        in_force=current is not None and current.code == said.standards,
    )
    names = {one.id: one.title for one in shown}
    return await show_part(request, evaluation_page(record, said, names, standards))


@router.get(f"{RECORD}/staff-checks")
async def show_staff_checks(
    request: Request, session: Reading, actor: RecordsReader, number: str
) -> Response:
    """Show how far those who work with children are checked, and what is due."""
    sight, record = await _look(session, actor, number)
    told = await staff_told(session, sight, left=False)
    return await show_part(request, staff_page(record, told))


@router.get(f"{RECORD}/people")
async def show_people(
    request: Request, session: Reading, actor: RecordsReader, number: str, done: Done = None
) -> Response:
    """Show who is or was behind a provider, and how they are reached."""
    _sight, record = await _look(session, actor, number)
    people = await people_queries.list_people(session, record.held.id)
    contacts = await people_queries.list_contacts(session, record.held.id)
    part = people_page(record, people, contacts)
    return await show_part(request, part, DONE.get(done or ""))


async def shown_of(session: WriteSession, actor: Actor, listing: Any) -> tuple[Row, ...]:
    """Return what whoever assesses an application sees of what its provider shows."""
    sight, record = await _look(session, actor, listing.provider_number)
    rows = await documents_queries.list_documents(
        session, record.held.id, kind=None, site=None, only=None, after=None, most=_MOST_COUNTED
    )
    documents = await documents_told(session, sight, rows)
    current = await versions.in_force(session, clock.today())
    code = current.code if current is not None else None
    said = Said(await _newest(session, sight, listing.site_reference, code), code)
    counts = (await staff_told(session, sight, left=False)).counts
    return summary(record, listing.site_reference, documents, said, counts)


async def _newest(
    session: WriteSession, sight: Sight, site: int, in_force: str | None
) -> SelfEvaluationOut | None:
    """Return what is said of a site: against the version in force and completed, before others."""
    rows = await evaluation_queries.list_self_evaluations(
        session, sight.held.id, site, None, ON_A_PAGE
    )
    if not rows:
        return None
    best = max(  # the newest of those that are equally good, as they come newest first
        rows,
        key=lambda row: (row.standards == in_force, row.SelfEvaluation.completed_at is not None),
    )
    return await self_evaluation_told(session, sight, best.SelfEvaluation.id)


async def _look(
    session: ReadSession | WriteSession, actor: Actor, number: str
) -> tuple[Sight, Answered]:
    record = await answered_record(session, actor, number)
    return Sight(record.held, whole=True, everything=True, documents=frozenset()), record
