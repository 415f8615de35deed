"""The page on which commissioners look up providers that authorities' own lists name.

It asks what `GET /v1/known-providers` asks, of the same functions.
"""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.access import Actor, Permission
from app.errors import InvalidRequestError
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.router.pages import Page
from app.pages.officers.known_providers_view import KNOWN_PROVIDERS, build_known_providers
from app.pages.rendering import authority_choices
from app.pages.signed_in import ORGANISATION, own_frame, own_page, own_router, understood
from app.providers.router.known_providers import answer, wanted

router = own_router()

ON_A_PAGE = 25
RecordsReader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Typed = Annotated[str, Field(max_length=600)]


class KnownProvidersPage(BaseModel):
    """The page's own fields; an empty one was left empty, which is no fault."""

    model_config = ConfigDict(extra="ignore")

    q: Typed = ""
    la: Typed = ""
    checked_since: Typed = ""
    cursor: Annotated[str, Field(max_length=2_000)] = ""


class _Asked(BaseModel):
    q: Annotated[str | None, Field(max_length=200)] = None
    la: str | None = None
    checked_since: date | None = None


@router.get(KNOWN_PROVIDERS)
async def show_known_providers(
    request: Request,
    session: Reading,
    actor: RecordsReader,
    page: Annotated[KnownProvidersPage, Query()],
) -> Response:
    """Show providers that lists name, with what their authorities found: form and list."""
    given = {name: " ".join(value.split()) for name, value in page.model_dump().items()}
    cursor = given.pop("cursor") or None
    typed: dict[str, object] = {name: value for name, value in given.items() if value}
    found, refused = None, None
    try:
        asked = understood(_Asked, typed)
        which = await wanted(asked.q, asked.la, asked.checked_since)
        narrowed = tuple((name, str(value)) for name, value in typed.items())
        found = await answer(
            session, actor, Page(KNOWN_PROVIDERS, narrowed, ON_A_PAGE, cursor), which
        )
    except InvalidRequestError as error:
        refused = error
    view = build_known_providers(
        await own_frame(request, ORGANISATION),
        given,
        authority_choices(),
        found,
        refused,
        further=cursor is not None,
    )
    return own_page("known_providers.html", view, status_code=refused.status if refused else 200)
