"""What the forms on the settings of an assessment ask."""

from collections.abc import Sequence
from typing import Any

from app.assessments.schemas.options import OptionOut
from app.assessments.terms import OptionStanding
from app.pages.commissioning.funding_wording import UNITS
from app.pages.commissioning.placement_wording import DELIVERIES, offered
from app.pages.commissioning.placing_view import ELSEWHERE, WEEK_WORDS, site_choices
from app.pages.commissioning.read import Whole
from app.pages.commissioning.step_parts import pounds
from app.pages.commissioning.week import times_of, typed_hours, typed_week, week_parts
from app.pages.commissioning.wording import STANDINGS
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Offered, Question, Typed, shown
from app.pages.typed_facts import typed_pounds
from app.pages.view_models import ActionLink, Fact
from app.rules.registration.facts import Delivery
from app.rules.suitability.law import WHAT_IF_LIMITED

_TIMES = WHAT_IF_LIMITED.figures["times_an_hour"]
_TESTED = (
    "That it is held against the limit at which the setting would have to register as a school is "
    f"written down; your organisation can have it done {_TIMES} times an hour."
)
_DELIVERY = Question(
    "delivery",
    "How is the child taught?",
    "Say how the child is taught",
    Kind.ONE,
    offered=offered(DELIVERIES),
    needed=True,
)
_PRICE = (
    pounds("pence", "Price in pounds", "Like 45 or 45.50"),
    Question(
        "unit",
        "For what is the price?",
        "Say for what the price is",
        Kind.LIST,
        offered=offered(UNITS),
    ),
)
_CHOICE = (
    Question("gaps", "What of the child's needs does it not meet?", kind=Kind.PROSE),
    Question(
        "standing",
        "What becomes of it?",
        "Say what becomes of it",
        Kind.ONE,
        offered=tuple((str(code), tag.label) for code, tag in STANDINGS.items()),
        needed=True,
    ),
    Question("reasons", "Why is it chosen or turned down?", kind=Kind.PROSE),
)


def option_form(
    whole: Whole, named: tuple[str, str], sites: Sequence[Any], held: OptionOut | None
) -> FormAsked:
    """Return the form on which a setting is added or changed.

    Args:
        whole: the assessment.
        named: number of the provider, and the site's that was looked for.
        sites: of the provider.
        held: the setting as it is; none where it is added.
    """
    choices = site_choices(sites)
    week = held.sessions or () if held else ()
    parts = (
        Part(
            (
                _site(choices),
                Question("programme", "Which of its programmes?", hint="Leave it empty if none"),
                _DELIVERY,
            ),
            "The setting",
        ),
        *_week(choices, times_of(week), f"The setting is tested with it. {_TESTED}"),
        Part(_PRICE, "Price"),
        Part(_CHOICE, "Chosen or not"),
    )
    name = next((one.provider_name for one in sites if one.provider_name), "Not on the register")
    return FormAsked(
        heading="Change a setting" if held else "Add a setting",
        button="Save",
        back=_back(whole),
        parts=parts,
        facts=(Fact("Child", (whole.name,)), Fact("Provider", (name, named[0]))),
        typed=_typed(parts, _facts(named[1], held), held),
        version=whole.told.version,
        further=ActionLink("Look for another setting", f"{whole.address}/options/find"),
    )


def what_if_form(whole: Whole) -> FormAsked:
    """Return the form on which is asked what a week would mean for a setting."""
    chosen = whole.chosen
    parts = (
        Part(
            (
                Question(
                    "provider",
                    "Register number of the provider",
                    "Enter the provider's number",
                    hint="Like AP000017B",
                    needed=True,
                    classes="govuk-input--width-10",
                ),
                Question(
                    "site",
                    "Number of the site",
                    "Enter the number of the site, like 1",
                    needed=True,
                    reads=_number,
                    classes="govuk-input--width-3",
                    mode="numeric",
                ),
                _DELIVERY,
                Question(
                    "starts_on",
                    "From which day?",
                    kind=Kind.DAY,
                    hint="The assessment's own first day, if you leave it empty",
                ),
                Question(
                    "ends_on",
                    "Until which day?",
                    kind=Kind.DAY,
                    hint="Its last day, if you leave it empty",
                ),
            ),
            "The setting and the days",
        ),
        *_week((), times_of(chosen.sessions or () if chosen else ())),
    )
    facts = _facts(str(chosen.site) if chosen else "1", chosen)
    facts["provider"] = chosen.provider if chosen else None
    return FormAsked(
        heading="What would a week mean for a setting?",
        button="Ask",
        back=_back(whole),
        parts=parts,
        paragraphs=(
            (
                "You learn a light: never who else is placed there, or which limit is near. "
                f"{_TESTED}"
            ),
        ),
        typed=_typed(parts, facts, chosen),
    )


def _week(sites: Sequence[Offered], times: int, words: str = "") -> tuple[Part, ...]:
    told = f"{WEEK_WORDS} {words}".strip()
    return (
        Part((), "The proposed week", told),
        *week_parts(sites, times),
        Part((ELSEWHERE,), "Beside it"),
    )


def _typed(parts: Sequence[Part], facts: dict[str, Any], held: OptionOut | None) -> Typed:
    questions = [one for part in parts for one in part.questions]
    week = typed_week(held.sessions or (), held.site) if held else {}
    return {**shown(questions, facts), **week}


def _facts(site: str, held: OptionOut | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "site": site,
        "delivery": Delivery.AT_A_SETTING,
        "standing": OptionStanding.CONSIDERED,
    }
    if held is None:
        return facts
    price = held.price
    return facts | {
        "programme": held.programme,
        "delivery": held.delivery,
        "minutes_elsewhere": typed_hours(held.minutes_elsewhere),
        "pence": typed_pounds(price.pence) if price else None,
        "unit": price.unit if price else None,
        "gaps": held.gaps,
        "standing": held.standing,
        "reasons": held.reasons,
    }


def _site(choices: Sequence[Offered]) -> Question:
    return Question(
        "site",
        "Which site?",
        "Choose the site",
        Kind.LIST,
        offered=choices,
        needed=True,
        reads=int,
    )


def _back(whole: Whole) -> ActionLink:
    return ActionLink("Settings side by side", f"{whole.address}/options")


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 32_767:  # noqa: PLR2004 - as sites are counted
        message = "Enter the number of the site, like 1"
        raise ValueError(message)
    return int(text)
