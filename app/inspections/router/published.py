"""Published inspections as everybody may read them, without a key: as JSON or as plain text."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app.errors import InvalidRequestError
from app.http.etag import not_modified, strong_etag
from app.http.negotiation import best
from app.http.problems import problems
from app.inspections import published as answers
from app.inspections.errors import (
    InspectionNotFoundError,
    InspectionTakenOutError,
    NotOfferedError,
    VersionNotFoundError,
)
from app.inspections.schemas.published import PublishedInspection, PublishedList, PublishedVersion
from app.providers.errors import ProviderNotFoundError

router = APIRouter(prefix="/v1/providers/{number}/inspections", tags=["register"])

REVALIDATE = {"Cache-Control": "public, no-cache", "Vary": "Accept"}
JSON, TEXT = "application/json", "text/plain"
_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "You already have it"}}
_BOTH: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The inspection",
        "content": {TEXT: {"schema": {"type": "string"}}},
    }
}

Number = Annotated[str, Path(examples=["AP000001U"], max_length=40)]
Reference = Annotated[str, Path(examples=["QA000017K"], pattern="^[A-Za-z0-9]{1,20}$")]


@router.get(
    "",
    operation_id="listPublishedInspections",
    response_model=PublishedList,
    responses=_NOT_MODIFIED | problems(ProviderNotFoundError, InvalidRequestError),
)
async def list_published_inspections(
    request: Request,
    number: Number,
    limit: Annotated[int, Query(ge=1, le=answers.MOST)] = answers.USUAL,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """List the published inspections of a provider, the newest first."""
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.published_list(connection, number, limit, cursor)
    return _answer(request, found.model_dump_json().encode(), JSON)


@router.get(
    "/{reference}",
    operation_id="getPublishedInspection",
    response_model=PublishedInspection,
    responses=_NOT_MODIFIED
    | _BOTH
    | problems(
        *(ProviderNotFoundError, InspectionNotFoundError, VersionNotFoundError),
        *(InspectionTakenOutError, NotOfferedError, InvalidRequestError),
    ),
)
async def get_published_inspection(
    request: Request,
    number: Number,
    reference: Reference,
    version: Annotated[
        PublishedVersion | None, Query(description="The newest one unless given.")
    ] = None,
) -> Response:
    """Read a published inspection: by criterion and site, or as plain text for who asks for it.

    A version that was corrected stays readable, and says so.
    """
    form = best(",".join(request.headers.getlist("accept")), (JSON, TEXT))
    if form is None:
        raise NotOfferedError(
            f"It is offered as {JSON} and as {TEXT}. Say one of them, or nothing, in Accept.",
            offered=[JSON, TEXT],
        )
    async with request.app.state.read_pool.acquire() as connection:
        found = await answers.published_inspection(connection, number, reference, version)
    if form == TEXT:
        return _answer(request, answers.text_of(found).encode(), TEXT)
    return _answer(request, found.model_dump_json().encode(), JSON)


def _answer(request: Request, body: bytes, form: str) -> Response:
    etag = strong_etag(form, body)
    headers = {"ETag": etag, **REVALIDATE}
    if unchanged := not_modified(request, etag, headers):
        return unchanged
    return Response(body, media_type=form, headers=headers)
