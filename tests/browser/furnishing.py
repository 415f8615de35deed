"""Puts something of every kind onto a register, so that a browser can be led to its page."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.demo.people import GARAGE, SCHOOL, demonstration_id
from tests.cli.running import run
from tests.tour.story import Story
from tests.tour.telling import Caller

RECORDS, INSPECTIONS = "/v1/provider-records", "/v1/inspections"
KNOWN = ("Example Barn", "Example Mill", "Example Loft")
"""On another list of Coventry's, and in nobody's hands."""


def import_more(folder: Path) -> None:
    """Put the known ones onto a register that is not served yet."""
    listed = folder / "more.csv"
    listed.write_text("provider_name,postcode\n" + "".join(f"{name},CV1 2WT\n" for name in KNOWN))
    words = ("import", "providers", listed, "--la", "Coventry", "--list", "Another list")
    imported = run(*words, folder=folder)
    assert imported.returncode == 0, imported.stderr


def furnish(story: Story, base: str) -> tuple[str, str]:
    """Add to the tour's provider and beside it; return the numbers of two records without owner.

    The first of them is invited to be claimed, the second is not.
    """
    with Caller(base, "Harry Example") as manager:
        keep(story, manager)
        administer(manager)
    inspect(story, base)
    with Caller(base, "Milo Example") as officer:
        known = [officer.get("/v1/known-providers", q=name).json()["items"][0] for name in KNOWN]
        invited, left, other = [one["number"] for one in known]
        link = {"number": left, "reason": "The same people."}
        officer.quietly("POST", f"{story.record}/predecessors", json=link)
        owner = {"organisation_id": str(demonstration_id(GARAGE)), "verified_how": "in-person"}
        officer.quietly("POST", f"{RECORDS}/{invited}/claims", json=owner)
        merge = {"keep": left, "absorb": other, "reason": "They are one provider."}
        officer.quietly("POST", "/v1/merges", json=merge)
    return invited, left


def keep(story: Story, manager: Caller) -> None:
    """Let the owner name people, share evidence, and begin to judge itself anew."""
    until = (clock.today() + timedelta(days=30)).isoformat()
    for end, body in (
        ("names", {"name": "Example Wheels and Welding"}),
        ("people", {"kind": "director", "name": "Example Smith"}),
        ("contacts", {"kind": "phone", "value": "024 7601 0001"}),
        ("shares", {"organisation_id": str(demonstration_id(SCHOOL)), "until": until}),
        ("self-evaluations", {"site": story.site}),
    ):
        manager.quietly("POST", f"{story.record}/{end}", json=body)


def inspect(story: Story, base: str) -> None:
    """Let one thing be looked at, found wanting, heard and published."""
    today = clock.today().isoformat()
    plan = {"provider": story.number, "sites": [story.site], "kind": "themed", "criteria": ["1.1a"]}
    plan |= {"planned_on": today, "reason": "It was asked for."}
    plan |= {"inspectors": [{"person": str(demonstration_id("Milo Example"))}]}
    found = {"site": story.site, "criterion": "1.1a", "judgement": "partly-met"}
    found |= {"finding": "One check was not dated.", "method": "visit", "seen_on": today}
    with Caller(base, "Milo Example") as lead:
        here = lead.quietly("POST", INSPECTIONS, json=plan).headers["Location"]
        lead.quietly("PATCH", f"{here}/judgements", json={"judgements": [found]})
        _as_it_stands(lead, here, "draft", {})
    with Caller(base, "Harry Example") as manager:
        _as_it_stands(manager, here, "comments/close", {})
    with Caller(base, "Milo Example") as lead:
        _as_it_stands(lead, here, "check-request", {})
    with Caller(base, "Nia Example") as second:
        _as_it_stands(second, here, "check", {"decision": "published"})


def _as_it_stands(caller: Caller, here: str, end: str, body: Mapping[str, Any]) -> None:
    """Do something to an inspection as it is now."""
    tag = {"If-Match": caller.get(here).headers["ETag"]}
    caller.quietly("POST", f"{here}/{end}", json=body, headers=tag)


def administer(manager: Caller) -> None:
    """Let the owner's administrator invite somebody, and let a machine in."""
    here = f"/v1/organisations/{demonstration_id(GARAGE)}"
    somebody = {"name": "Example Newcomer", "email": "new@example.org", "roles": ["analyst"]}
    manager.quietly("POST", f"{here}/invitations", json=somebody)
    machine = {"name": "Example system", "scopes": ["organisations:read"]}
    manager.quietly("POST", f"{here}/machines", json=machine)
