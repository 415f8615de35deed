"""The register's public face in JSON."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from app.http.answer_cache import state_entry
from app.http.direct_routes import DirectRoute
from app.http.etag import not_modified, strong_etag
from app.http.problems import problems
from app.http.query_models import query_reader
from app.places.errors import LocalAuthorityNotKnownError, PlaceNotKnownError
from app.providers.errors import ProviderNotFoundError
from app.register.answers import search_answer
from app.register.errors import (
    DayAheadError,
    DistancePagesEndError,
    EntryAheadError,
    NotKnownThenError,
    RecordTakenOutError,
    SearchRefusedError,
)
from app.register.numbers import read_number
from app.register.past import record_then
from app.register.queries.documents import get_document
from app.register.rendering import FORMAT
from app.register.router.examples import shown
from app.register.schemas.as_at import AsAt
from app.register.schemas.records import ProviderRecord
from app.register.schemas.search import SearchAnswer, SearchQuery
from app.register.searching.present import search

router = APIRouter(prefix="/v1/providers", tags=["register"])

REVALIDATE = {"Cache-Control": "public, no-cache"}
KEPT_IN_MEMORY = (
    *("/v1/providers", "/v1/providers/"),
    *("/v1/register", "/v1/register/entries", "/v1/register/tombstones"),
)
"""Where answers are kept while the register stands still, if their route states its entry."""
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "You already have it"}}


async def search_providers(
    request: Request, query: Annotated[SearchQuery, Depends(query_reader(SearchQuery))]
) -> Response:
    """Find providers by words, place, local authority, and what they offer to whom.

    Filters about sites (all but `q` and `status`) must be met by one and the same site.
    """
    async with request.app.state.read_pool.acquire() as connection:
        found = await search(connection, query, request.app.state.memory)
    if query.as_at is not None:
        return answered(request, search_answer(query, found))
    state_entry(request, found.entry)
    # Postcodes can be imported, and so a place be moved, without the register moving.
    resolved = (str(found.near), str(found.corrections))
    asked = request.scope["query_string"]
    etag = strong_etag(FORMAT, found.entry, found.first_entry, asked, *resolved)
    headers = {"ETag": etag, **REVALIDATE}
    if unchanged := not_modified(request, etag, headers):
        return unchanged
    return _json(search_answer(query, found), headers)


router.add_api_route(
    "",
    search_providers,
    methods=["GET"],
    route_class_override=DirectRoute,
    operation_id="searchProviders",
    response_model=SearchAnswer,
    responses=NOT_MODIFIED
    | shown("searchProviders")
    | problems(
        SearchRefusedError,
        DistancePagesEndError,
        PlaceNotKnownError,
        LocalAuthorityNotKnownError,
        DayAheadError,
        EntryAheadError,
    ),
)


@router.get(
    "/{number}",
    operation_id="getProvider",
    response_model=ProviderRecord,
    responses=NOT_MODIFIED
    | shown("getProvider")
    | problems(
        ProviderNotFoundError,
        NotKnownThenError,
        RecordTakenOutError,
        DayAheadError,
        EntryAheadError,
    ),
)
async def get_provider(
    request: Request,
    number: Annotated[str, Path(examples=["AP000001U"], max_length=40)],
    as_at: Annotated[
        AsAt | None,
        Query(
            description="What the register knew at the end of this London day, or with this entry "
            "of its log.",
            examples=["2026-09-01", 8426],
        ),
    ] = None,
    in_force_on: Annotated[
        date | None, Query(description="What holds on this day, as it is known.")
    ] = None,
) -> Response:
    """Look a provider up by its number: everything that is public about it, now or on a day.

    With both: what was known at the end of the one of the other.
    """
    held_number = read_number(number)
    async with request.app.state.read_pool.acquire() as connection:
        held = await get_document(connection, held_number)
        if held is not None:
            state_entry(request, held["head"])
        if held is not None and (as_at is not None or in_force_on is not None):
            past = await record_then(connection, held_number, as_at, in_force_on)
            return answered(request, past)
    if held is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    etag = strong_etag(held["format"], held["entry"])
    headers = {"ETag": etag, **REVALIDATE}
    if unchanged := not_modified(request, etag, headers):
        return unchanged
    return _json(held["document"], headers)


def answered(request: Request, body: bytes) -> Response:
    """Return an answer from the log, which a redaction changes without a new entry."""
    headers = {"ETag": strong_etag(body), **REVALIDATE}
    if unchanged := not_modified(request, headers["ETag"], headers):
        return unchanged
    return _json(body, headers)


def _json(body: bytes, headers: dict[str, str]) -> Response:
    return Response(body, media_type="application/json", headers=headers)
