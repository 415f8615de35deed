"""Standards and policies as everybody may read them, without a key."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from app import clock
from app.errors import InvalidRequestError
from app.http.etag import not_modified, strong_etag
from app.http.problems import problems
from app.standards import answers
from app.standards.errors import NoCrosswalkError, StandardsNotFoundError
from app.standards.schemas.published import (
    AskedOfQuery,
    Crosswalk,
    CrosswalkQuery,
    OnDayQuery,
    PolicyList,
    StandardsDocument,
    StandardsList,
)

router = APIRouter(prefix="/v1", tags=["standards"])

REVALIDATE = {"Cache-Control": "public, no-cache"}
_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "You already have it"}}

VersionCode = Annotated[str, Path(examples=["working-set-1"], max_length=60)]


@router.get(
    "/standards",
    operation_id="listStandards",
    response_model=StandardsList,
    responses=_NOT_MODIFIED | problems(InvalidRequestError),
)
async def list_standards(request: Request, query: Annotated[OnDayQuery, Query()]) -> Response:
    """List the published versions of the standards, and say which is in force on a day."""
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.standards_list(connection, query.on or clock.today())
    return _answer(request, found)


@router.get(
    "/standards/{code}",
    operation_id="getStandards",
    response_model=StandardsDocument,
    responses=_NOT_MODIFIED | problems(InvalidRequestError, StandardsNotFoundError),
)
async def get_standards(
    request: Request, code: VersionCode, query: Annotated[AskedOfQuery, Query()]
) -> Response:
    """Read a version of the standards, whole or as far as it is asked of some provider.

    What is asked is in proportion: name the kind of site and the size of the provider to see it.
    """
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.standards_document(connection, code, query)
    return _answer(request, found)


@router.get(
    "/standards/{code}/crosswalk",
    operation_id="getCrosswalk",
    response_model=Crosswalk,
    responses=_NOT_MODIFIED | problems(NoCrosswalkError, StandardsNotFoundError),
)
async def get_crosswalk(
    request: Request, code: VersionCode, query: Annotated[CrosswalkQuery, Query()]
) -> Response:
    """Read what became of the criteria of an older version in this one."""
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.crosswalk(connection, query.from_, code)
    return _answer(request, found)


@router.get(
    "/policies",
    operation_id="listPolicies",
    response_model=PolicyList,
    responses=_NOT_MODIFIED | problems(InvalidRequestError),
)
async def list_policies(request: Request, query: Annotated[OnDayQuery, Query()]) -> Response:
    """List the register's own rules that have days, with their figures, reasons and sources."""
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.policy_list(connection, query.on or clock.today())
    return _answer(request, found)


def _answer(request: Request, found: BaseModel) -> Response:
    body = found.model_dump_json(by_alias=True).encode()
    etag = strong_etag(body)
    headers = {"ETag": etag, **REVALIDATE}
    if unchanged := not_modified(request, etag, headers):
        return unchanged
    return Response(body, media_type="application/json", headers=headers)
