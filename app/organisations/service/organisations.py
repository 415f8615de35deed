"""Organisations: added by others or by the operator, and corrected by whoever added them.

Schools, trusts and federations come from GIAS, authorities and the department with the product;
what is said of those is corrected there, and taken over by the next import or release.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, VersionChangedError
from app.organisations.errors import (
    OrganisationCannotBeError,
    OrganisationKnownError,
    OrganisationNotFoundError,
    OrganisationNotYoursError,
    TeamsAreOfAuthoritiesError,
)
from app.organisations.identifiers import canonical
from app.organisations.queries import organisations as queries
from app.organisations.queries.facts import fact_id
from app.organisations.schemas.organisations import AddedOrganisation, OrganisationChange
from app.organisations.terms import (
    UNIQUE_SCHEMES,
    IdentifierScheme,
    OrganisationKind,
    Source,
)
from app.values.uuid7 import uuid7
from app.values.words import sort_key

_GROUPS = frozenset({OrganisationKind.TRUST, OrganisationKind.FEDERATION})
_SCHOOLS = frozenset({OrganisationKind.SCHOOL})
_KINDS_OF: Mapping[IdentifierScheme, frozenset[OrganisationKind]] = MappingProxyType(
    {
        IdentifierScheme.URN: _SCHOOLS,
        IdentifierScheme.DFE_NUMBER: _SCHOOLS,
        IdentifierScheme.GROUP_UID: _GROUPS,
        IdentifierScheme.GROUP_ID: _GROUPS,
        IdentifierScheme.LA_CODE: frozenset(),  # the authorities come with the product
    }
)
"""Which kinds of organisation have a number of a scheme; every kind, where none is named."""


@dataclass(frozen=True, slots=True)
class OperatorsOrganisation:
    """An organisation as the operator adds it.

    Attributes:
        kind: any but a local authority: all of those are held.
        name: its own.
        la_code: of the authority it is a team of, or lies in.
        identifiers: scheme and number, in any spelling.
    """

    kind: OrganisationKind
    name: str
    la_code: str | None = None
    identifiers: Sequence[tuple[IdentifierScheme, str]] = ()


async def get_organisation(session: ReadSession | WriteSession, organisation_id: uuid.UUID) -> Any:
    """Return an organisation that the actor may see.

    Raises:
        OrganisationNotFoundError: there is none.
    """
    found = await queries.get_organisation(session, organisation_id)
    if found is None:
        raise OrganisationNotFoundError(
            "No organisation has this id, or none that you may see. Check the address."
        )
    return found


async def add_organisation(
    session: WriteSession, actor: Actor, new: AddedOrganisation
) -> uuid.UUID:
    """Add a team of the actor's own authority, or the owner of a provider, and return its id.

    Raises:
        TeamsAreOfAuthoritiesError: a team was asked for, and the actor acts for no authority.
    """
    kind, parent_id, la_code = OrganisationKind(new.kind.value), None, None
    if kind is OrganisationKind.LOCAL_AUTHORITY_TEAM:
        own = await get_organisation(session, _organisation_of(actor))
        if own.kind != OrganisationKind.LOCAL_AUTHORITY:
            raise TeamsAreOfAuthoritiesError(
                f"You act for {own.name}, which is no local authority, so it has no teams. Choose "
                "the authority if you belong to it too, or add the owner of a provider."
            )
        parent_id, la_code = own.id, own.la_code
    row = _row(kind, new.name, Source.PEOPLE) | {
        "la_code": la_code,
        "parent_id": parent_id,
        "introduced_by": actor.organisation_id,
    }
    await _add(session, actor, row, ())
    return uuid.UUID(str(row["id"]))


async def add_as_operator(
    session: WriteSession, actor: Actor, new: OperatorsOrganisation
) -> uuid.UUID:
    """Add an organisation that nobody else can, and return its id.

    Raises:
        OrganisationCannotBeError: the kind, or a number, cannot be added like this.
        OrganisationKnownError: an organisation with such a number is held.
    """
    parent_id = _parent_of(new)
    numbers = tuple(_number(new.kind, scheme, text) for scheme, text in new.identifiers)
    for scheme, value in numbers:
        await _refuse_known(session, scheme, value)
    row = _row(new.kind, new.name, Source.OPERATOR) | {
        "la_code": new.la_code,
        "parent_id": parent_id,
        "introduced_by": None,
    }
    await _add(session, actor, row, numbers)
    return uuid.UUID(str(row["id"]))


async def change_organisation(
    session: WriteSession,
    actor: Actor,
    organisation_id: uuid.UUID,
    change: OrganisationChange,
    expected: int,
) -> None:
    """Rename an organisation that people added, or say when it closed.

    Args:
        session: the transaction.
        actor: an administrator of it, or of whoever introduced it.
        organisation_id: of the organisation.
        change: what to change; the rest stays.
        expected: the version the actor believes is the present one.

    Raises:
        OrganisationNotFoundError: there is none that the actor may see.
        OrganisationNotYoursError: its facts come from elsewhere, or the actor may only see it.
        VersionChangedError: somebody changed it since the actor read it.
    """
    seen = await get_organisation(session, organisation_id)
    if seen.source != Source.PEOPLE:
        raise OrganisationNotYoursError(_corrected_where(seen.name, Source(seen.source)))
    held = await queries.lock_organisation(session, organisation_id)
    if held is None:
        raise OrganisationNotYoursError(
            f"{seen.name} is changed by its administrators, or by those of whoever brought it "
            "onto the service."
        )
    if held.version != expected:
        raise VersionChangedError(
            f"{held.name} was changed since you read it. Read it again, then change it."
        )
    before = {"name": held.name, "closed_on": held.closed_on}
    stated = {field: getattr(change, field) for field in change.model_fields_set}
    changed = {field: value for field, value in stated.items() if value != before[field]}
    if not changed:
        return
    sorted_by = {"sort_name": sort_key(changed["name"])} if "name" in changed else {}
    moved = {"changed_at": clock.now(), "version": held.version + 1}
    await queries.update_organisation(session, organisation_id, changed | sorted_by | moved)
    subject = Subject("organisation", organisation_id, held.name, organisation_id)
    before = {field: before[field] for field in changed}
    await record(session, actor, "organisation.changed", subject, before=before, after=changed)


async def _add(
    session: WriteSession,
    actor: Actor,
    row: Mapping[str, Any],
    numbers: Sequence[tuple[IdentifierScheme, str]],
) -> None:
    await queries.insert_organisation(session, dict(row))
    await queries.insert_identifiers(session, row["id"], [(s.value, value) for s, value in numbers])
    subject = Subject("organisation", row["id"], row["name"], row["id"])
    after = {
        "kind": row["kind"],
        "name": row["name"],
        "la_code": row["la_code"],
        "parent_id": row["parent_id"],
        "identifiers": [f"{scheme.value}:{value}" for scheme, value in numbers],
    }
    await record(session, actor, "organisation.added", subject, after=after)


def _row(kind: OrganisationKind, name: str, source: Source) -> dict[str, Any]:
    present = clock.now()
    return {
        "id": uuid7(),
        "kind": kind.value,
        "name": name,
        "sort_name": sort_key(name),
        "source": source.value,
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    }


def _organisation_of(actor: Actor) -> uuid.UUID:
    if actor.organisation_id is None:
        message = "whoever adds an organisation acts for one"
        raise ValueError(message)
    return actor.organisation_id


def _parent_of(new: OperatorsOrganisation) -> uuid.UUID | None:
    if new.kind is OrganisationKind.LOCAL_AUTHORITY:
        raise OrganisationCannotBeError(
            "The local authorities come with the product and are all held; look for it with "
            "`ap-register organisation list --kind local-authority`."
        )
    if not sort_key(new.name):
        raise OrganisationCannotBeError("An organisation has a name. Give one with letters in it.")
    if new.kind is not OrganisationKind.LOCAL_AUTHORITY_TEAM:
        return None
    if new.la_code is None:
        raise OrganisationCannotBeError(
            "A team belongs to a local authority. Say which with --la, by code or name."
        )
    return fact_id(OrganisationKind.LOCAL_AUTHORITY, new.la_code)


def _number(
    kind: OrganisationKind, scheme: IdentifierScheme, text: str
) -> tuple[IdentifierScheme, str]:
    kinds = _KINDS_OF.get(scheme)
    if kinds is not None and kind not in kinds:
        named = " and ".join(f"a {one}" for one in sorted(kinds)) or "a local authority"
        raise OrganisationCannotBeError(
            f"The scheme {scheme} numbers {named}, and this is a {kind}. Leave the number out."
        )
    try:
        return scheme, canonical(scheme, text)
    except ValueError as error:
        raise OrganisationCannotBeError(
            f"“{text}” cannot be: {error}", errors=(FieldFault(str(error), "/identifiers"),)
        ) from None


async def _refuse_known(session: WriteSession, scheme: IdentifierScheme, value: str) -> None:
    """A number that names one organisation for ever must not come to name two."""
    if scheme not in UNIQUE_SCHEMES:
        return
    wanted = queries.Wanted(identifier=(scheme.value, value))
    for known in await queries.list_organisations(session, wanted, None, 1):
        raise OrganisationKnownError(
            f"{scheme} {value} is {known.name}, which is held already (id {known.id}).",
            organisation_id=str(known.id),
        )


def _corrected_where(name: str, source: Source) -> str:
    where = {
        Source.GIAS: "from Get Information about Schools (GIAS): have it corrected there, and the "
        "next import takes it over",
        Source.FACTS: "with this release of the register: tell whoever runs it",
        Source.OPERATOR: "from whoever runs the register: tell them",
        Source.PEOPLE: "from its own people",
    }[source]
    return f"What is held of {name} comes {where}."
