"""Everybody who has to do with an inspection in Coventry, and what they send."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.access import Role
from app.organisations.terms import OrganisationKind
from tests.factories.people import Member, add_member, add_organisation
from tests.factories.providers import WARWICKSHIRE
from tests.factories.records import OwnedRecord, add_officer, add_owned_record

CRITERIA = ["1.1a", "2.1b", "4.4c"]
"""A critical, a critical and a minor criterion that are asked of every site."""


@dataclass(frozen=True)
class Desk:
    """A provider in Coventry, and who inspects it, checks that, owns it or has no part in it.

    Attributes:
        record: of the provider, with one site; its manager is the owner's.
        lead: an inspector of Coventry.
        colleague: another one.
        second: a second officer of Coventry.
        elsewhere: inspector and second officer of another authority.
        partner: an inspector of a QA body that is no authority.
        school: a commissioner.
    """

    record: OwnedRecord
    lead: Member
    colleague: Member
    second: Member
    elsewhere: Member
    partner: Member
    school: Member


async def add_desk(owner: asyncpg.Connection, **columns: Any) -> Desk:
    """Let everybody be; `columns` are the provider's."""
    body = await add_organisation(owner, "Example Partnership", OrganisationKind.QA_BODY)
    school = await add_organisation(owner, "Example School")
    both = (Role.INSPECTOR, Role.SECOND_OFFICER)
    return Desk(
        record=await add_owned_record(owner, **columns),
        lead=await add_officer(owner, Role.INSPECTOR, name="Example Lead"),
        colleague=await add_officer(owner, Role.INSPECTOR, name="Example Colleague"),
        second=await add_officer(owner, Role.SECOND_OFFICER, name="Example Second"),
        elsewhere=await add_officer(owner, *both, la_code=WARWICKSHIRE, name="Example Elsewhere"),
        partner=await add_member(owner, body, *both, name="Example Partner"),
        school=await add_member(owner, school, Role.COMMISSIONER),
    )


def a_plan(desk: Desk, *inspectors: Member, **members: Any) -> dict[str, Any]:
    """Return a plan of a themed inspection of the desk's site today, as it is sent."""
    plan: dict[str, Any] = {
        "provider": desk.record.number,
        "sites": [1],
        "kind": "themed",
        "planned_on": clock.today().isoformat(),
        "criteria": CRITERIA,
        "reason": "It is due.",
        "inspectors": [{"person": str(one.person_id)} for one in inspectors],
    }
    return plan | members


def found(
    criterion: str = "1.1a", judgement: str = "met", *, seen_on: date | None = None, **members: Any
) -> dict[str, Any]:
    """Return a judgement of the desk's site, as it is sent; seen today unless said otherwise."""
    stated: dict[str, Any] = {"site": 1, "criterion": criterion, "judgement": judgement}
    if judgement != "met":
        stated["finding"] = "Seen for a test."
    if judgement not in {"not-applicable", "not-assessed"}:
        seen = {"method": "visit", "seen_on": (seen_on or clock.today()).isoformat()}
        stated |= seen
    return stated | members


def whole() -> dict[str, Any]:
    """Return a judgement of everything a plan of `a_plan` looks at, all of it met."""
    return {"judgements": [found(number) for number in CRITERIA]}


def somebody() -> str:
    """Return the id of nobody."""
    return str(uuid.uuid4())
