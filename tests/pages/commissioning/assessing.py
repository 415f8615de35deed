"""Going through an assessment on its pages, as somebody at a school does."""

from app.values.uuid7 import uuid7
from tests.assessments.asking import begin, check_site, fill
from tests.assessments.conftest import Browsers, World
from tests.pages.own_pages import on
from tests.placements.asking import in_days

ASSESSMENTS = "/commissioning/assessments"
Answers = dict[str, str | list[str]]


def day(name: str, days: int = 0) -> dict[str, str]:
    """Return a day that far from today, as the boxes of a question send it."""
    year, month, of_month = in_days(days).split("-")
    return on(name, f"{int(of_month)} {int(month)} {year}")


def answers() -> dict[str, Answers]:
    """Return what is typed on the page of each step of a case in which nothing is missing."""
    heard = "I like to make things."
    return {
        "need": {
            "why": "Needs a small group for a while.",
            "purpose": "engagement",
            "needs": ["SEMH"],
            "school_kind": "maintained",
        },
        "alternatives": {
            "tried-0-what": "Mentoring",
            "tried-0-came_of_it": "Came more often.",
            "considered": "A later start to the day.",
            "as_sanction": "no",
        },
        "voices": {
            "child-view": heard,
            **day("child-heard_on"),
            "child-how": "in talk",
            "parent-view": "It is worth trying.",
            **day("parent-heard_on"),
            "parent-how": "by phone",
            "consent": "given",
        },
        "told": {"told-1-who": "local-authority", **day("told-1-on")},
        "shortlist": {"only_one_because": "No other within an hour teaches it."},
        "registration": {"considered": "Few hours, and school for the rest of the week."},
        "match": {
            "needs-0-need": "Anxiety in groups",
            "needs-0-met_by": "Groups of four.",
            "english": "At school, three lessons.",
            "mathematics": "At school, three lessons.",
            "full_time": "yes",
        },
        "risk": {
            "risks-0-about": "child",
            "risks-0-what": "Tools",
            "risks-0-level": "medium",
            "risks-0-done_about_it": "Gloves, and somebody beside them.",
            "risks-0-then": "low",
            "we_agree-name": "Example Lead",
            "we_agree-post": "Head",
            **day("we_agree-on"),
            "provider_agrees-name": "Example Smith",
            "provider_agrees-post": "Owner",
            **day("provider_agrees-on"),
        },
        "plan": {
            "objectives-0-what": "Come every day",
            "objectives-0-measured_by": "attendance",
            **day("starts_on", 7),
            **day("ends_on", 60),
            **day("first_review_on", 30),
            "steps_back": "Back to school on Mondays from the fourth week\nThen whole weeks",
        },
        "money": {
            "payer": "school",
            "price_pence": "90",
            "unit": "half-day",
            "units_a_week": "1",
            "weeks": "8",
            "travel-payer": "school",
            "travel-pence": "0",
            "meals-payer": "school",
            "meals-pence": "0",
            "value": "Cheaper than any other.",
        },
    }


def a_setting() -> Answers:
    """Return a setting as it is typed: chosen, four hours on Mondays."""
    return {
        "site": "1",
        "delivery": "at-a-setting",
        "monday-1-from": "9am",
        "monday-1-until": "1pm",
        "minutes_elsewhere": "20",
        "pence": "90",
        "unit": "half-day",
        "standing": "chosen",
        "reasons": "It teaches what they want to learn.",
    }


def here(held: dict[str, object], *parts: str) -> str:
    """Return the address of a page of an assessment."""
    return "/".join((f"{ASSESSMENTS}/{held['id']}", *parts))


async def filled(members: Browsers, world: World) -> dict[str, object]:
    """Return an assessment in which everything was said, past the pages."""
    await check_site(members["school"], world)
    reference = f"AS-{uuid7()}"
    return await fill(members["school"], await begin(members["school"], reference=reference), world)
