"""Applications over HTTP: from a draft to a decision."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion
from app.http.errors import VersionNeededError
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    ApplicationNotReadyError,
    ApplicationOpenError,
    PartEndedError,
    PersonNeededError,
    QuestionAnsweredError,
    QuestionNotFoundError,
    SiteNotFoundError,
)
from app.providers.queries import listings as queries
from app.providers.router.listing_answers import (
    APPLICATIONS,
    ASKED,
    DECIDED,
    LOOKED,
    OWNED,
    RECENT,
    Manager,
    Proposer,
    Reader,
    Signer,
    application,
    told,
)
from app.providers.schemas.listings import (
    ApplicationChange,
    ApplicationRecord,
    ListingLinks,
    ListingList,
    ListingSummary,
    NewAnswer,
    NewApplication,
    NewQuestion,
    Number,
    Reasoned,
)
from app.providers.service import applications as service
from app.providers.service import decisions
from app.providers.terms import ListingState

router = APIRouter(prefix=APPLICATIONS, tags=["applications"])

_PRIVATE = "no-store"


@router.get("", operation_id="listApplications", responses=problems(*ASKED))
async def list_applications(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    state: Annotated[
        list[ListingState] | None, Query(description="Any of these; all, if none is named.")
    ] = None,
    la: Annotated[
        str | None, Query(pattern="^[0-9]{3}$", description="Whoever decides: DfE code.")
    ] = None,
    provider: Annotated[Number | None, Query(description="Of one provider: its number.")] = None,
) -> ListingList:
    """List applications and listings that you own or answer for, longest waiting first."""
    found = await queries.list_listings(
        session,
        queries.Wanted(
            tuple(one.value for one in state or ()), la, provider.upper() if provider else None
        ),
        _after(page.after((str, str))),
        page.limit + 1,
    )
    response.headers["Cache-Control"] = _PRIVATE
    links = page.links(found, "waiting_since", "id")
    return ListingList(
        items=[
            ListingSummary(**told(one), waiting_since=one.waiting_since)
            for one in found[: page.limit]
        ],
        links=ListingLinks(self=links.self, next=links.next),
    )


@router.post(
    "",
    status_code=201,
    operation_id="beginApplication",
    responses=problems(
        *OWNED, SiteNotFoundError, PartEndedError, ApplicationOpenError, PersonNeededError
    ),
)
async def begin_application(
    session: Writing, actor: Manager, response: Response, new: NewApplication
) -> ApplicationRecord:
    """Begin an application for a site of a provider whose record you keep."""
    listing_id = await service.begin(
        session, actor, new.provider_number, new.site_reference, new.scope.columns()
    )
    return await _shown(session, listing_id, response)


@router.get("/{listing_id}", operation_id="getApplication", responses=problems(*LOOKED))
async def get_application(
    session: Reading, _: Reader, response: Response, listing_id: uuid.UUID
) -> ApplicationRecord:
    """Look at an application: what is done, missing, blocking and why."""
    return await application(session, listing_id, response)


@router.patch(
    "/{listing_id}",
    operation_id="changeApplication",
    responses=problems(*OWNED, VersionChangedError, VersionNeededError),
)
async def change_application(
    session: Writing,
    actor: Manager,
    response: Response,
    listing_id: uuid.UUID,
    change: ApplicationChange,
    expected: ExpectedVersion,
) -> ApplicationRecord:
    """Change what a draft applies for."""
    await service.change_scope(session, actor, listing_id, change.scope.columns(), expected)
    return await _shown(session, listing_id, response)


@router.post(
    "/{listing_id}/submission",
    operation_id="submitApplication",
    responses=problems(*OWNED, *RECENT, ApplicationNotReadyError),
)
async def submit_application(
    session: Writing, actor: Signer, response: Response, listing_id: uuid.UUID
) -> ApplicationRecord:
    """Submit an application; what is missing is refused, each with its cure."""
    await service.submit(session, actor, listing_id)
    return await _shown(session, listing_id, response)


@router.post(
    "/{listing_id}/withdrawal",
    operation_id="withdrawApplication",
    responses=problems(*OWNED, *RECENT),
)
async def withdraw_application(
    session: Writing, actor: Signer, response: Response, listing_id: uuid.UUID, said: Reasoned
) -> ApplicationRecord:
    """Take an application back before it is decided; it becomes a draft again."""
    await service.withdraw(session, actor, listing_id, said.reason)
    return await _shown(session, listing_id, response)


@router.post(
    "/{listing_id}/assessment",
    operation_id="takeUpApplication",
    responses=problems(*DECIDED),
)
async def take_up_application(
    session: Writing, actor: Proposer, response: Response, listing_id: uuid.UUID
) -> ApplicationRecord:
    """Take a submitted application into assessment."""
    await decisions.take_up(session, actor, listing_id)
    return await _shown(session, listing_id, response)


@router.post(
    "/{listing_id}/questions",
    status_code=201,
    operation_id="askApplicant",
    responses=problems(*DECIDED),
)
async def ask_applicant(
    session: Writing, actor: Proposer, response: Response, listing_id: uuid.UUID, new: NewQuestion
) -> ApplicationRecord:
    """Ask the applicant something while its application is assessed."""
    await service.ask(session, actor, listing_id, new.question)
    return await _shown(session, listing_id, response)


@router.post(
    "/{listing_id}/questions/{question_id}/answer",
    operation_id="answerAssessor",
    responses=problems(*OWNED, QuestionNotFoundError, QuestionAnsweredError, PersonNeededError),
)
async def answer_assessor(
    session: Writing,
    actor: Manager,
    response: Response,
    listing_id: uuid.UUID,
    question_id: uuid.UUID,
    new: NewAnswer,
) -> ApplicationRecord:
    """Answer an assessor's question, once."""
    await service.answer(session, actor, listing_id, question_id, new.answer)
    return await _shown(session, listing_id, response)


def _after(key: list[Any] | None) -> tuple[datetime, uuid.UUID] | None:
    if key is None:
        return None
    try:
        return datetime.fromisoformat(key[0]), key[1]
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
    raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="cursor"),))


async def _shown(
    session: WriteSession, listing_id: uuid.UUID, response: Response
) -> ApplicationRecord:
    response.headers["Location"] = f"{APPLICATIONS}/{listing_id}"
    return await application(session, listing_id, response)
