"""The chapters on quality assurance: visited, heard, published, answered, appealed, seen again."""

from datetime import date, timedelta
from typing import Any

from tests.tour.documents import made_pdf
from tests.tour.telling import Caller, heading, tell

INSPECTIONS = "/v1/inspections"
PEER = "Warwickshire"
DUE_DAYS = 20
POLICY, CHECKS, LETTER = "1.2c", "1.1d", "1.1i"
"""Major criteria of the story: a behaviour policy, checks of who works there, a letter on them."""


class Visited:
    """What is known of the story's inspections, chapter by chapter.

    Attributes:
        provider: its number.
        record: where its own record is.
        site: the reference of the site that is looked at.
        here: where the first inspection is.
        today: the day in London on which everything happens.
    """

    def __init__(self, number: str, site: int) -> None:
        self.provider = number
        self.record = f"/v1/provider-records/{number}"
        self.site = site
        self.here = ""
        self.today = ""

    @property
    def public(self) -> str:
        """Where everybody reads the first inspection."""
        return f"/v1/providers/{self.provider}{self.here.removeprefix('/v1')}"

    def found(self, criterion: str, judgement: str = "met", finding: str | None = None) -> Any:
        """Return a judgement on what was seen at the site today."""
        seen = {"method": "visit", "seen_on": self.today}
        return self.named(criterion) | {"judgement": judgement, "finding": finding, **seen}

    def named(self, criterion: str) -> dict[str, Any]:
        """Return what names a judgement."""
        return {"site": self.site, "criterion": criterion}


def visit(base: str, number: str, site: int) -> Visited:
    """An inspector plans an entry visit, and judges every criterion that is asked of the site."""
    heading("Visit: before it is listed, every criterion is judged on the spot")
    visited = Visited(number, site)
    with Caller(base, "Milo Example") as lead:
        visited.today = lead.get("/v1/standards").json()["on"]
        visited.here = _planned(lead, visited, kind="entry-visit", reason="It applied.")
        sheet = lead.get(f"{visited.here}/judgements").json()["items"]
        wanting = {
            POLICY: ("partly-met", "The behaviour policy does not say whom a child can turn to."),
            CHECKS: ("partly-met", "References of one instructor are not dated."),
            LETTER: ("not-met", "No letter to a commissioner was shown."),
        }
        judged = [
            visited.found(one["criterion"], *wanting.get(one["criterion"], ())) for one in sheet
        ]
        _judged(lead, visited.here, judged)
    return visited


def hear(base: str, visited: Visited) -> None:
    """The provider reads the draft and comments; one finding is corrected, and checked."""
    heading("Draft and comments: the provider says what is wrong before anything is public")
    with Caller(base, "Milo Example") as lead, Caller(base, "Harry Example") as manager:
        lead.step(visited.here, "draft", {}, "state", "comments_due_on", "comments_rule")
        said = visited.named(LETTER) | {"comment": "It went to Coventry in spring: here is a copy."}
        manager.send(f"{visited.here}/comments", {"comments": [said]}, "items.0.comment")
        comment = lead.get(f"{visited.here}/comments").json()["items"][0]["id"]
        _judged(lead, visited.here, [visited.found(LETTER) | {"version": 1}])
        accepted = {"answer": "accepted", "reason": "It is complete."}
        lead.send(f"{visited.here}/comments/{comment}/answer", accepted, "items.0.answer")
        manager.send(f"{visited.here}/comments/close", {}, "closed")
        lead.step(visited.here, "check-request", {}, "state")
    heading("Published: by a second officer, who did not inspect")
    with Caller(base, "Nia Example") as second:
        second.step(visited.here, "check", {"decision": "published"}, "state", "published_at")


def read(base: str, visited: Visited) -> None:
    """Everybody reads what was found, why the outcome is what it is, and until when."""
    heading("Everybody: what was seen there, what follows, and until when")
    with Caller(base) as public:
        shown = public.read(visited.public, "document.body", "document.standards", "sha256")
        found = shown["document"]["sites"][str(visited.site)]
        outcome = found["outcome"]
        tell("outcome", outcome["outcome"])
        for one in outcome["decided_by"]:
            tell("decided by", f"{one['criterion']}, {one['judgement']}: {one['because']}")
        tell("until", f"{outcome['valid_until']}, then: {outcome['next_outcome']}")
        assert outcome["outcome"] == "meets-with-actions"
        assert [one["criterion"] for one in outcome["decided_by"]] == [CHECKS, POLICY]
        assert found["criteria"][LETTER]["judgement"] == "met"
        asked = {"outcome": "meets-with-actions", "assessed_after": visited.today}
        hits = public.get("/v1/providers", **asked, limit=100).json()["items"]
        assert visited.provider in [one["provider"]["number"] for one in hits]


def answer(base: str, visited: Visited) -> None:
    """The provider replies beside a finding, and does what it calls for; an inspector verifies."""
    heading("Reply and action: shown beside the finding, and seen to be done")
    with (
        Caller(base, "Harry Example") as manager,
        Caller(base, "Milo Example") as lead,
        Caller(base) as public,
    ):
        replied = visited.named(POLICY) | {"reply": "It names two people now."}
        manager.send(f"{visited.here}/replies", {"replies": [replied]}, "replies.0.reply")
        due = (date.fromisoformat(visited.today) + timedelta(days=DUE_DAYS)).isoformat()
        does = {"action": "Name two people in the policy.", "role": "Head of centre", "due_on": due}
        plan = {"actions": [visited.named(POLICY) | does]}
        made = manager.send(f"{visited.here}/actions", plan, "actions.0.state", "actions.0.due_on")
        action = f"{visited.here}/actions/{made['actions'][0]['id']}"
        sent = manager.quietly(
            "POST",
            f"{visited.record}/documents",
            data={"kind": "behaviour-policy", "title": "Example policy, with names"}
            | {"issued_on": visited.today},
            files={"file": ("policy.pdf", made_pdf("policy"), "application/pdf")},
        )
        evidence = {"document": sent.json()["id"]}
        manager.send(f"{action}/evidence", evidence, "actions.0.state")
        lead.send(f"{action}/verification", {"verified": True}, "actions.0.state")
        shown = public.read(visited.public)
        site = str(visited.site)
        tell(f"reply to {POLICY}", shown["replies"][site][POLICY]["reply"])
        tell(f"action about {POLICY}", shown["actions"][site][POLICY]["state"])
        assert shown["actions"][site][POLICY]["state"] == "verified"


def appeal(base: str, visited: Visited) -> None:
    """The provider appeals; who inspected and who checked may not decide, so a peer does."""
    heading("Appeal: pending in public, and decided by somebody who had no part in it")
    with (
        Caller(base, "Harry Example") as manager,
        Caller(base, "Milo Example") as lead,
        Caller(base, "Nia Example") as second,
        Caller(base, "Ewa Example") as peer,
        Caller(base) as public,
    ):
        against = {"grounds": "The dates are on the back.", "judgements": [visited.named(CHECKS)]}
        told = ("pending", "appeals.0.due_on", "appeals.0.due_rule")
        made = manager.send(f"{visited.here}/appeals", against, *told)
        one = f"{visited.here}/appeals/{made['appeals'][0]['id']}"
        public.read(visited.public, "pending")
        upheld = {
            "decision": "upheld",
            "reason": "Each reference is dated on its back.",
            "judgements": [visited.found(CHECKS) | {"version": 1}],
        }
        refused = second.send(f"{one}/decision", upheld, "title", "why", expected=403)
        assert refused["why"] == "checked"
        could = lead.get(f"{visited.here}/follow-up").json()["could_decide"]
        body = next(there["body"] for there in could if there["name"] == PEER)
        lead.send(f"{one}/body", {"body": body})
        peer.send(f"{one}/decision", upheld, "appeals.0.decision", "appeals.0.reason", "pending")
        shown = public.read(visited.public, "version", "versions.1.correction", "pending")
        decided = shown["document"]["sites"][str(visited.site)]["outcome"]["decided_by"]
        assert [one["criterion"] for one in decided] == [POLICY]


def look_again(base: str, visited: Visited) -> None:
    """What is left is put right, seen in a follow-up, and the outcome follows by itself."""
    heading("Re-inspection: asked for, in a queue, and the outcome follows")
    with (
        Caller(base, "Harry Example") as manager,
        Caller(base, "Milo Example") as lead,
        Caller(base, "Nia Example") as second,
        Caller(base) as public,
    ):
        wish = {"reason": "The policy names two people."}
        made = manager.send(f"{visited.here}/revisits", wish, "revisits.0.place", "pending")
        asked = made["revisits"][0]["id"]
        again = _planned(lead, visited, kind="follow-up", criteria=[POLICY], reason="Asked for.")
        named = {"inspection": again.rsplit("/", 1)[1]}
        lead.send(f"{visited.here}/revisits/{asked}/answer", named, "revisits.0.state")
        _judged(lead, again, [visited.found(POLICY)])
        lead.step(again, "draft", {})
        manager.send(f"{again}/comments/close", {}, "closed")
        lead.step(again, "check-request", {})
        second.step(again, "check", {"decision": "published"}, "state")
        shown = public.get(f"/v1/providers/{visited.provider}").json()["sites"]
        place = next(n for n, one in enumerate(shown) if one["reference"] == visited.site)
        there = f"sites.{place}.inspection"
        told = ("outcome", "since", "valid_until", "next", "due")
        public.read(f"/v1/providers/{visited.provider}", *(f"{there}.{one}" for one in told))
        assert shown[place]["inspection"]["outcome"] == "meets-standards"


def _planned(lead: Caller, visited: Visited, **more: Any) -> str:
    plan = {
        "provider": visited.provider,
        "sites": [visited.site],
        "planned_on": visited.today,
        "inspectors": [{"person": lead.person, "part": "lead"}],
        **more,
    }
    made = lead.send(INSPECTIONS, plan, "reference", "state", "standards")
    return f"{INSPECTIONS}/{made['reference']}"


def _judged(lead: Caller, here: str, judgements: list[Any]) -> None:
    lead.keep(f"{here}/judgements", {"judgements": judgements}, "asked", "judged")
