"""Claim, complete, apply, question, decide, list; a document expires; renewed; redacted.

Everything is done through the API, by the invented people of a demonstration, on a register of its
own. The clock is moved by starting the service again, so many days ahead.
"""

import json
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app import clock
from app.demo.people import GARAGE, demonstration_id
from tests.cli.running import run
from tests.cli.services import serving
from tests.tour import commissioning, inspecting
from tests.tour.documents import made_pdf
from tests.tour.following import find_and_follow, read_history
from tests.tour.telling import Caller, heading, say

COVENTRY = "331"
LAST_DAYS = 30
"""The insurance of the story is good for so many days more."""
GRACE = 28
PROVIDER, HOME = "Example Wheels", "7 Example Rise"
PATIENCE = 60


@dataclass
class Story:
    """What later chapters must know of earlier ones."""

    folder: Path
    number: str = ""
    listing: str = ""
    site: int = 1
    documents: dict[str, str] = field(default_factory=dict)

    @property
    def record(self) -> str:
        """Where the provider's own record is."""
        return f"/v1/provider-records/{self.number}"

    @property
    def public(self) -> str:
        """Where everybody reads it."""
        return f"/v1/providers/{self.number}"


def tell(folder: Path) -> None:
    """Tell the whole story on a register in a folder."""
    story = Story(folder)
    import_list(folder)
    with serving(folder) as service:
        base = service.base
        claim(story, base)
        complete(story, base)
        apply_and_question(story, base)
        visited = inspecting.visit(base, story.number, story.site)
        inspecting.hear(base, visited)
        decide(story, base)
        inspecting.read(base, visited)
        inspecting.answer(base, visited)
        inspecting.appeal(base, visited)
        inspecting.look_again(base, visited)
        placed = commissioning.place(base, story.number, story.site)
    with serving(folder, DEMONSTRATION_DAYS_AHEAD=str(LAST_DAYS + 1)) as service:
        expire(story, service.base)
        commissioning.attend(service.base, placed)
        commissioning.lose(service.base, placed)
    with serving(folder, DEMONSTRATION_DAYS_AHEAD=str(LAST_DAYS + 1 + GRACE)) as service:
        renew(story, service.base)
        read_history(service.base, story.number)
        redact(story, service.base)
        find_and_follow(service.base, story.number, PROVIDER, HOME)
    heading("Every hash of the log still holds")
    checked = run("doctor", "--json", folder=folder)
    found = {one["about"]: one for one in json.loads(checked.stdout)["findings"]}
    for about in ("log", "read model", "documents"):  # of disk and surroundings others tell
        assert found[about]["fine"], checked.stdout
        say(f"{about:14} {found[about]['detail']}")


def import_list(folder: Path) -> None:
    """An invented register, and on it a list of Coventry's own, with what its check found."""
    heading("Day one: Coventry's own list, with what its own check found and when")
    filled = run("demo", "--providers", "300", folder=folder)
    assert filled.returncode == 0, filled.stderr
    checked = clock.today() - timedelta(days=40)
    listed = folder / "list.csv"
    listed.write_text(
        "provider_name,postcode,offer_tags,ages,local_result,local_result_on\n"
        f"{PROVIDER},CV1 2WT,motor vehicle,14-16,Approved,{checked.isoformat()}\n"
    )
    words = ("import", "providers", listed, "--la", "Coventry", "--list", "Example list")
    imported = run(*words, folder=folder)
    assert imported.returncode == 0, imported.stderr
    say(imported.stdout.decode().strip())


def claim(story: Story, base: str) -> None:
    """An officer invites a provider on the authority's list to claim its record; it does."""
    heading("Claim: Coventry invites a provider that stands on its list")
    with Caller(base, "Milo Example") as officer, Caller(base, "Harry Example") as manager:
        known = officer.get("/v1/known-providers", q=PROVIDER, limit=1).json()["items"]
        story.number = known[0]["number"]
        officer.read(f"/v1/known-providers/{story.number}", "name", "status", "lists")
        invited = officer.send(
            f"{story.record}/claims",
            {"organisation_id": str(demonstration_id(GARAGE)), "verified_how": "known-phone"},
            "state",
        )
        manager.send(f"/v1/claims/{invited['id']}/acceptance", {}, "state")
        manager.read(story.record, "name", "status", "missing")


def complete(story: Story, base: str) -> None:
    """The owner adds what is missing: facts, evidence, its own judgement, its word."""
    heading("Complete: the garage says what it is, shows evidence, judges itself")
    with Caller(base, "Harry Example") as manager:
        manager.change(story.record, {"legal_form": "company", "staff_size": "small"}, "staff_size")
        held = manager.get(story.record).json()["sites"]
        story.site = next(
            one["reference"] for one in held if one["local_authority"]["code"] == COVENTRY
        )
        site = f"{story.record}/sites/{story.site}"
        manager.change(
            site,
            {
                "kind": "workshop",
                "address_lines": [HOME],
                "town": "Coventry",
                "postcode": "CV1 2WT",
            },
            "address_lines",
        )
        offered = {
            "programme": "Motor vehicle maintenance",
            "age_from": 14,
            "age_to": 16,
            "key_stages": [4],
            "needs": ["SEMH"],
            "hours_per_week": 12,
            "price_day_pence": 9_500,
            "availability": "places-now",
            "sessions": [{"day": 1, "from": "09:30", "to": "14:30"}],
        }
        manager.send(f"{site}/offers", offered, "programme", "availability")
        show_evidence(story, manager)
        keep_staff_checks(story, manager)
        evaluate(story, manager)
        manager.send(f"{story.record}/consent", {"given": True}, "given")
        manager.send(f"{story.record}/confirmation", {}, "confirmed_on")


def show_evidence(story: Story, manager: Caller) -> None:
    """Send a document of each kind that a critical criterion names."""
    asked = manager.get(
        "/v1/standards/working-set-1", site_kind="workshop", staff_size="small"
    ).json()["criteria"]
    kinds = {
        kind
        for criterion in asked
        if criterion["gate"] == "critical" and criterion["force"] != "good-practice"
        for kind in criterion["evidence_kinds"]
    } - {"staff-checks-record", "self-evaluation", "vehicle-insurance"}
    for kind in sorted(kinds):
        story.documents[kind] = send_document(story, manager, kind)["id"]
    say(f"{manager.name:14} sent {len(kinds)} documents, each a file: {', '.join(sorted(kinds))}")


def send_document(story: Story, manager: Caller, kind: str, **more: str) -> Any:
    """Send one document with its file."""
    today = date.fromisoformat(manager.get(story.record).json()["times"]["changed_at"][:10])
    told = {"kind": kind, "title": f"Example {kind}", "issued_on": today.isoformat(), **more}
    if kind.endswith("insurance"):
        last = today + timedelta(days=LAST_DAYS if kind.startswith("public") else 364)
        told |= {"insurer": "Example Mutual", "limit_pence": "1000000000", "covers_abuse": "true"}
        told = {"expires_on": last.isoformat()} | told
    sent = manager.quietly(
        "POST",
        f"{story.record}/documents",
        data=told,
        files={"file": (f"{kind}.pdf", made_pdf(kind), "application/pdf")},
    )
    return sent.json()


def keep_staff_checks(story: Story, manager: Caller) -> None:
    """Keep the record of staff checks: status and day, never a certificate or its number."""
    works = {"name": "Example Mechanic", "duties": "instructor", "regulated_activity": True}
    member = manager.send(f"{story.record}/staff", works, "duties")
    today = manager.get(story.record).json()["times"]["changed_at"][:10]
    record = manager.get(f"{story.record}/staff-checks").json()
    mine = next(one for one in record["members"] if one["id"] == member["id"])
    for kind in (due["kind"] for due in mine["due"]):
        check = {"kind": kind, "status": "clear", "checked_on": today, "checked_by": "provider"}
        manager.quietly("POST", f"{story.record}/staff/{member['id']}/checks", json=check)
    say(f"{manager.name:14} noted {len(mine['due'])} checks on one instructor as clear")


def evaluate(story: Story, manager: Caller) -> None:
    """Answer every criterion that is asked of such a provider, with evidence where it is needed."""
    begun = manager.send(f"{story.record}/self-evaluations", {"site": story.site}, "asked")
    place = f"{story.record}/self-evaluations/{begun['id']}"
    tag = manager.get(place).headers["ETag"]
    for criterion in begun["criteria"]:
        shown = [story.documents[k] for k in criterion["evidence_kinds"] if k in story.documents]
        answered = manager.quietly(
            "PUT",
            f"{place}/answers/{criterion['criterion']}",
            json={"answer": "met", "documents": shown[:3]},
            headers={"If-Match": tag},
        )
        tag = answered.headers["ETag"]
    whole = manager.quietly("POST", f"{place}/completion", headers={"If-Match": tag}).json()
    say(f"{manager.name:14} answered {len(begun['criteria'])} criteria: {whole['completed_at']}")


def apply_and_question(story: Story, base: str) -> None:
    """The owner applies; an assessor takes it up, asks, and is answered."""
    heading("Apply, and be asked a question")
    with Caller(base, "Harry Example") as manager, Caller(base, "Milo Example") as assessor:
        wanted = {"provider_number": story.number, "site_reference": story.site}
        begun = manager.send("/v1/applications", wanted, "state")
        story.listing = begun["id"]
        application = f"/v1/applications/{story.listing}"
        manager.send(f"{application}/submission", {}, "state")
        assessor.send(f"{application}/assessment", {}, "state")
        question = {"question": "Who supervises the workshop when you are out on a recovery?"}
        assessor.send(f"{application}/questions", question)
        asked = manager.get(application).json()["questions"][0]["id"]
        early = propose(story, assessor, "listed", expected=409)
        say(f"{'':20}detail: {early['detail']}")
        answer = {"answer": "Nobody works there unless two of us are in."}
        manager.send(f"{application}/questions/{asked}/answer", answer)


def propose(story: Story, officer: Caller, to_state: str, expected: int = 0) -> Any:
    """Propose where the listing is to stand from today."""
    today = officer.get("/v1/standards").json()["on"]
    proposal = {
        "to_state": to_state,
        "effective_on": today,
        "public_reason": "assessment",
        "reason": "Visited; what was said and shown holds.",
        "seen_on": today,
        "seen_how": "visit",
    }
    told = () if expected else ("to_state",)
    return officer.send(proposals(story), proposal, *told, expected=expected)


def proposals(story: Story) -> str:
    """Where moves of the story's listing are proposed."""
    return f"/v1/listings/{story.listing}/proposals"


def decide(story: Story, base: str) -> None:
    """One officer proposes, another confirms; the public sees it at once."""
    heading("Decide: one officer proposes, and cannot confirm; another does")
    with (
        Caller(base, "Milo Example") as assessor,
        Caller(base, "Nia Example") as second,
        Caller(base) as public,
    ):
        for match in assessor.get(f"/v1/applications/{story.listing}/matches").json()["items"]:
            judged = {"judgement": "unrelated", "reason": "Other people at another place."}
            where = f"/v1/applications/{story.listing}/matches/{match['id']}/judgement"
            assessor.quietly("POST", where, json=judged)
        made = propose(story, assessor, "listed")
        confirm = f"{proposals(story)}/{made['id']}/confirmation"
        refused = assessor.send(confirm, {}, "title", expected=403)
        assert refused["status"] == 403
        second.send(confirm, {}, "state")
        shown = public.read(story.public, "name", "status", "evidence", "valid_until", "next")
        assert shown["status"]["code"] == "listed"
        assert shown["evidence"]["status"] == "current"


def expire(story: Story, base: str) -> None:
    """The insurance ran out last night: nobody did anything, and the register says so."""
    heading(f"{LAST_DAYS + 1} days later: the insurance ran out last night")
    with Caller(base) as public:
        waited_for(public, story, lambda shown: shown["evidence"]["status"] == "out-of-date")
        shown = public.read(story.public, "status", "evidence", "valid_until", "next")
        assert shown["status"]["code"] == "listed"


def renew(story: Story, base: str) -> None:
    """The grace is over, so the listing is under review by itself; renewed, it is listed again."""
    heading(f"{GRACE} days more: the grace is over, and the listing is under review by itself")
    with (
        Caller(base) as public,
        Caller(base, "Harry Example") as manager,
        Caller(base, "Milo Example") as assessor,
        Caller(base, "Nia Example") as second,
    ):
        waited_for(public, story, lambda shown: shown["status"]["code"] == "under-review")
        public.read(story.public, "status", "evidence")
        heading("Renewed, and listed again")
        kind = "public-liability-insurance"
        today = date.fromisoformat(public.get("/v1/standards").json()["on"])
        send_document(
            story,
            manager,
            kind,
            issued_on=today.isoformat(),
            expires_on=(today + timedelta(days=364)).isoformat(),
            replaces=story.documents[kind],
        )
        say(f"{manager.name:14} sent the new insurance")
        made = propose(story, assessor, "listed")
        second.send(f"{proposals(story)}/{made['id']}/confirmation", {}, "state")
        shown = public.read(story.public, "status", "evidence")
        assert shown["status"]["code"] == "listed"
        assert shown["evidence"]["status"] == "current"


def redact(story: Story, base: str) -> None:
    """The address was somebody's home: hidden at once, then taken out of the log by two people."""
    heading("Redact: the address was somebody's home")
    with (
        Caller(base) as public,
        Caller(base, "Harry Example") as manager,
        Caller(base, "Milo Example") as officer,
        Caller(base, "Kit Example") as second,
    ):
        before = public.get(f"{story.public}/history").text
        assert HOME in before
        manager.change(
            f"{story.record}/sites/{story.site}", {"someones_home": True}, "someones_home"
        )
        assert HOME not in public.get(story.public).text
        asked = {
            "pointer": "/sites/*/address/lines/*",
            "value": HOME,
            "grounds": "home-address",
            "reason": "The address of somebody's home was published.",
        }
        proposed = officer.send(f"{story.record}/redactions", asked, "state")
        second.send(f"/v1/redactions/{proposed['id']}/confirmation", {}, "state")
        after = public.get(f"{story.public}/history")
        assert HOME not in after.text
        entries = after.json()["items"]
        gone = [one for one in entries if one.get("redaction") or one.get("record") is None]
        say(f"{'The public':14} sees {len(gone)} of {len(entries)} entries as tombstones:")
        say(f"{'':20}{ {k: v for k, v in gone[0].items() if k != 'record'} }")


def waited_for(public: Caller, story: Story, holds: Any) -> None:
    """Wait until the service has done by itself what has come due."""
    deadline = time.monotonic() + PATIENCE
    while not holds(public.get(story.public).json()):
        assert time.monotonic() < deadline, public.get(story.public).text
        time.sleep(0.5)
