"""Applications and listings for tests, and everybody who has to do with them.

Rows are written by the superuser, past every rule but the database's own.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.inspections.terms import Judgement
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from app.values.provider_number import provider_number
from app.values.uuid7 import uuid7
from tests.factories.inspections import add_published_inspection
from tests.factories.people import Member, add_member, add_organisation, add_person, insert
from tests.factories.providers import COVENTRY, WARWICKSHIRE

EARLIER = date(2026, 9, 1)
"""When listings of tests came to stand where they do."""
_PUBLIC = frozenset({"listed", "listed-with-actions", "under-review", "suspended", "removed"})


@dataclass(frozen=True)
class Cast:
    """Everybody who may want to move a listing of a site in Coventry.

    Attributes:
        manager: of whoever owns the provider's record; may keep it and sign.
        analyst: of the same owner; may only look.
        assessor: of the deciding authority, also a second officer there.
        second: a second officer there; `another` likewise.
        formerly: an officer there with both roles, who once worked for the owner.
        elsewhere: with both roles at an authority that has nothing to do with the provider.
        neighbour: with both roles at an authority on whose list the provider stands.
        department: with both roles at the department.
        school: a commissioner.
    """

    manager: Member
    analyst: Member
    assessor: Member
    second: Member
    another: Member
    formerly: Member
    elsewhere: Member
    neighbour: Member
    department: Member
    school: Member

    @property
    def owner_id(self) -> uuid.UUID:
        """The organisation that owns the record."""
        return self.manager.organisation_id


@dataclass(frozen=True)
class Applied:
    """A listing, its site and its provider."""

    id: uuid.UUID
    provider_id: uuid.UUID
    number: str
    site_id: uuid.UUID


async def add_cast(owner: asyncpg.Connection) -> Cast:
    """Let everybody be."""
    both = (Role.ASSESSOR, Role.SECOND_OFFICER)
    garage = await add_organisation(owner, "Example Owner", OrganisationKind.PROVIDER_OWNER)
    coventry = fact_id(OrganisationKind.LOCAL_AUTHORITY, COVENTRY)
    warwickshire = fact_id(OrganisationKind.LOCAL_AUTHORITY, WARWICKSHIRE)
    solihull = fact_id(OrganisationKind.LOCAL_AUTHORITY, "334")
    department = await owner.fetchval("SELECT id FROM organisations WHERE kind = 'department'")
    once = await add_person(owner, "Example Once There")
    former = await add_member(owner, garage, Role.ANALYST, person_id=once)
    await owner.execute(
        "UPDATE memberships SET ended_at = now() WHERE id = $1",
        former.membership_id,
    )
    return Cast(
        manager=await add_member(owner, garage, Role.PROVIDER_MANAGER, name="Example Manager"),
        analyst=await add_member(owner, garage, Role.ANALYST),
        assessor=await add_member(owner, coventry, *both, name="Example Assessor"),
        second=await add_member(owner, coventry, Role.SECOND_OFFICER, name="Example Second"),
        another=await add_member(owner, coventry, Role.SECOND_OFFICER, name="Example Third"),
        formerly=await add_member(owner, coventry, *both, person_id=once),
        elsewhere=await add_member(owner, solihull, *both),
        neighbour=await add_member(owner, warwickshire, *both),
        department=await add_member(owner, department, *both),
        school=await add_member(owner, await add_organisation(owner), Role.COMMISSIONER),
    )


async def add_listing(
    owner: asyncpg.Connection, cast: Cast, state: str = "draft", **changes: Any
) -> Applied:
    """Let a provider in Coventry, also on Warwickshire's list, have a listing in a state.

    One that is being assessed has had its entry visit.
    """
    applied = await add_owned_provider(owner, cast)
    if state == "in-assessment":
        await add_entry_visit(owner, applied.site_id)
    return await add_listing_of(owner, applied, state, **changes)


async def add_entry_visit(owner: asyncpg.Connection, site_id: uuid.UUID) -> None:
    """Let a site have been visited yesterday, and what was found be published."""
    seen = clock.today() - timedelta(days=1)
    found = {site_id: {"1.1a": Judgement.MET}}
    await add_published_inspection(owner, found, seen, kind="entry-visit")


async def add_owned_provider(
    owner: asyncpg.Connection, cast: Cast, *, checked_on: date | None = None
) -> Applied:
    """Let a provider be whose record the cast's manager keeps; it consents and has confirmed."""
    present, provider_id, site_id = clock.now(), uuid7(), uuid7()
    number = provider_number(await owner.fetchval("SELECT nextval('provider_numbers')"))
    row = {"id": provider_id, "number": number, "name": "Example Forge", "status": "known"}
    dated = {"status_since": EARLIER, "recorded_at": present, "staff_size": "small"}
    await insert(owner, "providers", row | dated)
    place: dict[str, Any] = {"name": "Example Yard", "kind": "workshop", "postcode": "CV1 2WT"}
    place |= {"address_lines": ["1 Example Street"], "town": "Coventry", "la_code": COVENTRY}
    site = {"id": site_id, "provider_id": provider_id, "reference": 1}
    await insert(owner, "sites", site | place)
    offer: dict[str, Any] = {"id": uuid7(), "site_id": site_id, "programme": "Blacksmithing"}
    for_whom = {"age_from": 11, "age_to": 16, "key_stages": [3, 4], "needs": []}
    await insert(owner, "offers", offer | for_whom)
    of = {"provider_id": provider_id}
    held = {"id": uuid7(), "organisation_id": cast.owner_id, "began_at": present}
    await insert(owner, "provider_owners", held | of)
    for la_code in (COVENTRY, WARWICKSHIRE):
        line = {"id": uuid7(), "la_code": la_code, "list_name": "Example list"}
        checked = {"local_result": "Approved", "local_result_on": checked_on} if checked_on else {}
        await insert(owner, "provider_known_by", line | checked | of | {"recorded_at": present})
    said = {"person_id": cast.manager.person_id, "person_name": "Example Manager"}
    said |= {"recorded_at": present}
    await insert(owner, "provider_consents", {"id": uuid7(), "given": True} | said | of)
    confirmed = {"id": uuid7(), "confirmed_on": clock.today()}
    await insert(owner, "provider_confirmations", confirmed | said | of)
    return Applied(uuid7(), provider_id, number, site_id)


async def add_listing_of(
    owner: asyncpg.Connection, applied: Applied, state: str, **changes: Any
) -> Applied:
    """Let a provider's site have a listing in a state."""
    listed = {"listed_on": EARLIER} if state in _PUBLIC else {}
    row: dict[str, Any] = {
        "id": applied.id,
        "provider_id": applied.provider_id,
        "site_id": applied.site_id,
        "la_code": COVENTRY,
        "basis": "application",
        "state": state,
        "state_since": EARLIER,
        "key_stages": [],
        "needs": [],
        "programmes": [],
        "made_at": clock.now(),
        "version": 1,
    }
    row |= listed | changes
    await insert(owner, "listings", row)
    leads = row.get("next_state") or state
    await add_move(owner, applied.id, leads, row.get("next_on") or row["state_since"])
    if state in _PUBLIC:
        await owner.execute(
            "UPDATE providers SET status = $1 WHERE id = $2", state, applied.provider_id
        )
    return applied


async def add_move(
    owner: asyncpg.Connection, listing_id: uuid.UUID, to_state: str, effective_on: date
) -> None:
    """Let a listing have been moved by the operator, before everything a test does."""
    at = datetime(2026, 9, 1, 12, tzinfo=clock.LONDON)
    move = {"id": uuid7(), "listing_id": listing_id, "to_state": to_state, "recorded_at": at}
    by = {"actor_kind": "operator", "actor_name": "operator", "reason": "for a test"}
    await insert(owner, "listing_moves", move | by | {"effective_on": effective_on})


async def add_proposal(
    owner: asyncpg.Connection, by: Member, listing_id: uuid.UUID, to_state: str
) -> uuid.UUID:
    """Let an officer have proposed a move that holds from today."""
    proposal_id = uuid7()
    asked = {"id": proposal_id, "listing_id": listing_id, "to_state": to_state}
    why = {"reason": "for a test", "public_reason": "administrative", "scope": '{"version": 1}'}
    who = {"proposed_by": by.person_id, "proposed_by_name": "Example Assessor"}
    who |= {"organisation_id": by.organisation_id, "proposed_at": clock.now()}
    dated = {"effective_on": clock.today()}
    await insert(owner, "listing_proposals", asked | why | who | dated)
    return proposal_id


async def make_ready(owner: asyncpg.Connection, cast: Cast, applied: Applied) -> None:
    """Let a provider have everything that an application is asked for."""
    await add_entry_visit(owner, applied.site_id)
    rows = await owner.fetch(
        "SELECT c.evidence_kinds, c.version_id FROM criteria c JOIN standards_versions v "
        "ON v.id = version_id WHERE v.in_force @> $1::date AND gate = 'critical'",
        clock.today(),
    )
    kinds = {kind for row in rows for kind in row["evidence_kinds"]}
    for kind in sorted(kinds):
        await add_document(owner, cast, applied, kind)
    said = {"id": uuid7(), "site_id": applied.site_id, "version_id": rows[0]["version_id"]}
    by = {"begun_by": cast.manager.person_id, "begun_at": clock.now(), "version": 1}
    await insert(owner, "self_evaluations", said | by)
    await owner.execute(
        "UPDATE self_evaluations SET completed_at = now(), completed_by = $1 WHERE id = $2",
        cast.manager.person_id,
        said["id"],
    )


async def add_document(
    owner: asyncpg.Connection,
    cast: Cast,
    applied: Applied,
    kind: str = "public-liability-insurance",
    until: date | None = None,
) -> uuid.UUID:
    """Let a provider hold a document, good for ever or until a day."""
    document_id = uuid7()
    paper = {"id": document_id, "kind": kind, "title": "Example paper"}
    of = {"provider_id": applied.provider_id, "expires_on": until, "current_until": until}
    added = {"added_by": cast.manager.person_id, "added_at": clock.now(), "version": 1}
    await insert(owner, "documents", paper | of | added)
    return document_id
