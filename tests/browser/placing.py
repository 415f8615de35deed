"""A child of a school, with an assessment that is open and one that is decided, for a browser."""

from datetime import date, timedelta
from typing import Any

from app.demo.people import SCHOOL_URN
from tests.factories.children import a_child, circumstances
from tests.tour.commissioning import APPROVER, ASSESSMENTS, CHECKS, CHILDREN, PLACER, WEEK
from tests.tour.telling import Caller


def assess(base: str, number: str, site: int) -> None:
    """Let a school hold a child, see a setting, and assess it twice for the child.

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
        _begin(school, "BROWSER-OPEN", held["id"], setting)
        decided = _begin(school, "BROWSER-DECIDED", held["id"], setting)
        decision = {"outcome": "refused", "reasons": "Another way was found."}
        _at(approver, decided, "decision", decision)


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
