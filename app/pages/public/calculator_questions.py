"""What the pages of the calculators ask, and how their answers become questions to the law."""

from collections.abc import Mapping, Sequence

from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question, whole_number, yes_or_no

_YES_NO = (("yes", "Yes"), ("no", "No"))
_NARROW = "govuk-input--width-3"

FACTS = (
    ("has_plan", "They have an education, health and care plan"),
    ("plan_secures", "The plan names the place, or the authority secures it under the plan"),
    ("otherwise_than_at_school", "The authority has decided on education otherwise than at school"),
    ("looked_after", "A local authority looks after them"),
    ("registered_at_both", "They are registered at a main school and at the place"),
    ("sent_on", "A registered school for alternative provision sends them on"),
    ("part_time_timetable", "The school has agreed a part-time timetable"),
    ("not_of_age", "They are not of compulsory school age"),
    ("leaves_within_six_weeks", "They stop being of that age within six weeks"),
    ("no_examinations_left", "They have no examination left to take"),
    ("at_own_school", "The place is at the school that suspends them"),
    ("arranged_jointly", "It is arranged jointly with another school"),
)


def _number(name: str, label: str, hint: str = "") -> Question:
    return Question(
        name,
        label,
        "Enter a whole number, like 12",
        hint=hint,
        reads=whole_number,
        classes=_NARROW,
        mode="numeric",
    )


def _either(name: str, label: str) -> Question:
    return Question(name, label, "Say yes or no", Kind.ONE, offered=_YES_NO, reads=yes_or_no)


WHO_PAYS = (
    Part(
        (
            _either("on_roll", "Is the child on a school's roll?"),
            Question(
                "school_kind",
                "What kind of school is that?",
                kind=Kind.LIST,
                offered=(
                    ("maintained", "Maintained by a local authority"),
                    ("academy", "Academy"),
                    ("special", "Special school"),
                    ("pupil-referral-unit", "Pupil referral unit"),
                    ("independent", "Independent school"),
                ),
            ),
            Question(
                "arranged_by",
                "Who means to arrange the place?",
                kind=Kind.LIST,
                offered=(
                    ("school", "The school"),
                    ("local-authority", "The local authority"),
                    ("college", "A college"),
                    ("parent", "The parent"),
                ),
            ),
            Question(
                "purpose",
                "What is it for?",
                kind=Kind.LIST,
                offered=(
                    ("behaviour", "To improve behaviour"),
                    ("health", "Health, physical or mental"),
                    ("special-educational-needs", "Special educational needs"),
                    ("engagement", "To engage the child again"),
                    ("other", "Something else"),
                ),
            ),
            _either("parent_agrees", "Does the parent agree?"),
        )
    ),
    Part(
        (
            Question(
                "exclusion",
                "Is the child suspended or excluded?",
                kind=Kind.LIST,
                offered=(
                    ("suspension", "Suspended"),
                    ("permanent", "Permanently excluded"),
                ),
                none="Neither",
            ),
            _number("exclusion_days", "How many school days does the suspension last?"),
            _number("exclusion_day", "On which of its school days would the place begin?"),
            _number("school_days_missed", "How many school days are missed for health?"),
        ),
        "Exclusion and absence",
    ),
    Part(
        (Question("facts", "Which of these are true?", kind=Kind.ANY, offered=FACTS),),
        "More about the child",
    ),
)
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
            tuple(_number(f"{band}-{part}", words) for part, words in _OF_BAND),
            heading,
        )
        for band, heading in BANDS
    ),
    Part(
        (
            _either(
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


def ticked(answers: Mapping[str, object], name: str) -> Sequence[str]:
    """Return which boxes of a question were ticked."""
    held = answers.get(name)
    return [str(one) for one in held] if isinstance(held, list) else []


def answered(answers: Mapping[str, object], *without: str) -> dict[str, object]:
    """Return what was answered, what was left open and some names apart."""
    return {
        name: held for name, held in answers.items() if held is not None and name not in without
    }
