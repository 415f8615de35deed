"""What the pages on a provider's offers ask."""

from typing import Any

from app.pages import records_wording as words
from app.pages.filters import format_number
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.owners.sites_view import site_url
from app.pages.questions import Kind, Question, Typed, shown, whole_number
from app.pages.typed_facts import read_pounds, read_sessions, show_sessions, typed_pounds
from app.pages.view_models import ActionLink
from app.pages.wording import NEEDS
from app.providers.schemas.offers import PrivateOffer
from app.providers.schemas.sites import PrivateSite
from app.providers.terms import KEY_STAGES

_AGE = "Enter an age from 2 to 25"
_SIZE = "Enter a number of pupils from 1 to 200"
_NARROW = "govuk-input--width-3"


def hours(text: str) -> str:
    """Read hours a week: a number with at most one decimal."""
    whole, _, rest = text.partition(".")
    if not (whole.isdigit() and len(whole) <= 2 and (not rest or rest.isdigit())):  # noqa: PLR2004
        message = "Enter the hours, like 12 or 12.5"
        raise ValueError(message)
    return text


_WHAT = (
    Question(
        "programme",
        "What it is",
        "Enter what it is",
        hint="In a few words, as a school would look for it. For example: Motor vehicle repair.",
        needed=True,
    ),
)
_WHOM = (
    Question(
        "age_from",
        "Youngest age",
        _AGE,
        needed=True,
        reads=whole_number,
        mode="numeric",
        classes=_NARROW,
    ),
    Question(
        "age_to",
        "Oldest age",
        _AGE,
        needed=True,
        reads=whole_number,
        mode="numeric",
        classes=_NARROW,
    ),
    Question(
        "key_stages",
        "Key stages",
        "Choose key stages from the list",
        Kind.ANY,
        offered=tuple((str(one), f"Key stage {one}") for one in KEY_STAGES),
        reads=whole_number,
    ),
    Question(
        "needs",
        "Special educational needs you can meet",
        "Choose needs from the list",
        Kind.ANY,
        hint="Choose those your people are ready for. Leave all empty if you do not say.",
        offered=tuple(NEEDS.items()),
    ),
)
_WEEK = tuple(
    Question(
        f"day_{number}",
        name,
        reads=read_sessions,
        classes="govuk-!-width-two-thirds",
    )
    for number, name in enumerate(words.WEEKDAYS, start=1)
)
_MUCH = (
    Question(
        "hours_per_week",
        "Most hours a week for one pupil",
        "Enter the hours, like 12 or 12.5",
        reads=hours,
        mode="decimal",
        classes=_NARROW,
    ),
    Question(
        "group_from",
        "Smallest group",
        _SIZE,
        reads=whole_number,
        mode="numeric",
        classes=_NARROW,
        hint="How many pupils together. 1 if you teach one by one.",
    ),
    Question(
        "group_to", "Largest group", _SIZE, reads=whole_number, mode="numeric", classes=_NARROW
    ),
)
_PRICES = tuple(
    Question(
        name,
        label,
        "Enter a sum in pounds, like 45 or 45.50",
        reads=read_pounds,
        mode="decimal",
        classes="govuk-input--width-5",
    )
    for name, label in (
        ("price_hour_pence", "For an hour"),
        ("price_half_day_pence", "For half a day"),
        ("price_day_pence", "For a day"),
        ("price_week_pence", "For a week"),
    )
)
_PLACES = Question(
    "availability",
    "Are there places?",
    "Choose whether there are places",
    Kind.ONE,
    hint="Your own word, shown with today's date.",
    offered=tuple(words.AVAILABILITIES.items()),
)
_ENDS = Question(
    "on",
    "The first day on which it is not offered",
    "Enter a day with its month and year, like 27 3 2026",
    Kind.DAY,
    needed=True,
)


def _numbers_fall(answers: Any, first: str, last: str) -> bool:
    return bool(answers[first] and answers[last] and answers[last] < answers[first])


_CHECKS = (
    Check(
        "age_to",
        "The oldest age is below the youngest",
        lambda answers: _numbers_fall(answers, "age_from", "age_to"),
    ),
    Check(
        "group_to",
        "The largest group is below the smallest",
        lambda answers: _numbers_fall(answers, "group_from", "group_to"),
    ),
    Check(
        "group_to",
        "Give both the smallest and the largest group, or neither",
        lambda answers: (answers["group_from"] is None) != (answers["group_to"] is None),
    ),
)


def offer_stated(answers: dict[str, Any]) -> dict[str, object]:
    """Return answers as the schema of an offer takes them: the week as one list of sessions."""
    sessions = [
        {"day": number, "from": begins, "to": ends}
        for number in range(1, len(words.WEEKDAYS) + 1)
        for begins, ends in answers[f"day_{number}"] or ()
    ]
    kept = {name: value for name, value in answers.items() if not name.startswith("day_")}
    return kept | {"sessions": sessions}


def offer_asked(own: Own, site: PrivateSite, offer: PrivateOffer | None = None) -> FormAsked:
    """Return the form on which an offer is added, or changed."""
    last = (_PLACES,) if offer is None else ()
    return FormAsked(
        heading=f"Add what is offered at {site.name}"
        if offer is None
        else f"Change {offer.programme}",
        parts=(
            Part(_WHAT),
            Part(_WHOM, "Whom it is for"),
            Part(
                _WEEK,
                "Days and times",
                "Write the times of a usual week, like 9:30am to 3pm. For two sessions in a day: "
                "9:30am to 12pm, 1pm to 3pm. Leave a day empty if there is nothing.",
            ),
            Part(_MUCH, "How much of it"),
            Part(
                _PRICES,
                "What it costs",
                "In pounds, for one pupil. Fill in those you charge by.",
            ),
            *((Part(last, "Places"),) if last else ()),
        ),
        button="Add it" if offer is None else "Save",
        back=_back(own, site),
        typed=_typed(offer) if offer else {},
        version=offer.version if offer else None,
        checks=_CHECKS,
    )


def places_asked(own: Own, site: PrivateSite, offer: PrivateOffer) -> FormAsked:
    """Return the form on which somebody says whether there are places."""
    held = {"availability": [offer.availability] if offer.availability else []}
    return FormAsked(
        heading=f"Does {offer.programme} have places?",
        parts=(Part((_needed(_PLACES),)),),
        button="Confirm for today",
        back=_back(own, site),
        typed=held,
    )


def offer_end_asked(own: Own, site: PrivateSite, offer: PrivateOffer) -> FormAsked:
    """Return the form on which an offer is ended."""
    return FormAsked(
        heading=f"End {offer.programme}",
        parts=(Part((_ENDS,)),),
        button="Save the day",
        back=_back(own, site),
        paragraphs=("It stays on record, with that day. You can add it again later.",),
        version=offer.version,
    )


def _needed(question: Question) -> Question:
    return Question(
        question.name,
        question.label,
        question.when_empty,
        question.kind,
        question.hint,
        question.offered,
        needed=True,
    )


def _typed(offer: PrivateOffer) -> Typed:
    plain = (*_WHAT, *_WHOM, *_MUCH)
    facts: dict[str, object] = {one.name: getattr(offer, one.name) for one in plain}
    if offer.hours_per_week is not None:
        facts["hours_per_week"] = format_number(float(offer.hours_per_week))
    facts |= {one.name: typed_pounds(getattr(offer, one.name)) for one in _PRICES}
    for number, question in enumerate(_WEEK, start=1):
        facts[question.name] = show_sessions(offer.sessions, number) or None
    return shown((*plain, *_PRICES, *_WEEK), facts)


def _back(own: Own, site: PrivateSite) -> ActionLink:
    return ActionLink(site.name, site_url(own, site))
