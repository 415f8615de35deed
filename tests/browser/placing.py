"""Children of a school who are assessed, placed, and lost sight of, for a browser."""

from datetime import date, timedelta
from typing import Any

from app.demo.people import SCHOOL_URN
from tests.factories.children import a_child, circumstances
from tests.tour.commissioning import (
    APPROVER,
    ASSESSMENTS,
    CHECKS,
    CHILDREN,
    LEAD,
    PLACEMENTS,
    PLACER,
    WEEK,
)
from tests.tour.telling import Caller


def assess(base: str, number: str, site: int) -> str:
    """Let a school hold a child, see a setting, and assess it twice; say where one goes on.

    Args:
        base: where the register is.
        number: of the provider.
        site: the reference of its site.
    """
    with Caller(base, PLACER) as school, Caller(base, APPROVER) as approver:
        today = school.get("/v1/standards").json()["on"]
        child = a_child(reference="BROWSER-1", circumstances=circumstances(school=SCHOOL_URN))
        held = school.quietly("POST", CHILDREN, json=child).json()
        seen = {"seen_on": today, "seen_by": "Pia Example", "what": "As asked."}
        setting = {"provider": number, "site": site}
        check = setting | {"kind": "visit"} | seen
        school.quietly("POST", CHECKS, json=check)
        begun = _begin(school, "BROWSER-OPEN", held["id"], setting)
        decided = _begin(school, "BROWSER-DECIDED", held["id"], setting)
        decision = {"outcome": "refused", "reasons": "Another way was found."}
        _at(approver, decided, "decision", decision)
    return begun.replace("/v1/", "/commissioning/")


def place(base: str, number: str, site: int) -> str:
    """Let a school have placed two children, of whom one is lost; say where that one's place is.

    The other may be the child that the authority holds, too.

    Args:
        base: where the register is.
        number: of the provider.
        site: the reference of its site.
    """
    with Caller(base, PLACER) as school, Caller(base, LEAD) as authority:
        today = date.fromisoformat(school.get("/v1/standards").json()["on"])
        duties = circumstances(school=SCHOOL_URN)
        known = a_child(reference="BROWSER-KNOWN", circumstances=duties)
        lost = a_child(reference="BROWSER-LOST", circumstances=duties)
        setting = {"provider": number, "site": site, "route": "school-arranged"} | WEEK
        places = []
        for child in (known, lost):
            held = school.quietly("POST", CHILDREN, json=child).json()["id"]
            body = setting | {"reference": child["reference"], "child": held}
            body |= {"starts_on": (today - timedelta(days=20)).isoformat()}
            body |= {"planned_end_on": (today + timedelta(days=40)).isoformat()}
            made = school.quietly("POST", PLACEMENTS, json=body).json()["id"]
            places.append(f"{PLACEMENTS}/{made}")
        duty = {"duty": "lead-contact", "to": "home-la"}
        duty["since"] = (today + timedelta(days=7)).isoformat()
        school.quietly("POST", f"{places[0]}/lead-contact/offers", json=duty)
        end = {"ended_on": (today - timedelta(days=1)).isoformat(), "reason": "provider-ended"}
        _at(school, places[1], "end", end | {"destination": "unknown"})
        named = ("given_names", "family_name", "date_of_birth")
        alike = a_child(**{name: known[name] for name in named})
        authority.quietly("POST", CHILDREN, json=alike)
    return places[1].replace("/v1/", "/commissioning/")


def _begin(school: Caller, reference: str, child: str, setting: dict[str, Any]) -> str:
    """Begin an assessment with a chosen setting, and return where it is."""
    today = date.fromisoformat(school.get("/v1/standards").json()["on"])
    asked = {"reference": reference, "child": child, "route": "school-arranged"}
    asked["starts_on"] = (today + timedelta(days=7)).isoformat()
    here = f"{ASSESSMENTS}/{school.quietly('POST', ASSESSMENTS, json=asked).json()['id']}"
    _at(school, here, "options", setting | {"standing": "chosen", "timetable": WEEK})
    return here


def _at(caller: Caller, here: str, part: str, body: dict[str, Any]) -> None:
    version = caller.get(here, purpose="commissioning").headers["ETag"]
    caller.quietly("POST", f"{here}/{part}", json=body, headers={"If-Match": version})
