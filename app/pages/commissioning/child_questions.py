"""What the steps about the child ask: need, what was tried, who was heard and told, the match."""

from collections.abc import Mapping
from typing import Any

from app.pages import wording as public_wording
from app.pages.commissioning.funding_wording import SCHOOL_KINDS
from app.pages.commissioning.nested import Several, inside
from app.pages.commissioning.step_parts import StepForm, one_of, prose
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question
from app.pages.situation_questions import FACTS, number_question, yes_no_question
from app.rules.funding.facts import Exclusion, PlacementPurpose
from app.rules.suitability.steps import Consent, SectionF, Step, Told

PURPOSES: Mapping[str, str] = {
    PlacementPurpose.BEHAVIOUR: "To improve behaviour",
    PlacementPurpose.HEALTH: "Health, physical or mental",
    PlacementPurpose.SPECIAL_NEEDS: "Special educational needs",
    PlacementPurpose.ENGAGEMENT: "To engage the child again",
    PlacementPurpose.OTHER: "Something else",
}
EXCLUSIONS: Mapping[str, str] = {
    Exclusion.SUSPENSION: "Suspended",
    Exclusion.PERMANENT: "Permanently excluded",
}
WHO_IS_TOLD: Mapping[str, str] = {
    Told.LOCAL_AUTHORITY: "The local authority",
    Told.PLAN_CASEWORKER: "The caseworker of the plan",
    Told.SOCIAL_WORKER: "The social worker",
    Told.VIRTUAL_SCHOOL_HEAD: "The virtual school head",
    Told.HEALTH_PROFESSIONAL: "A doctor or another health professional",
}
CONSENTS: Mapping[str, str] = {
    Consent.GIVEN: "They agree",
    Consent.REFUSED: "They do not agree",
    Consent.NOT_ASKED: "They were not asked",
}
_OF_SITUATION = frozenset(
    {
        *("plan_secures", "otherwise_than_at_school", "registered_at_both", "sent_on"),
        *("no_examinations_left", "at_own_school", "arranged_jointly"),
    }
)
"""What a step says of a situation; the rest is read from the child's record."""
_TRUE = tuple(fact for fact in FACTS if fact[0] in _OF_SITUATION)


def _need_in(answers: dict[str, Any]) -> dict[str, Any]:
    true = set(answers.pop("facts", None) or ())
    for name, _ in _TRUE:
        if name == "no_examinations_left":
            answers["examinations_left"] = name not in true
        else:
            answers[name] = name in true
    return answers


def _need_out(said: dict[str, Any]) -> dict[str, Any]:
    held = said | {"no_examinations_left": not said.get("examinations_left", True)}
    exclusion = said.get("exclusion")
    return said | {
        "facts": [name for name, _ in _TRUE if held.get(name)],
        "exclusion": None if exclusion == Exclusion.NONE else exclusion,
    }


NEED = StepForm(
    words=(
        (
            "Why the child needs it, and what their situation is: the law asks other things of "
            "other situations."
        ),
    ),
    parts=(
        Part(
            (
                prose("why", "Why does the child need it?"),
                one_of("purpose", "What is it for?", PURPOSES),
                Question(
                    "needs",
                    "Which special educational needs are there?",
                    kind=Kind.ANY,
                    hint="With a plan or without; leave it empty if there are none",
                    offered=tuple(public_wording.NEEDS.items()),
                ),
                one_of("school_kind", "What kind of school is the child's?", SCHOOL_KINDS, "None"),
            )
        ),
        Part(
            (
                one_of("exclusion", "Is the child suspended or excluded?", EXCLUSIONS, "Neither"),
                number_question(
                    "exclusion_days", "How many school days does the suspension last in all?"
                ),
                number_question(
                    "exclusion_day", "On which of its school days does the place begin?"
                ),
                number_question(
                    "school_days_missed", "How many school days are missed for health?"
                ),
            ),
            "Exclusion and absence",
        ),
        Part(
            (Question("facts", "Which of these are true?", kind=Kind.ANY, offered=_TRUE),),
            "More about the situation",
        ),
    ),
    into=_need_in,
    out_of=_need_out,
)
ALTERNATIVES = StepForm(
    words=("What was tried before, what else was considered, and that it is no punishment.",),
    parts=(
        Part(
            (
                prose("none_because", "If nothing was tried: why not?"),
                prose("considered", "Which other ways were considered, and why not those?"),
                yes_no_question(
                    "as_sanction",
                    "Is it meant as a punishment, or instead of a formal exclusion?",
                ),
            ),
            "Other ways",
        ),
    ),
    several=(
        Several(
            "tried",
            "Tried before, number",
            (
                Question("what", "What was tried?"),
                Question("since", "Since when?", kind=Kind.DAY),
                prose("came_of_it", "What came of it?"),
            ),
            words="Leave a place empty that you do not need. Saved, the page has one more.",
        ),
    ),
)
_VIEW = (
    prose("view", "What do they say, in their own words?"),
    Question("heard_on", "On which day were they heard?", kind=Kind.DAY),
    Question("how", "How?", hint="In talk, by drawing, through an interpreter"),
    prose("not_heard_because", "Or why could they not be heard?"),
)
VOICES = StepForm(
    words=("What the child and the parent say: in their own words, or why it could not be heard.",),
    parts=(
        Part(tuple(inside("child", one) for one in _VIEW), "The child", together=True),
        Part(tuple(inside("parent", one) for one in _VIEW), "The parent", together=True),
        Part(
            (
                Question(
                    "consent",
                    "Does the parent agree to the place?",
                    "Say whether the parent agrees",
                    Kind.ONE,
                    offered=tuple(CONSENTS.items()),
                    needed=True,
                ),
                Question(
                    "power",
                    "Without it, on which power does the place rest?",
                    hint="Such as section 29A of the Education Act 2002",
                ),
            ),
            "Agreement",
        ),
    ),
    single=("child", "parent"),
)
TOLD = StepForm(
    words=("Who was told before the place begins, and when.",),
    parts=(),
    several=(
        Several(
            "told",
            "Told, number",
            (
                one_of("who", "Who was told?", WHO_IS_TOLD),
                Question("on", "On which day?", kind=Kind.DAY),
                Question("how", "How?", hint="By letter, by phone, in a meeting"),
            ),
            empty=2,
            words="Leave a place empty that you do not need. Saved, the page has more.",
        ),
    ),
)
MATCH = StepForm(
    words=("How each need is met, what the child is taught, and the hours of all education.",),
    parts=(
        Part(
            (
                prose("english", "English: where, and towards what?"),
                prose("mathematics", "Mathematics: where, and towards what?"),
                prose("further", "Other subjects, examinations and therapies"),
            ),
            "What is taught",
        ),
        Part(
            (
                one_of(
                    "section_f",
                    "Is everything provided that section F of the plan specifies?",
                    {
                        SectionF.DELIVERED: "Yes, here or elsewhere together",
                        SectionF.NOT_DELIVERED: "No",
                    },
                    "There is no plan",
                ),
                prose("section_f_how", "How?"),
            ),
            "The plan",
        ),
        Part(
            (
                yes_no_question("full_time", "Is all of the child's education together full time?"),
                prose("part_time_because", "If not: why?"),
                yes_no_question("part_time_for_health", "Is that for the child's health?"),
            ),
            "Hours in all",
        ),
    ),
    several=(
        Several(
            "needs",
            "Need, number",
            (
                Question("need", "What is the need?"),
                prose("met_by", "How is it met there?"),
                prose("gap_filled_by", "Or how is the gap filled?"),
            ),
            words="Leave a place empty that you do not need. Saved, the page has one more.",
        ),
    ),
)
FORMS: Mapping[Step, StepForm] = {
    Step.NEED: NEED,
    Step.ALTERNATIVES: ALTERNATIVES,
    Step.VOICES: VOICES,
    Step.TOLD: TOLD,
    Step.MATCH: MATCH,
}
