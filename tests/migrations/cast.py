"""Who acts in the tests of row security, and a row of theirs and of others' in every table."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, add_session, insert
from tests.factories.providers import COVENTRY, WARWICKSHIRE
from tests.migrations.cast_attendance import add_attendance
from tests.migrations.cast_children import add_children
from tests.migrations.cast_funding import add_funding
from tests.migrations.cast_notices import add_notices
from tests.migrations.cast_oversight import add_follow_ups
from tests.migrations.cast_placements import add_placements
from tests.migrations.cast_providers import add_provider
from tests.migrations.cast_reviews import add_reviews
from tests.migrations.cast_safeguarding import add_duties
from tests.migrations.standards import add_drafts


@dataclass(frozen=True)
class Cast:
    """An authority's administrator, officer and machine, and an administrator elsewhere.

    And the manager of whoever owns the record of a provider in the authority's area, and somebody
    who places a school's children.
    """

    administrator: Member
    officer: Member
    machine: Mapping[str, str]
    stranger: Member
    manager: Member
    commissioner: Member


def acting(member: Member) -> Mapping[str, str]:
    """Return what a member's transactions begin with."""
    return {
        "app.person_id": str(member.person_id),
        "app.organisation_id": str(member.organisation_id),
        "app.la_code": member.actor.la_code or "",
    }


async def assemble(owner: asyncpg.Connection) -> Cast:
    """Let two authorities, their people and their machines be, each with a row in every table."""
    school = await add_organisation(owner, "Example Placing School")
    commissioner = await add_member(owner, school, Role.COMMISSIONER)
    ours = await authority(owner, COVENTRY)
    theirs = await authority(owner, WARWICKSHIRE)
    administrator = await add_member(owner, ours, Role.ADMINISTRATOR)
    officer = await add_member(owner, ours, Role.ANALYST)
    stranger = await add_member(owner, theirs, Role.ADMINISTRATOR)
    for member in (administrator, stranger):
        await _add_organisations(owner, member)
        await _add_credentials(owner, member)
        await _add_links(owner, member)
        await _add_acts(owner, member)
        await _add_file(owner, member)
    await add_drafts(owner, administrator.person_id)
    machine = await _add_machine(owner, administrator)
    await _add_machine(owner, stranger)
    await owner.execute(
        "INSERT INTO signing_keys VALUES ('test', 'ES256', '{}', '\\x00', now(), now(), "
        "now() + interval '1 day', now() + interval '1 day'); "
        "INSERT INTO schedules VALUES ('test', now())"
    )
    manager = await add_provider(owner, administrator)
    await add_provider(owner, stranger)
    await add_children(owner, commissioner, stranger)
    await add_placements(owner, manager, commissioner, stranger)
    await add_funding(owner, administrator, commissioner, stranger)
    await add_follow_ups(owner)
    await add_attendance(owner, manager, commissioner, stranger)
    await add_reviews(owner)
    await add_duties(owner, administrator, commissioner, stranger)
    await add_notices(owner, commissioner, stranger)
    acts_for = {"app.organisation_id": str(ours), "app.la_code": COVENTRY}
    machines = acts_for | {"app.machine_id": str(machine)}
    return Cast(administrator, officer, machines, stranger, manager, commissioner)


async def authority(owner: asyncpg.Connection, la_code: str) -> uuid.UUID:
    """Return the organisation of a local authority; every register holds it."""
    held: uuid.UUID | None = await owner.fetchval(
        "SELECT id FROM organisations WHERE kind = 'local-authority' AND la_code = $1", la_code
    )
    return held or await add_organisation(
        owner, f"Example Authority {la_code}", OrganisationKind.LOCAL_AUTHORITY, la_code=la_code
    )


async def _add_organisations(owner: asyncpg.Connection, member: Member) -> None:
    by = {"introduced_by": member.organisation_id, "source": "people"}
    await add_organisation(
        owner,
        "Example Team",
        OrganisationKind.LOCAL_AUTHORITY_TEAM,
        parent_id=member.organisation_id,
        la_code=member.actor.la_code,
        **by,
    )
    held = await add_organisation(owner, "Example Garage", OrganisationKind.PROVIDER_OWNER, **by)
    school = await add_organisation(owner, "Example School")
    urn = str(100_000 + held.int % 800_000)
    numbers = {"scheme": "ukprn", "value": "10000001"}
    await insert(owner, "organisation_identifiers", {"organisation_id": held, **numbers})
    await insert(owner, "schools", {"organisation_id": school, "urn": urn, "status": "Open"})
    link = {"urn": urn, "linked_urn": "100000", "link_type": "Predecessor"}
    await insert(owner, "school_links", link)
    for whose in (member.organisation_id, school):
        await owner.execute(
            "INSERT INTO school_calendars VALUES ($1, 2026, '{[2026-09-02,2026-12-18]}', "
            "'{[2026-10-26,2026-10-30]}', 'Example Person', now(), 2)",
            whose,
        )


async def _add_credentials(owner: asyncpg.Connection, member: Member) -> None:
    present, person = clock.now(), {"person_id": member.person_id}
    soon = present + timedelta(minutes=5)
    await add_session(owner, member)
    passing: dict[str, Any] = {"began_at": present, "expires_at": soon, "return_to": "/"}
    some = member.person_id.bytes
    await insert(
        owner,
        "sign_in_attempts",
        {"id": uuid7(), "state_hash": some, "browser_hash": some, "nonce": "n"}
        | {"code_verifier": "v"}
        | passing,
    )
    step = {"id": uuid7(), "kind": "second-factor", "token_hash": some, "failures": 0}
    await insert(owner, "sign_in_steps", step | person | passing)
    key = {"credential_id": some, "public_key": b"k", "sign_count": 0, "transports": ["usb"]}
    told = {"id": uuid7(), "name": "Example key", "added_at": present}
    await insert(owner, "passkeys", key | told | person)
    secret = {"sealed_secret": b"s", "last_counter": 0, "added_at": present}
    await insert(owner, "authenticators", secret | person)
    identity = {"issuer": "https://example.org", "subject": str(member.person_id)}
    await insert(owner, "person_identities", identity | person | {"linked_at": present})


async def _add_links(owner: asyncpg.Connection, member: Member) -> None:
    present, invitation = clock.now(), uuid7()
    soon = present + timedelta(days=1)
    asked = {"id": invitation, "name": "Example Person", "email": "asked@example.org"}
    await insert(
        owner,
        "invitations",
        asked
        | {"organisation_id": member.organisation_id, "roles": ["analyst"], "way": "openid"}
        | {"invited_by": member.person_id, "invited_at": present, "expires_at": soon}
        | {"version": 1},
    )
    link = {"id": uuid7(), "kind": "invitation", "invitation_id": invitation}
    hashed = {"token_hash": invitation.bytes, "made_at": present, "expires_at": soon}
    await insert(owner, "emailed_links", link | hashed)


async def _add_acts(owner: asyncpg.Connection, member: Member) -> None:
    present = clock.now()
    await insert(
        owner,
        "audit_entries",
        {"id": uuid7(), "recorded_at": present, "actor_kind": "person", "act": "test.done"}
        | {"actor_id": member.person_id, "actor_name": "Example Person", "roles": []}
        | {"organisation_id": member.organisation_id, "outcome": "done"},
    )
    job = {"id": uuid7(), "kind": "test", "payload": "{}", "run_after": present, "attempts": 0}
    await insert(owner, "jobs", job | {"state": "waiting", "made_at": present, "made_by": "test"})
    key = {"id": uuid7(), "caller": f"person:{member.person_id}", "key": "k", "fingerprint": b"f"}
    await insert(owner, "idempotency_keys", key | {"made_at": present})


async def _add_file(owner: asyncpg.Connection, member: Member) -> None:
    sent = {"id": uuid7(), "organisation_id": member.organisation_id, "name": "Example.pdf"}
    content = {"media_type": "application/pdf", "size_bytes": 1, "sha256": bytes(32)}
    by = {"received_at": clock.now(), "received_by": member.person_id, "state": "unscanned"}
    await insert(owner, "files", sent | content | by)


async def _add_machine(owner: asyncpg.Connection, member: Member) -> uuid.UUID:
    present, machine = clock.now(), uuid7()
    row = {"id": machine, "organisation_id": member.organisation_id, "name": "Example system"}
    given = {"scopes": ["audit:read"], "added_by": member.person_id, "added_at": present}
    await insert(owner, "machines", row | given | {"version": 1})
    secret = {"id": uuid7(), "machine_id": machine, "secret_hash": machine.bytes * 2}
    told = {"ending": "abcd", "made_at": present, "expires_at": present + timedelta(days=1)}
    await insert(owner, "machine_secrets", secret | told)
    return machine
