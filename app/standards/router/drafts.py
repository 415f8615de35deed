"""Drafts of the standards, as the department's editors write and publish them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import NotAPersonError
from app.organisations.router.pages import AskedPage
from app.standards.errors import (
    AlreadyPublishedError,
    CriterionNotFoundError,
    DayTakenError,
    DraftIncompleteError,
    NotTheNewestError,
    OwnDraftError,
    StandardsCodeTakenError,
    StandardsNotFoundError,
)
from app.standards.queries import drafts as queries
from app.standards.queries.periods import first_day, last_day
from app.standards.queries.versions import list_criteria, list_steps
from app.standards.schemas.drafts import (
    CriterionDraft,
    CrosswalkDraft,
    DraftChange,
    DraftCriterion,
    DraftList,
    DraftRecord,
    DraftSummary,
    NewDraft,
    Publication,
)
from app.standards.schemas.published import CrosswalkLine, Number, PeriodOut
from app.standards.service import drafts as service
from app.standards.service import publishing
from app.standards.service.drafts import Which

router = APIRouter(prefix="/v1/standards-drafts", tags=["drafts of standards"])

_PATH = "/v1/standards-drafts"
_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)
_ONE = (*_ASKED, StandardsNotFoundError)
_EDITED = (
    *(*_ONE, InvalidRequestError, AlreadyPublishedError, NotAPersonError, KeyReusedError),
    *(VersionChangedError, VersionNeededError),
)

Editor = Annotated[Actor, Depends(Requires(Permission.STANDARDS_DRAFT))]
Publisher = Annotated[Actor, Depends(Requires(Permission.STANDARDS_PUBLISH, recently=True))]
DraftCode = Annotated[str, Path(examples=["working-set-2"], max_length=60)]
CriterionNumber = Annotated[Number, Path(examples=["1.1a"])]


async def _which(code: DraftCode, number: CriterionNumber) -> Which:
    return Which(code, number)


@router.get("", operation_id="listStandardsDrafts", responses=problems(*_ASKED))
async def list_drafts(
    session: Reading, _: Editor, response: Response, page: AskedPage
) -> DraftList:
    """List drafts of the standards by code."""
    key = page.after((str, str))
    found = await queries.list_drafts(session, key[0] if key else None, page.limit + 1)
    response.headers["Cache-Control"] = "no-store"
    return DraftList(
        items=[DraftSummary.model_validate(one) for one in found[: page.limit]],
        links=page.links(found, "code", "id"),
    )


@router.post(
    "",
    status_code=201,
    operation_id="beginStandardsDraft",
    responses=problems(
        *_ONE, NotAPersonError, KeyReusedError, StandardsCodeTakenError, NotTheNewestError
    ),
)
async def begin_draft(
    session: Writing, actor: Editor, response: Response, new: NewDraft
) -> DraftRecord:
    """Begin a draft: empty, or with everything that the newest published version asks."""
    await service.begin_draft(session, actor, new)
    return await _located(session, new.code, response)


@router.get("/{code}", operation_id="getStandardsDraft", responses=problems(*_ONE))
async def get_draft(
    session: Reading, _: Editor, response: Response, code: DraftCode
) -> DraftRecord:
    """Look at a draft, or at what became of one: its criteria, its crosswalk and who wrote it."""
    return await _shown(session, code, response)


@router.patch("/{code}", operation_id="changeStandardsDraft", responses=problems(*_EDITED))
async def change_draft(
    session: Writing,
    actor: Editor,
    response: Response,
    code: DraftCode,
    change: DraftChange,
    expected: ExpectedVersion,
) -> DraftRecord:
    """Change a draft's title, its note, or the titles of its standards."""
    await service.change_draft(session, actor, code, change, expected)
    return await _located(session, code, response)


@router.put(
    "/{code}/criteria/{number}",
    operation_id="setCriterion",
    responses=problems(*_EDITED),
)
async def set_criterion(
    session: Writing,
    actor: Editor,
    response: Response,
    which: Annotated[Which, Depends(_which)],
    stated: CriterionDraft,
    expected: ExpectedVersion,
) -> DraftRecord:
    """Let a draft ask this under a number, whether it asked anything there before or not."""
    await service.set_criterion(session, actor, which, stated, expected)
    return await _located(session, which.code, response)


@router.delete(
    "/{code}/criteria/{number}",
    operation_id="removeCriterion",
    responses=problems(*_EDITED, CriterionNotFoundError),
)
async def remove_criterion(
    session: Writing,
    actor: Editor,
    response: Response,
    which: Annotated[Which, Depends(_which)],
    expected: ExpectedVersion,
) -> DraftRecord:
    """Take a criterion out of a draft, with the lines of the crosswalk that led to it."""
    await service.remove_criterion(session, actor, which, expected)
    return await _located(session, which.code, response)


@router.put(
    "/{code}/crosswalk",
    operation_id="setCrosswalk",
    responses=problems(*_EDITED),
)
async def set_crosswalk(
    session: Writing,
    actor: Editor,
    response: Response,
    code: DraftCode,
    stated: CrosswalkDraft,
    expected: ExpectedVersion,
) -> DraftRecord:
    """Say what becomes of every criterion of the newest published version in a draft."""
    await publishing.set_crosswalk(session, actor, code, stated, expected)
    return await _located(session, code, response)


@router.post(
    "/{code}/publication",
    operation_id="publishStandards",
    responses=problems(
        *_EDITED, SignInAgainError, OwnDraftError, DayTakenError, DraftIncompleteError
    ),
)
async def publish(
    session: Writing,
    actor: Publisher,
    response: Response,
    code: DraftCode,
    stated: Publication,
    expected: ExpectedVersion,
) -> DraftRecord:
    """Publish a colleague's draft from a day on. What was in force before ends the day before."""
    await publishing.publish(session, actor, code, stated, expected)
    return await _located(session, code, response)


async def _located(session: WriteSession, code: str, response: Response) -> DraftRecord:
    response.headers["Location"] = f"{_PATH}/{code}"
    return await _shown(session, code, response)


async def _shown(session: ReadSession | WriteSession, code: str, response: Response) -> DraftRecord:
    version = await service.get_version(session, code)
    criteria = await list_criteria(session, version.id)
    steps = await list_steps(session, version.id)
    numbers = await queries.numbers_of(
        session, [key for step in steps for key in (step.source, step.target)]
    )
    first = first_day(version)
    response.headers["ETag"] = version_tag(version.version)
    response.headers["Cache-Control"] = "no-store"
    return DraftRecord(
        **DraftSummary.model_validate(version).model_dump(),
        note=version.note,
        in_force=PeriodOut(from_=first, to=last_day(version)) if first else None,
        published_by=version.published_by,
        published_at=version.published_at,
        standard_titles=version.standard_titles,
        criteria=[DraftCriterion.model_validate(one) for one in criteria],
        crosswalk=[
            CrosswalkLine(
                from_=numbers[step.source], to=numbers[step.target], relation=step.relation
            )
            for step in steps
        ],
        withdrawn=version.withdrawn,
    )
