"""What is asked about a child's situation to find the route, and how answers become facts."""

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


def number_question(name: str, label: str, hint: str = "") -> Question:
    """Return a question that is answered with a whole number."""
    return Question(
        name,
        label,
        "Enter a whole number, like 12",
        hint=hint,
        reads=whole_number,
        classes=_NARROW,
        mode="numeric",
    )


def yes_no_question(name: str, label: str, hint: str = "") -> Question:
    """Return a question of yes or no."""
    return Question(name, label, "Say yes or no", Kind.ONE, hint, _YES_NO, reads=yes_or_no)


WHO_PAYS = (
    Part(
        (
            yes_no_question("on_roll", "Is the child on a school's roll?"),
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
            yes_no_question("parent_agrees", "Does the parent agree?"),
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
            number_question("exclusion_days", "How many school days does the suspension last?"),
            number_question("exclusion_day", "On which of its school days would the place begin?"),
            number_question("school_days_missed", "How many school days are missed for health?"),
        ),
        "Exclusion and absence",
    ),
    Part(
        (Question("facts", "Which of these are true?", kind=Kind.ANY, offered=FACTS),),
        "More about the child",
    ),
)
_OPPOSITES: Mapping[str, tuple[str, bool]] = {
    "not_of_age": ("of_compulsory_school_age", False),
    "no_examinations_left": ("examinations_left", False),
}
"""Boxes that say the opposite of what the law is asked."""


def situation_in(answers: Mapping[str, object]) -> dict[str, object]:
    """Return a child's situation as the law is asked about it."""
    told = answered(answers, "facts")
    for fact in ticked(answers, "facts"):
        name, value = _OPPOSITES.get(fact, (fact, True))
        told[name] = value
    return told


def ticked(answers: Mapping[str, object], name: str) -> Sequence[str]:
    """Return which boxes of a question were ticked."""
    held = answers.get(name)
    return [str(one) for one in held] if isinstance(held, list) else []


def answered(answers: Mapping[str, object], *without: str) -> dict[str, object]:
    """Return what was answered, what was left open and some names apart."""
    return {
        name: held for name, held in answers.items() if held is not None and name not in without
    }
