"""Children for tests, plainly synthetic, and the commissioners who hold them."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg
from stdnum.gb.upn import calc_check_digit

from app import clock
from app.access import Role
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.factories.providers import COVENTRY, WARWICKSHIRE
from tests.factories.records import add_civil_servant, add_officer

_numbers = itertools.count(1)

PLACER = (Role.COMMISSIONER, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)


def a_upn(sequence: int | None = None, *, stands_in: str | None = None) -> str:
    """Return a number whose letter fits; a new one each time unless one is asked for."""
    body = stands_in or f"331400025{next(_numbers) if sequence is None else sequence:03d}"
    return str(calc_check_digit(body)) + body


def a_child(**members: Any) -> dict[str, Any]:
    """Return a child as it is sent: lives in Coventry, on no roll."""
    number = next(_numbers)
    child: dict[str, Any] = {
        "reference": f"MIS-{number}",
        "upn": a_upn(),
        "given_names": "Example Alex",
        "family_name": f"Synthetic {chr(65 + number % 26)}{chr(97 + number // 26 % 26)}",
        "date_of_birth": "2014-05-06",
        "circumstances": circumstances(),
    }
    return child | members


def circumstances(**members: Any) -> dict[str, Any]:
    """Return who has which duty, as it is sent."""
    return {"since": "2026-09-01", "home_la": COVENTRY, "sen": False} | members


def identity_of(child: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return who a child is, as it is sent to change it."""
    named = ("upn", "given_names", "family_name", "date_of_birth")
    return {name: child[name] for name in named} | members


@dataclass(frozen=True)
class Commissioners:
    """Who holds children, and who is responsible for them.

    Attributes:
        school: a commissioner of a school, also its safeguarding lead and administrator.
        other: the same of another school.
        home: a safeguarding lead of Coventry.
        elsewhere: one of Warwickshire.
        department: one of the department.
        urn: of the school.
    """

    school: Member
    other: Member
    home: Member
    elsewhere: Member
    department: Member
    urn: str


async def add_child_row(owner: asyncpg.Connection, commissioner_id: uuid.UUID) -> uuid.UUID:
    """Let an organisation hold a child, past every service: of its key there is only a stand-in."""
    row = {"id": uuid7(), "commissioner_id": commissioner_id, "version": 1}
    held = {"reference": f"ROW-{next(_numbers)}", "sealed_key": bytes(60)}
    present = clock.now()
    dated = {"date_of_birth": date(2014, 5, 6), "recorded_at": present, "changed_at": present}
    await insert(owner, "children", row | held | dated)
    return uuid.UUID(str(row["id"]))


async def add_commissioners(owner: asyncpg.Connection) -> Commissioners:
    """Let everybody be who has to do with a child in Coventry."""
    school = await add_organisation(owner, "Example School")
    other = await add_organisation(owner, "Example Academy")
    urn = await _add_urn(owner, school)
    lead = Role.SAFEGUARDING_LEAD
    return Commissioners(
        school=await add_member(owner, school, *PLACER, name="Example Placer"),
        other=await add_member(owner, other, *PLACER, name="Example Other"),
        home=await add_officer(owner, lead, name="Example Home"),
        elsewhere=await add_officer(owner, lead, la_code=WARWICKSHIRE, name="Example Away"),
        department=await add_civil_servant(owner, lead),
        urn=urn,
    )


async def _add_urn(owner: asyncpg.Connection, school: uuid.UUID) -> str:
    urn = f"9{next(_numbers):05d}"
    identifier = {"organisation_id": school, "scheme": "urn", "value": urn}
    await insert(owner, "organisation_identifiers", identifier)
    await insert(owner, "schools", {"organisation_id": school, "urn": urn, "status": "Open"})
    return urn


async def add_team(owner: asyncpg.Connection, parent: uuid.UUID, *roles: Role) -> Member:
    """Let an authority have a team, and somebody in it."""
    team = await add_organisation(
        owner, "Example Team", OrganisationKind.LOCAL_AUTHORITY_TEAM, parent_id=parent
    )
    return await add_member(owner, team, *roles, name="Example Member")
