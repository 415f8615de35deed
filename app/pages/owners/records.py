"""The pages of an owner's providers: the list, and each as a list of what is done and to do."""

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app import clock
from app.access import Permission
from app.db.events import ReadSession
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.owners.applications_view import asked_links, listing_tasks
from app.pages.owners.documents import held_documents
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, Own, own_record
from app.pages.owners.listings import listings_of
from app.pages.owners.records_view import (
    Evidence,
    Listed,
    build_record,
    build_records,
    evidence_tasks,
    placed_tasks,
    record_tasks,
    word_tasks,
)
from app.pages.signed_in import (
    RECORDS_PART,
    RecordsReader,
    acted_for,
    own_frame,
    own_page,
    own_router,
)
from app.providers.completeness import missing_from
from app.providers.evidence import DocumentState
from app.providers.queries import claims as claim_queries
from app.providers.queries import records as queries
from app.providers.queries.self_evaluations import list_self_evaluations
from app.providers.queries.sharing import list_shares
from app.providers.record_terms import ClaimState
from app.providers.service.staff import count

router = own_router()

ON_A_PAGE = 50
_MOST_CLAIMS = 50
_MOST_COUNTED = 200


@router.get(RECORDS)
async def show_records(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    cursor: Annotated[str | None, Query(max_length=2_000)] = None,
    done: Done = None,
) -> Response:
    """List the providers of the organisation acted for, and invitations that wait."""
    page, owner_id = Page(RECORDS, (), ON_A_PAGE, cursor), acted_for(actor)
    wanted, key = queries.Wanted(owned=True), page.after((str,))
    found = await queries.list_records(
        session, None, wanted, key[0] if key else None, ON_A_PAGE + 1
    )
    rows = [row for row in found[:ON_A_PAGE] if row.owner_id == owner_id]
    facts = await queries.facts_of(session, rows, clock.today())
    open_claims = await claim_queries.list_claims(session, ClaimState.OPEN, None, _MOST_CLAIMS)
    listed = Listed(
        rows=rows,
        missing=[missing_from(facts[row.id]) for row in rows],
        claims=[one for one in open_claims if one.organisation_id == owner_id],
        next_url=page.links(found, "number").next if rows else None,
        first_url=RECORDS if cursor else None,
    )
    frame = await own_frame(request, RECORDS_PART)
    keeps = Permission.PROVIDER_RECORDS_MANAGE in actor.permissions
    view = build_records(frame, actor.organisation_name or "", listed, may_add=keeps, done=done)
    return own_page("records.html", view)


@router.get(RECORD)
async def show_record(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show a provider's record as a list of what is done and to do."""
    own = await own_record(session, actor, number)
    today = clock.today()
    evidence = await _evidence_of(session, own, today)
    listings = await listings_of(session, own)
    groups = (
        record_tasks(own),
        evidence_tasks(own, evidence),
        word_tasks(own),
        placed_tasks(own),
        listing_tasks(own, listings, today),
    )
    frame = await own_frame(request, RECORDS_PART)
    view = build_record(frame, own, groups, done, asks=asked_links(own, listings))
    return own_page("record.html", view)


async def _evidence_of(session: ReadSession, own: Own, day: date) -> Evidence:
    documents = [
        one
        for one in await held_documents(session, own)
        if one.replaced_by is None and one.state is not DocumentState.WITHDRAWN
    ]
    states = Counter(one.state for one in documents)
    staff = await count(session, own.held.id, day)
    said = await list_self_evaluations(session, own.held.id, None, None, _MOST_COUNTED)
    completed = sum(row.SelfEvaluation.completed_at is not None for row in said)
    shares = await list_shares(session, own.held.id, None, _MOST_COUNTED)
    return Evidence(
        documents=len(documents),
        out_of_date=states[DocumentState.OUT_OF_DATE],
        expiring=states[DocumentState.EXPIRING],
        staff=staff.members,
        due=staff.members - staff.nothing_due,
        evaluations=completed,
        under_way=len(said) - completed,
        shares=sum(one.revoked_at is None and one.until >= day for one in shares),
    )
