"""Organisations over HTTP: looked up by everybody who is signed in, added by administrators."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.db import cursors
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import (
    OrganisationNotFoundError,
    OrganisationNotYoursError,
    TeamsAreOfAuthoritiesError,
)
from app.organisations.identifiers import canonical
from app.organisations.queries import organisations as queries
from app.organisations.schemas.organisations import (
    AddedOrganisation,
    AuthorityOut,
    OrganisationChange,
    OrganisationLinks,
    OrganisationList,
    OrganisationNumber,
    OrganisationQuery,
    OrganisationRecord,
    OrganisationSummary,
    ParentOut,
    SchoolOut,
)
from app.organisations.service import organisations as service
from app.organisations.terms import IdentifierScheme
from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.values.words import search_words

router = APIRouter(prefix="/v1/organisations", tags=["organisations"])

_PATH = "/v1/organisations"
_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)
_PRIVATE = "no-store"

Reader = Annotated[Actor, Depends(Requires(Permission.ORGANISATIONS_READ))]
Adder = Annotated[Actor, Depends(Requires(Permission.ORGANISATIONS_ADD))]


@router.get(
    "",
    operation_id="listOrganisations",
    responses=problems(*_ASKED, InvalidRequestError, LocalAuthorityNotKnownError),
)
async def list_organisations(
    session: Reading,
    _: Reader,
    response: Response,
    query: Annotated[OrganisationQuery, Query()],
) -> OrganisationList:
    """Find organisations by name, kind, place or number.

    The owner of a provider is seen by its own people, and by whoever brought it onto the service.
    """
    wanted = _wanted(query)
    search = cursors.fingerprint(query.model_dump(mode="json", exclude={"cursor", "limit"}))
    held = await queries.list_organisations(
        session, wanted, _read_cursor(query.cursor, search), query.limit + 1
    )
    page, more = held[: query.limit], held[query.limit :]
    numbers = await _numbers(session, page)
    response.headers["Cache-Control"] = _PRIVATE
    following = cursors.encode(search, 0, [page[-1].sort_name, str(page[-1].id)]) if more else None
    return OrganisationList(
        items=[OrganisationSummary(**_said(row, numbers[row.id])) for row in page],
        links=OrganisationLinks(
            self=_address(query, query.cursor),
            next=_address(query, following) if following else None,
        ),
    )


@router.post(
    "",
    status_code=201,
    operation_id="addOrganisation",
    responses=problems(*_ASKED, KeyReusedError, TeamsAreOfAuthoritiesError),
)
async def add_organisation(
    session: Writing, actor: Adder, response: Response, new: AddedOrganisation
) -> OrganisationRecord:
    """Add a team of your local authority, or the owner of a provider you bring onto the service."""
    organisation_id = await service.add_organisation(session, actor, new)
    response.headers["Location"] = f"{_PATH}/{organisation_id}"
    return await _shown(session, organisation_id, response)


@router.get(
    "/{organisation_id}",
    operation_id="getOrganisation",
    responses=problems(*_ASKED, OrganisationNotFoundError),
)
async def get_organisation(
    session: Reading, _: Reader, response: Response, organisation_id: uuid.UUID
) -> OrganisationRecord:
    """Look at an organisation: its numbers, what it belongs to, and if a school, what GIAS says."""
    return await _shown(session, organisation_id, response)


@router.patch(
    "/{organisation_id}",
    operation_id="changeOrganisation",
    responses=problems(
        *_ASKED,
        OrganisationNotFoundError,
        OrganisationNotYoursError,
        VersionChangedError,
        VersionNeededError,
    ),
)
async def change_organisation(
    session: Writing,
    actor: Adder,
    response: Response,
    organisation_id: uuid.UUID,
    change: OrganisationChange,
    expected: ExpectedVersion,
) -> OrganisationRecord:
    """Rename an organisation that was added by people, or say when it closed."""
    await service.change_organisation(session, actor, organisation_id, change, expected)
    response.headers["Location"] = f"{_PATH}/{organisation_id}"
    return await _shown(session, organisation_id, response)


async def _shown(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID, response: Response
) -> OrganisationRecord:
    row = await service.get_organisation(session, organisation_id)
    numbers = await _numbers(session, [row])
    response.headers["ETag"] = version_tag(row.version)
    response.headers["Cache-Control"] = _PRIVATE
    return OrganisationRecord(
        **_said(row, numbers[row.id]),
        introduced_by=row.introduced_by,
        source=row.source,
        children=await queries.count_children(session, organisation_id),
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
    )


async def _numbers(
    session: ReadSession | WriteSession, rows: Sequence[Any]
) -> dict[uuid.UUID, list[OrganisationNumber]]:
    found: dict[uuid.UUID, list[OrganisationNumber]] = defaultdict(list)
    for number in await queries.list_identifiers(session, [row.id for row in rows]):
        found[number.organisation_id].append(OrganisationNumber.model_validate(number))
    return found


def _said(row: Any, numbers: list[OrganisationNumber]) -> dict[str, Any]:
    """Return what a list and a record both say of an organisation."""
    code, parent = row.la_code, row.parent_id if row.parent_name else None
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "local_authority": AuthorityOut(code=code, name=row.la_name) if code else None,
        "parent": ParentOut(id=parent, kind=row.parent_kind, name=row.parent_name)
        if parent
        else None,
        "opened_on": row.opened_on,
        "closed_on": row.closed_on,
        "identifiers": numbers,
        "school": SchoolOut.model_validate(row) if row.urn else None,
    }


def _wanted(query: OrganisationQuery) -> queries.Wanted:
    """Resolve what was typed.

    Raises:
        LocalAuthorityNotKnownError: no authority has that code or name.
        InvalidRequestError: the number cannot be one, or the words hold no letter.
    """
    words = tuple(search_words(query.q)) if query.q else ()
    if query.q and not words:
        raise _refused("q", "Give words with letters or digits in them.")
    today = clock.today()
    return queries.Wanted(
        kinds=tuple(kind.value for kind in query.kind),
        la_code=facts.find_la(query.la).la_code if query.la else None,
        words=words,
        identifier=_identifier(query.identifier) if query.identifier else None,
        parent_id=query.parent,
        open_on=today if query.open else None,
        closed_on=today if query.open is False else None,
    )


def _identifier(text: str) -> tuple[str, str]:
    scheme, _, value = text.partition(":")
    try:
        known = IdentifierScheme(scheme.strip().lower())
    except ValueError:
        schemes = ", ".join(one.value for one in IdentifierScheme)
        raise _refused(
            "identifier", f"Write scheme:value, with one of the schemes {schemes}."
        ) from None
    try:
        return known.value, canonical(known, value)
    except ValueError as error:
        raise _refused("identifier", str(error)) from None


def _read_cursor(cursor: str | None, search: str) -> tuple[str, uuid.UUID] | None:
    if cursor is None:
        return None
    try:
        _, (sort_name, key) = cursors.decode(cursor, search, (str, str))
        return sort_name, uuid.UUID(key)
    except cursors.CursorError as error:
        detail = str(error)
    except ValueError:
        detail = "The cursor is damaged. Begin again without it."
    raise _refused("cursor", detail)


def _refused(parameter: str, detail: str) -> InvalidRequestError:
    return InvalidRequestError(detail, errors=(FieldFault(detail, parameter=parameter),))


def _address(query: OrganisationQuery, cursor: str | None) -> str:
    """Write a search as an address: parameters in a fixed order, defaults left out."""
    stated = query.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})
    given = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in stated.items()
    }
    encoded = urlencode(given | ({"cursor": cursor} if cursor else {}), doseq=True)
    return f"{_PATH}?{encoded}" if encoded else _PATH
