"""Looking providers up by any number they bear, one or many at once."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.errors import InvalidRequestError
from app.http.problems import problems
from app.providers.errors import ProviderNotFoundError
from app.providers.terms import Scheme
from app.register.resolving import look_up, resolve
from app.register.router.examples import shown
from app.register.router.providers import NOT_MODIFIED, answered
from app.register.schemas.resolving import IdentifierAnswer, LookUp, LookUpAnswer

router = APIRouter(prefix="/v1", tags=["register"])


@router.get(
    "/identifiers/{scheme}/{value}",
    operation_id="resolveIdentifier",
    response_model=IdentifierAnswer,
    responses=NOT_MODIFIED | shown("resolveIdentifier") | problems(ProviderNotFoundError),
)
async def resolve_identifier(
    request: Request,
    scheme: Scheme,
    value: Annotated[str, Path(min_length=1, max_length=40, examples=["10000001"])],
) -> Response:
    """Find the providers that bear a number of another register."""
    async with request.app.state.read_pool.acquire() as connection:
        body = await resolve(connection, scheme, value)
    return answered(request, body)


@router.post(
    "/providers/lookup",
    operation_id="lookUpProviders",
    response_model=LookUpAnswer,
    responses=shown("lookUpProviders") | problems(InvalidRequestError),
)
async def look_up_providers(request: Request, asked: LookUp) -> Response:
    """Look up to 200 providers up at once; what is not found is told item by item.

    Changes nothing, so it can be sent again at any time.
    """
    async with request.app.state.read_pool.acquire() as connection:
        body = await look_up(connection, asked)
    headers = {"Cache-Control": "no-store"}
    return Response(body, media_type="application/json", headers=headers)
