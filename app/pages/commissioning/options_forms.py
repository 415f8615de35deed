"""What the forms on the settings of an assessment ask."""

from typing import Any

from app.assessments.schemas.options import OptionOut
from app.assessments.terms import OptionStanding
from app.pages.commissioning.options_view import DELIVERIES
from app.pages.commissioning.place_questions import UNITS
from app.pages.commissioning.read import Whole
from app.pages.commissioning.step_parts import pounds
from app.pages.commissioning.weeks import typed_week, week_part
from app.pages.commissioning.wording import STANDINGS
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question, shown
from app.pages.typed_facts import typed_pounds
from app.pages.view_models import ActionLink, Fact
from app.rules.registration.facts import Delivery
from app.rules.suitability.law import WHAT_IF_LIMITED

_TIMES = WHAT_IF_LIMITED.figures["times_an_hour"]
_PRICE = (
    pounds("pence", "Price in pounds", "Like 45 or 45.50"),
    Question(
        "unit",
        "For what is the price?",
        "Say for what the price is",
        Kind.LIST,
        offered=tuple(UNITS.items()),
    ),
)


def option_form(whole: Whole, named: tuple[str, str], held: OptionOut | None) -> FormAsked:
    """Return the form on which a setting is added or changed.

    Args:
        whole: the assessment.
        named: number of the provider and the site's.
        held: the setting as it is; none where it is added.
    """
    parts = (
        Part(
            (
                Question(
                    "provider",
                    "Register number of the provider",
                    needed=True,
                    classes="govuk-input--width-10",
                ),
                Question(
                    "site",
                    "Number of the site",
                    needed=True,
                    mode="numeric",
                    classes="govuk-input--width-3",
                    reads=_site,
                ),
                Question("programme", "Which of its programmes?", hint="Leave it empty if none"),
                Question(
                    "delivery",
                    "How is the child taught?",
                    "Say how",
                    Kind.ONE,
                    offered=tuple(DELIVERIES.items()),
                    needed=True,
                ),
            ),
            "The setting",
        ),
        week_part(
            "The proposed week",
            "The setting is tested with it against the limit at which it would have to register as "
            f"a school; your organisation can have that done {_TIMES} times an hour. Write times "
            "like 9:30am to 12pm, 1pm to 3pm; add “at 2” after a time at site 2.",
        ),
        Part(_PRICE, "Price"),
        Part(
            (
                Question("gaps", "What of the child's needs does it not meet?", kind=Kind.PROSE),
                Question(
                    "standing",
                    "What becomes of it?",
                    "Say what becomes of it",
                    Kind.ONE,
                    offered=tuple((code, tag.label) for code, tag in STANDINGS.items()),
                    needed=True,
                ),
                Question("reasons", "Why is it chosen or turned down?", kind=Kind.PROSE),
            ),
            "Chosen or not",
        ),
    )
    questions = [one for part in parts for one in part.questions]
    return FormAsked(
        heading="Change a setting" if held else "Add a setting",
        button="Save",
        back=ActionLink("Settings side by side", f"{whole.address}/options"),
        parts=parts,
        facts=(Fact("Child", (whole.name,)), *_called(held)),
        typed=shown(questions, _facts(named, held)),
        version=whole.told.version,
        further=ActionLink("Look for another setting", f"{whole.address}/options/find"),
    )


def what_if_form(whole: Whole) -> FormAsked:
    """Return the form on which is asked what a week would mean for a setting."""
    parts = (
        Part(
            (
                Question(
                    "provider",
                    "Register number of the provider",
                    needed=True,
                    classes="govuk-input--width-10",
                ),
                Question(
                    "site",
                    "Number of the site",
                    needed=True,
                    mode="numeric",
                    classes="govuk-input--width-3",
                    reads=_site,
                ),
                Question(
                    "delivery",
                    "How is the child taught?",
                    "Say how",
                    Kind.ONE,
                    offered=tuple(DELIVERIES.items()),
                    needed=True,
                ),
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
        week_part(),
    )
    chosen = whole.chosen
    named = (chosen.provider, str(chosen.site)) if chosen else ("", "1")
    questions = [one for part in parts for one in part.questions]
    return FormAsked(
        heading="What would a week mean for a setting?",
        button="Ask",
        back=ActionLink("Settings side by side", f"{whole.address}/options"),
        parts=parts,
        paragraphs=(
            (
                "You learn a light: never who else is placed there, or which limit is near. "
                "That you ask is written down, and your organisation can ask "
                f"{_TIMES} times an hour."
            ),
        ),
        typed=shown(questions, _facts(named, chosen)),
    )


def _called(held: OptionOut | None) -> tuple[Fact, ...]:
    return (Fact("Setting", (f"{held.provider_name}, site {held.site}",)),) if held else ()


def _facts(named: tuple[str, str], held: OptionOut | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "provider": named[0],
        "site": named[1],
        "delivery": Delivery.AT_A_SETTING,
        "standing": OptionStanding.CONSIDERED,
    }
    if held is None:
        return facts
    week = typed_week(held.sessions or (), held.minutes_elsewhere, held.site)
    price = held.price
    return (
        facts
        | week
        | {
            "programme": held.programme,
            "delivery": held.delivery,
            "pence": typed_pounds(price.pence) if price else None,
            "unit": price.unit if price else None,
            "gaps": held.gaps,
            "standing": held.standing,
            "reasons": held.reasons,
        }
    )


def _site(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 32_767:  # noqa: PLR2004 - as sites are counted
        message = "Enter the number of the site, like 1"
        raise ValueError(message)
    return int(text)
