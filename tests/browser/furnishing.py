"""Puts something of every kind onto a register, so that a browser can be led to its page."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app import clock
from app.demo.people import GARAGE, SCHOOL, demonstration_id
from tests.browser.inspecting import inspect, lines
from tests.cli.running import run
from tests.tour.story import Story
from tests.tour.telling import Caller

RECORDS = "/v1/provider-records"
KNOWN = ("Example Barn", "Example Mill", "Example Loft")
"""On another list of Coventry's, and in nobody's hands."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """Where some of what was added is.

    Attributes:
        records: numbers of two records without owner: one invited to be claimed, and one not.
        inspected: the number of a provider of which inspections are published.
    """

    records: tuple[str, str]
    inspected: str


def import_more(folder: Path) -> None:
    """Put the known ones onto a register that is not served yet."""
    listed = folder / "more.csv"
    head = "provider_name,postcode,local_result,local_result_on\n"
    listed.write_text(head + "".join(f"{name},CV1 2WT,,\n" for name in KNOWN) + lines())
    words = ("import", "providers", listed, "--la", "Coventry", "--list", "Another list")
    imported = run(*words, folder=folder)
    assert imported.returncode == 0, imported.stderr


def furnish(story: Story, base: str) -> Furnished:
    """Add to the tour's provider and beside it."""
    with Caller(base, "Harry Example") as manager:
        keep(story, manager)
        administer(manager)
    with Caller(base, "Milo Example") as officer:
        known = [officer.get("/v1/known-providers", q=name).json()["items"][0] for name in KNOWN]
        invited, left, other = [one["number"] for one in known]
        link = {"number": left, "reason": "The same people."}
        officer.quietly("POST", f"{story.record}/predecessors", json=link)
        owner = {"organisation_id": str(demonstration_id(GARAGE)), "verified_how": "in-person"}
        officer.quietly("POST", f"{RECORDS}/{invited}/claims", json=owner)
        merge = {"keep": left, "absorb": other, "reason": "They are one provider."}
        officer.quietly("POST", "/v1/merges", json=merge)
    return Furnished((invited, left), inspect(base, left))


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


def administer(manager: Caller) -> None:
    """Let the owner's administrator invite somebody, and let a machine in."""
    here = f"/v1/organisations/{demonstration_id(GARAGE)}"
    somebody = {"name": "Example Newcomer", "email": "new@example.org", "roles": ["analyst"]}
    manager.quietly("POST", f"{here}/invitations", json=somebody)
    machine = {"name": "Example system", "scopes": ["organisations:read"]}
    manager.quietly("POST", f"{here}/machines", json=machine)
