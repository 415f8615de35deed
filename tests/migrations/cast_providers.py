"""A provider of each authority's area with its owner's manager, and a row in every table on it."""

import uuid
from datetime import date, timedelta
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.provider_number import provider_number
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.migrations.cast_evidence import add_said_evidence
from tests.migrations.cast_inspections import add_inspections

TODAY = date(2026, 9, 1)


async def add_provider(owner: asyncpg.Connection, officer: Member) -> Member:
    """Let a provider be in an officer's area; return the manager of whoever owns its record."""
    present, provider, site = clock.now(), uuid7(), uuid7()
    number = provider_number(await owner.fetchval("SELECT nextval('provider_numbers')"))
    row = {"id": provider, "number": number, "name": "Example Kept", "status": "known"}
    await insert(owner, "providers", row | {"status_since": TODAY, "recorded_at": present})
    place: dict[str, Any] = {"name": "Example Yard", "kind": "workshop", "address_lines": []}
    await insert(
        owner,
        "sites",
        {"id": site, "provider_id": provider, "reference": 1, "la_code": officer.actor.la_code}
        | place,
    )
    garage = await add_organisation(owner, "Example Owner", OrganisationKind.PROVIDER_OWNER)
    manager = await add_member(owner, garage, Role.PROVIDER_MANAGER)
    await _add_ownership(owner, officer, manager, provider)
    await _add_people(owner, manager, provider)
    document = await _add_evidence(owner, officer, manager, provider)
    await add_said_evidence(owner, manager, site, document)
    await _add_links(owner, officer, provider, site)
    await _add_listing(owner, officer, manager, (provider, site))
    await add_inspections(owner, officer, (provider, site))
    return manager


async def _add_ownership(
    owner: asyncpg.Connection, officer: Member, manager: Member, provider: uuid.UUID
) -> None:
    present, claim, of = clock.now(), uuid7(), {"provider_id": provider}
    await insert(
        owner,
        "claims",
        {"id": claim, "organisation_id": manager.organisation_id, "verified_how": "in-person"}
        | {"invited_by": officer.person_id, "invited_by_organisation": officer.organisation_id}
        | {"invited_at": present}
        | of,
    )
    held = {"organisation_id": manager.organisation_id, "claim_id": claim, "began_at": present}
    await insert(owner, "provider_owners", {"id": uuid7()} | held | of)
    said = {"person_id": manager.person_id, "person_name": "Example Person"}
    said |= {"recorded_at": present}
    await insert(owner, "provider_consents", {"id": uuid7(), "given": True} | said | of)
    confirmed = {"id": uuid7(), "confirmed_on": TODAY}
    await insert(owner, "provider_confirmations", confirmed | said | of)
    seen = {"id": uuid7(), "subject_kind": "provider", "subject_id": provider, "held": True}
    by = {"person_id": officer.person_id, "organisation_id": officer.organisation_id}
    seen |= {"how": "seen", "verified_on": TODAY}
    await insert(owner, "provider_verifications", said | seen | by | of)


async def _add_people(owner: asyncpg.Connection, manager: Member, provider: uuid.UUID) -> None:
    present, of = clock.now(), {"provider_id": provider}
    counted = {"recorded_at": present, "changed_at": present, "version": 1}
    who = {"id": uuid7(), "kind": "director", "name": "Example Person", "source": "owner"}
    await insert(owner, "provider_people", who | counted | of)
    reached = {
        "id": uuid7(),
        "kind": "phone",
        "value": "01632 960001",
        "canonical": "+441632960001",
    }
    await insert(owner, "provider_contacts", reached | {"recorded_at": present} | of)
    account = {"id": uuid7(), "reference_hash": provider.bytes * 2, "given_at": present}
    await insert(owner, "bank_references", account | {"given_by": manager.person_id} | of)
    await insert(
        owner,
        "matching_keys",
        {"purpose": f"test {provider}", "sealed_secret": b"s", "made_at": present},
    )
    staff = uuid7()
    works = {"id": staff, "name": "Example Tutor", "duties": "tutor", "regulated_activity": True}
    await insert(owner, "staff_members", works | counted | of)
    checked = {"id": uuid7(), "staff_member_id": staff, "kind": "identity", "status": "clear"}
    by = {"checked_by": "provider", "recorded_by": manager.person_id, "recorded_at": present}
    await insert(owner, "staff_checks", checked | by)


async def _add_evidence(
    owner: asyncpg.Connection, officer: Member, manager: Member, provider: uuid.UUID
) -> uuid.UUID:
    present, document = clock.now(), uuid7()
    of: dict[str, Any] = {"provider_id": provider}
    sent = {"id": uuid7(), "organisation_id": manager.organisation_id, "name": "Example.pdf"}
    content = {"media_type": "application/pdf", "size_bytes": 1, "sha256": bytes(32)}
    received = {"received_at": present, "received_by": manager.person_id, "state": "unscanned"}
    await insert(owner, "files", sent | content | received)
    paper = {
        "id": document,
        "file_id": sent["id"],
        "kind": "fire-risk-assessment",
        "title": "Example assessment",
    }
    added = {"added_by": manager.person_id, "added_at": present, "version": 1}
    await insert(owner, "documents", paper | added | of)
    school = await add_organisation(owner, "Example Commissioner")
    shared = {"id": uuid7(), "organisation_id": school, "until": TODAY + timedelta(days=365)}
    by = {"granted_by": manager.person_id, "granted_at": present}
    await insert(owner, "document_shares", shared | by | of)
    return document


async def _add_links(
    owner: asyncpg.Connection, officer: Member, provider: uuid.UUID, site: uuid.UUID
) -> None:
    present, other = clock.now(), uuid7()
    number = provider_number(await owner.fetchval("SELECT nextval('provider_numbers')"))
    row = {"id": other, "number": number, "name": "Example Before", "status": "known"}
    await insert(owner, "providers", row | {"status_since": TODAY, "recorded_at": present})
    pair = {"id": uuid7(), "predecessor_id": other, "successor_id": provider, "reason": "said so"}
    await insert(owner, "provider_links", pair | {"recorded_at": present})
    grouped = {"id": uuid7(), "provider_id": provider, "site_id": site, "reason": "one yard"}
    by = {"grouped_by": officer.person_id, "grouped_at": present}
    await insert(owner, "institution_sites", grouped | by)
    merge = uuid7()
    two = {"id": merge, "kept_id": provider, "absorbed_id": other, "state": "proposed"}
    by = {"proposed_by": officer.person_id, "organisation_id": officer.organisation_id}
    await insert(owner, "merges", two | by | {"reason": "the same", "proposed_at": present})
    moved = {"merge_id": merge, "table_name": "sites", "row_id": site, "former": "{}"}
    await insert(owner, "merge_moves", moved)
    told = {"id": uuid7(), "provider_id": provider, "number": "AP000001U", "pointer": "/name"}
    hidden = {"value_hash": bytes(32), "salt": bytes(16), "entries": [1], "state": "proposed"}
    why = {"grounds": "other", "reason": "It was wrong.", "proposed_at": present, "version": 1}
    await insert(owner, "redactions", told | hidden | why | by)


async def _add_listing(
    owner: asyncpg.Connection, officer: Member, manager: Member, of: tuple[uuid.UUID, uuid.UUID]
) -> None:
    present, listing = clock.now(), uuid7()
    where = {"provider_id": of[0], "site_id": of[1], "la_code": officer.actor.la_code}
    stands = {"basis": "application", "state": "draft", "state_since": TODAY, "version": 1}
    scope: dict[str, Any] = {"key_stages": [], "needs": [], "programmes": []}
    begun = {"id": listing, "made_at": present, "made_by": manager.person_id}
    await insert(owner, "listings", begun | where | stands | scope)
    move = {"id": uuid7(), "listing_id": listing, "to_state": "draft", "effective_on": TODAY}
    by = {"actor_kind": "person", "actor_id": manager.person_id, "actor_name": "Example Person"}
    why = {"reason": "begun", "recorded_at": present}
    await insert(owner, "listing_moves", move | by | why)
    asked = {"id": uuid7(), "listing_id": listing, "to_state": "listed", "effective_on": TODAY}
    by = {"proposed_by": officer.person_id, "proposed_by_name": "Example Person"}
    by |= {"organisation_id": officer.organisation_id}
    told = {"reason": "met", "proposed_at": present}
    await insert(owner, "listing_proposals", asked | by | told)
    question = {"id": uuid7(), "listing_id": listing, "question": "Where?", "asked_at": present}
    by = {"asked_by": officer.person_id, "asked_by_name": "Example Person"}
    await insert(owner, "listing_questions", question | by)
    match = {"id": uuid7(), "listing_id": listing, "other_provider_id": of[0], "score": 1}
    await insert(owner, "walk_back_matches", match | {"grounds": ["officer"], "found_at": present})
