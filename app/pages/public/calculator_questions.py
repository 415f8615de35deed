"""What the pages of the calculators ask, and how their answers become questions to the law."""

from collections.abc import Mapping

from app.pages.form_page_view import Part
from app.pages.situation_questions import number_question, yes_no_question

BANDS = (
    ("over_18_hours", "More than 18 hours a week"),
    ("from_15_to_18_hours", "15 to 18 hours a week"),
    ("under_15_hours", "Less than 15 hours a week"),
    (
        "up_to_18_hours_and_little_elsewhere",
        "18 hours a week or less, with little or no other education",
    ),
)
_OF_BAND = (
    ("children", "Children"),
    ("with_a_plan_or_looked_after", "Of them with a plan, or looked after"),
    ("with_special_needs", "Of them with special educational needs, a plan or none"),
)
REGISTRATION = (
    *(
        Part(
            tuple(number_question(f"{band}-{part}", words) for part, words in _OF_BAND),
            heading,
        )
        for band, heading in BANDS
    ),
    Part(
        (
            yes_no_question(
                "declared",
                "Has the provider told you about children educated at home or paid for privately, "
                "and are they counted above?",
            ),
        ),
        "Everybody counted",
    ),
)


def banded(answers: Mapping[str, object]) -> dict[str, dict[str, int]]:
    """Return the numbers of each band, none where a box was left empty."""
    return {
        band: {part: _whole(answers[f"{band}-{part}"]) for part, _ in _OF_BAND} for band, _ in BANDS
    }


def _whole(held: object) -> int:
    return held if isinstance(held, int) else 0
