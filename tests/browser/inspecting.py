"""Puts inspections in every state, and what is beside them, onto a register."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app import clock
from app.demo.people import GARAGE, demonstration_id
from tests.tour.documents import made_pdf
from tests.tour.telling import Caller

RECORDS, INSPECTIONS = "/v1/provider-records", "/v1/inspections"
YARD, FORGE = "Example Yard", "Example Forge Two"
"""On a list of Coventry's that says what its check found: two officers list them by that."""
CHECKED = f"{YARD},CV1 2WT,Approved,{{day}}\n{FORGE},CV1 2WT,Approved,{{day}}\n"
LEAD, SECOND, MANAGER = "Milo Example", "Nia Example", "Harry Example"
ELSEWHERE = "Iona Example"
"""Of a QA body that is no authority."""
SHORT = {"site": 1, "criterion": "1.1a"}


def lines() -> str:
    """Return the two providers as lines of a list."""
    return CHECKED.format(day=clock.today() - timedelta(days=40))


def inspect(base: str, plain: str) -> str:
    """Let inspections be in every state; return the number of a provider one of which is public.

    Args:
        base: where the register is served.
        plain: the number of a provider about which an interest is declared.
    """
    yard, (forge, listing) = _listed(base, YARD)[0], _listed(base, FORGE)
    _planned(base, forge)
    drafted = _drafted(base, forge)
    _say(base, drafted)
    waiting = _drafted(base, forge)
    _to_check(base, waiting)
    first, published = _published(base, yard), _published(base, yard)
    _follow(base, yard, published)
    _beside(base, forge, first, plain)
    _suspend(base, listing)
    return yard


def as_it_stands(caller: Caller, here: str, end: str, body: Mapping[str, Any]) -> None:
    """Do something to an inspection as it is now."""
    tag = {"If-Match": caller.get(here).headers["ETag"]}
    caller.quietly("POST", f"{here}/{end}", json=body, headers=tag)


def _listed(base: str, name: str) -> tuple[str, str]:
    """Let the garage claim a provider, and two officers list it; return its number and listing."""
    with Caller(base, LEAD) as officer, Caller(base, MANAGER) as manager:
        number: str = officer.get("/v1/known-providers", q=name).json()["items"][0]["number"]
        owner = {"organisation_id": str(demonstration_id(GARAGE)), "verified_how": "in-person"}
        claim = officer.quietly("POST", f"{RECORDS}/{number}/claims", json=owner).json()["id"]
        manager.quietly("POST", f"/v1/claims/{claim}/acceptance", json={})
        manager.quietly("POST", f"{RECORDS}/{number}/consent", json={"given": True})
        wanted = {"provider_numbers": [number]}
        proposed = officer.quietly("POST", "/v1/applications/transition", json=wanted).json()
    with Caller(base, SECOND) as second:
        proposals = {"proposal_ids": proposed["items"][0]["proposal_ids"]}
        confirmed = second.quietly("POST", "/v1/proposals/confirmation", json=proposals).json()
    return number, confirmed["items"][0]["listing_id"]


def _planned(base: str, number: str, **members: Any) -> str:
    today = clock.today().isoformat()
    plan: dict[str, Any] = {"provider": number, "sites": [1], "kind": "themed"}
    plan |= {"criteria": ["1.1a", "1.2a"], "planned_on": today, "reason": "It was asked for."}
    plan |= {"inspectors": [{"person": str(demonstration_id(LEAD))}]} | members
    with Caller(base, LEAD) as lead:
        return lead.quietly("POST", INSPECTIONS, json=plan).headers["Location"]


def _judged(criterion: str, **members: Any) -> dict[str, Any]:
    found = {"site": 1, "criterion": criterion, "judgement": "partly-met", "method": "visit"}
    return found | {"finding": "One was not dated.", "seen_on": _today()} | members


def _drafted(base: str, number: str) -> str:
    here = _planned(base, number, criteria=["1.1a"])
    with Caller(base, LEAD) as lead:
        file = {"file": ("door.pdf", made_pdf("door"), "application/pdf")}
        lead.quietly("POST", f"{here}/files", data={"title": "The fire door"}, files=file)
        lead.quietly("PATCH", f"{here}/judgements", json={"judgements": [_judged("1.1a")]})
        as_it_stands(lead, here, "draft", {})
    return here


def _say(base: str, here: str) -> None:
    said = {"comments": [SHORT | {"comment": "It is dated on its back."}]}
    with Caller(base, MANAGER) as manager:
        manager.quietly("POST", f"{here}/comments", json=said)


def _to_check(base: str, here: str) -> None:
    with Caller(base, MANAGER) as manager:
        as_it_stands(manager, here, "comments/close", {})
    with Caller(base, LEAD) as lead:
        as_it_stands(lead, here, "check-request", {})


def _published(base: str, number: str) -> str:
    here = _drafted(base, number)
    _to_check(base, here)
    with Caller(base, SECOND) as second:
        as_it_stands(second, here, "check", {"decision": "published"})
    return here


def _follow(base: str, number: str, here: str) -> None:
    """Let it be corrected, acted on and appealed against, and another visit be asked for."""
    change: dict[str, Any] = {
        "kind": "correction",
        "of_version": 1,
        "reason": "A date was misread.",
    }
    change["judgements"] = [_judged("1.1a", finding="Two were not dated.", version=1)]
    again = change | {"of_version": 2}
    again["judgements"] = [_judged("1.1a", finding="None was dated.", version=2)]
    with Caller(base, LEAD) as lead, Caller(base, SECOND) as second:
        made = lead.quietly("POST", f"{here}/amendments", json=change).json()["items"][-1]["id"]
        second.quietly("POST", f"{here}/amendments/{made}/confirmation", json={})
        lead.quietly("POST", f"{here}/amendments", json=again)
    due = {"action": "Date them.", "role": "Head of centre", "due_on": _today()}
    appeal = {"grounds": "They are dated.", "judgements": [SHORT]}
    with Caller(base, MANAGER) as manager:
        plan = {"actions": [SHORT | due]}
        acts = manager.quietly("POST", f"{here}/actions", json=plan).json()["actions"]
        sent = manager.quietly(
            "POST",
            f"{RECORDS}/{number}/documents",
            data={"kind": "behaviour-policy", "title": "Example folder", "issued_on": _today()},
            files={"file": ("folder.pdf", made_pdf("folder"), "application/pdf")},
        )
        evidence = {"document": sent.json()["id"]}
        manager.quietly("POST", f"{here}/actions/{acts[0]['id']}/evidence", json=evidence)
        manager.quietly("POST", f"{here}/replies", json={"replies": [SHORT | {"reply": "Soon."}]})
        manager.quietly("POST", f"{here}/appeals", json=appeal)
        manager.quietly("POST", f"{here}/revisits", json={"reason": "They are dated now."})
    with Caller(base, LEAD) as lead:
        told = lead.get(f"{here}/follow-up").json()
        peer = next(one for one in told["could_decide"] if one["name"] == "Warwickshire")
        asked = f"{here}/appeals/{told['appeals'][0]['id']}/body"
        lead.quietly("POST", asked, json={"body": peer["body"]})


def _beside(base: str, number: str, published: str, plain: str) -> None:
    """Let there be a concern, an interest, a result that was kept, and somebody who relies."""
    reference = published.rsplit("/", 1)[1]
    concern = {"provider": number, "kind": "premises", "severity": "low", "noticed_on": _today()}
    interest = {"provider": plain, "kind": "friend", "detail": "A friend.", "since": _today()}
    with Caller(base, LEAD) as lead:
        shown = lead.get(published).json()
        result: dict[str, Any] = {"schema": "inspection-result/1", "reference": "BARN-1"}
        result |= {"inspection": reference}
        result |= {"provider": shown["provider"], "kind": "themed", "sites": [1]}
        result |= {"standards": shown["standards"], "visited_on": _today(), "criteria": ["1.1a"]}
        result |= {"inspectors": [str(demonstration_id(LEAD))], "judgements": [_judged("1.1a")]}
        lead.quietly("POST", "/v1/inspection-results", json=result)
        lead.quietly("POST", "/v1/concerns", json=concern | {"what": "A stair is broken."})
        lead.quietly("POST", "/v1/declared-interests", json=interest)
    until = (clock.today() + timedelta(days=90)).isoformat()
    with Caller(base, ELSEWHERE) as other:
        other.quietly("POST", f"{published}/reliances", json={"until": until})


def _suspend(base: str, listing: str) -> None:
    """Let two officers suspend a listing for a risk of harm."""
    here = f"/v1/listings/{listing}"
    harm = {"reason": "A child was hurt.", "public_reason": "being-looked-into"}
    with Caller(base, LEAD) as officer, Caller(base, SECOND) as second:
        officer.quietly("POST", f"{here}/suspension", json=harm)
        proposals = officer.get(f"{here}/proposals").json()["items"]
        waiting = next(one["id"] for one in proposals if one["outcome"] is None)
        second.quietly("POST", f"{here}/proposals/{waiting}/confirmation", json={})


def _today() -> str:
    day: date = clock.today()
    return day.isoformat()
