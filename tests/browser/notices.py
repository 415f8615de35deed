"""A child who is placed, who may be told of it, and a notice, for a browser."""

from datetime import date, timedelta

from app.demo.people import SCHOOL_URN
from tests.factories.children import a_child, circumstances
from tests.tour.commissioning import CHILDREN, PLACEMENTS, PLACER, WEEK
from tests.tour.notices import FATHER, MOTHER
from tests.tour.telling import Caller


def compose(base: str, number: str, site: int) -> str:
    """Let a school place a child, say who may be told, and compose a notice; say where it is read.

    Args:
        base: where the register is.
        number: of the provider.
        site: the reference of its site.
    """
    with Caller(base, PLACER) as school:
        today = date.fromisoformat(school.get("/v1/standards").json()["on"])
        child = a_child(reference="BROWSER-TOLD", circumstances=circumstances(school=SCHOOL_URN))
        held = school.quietly("POST", CHILDREN, json=child).json()["id"]
        told = {"contacts": [MOTHER, FATHER]}
        address = f"{CHILDREN}/{held}/safe-contacts"
        school.quietly("PUT", address, json=told, headers={"If-Match": '"1"'})
        body = WEEK | {"reference": "BROWSER-TOLD", "child": held, "provider": number, "site": site}
        body |= {"route": "off-site-direction", "urgent": {"reasons": "It cannot wait."}}
        body |= {"starts_on": (today + timedelta(days=7)).isoformat()}
        made = school.quietly("POST", PLACEMENTS, json=body).json()["id"]
        notice = {"kind": "direction", "contact": 1, "what_for": "To come every day."}
        here = f"{PLACEMENTS}/{made}/notices"
        composed = school.quietly("POST", here, json=notice).json()
        return f"/commissioning/placements/{made}/notices/{composed['id']}"
