"""The chapters on placing a child: checked, assessed, decided, paid for, attended, ended."""

from datetime import date, timedelta
from typing import Any

from app.demo.people import SCHOOL, SCHOOL_URN, demonstration_id
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from tests.factories.children import a_child, circumstances
from tests.tour.notices import tell_them
from tests.tour.telling import Caller, heading, say, tell

CHILDREN, CHECKS, ASSESSMENTS = "/v1/children", "/v1/site-checks", "/v1/assessments"
PLACEMENTS, FUNDING, FOLLOW_UPS = "/v1/placements", "/v1/funding", "/v1/follow-ups"
PLACER, APPROVER, PAYER, LEAD = "Pia Example", "Grace Example", "Ben Example", "Carys Example"
KEEPER = "Harry Example"
"""Of the school; of the school; of Coventry; of Coventry; of the garage."""
COVENTRY = "331"
SAFEGUARDING, FINANCE = {"purpose": "safeguarding"}, {"purpose": "finance"}
MORNINGS = [{"weekday": day, "starts": "09:00", "ends": "11:00"} for day in ("monday", "wednesday")]
WEEK = {"sessions": MORNINGS, "minutes_elsewhere": 1_200}
LAST_WEEK, WEEKS = 8, 8


class Placed:
    """What is known of the story's placement, chapter by chapter.

    Attributes:
        number: the provider's.
        site: the reference of its site.
        today: the day in London on which the story begins.
        placement: where the placement is.
        child: the child's id.
    """

    def __init__(self, number: str, site: int) -> None:
        self.number, self.site = number, site
        self.today = date.min
        self.placement = self.child = ""

    @property
    def first_day(self) -> date:
        """The Monday after the next seven days."""
        ahead = self.today + timedelta(days=7)
        return ahead + timedelta(days=-ahead.weekday() % 7)

    @property
    def last_day(self) -> date:
        """The last day as it is planned."""
        return self.first_day + timedelta(weeks=LAST_WEEK)


def place(base: str, number: str, site: int) -> Placed:
    """A school checks a setting, assesses it for a child, decides, and places the child there."""
    placed = Placed(number, site)
    with Caller(base, PLACER) as school, Caller(base, APPROVER) as approver:
        placed.today = date.fromisoformat(school.get("/v1/standards").json()["on"])
        _check(school, placed)
        assessment = _assess(school, placed)
        _decide(school, approver, assessment)
        _record(school, placed, assessment)
        tell_them(school, placed.placement, placed.child)
    _agree(base, placed)
    return placed


def _check(school: Caller, placed: Placed) -> None:
    heading("Commissioning: a school sees the garage for itself, once for every child")
    seen = {"seen_on": placed.today.isoformat(), "seen_by": "Pia Example, head of inclusion"}
    for kind in ("staff-checks", "insurance", "safeguarding-policy", "visit"):
        check = {"provider": placed.number, "site": placed.site, "kind": kind, "what": "As asked."}
        school.send(CHECKS, check | seen, "kind", "usable_until")


def _assess(school: Caller, placed: Placed) -> str:
    heading("Assess: one setting turned down with reasons, the other with the week it would be")
    child = a_child(reference="TOUR-1", circumstances=circumstances(school=SCHOOL_URN))
    told = school.quietly("POST", CHILDREN, json=child).json()
    placed.child = told["id"]
    say(f"{school.name:14} added a child; held by others: {told['match']['status']}")
    asked = {"reference": "TOUR-1", "child": placed.child, "route": "school-arranged"}
    begun = school.send(
        ASSESSMENTS, asked | {"starts_on": placed.first_day.isoformat()}, "state", "next"
    )
    here = f"{ASSESSMENTS}/{begun['id']}"
    near = {"near": "CV1 2WT", "status": "listed", "limit": 5}
    hits = school.get("/v1/providers", **near).json()["items"]
    other = next(one for one in hits if one["provider"]["number"] != placed.number)
    price = {"price": {"pence": 4_500, "unit": "half-day"}}
    no = {"standing": "turned-down", "reasons": "It teaches nothing that the child asks for."}
    site = other["site"]["reference"] if other.get("site") else 1
    _step(
        school,
        here,
        "POST",
        "options",
        {"provider": other["provider"]["number"], "site": site} | no,
    )
    yes = {"standing": "chosen", "timetable": WEEK} | price
    _step(school, here, "POST", "options", {"provider": placed.number, "site": placed.site} | yes)
    for name, said in _steps(placed).items():
        _step(school, here, "PUT", f"steps/{name}", said | {"step": name})
    shown = school.get(here, purpose="commissioning").json()
    for option in shown["options"]:
        test, far = option["registration_test"], option["distance"]
        tell(option["provider_name"], f"{option['standing']}, {option['checked']['listed']}")
        tell("  limit, distance", f"{test and test['light']}, {far and far['metres']} m")
    done = sum(step["done"] for step in shown["steps"])
    tell("steps done", f"{done} of {len(shown['steps'])}, next: {shown['next']}")
    for step in shown["steps"]:
        for found in step["found"]:
            tell(
                f"{found['kind']} {found['code']}", f"{found['rule']['basis']}: {found['because']}"
            )
    return here


def _decide(school: Caller, approver: Caller, here: str) -> None:
    heading("Decide: not by who asked, and frozen with everything that was shown")
    shown = approver.get(here, purpose="commissioning")
    found = [one["code"] for step in shown.json()["steps"] for one in step["found"]]
    decision = {
        "outcome": "approved",
        "reasons": "It teaches what the child wants to learn, in a small group.",
        "departures": [{"code": code, "reason": "Seen, and weighed."} for code in found],
    }
    tag = {"If-Match": shown.headers["ETag"]}
    refused = school.attempt("POST", f"{here}/decision", json=decision, headers=tag)
    say(f"{school.name:14} POST {here}/decision → {refused.status_code}")
    tell("title", refused.json()["title"])
    assert refused.status_code in {403, 409}, refused.text
    made = approver.quietly("POST", f"{here}/decision", json=decision, headers=tag).json()
    kept = approver.read(
        f"{here}/decision",
        "outcome",
        "register_entry",
        "sha256",
        "verified",
        purpose="commissioning",
    )
    assert kept["sha256"] == made["sha256"]
    assert kept["verified"] is True


def _record(school: Caller, placed: Placed, assessment: str) -> None:
    heading("Place: the week is held against the limit over all who place children there")
    body = {
        "reference": "TOUR-1",
        "child": placed.child,
        "provider": placed.number,
        "site": placed.site,
        "route": "school-arranged",
        "starts_on": placed.first_day.isoformat(),
        "planned_end_on": placed.last_day.isoformat(),
    } | WEEK
    school.send(PLACEMENTS, body, "title", "detail", expected=409)
    with_it = body | {"assessment": assessment.rsplit("/", 1)[1]}
    made = school.send(PLACEMENTS, with_it, "state", "timetables.0.registration_test", "assess_by")
    placed.placement = f"{PLACEMENTS}/{made['id']}"


def _agree(base: str, placed: Placed) -> None:
    heading("Money: the school and its authority share, each signs; a dispute holds nothing up")
    school_id, home_id = (
        demonstration_id(SCHOOL),
        fact_id(OrganisationKind.LOCAL_AUTHORITY, COVENTRY),
    )
    halves = [
        {"organisation": str(school_id), "capacity": "school", "share_basis_points": 5_000},
        {"organisation": str(home_id), "capacity": "home-la", "share_basis_points": 5_000},
    ]
    terms = {"unit": "half-day", "price_pence": 4_500, "units_a_week": "2", "times": WEEKS}
    days = {"since": placed.first_day.isoformat(), "until": placed.last_day.isoformat()}
    with (
        Caller(base, PLACER) as school,
        Caller(base, APPROVER) as signatory,
        Caller(base, PAYER) as authority,
    ):
        asked = terms | days | {"payers": halves}
        made = school.send(f"{placed.placement}/funding", asked, "state", "terms.estimate_pence")
        here, number = f"{FUNDING}/{made['id']}", made["terms"]["number"]
        signatory.send(f"{here}/signatures", {"payer": 1, "terms": number}, "state")
        authority.send(f"{here}/signatures", {"payer": 2, "terms": number}, "state")
        travel = {"kind": "transport", "unit": "week", "price_pence": 4_000, "units_a_week": None}
        whole = [halves[1] | {"share_basis_points": 10_000}]
        more = terms | days | travel | {"payers": whole, "override_reason": "Coventry drives."}
        other = school.send(f"{placed.placement}/funding", more, "state")
        dispute = {"payer": 1, "reason": "Nobody asked us to drive."}
        authority.send(f"{FUNDING}/{other['id']}/disputes", dispute, "state")
        shown = school.get(f"{placed.placement}/funding", **FINANCE).json()
        say(f"{school.name:14} GET  {placed.placement}/funding")
        law = shown["first_payer_by_law"]
        tell("first, by the rule", f"{law['name']}: {law['says']} ({law['rule']['basis']})")
        [disputed] = [one for one in shown["arrangements"] if one["disputes"]]
        tell("disputed until", disputed["disputes"][0]["due_on"])
        assert shown["gaps"] == []


def _steps(placed: Placed) -> dict[str, dict[str, Any]]:
    """Return what a person adds, in the order of the steps."""
    today = placed.today.isoformat()
    agreed = {"name": "Example Lead", "post": "lead", "on": today}
    heard = {"view": "I like to mend things.", "heard_on": today, "how": "in talk"}
    nothing = {"payer": "school", "pence": 0}
    return {
        "need": {
            "why": "Needs a small group.",
            "purpose": "engagement",
            "school_kind": "maintained",
        },
        "alternatives": {
            "tried": [{"what": "Mentoring", "came_of_it": "Came more often."}],
            "considered": "A later start to the day.",
        },
        "voices": {"child": heard, "parent": heard, "consent": "given"},
        "told": {"told": [{"who": "local-authority", "on": today}]},
        "registration": {"considered": "Four hours, and school for the rest of the week."},
        "match": {
            "needs": [{"need": "Anxiety in groups", "met_by": "Groups of four."}],
            "english": "At school.",
            "mathematics": "At school.",
            "full_time": True,
        },
        "risk": {
            "risks": [{"about": "child", "what": "Tools", "level": "medium", "then": "low"}],
            "we_agree": agreed,
            "provider_agrees": agreed,
        },
        "plan": {
            "objectives": [{"what": "Come twice a week", "measured_by": "attendance"}],
            "starts_on": placed.first_day.isoformat(),
            "ends_on": placed.last_day.isoformat(),
            "first_review_on": (placed.first_day + timedelta(days=28)).isoformat(),
            "steps_back": ["Mondays at school from the ninth week"],
        },
        "money": {
            "payer": "school",
            "price_pence": 4_500,
            "unit": "half-day",
            "units_a_week": 2,
            "weeks": WEEKS,
            "travel": nothing,
            "meals": nothing,
            "value": "Cheaper than any other.",
        },
    }


def _step(school: Caller, here: str, method: str, part: str, body: dict[str, Any]) -> None:
    tag = {"If-Match": school.get(here, purpose="commissioning").headers["ETag"]}
    school.quietly(method, f"{here}/{part}", json=body, headers=tag)


def attend(base: str, placed: Placed) -> None:
    """Weeks later the provider says who came, and the placement ends at a known destination."""
    heading("Attendance: the garage says who came; codes belong to the school")
    with Caller(base, KEEPER) as garage, Caller(base, PLACER) as school:
        today = date.fromisoformat(school.get("/v1/standards").json()["on"])
        period = {"since": placed.first_day.isoformat(), "until": today.isoformat()}
        asked = SAFEGUARDING | period
        sessions = school.get(f"{placed.placement}/attendance", **asked).json()["sessions"]
        days = [one["on"] for one in sessions if one["expected"]][:3]  # no bank holidays
        kinds = ("arrived", "absent", "arrived")
        of = {"placement": placed.placement.rsplit("/", 1)[1]}
        items = [of | {"on": day, "kind": kind} for day, kind in zip(days, kinds, strict=True)]
        garage.send("/v1/attendance/batches", {"items": items}, "recorded", "refused")
        school.read(f"{placed.placement}/attendance", "counts", **asked | {"until": days[-1]})
        heading("Review: the child's own words first, and when it is looked at again")
        held = {
            "reference": "TOUR-1",
            "held_on": days[-1],
            "held_by": "Pia Example, head of inclusion",
            "childs_voice": "I mended a gearbox.",
            "attendance_seen": 67,
            "progress": "as-planned",
            "against_objectives": "Came two times of three.",
            "safeguarding": "Seen there, and asked alone.",
            "decision": "continue",
        }
        shown = school.get(f"{placed.placement}/reviews", **SAFEGUARDING)
        tag = {"If-Match": shown.headers["ETag"]} if "ETag" in shown.headers else {}
        made = school.quietly("POST", f"{placed.placement}/reviews", json=held, headers=tag).json()
        say(f"{school.name:14} POST {placed.placement}/reviews")
        tell("next by", made["next_on"])
        heading("End: at a known destination")
        end = {"reason": "objectives-met", "destination": "home-school"}
        tagged = school.get(placed.placement, **SAFEGUARDING).headers["ETag"]
        done = school.quietly(
            "POST",
            f"{placed.placement}/end",
            json=end | {"ended_on": days[-1]},
            headers={"If-Match": tagged},
        ).json()
        tell("ended", f"{done['end_reason']}, to {done['destination']}")


def lose(base: str, placed: Placed) -> None:
    """Another placement was recorded late, and ended; nobody knows where the child went."""
    heading("Recorded late, and ended: where to, nobody knows; so somebody looks")
    with Caller(base, PLACER) as school, Caller(base, LEAD) as authority:
        today = date.fromisoformat(school.get("/v1/standards").json()["on"])
        child = school.quietly(
            "POST",
            CHILDREN,
            json=a_child(reference="TOUR-2", circumstances=circumstances(school=SCHOOL_URN)),
        ).json()["id"]
        body = {
            "reference": "TOUR-2",
            "child": child,
            "provider": placed.number,
            "site": placed.site,
            "route": "school-arranged",
            "starts_on": (today - timedelta(days=20)).isoformat(),
        } | WEEK
        made = school.send(PLACEMENTS, body, "state", "assess_by")
        here = f"{PLACEMENTS}/{made['id']}"
        end = {"ended_on": (today - timedelta(days=1)).isoformat(), "reason": "provider-ended"}
        tag = {"If-Match": school.get(here, **SAFEGUARDING).headers["ETag"]}
        school.quietly("POST", f"{here}/end", json=end | {"destination": "unknown"}, headers=tag)
        [sought] = authority.get(FOLLOW_UPS, **SAFEGUARDING, open="true").json()["items"]
        say(f"{authority.name:14} GET  {FOLLOW_UPS}")
        tell("is sought", f"{sought['reference']}, next step by {sought['next_step_by']}")
        at = f"{FOLLOW_UPS}/{sought['id']}"
        step = {"kind": "telephoned", "taken_on": today.isoformat(), "what": "The aunt answered."}
        _act(authority, at, "steps", step)
        found = {
            "outcome": "found",
            "destination": "other-mainstream",
            "known_by": "seen-on-a-roll",
            "what": "Its head said so.",
        }
        closed = _act(authority, at, "outcome", found)
        tell("found", f"{closed['outcome']}: {closed['destination']}")
        period = {"since": (today - timedelta(days=90)).isoformat(), "until": today.isoformat()}
        balance = authority.get("/v1/oversight/balance", **period).json()
        say(f"{authority.name:14} GET  /v1/oversight/balance")
        for one in balance["items"]:
            tell("starts, exits", f"{one['starts']}, {one['exits']}")
            tell("live, sought", f"{one['closing_live']}, {one['closing_followed']}")
            tell("imbalance", one["imbalance"])
        assert balance["unaccounted"] == 0


def _act(caller: Caller, here: str, part: str, body: dict[str, Any]) -> Any:
    tag = {"If-Match": caller.get(here, **SAFEGUARDING).headers["ETag"]}
    return caller.quietly("POST", f"{here}/{part}", json=body, headers=tag).json()
