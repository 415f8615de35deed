"""Providers that authorities' own lists name, and what those authorities found: commissioners'."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import StringConstraints

from app.access import Actor, Permission
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import (
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.router.pages import AskedPage, Page
from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.providers.errors import CommissionersOnlyError, ProviderNotFoundError
from app.providers.queries.known_providers import Wanted
from app.providers.schemas.known_providers import KnownProviderList, KnownProviderRecord
from app.providers.service import known_providers as service
from app.values.provider_number import parse_provider_number
from app.values.words import search_words

router = APIRouter(prefix="/v1/known-providers", tags=["known providers"])

_ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    CommissionersOnlyError,
)

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


async def wanted(
    q: Annotated[
        Typed | None, Query(description="Words of a name, each of which may be cut short.")
    ] = None,
    la: Annotated[
        Typed | None,
        Query(description="On the list of this local authority, or with a site in its area."),
    ] = None,
    checked_since: Annotated[
        date | None, Query(description="A list says they were checked on this day or later.")
    ] = None,
) -> Wanted:
    """Return which providers are asked for.

    Raises:
        InvalidRequestError: the words hold no letter or digit.
        LocalAuthorityNotKnownError: no authority has that code or name.
    """
    words = tuple(search_words(q)) if q else ()
    if q and not words:
        detail = "Give words with letters or digits in them."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="q"),))
    la_code = facts.find_la(la).la_code if la else None
    return Wanted(words=words, la_code=la_code, checked_since=checked_since)


AskedFor = Annotated[Wanted, Depends(wanted)]


@router.get(
    "",
    operation_id="listKnownProviders",
    responses=problems(*_ASKED, InvalidRequestError, LocalAuthorityNotKnownError),
)
async def list_known_providers(
    session: Reading, actor: Reader, response: Response, page: AskedPage, which: AskedFor
) -> KnownProviderList:
    """List providers that local authorities' own lists name, with what those authorities found.

    For people and machines of commissioners: local authorities, schools, trusts, federations and
    the department. By name.
    """
    response.headers["Cache-Control"] = "no-store"
    return await answer(session, actor, page, which)


@router.get(
    "/{number}",
    operation_id="getKnownProvider",
    responses=problems(*_ASKED, ProviderNotFoundError),
)
async def get_known_provider(
    session: Reading, actor: Reader, response: Response, number: str
) -> KnownProviderRecord:
    """Look at one provider that local authorities' own lists name."""
    response.headers["Cache-Control"] = "no-store"
    found = await service.get_known_provider(session, actor, _read_number(number))
    return KnownProviderRecord(**found.model_dump())


async def answer(session: Reading, actor: Actor, page: Page, which: Wanted) -> KnownProviderList:
    """Return a page of the list.

    Args:
        session: of whoever asks.
        actor: who asks.
        page: which page.
        which: which providers.
    """
    key = page.after((str, str))
    after = (key[0], key[1]) if key else None
    found = await service.find_known_providers(session, actor, which, after, page.limit)
    return KnownProviderList(items=found.items, links=page.links(found.rows, "name", "id"))


def _read_number(text: str) -> str:
    try:
        return parse_provider_number(text)
    except ValueError as error:
        raise ProviderNotFoundError(str(error)) from None
