"""What the steps about the place ask: the choice, the limit, risk, the plan and the money."""

from collections.abc import Mapping

from app.assessments.terms import Level, RiskAbout
from app.pages.commissioning import child_questions
from app.pages.commissioning.funding_wording import PARTIES, UNITS
from app.pages.commissioning.nested import Several, inside, lines_question
from app.pages.commissioning.step_parts import PERSON, StepForm, one_of, pounds, prose
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question
from app.pages.situation_questions import number_question
from app.rules.suitability.steps import Step

LEVELS: Mapping[str, str] = {Level.LOW: "Low", Level.MEDIUM: "Medium", Level.HIGH: "High"}
RISKS: Mapping[str, str] = {
    RiskAbout.CHILD: "The child",
    RiskAbout.GROUP: "Who else is there",
    RiskAbout.TRANSPORT: "The way there and back",
    RiskAbout.ONLINE: "Being online",
    RiskAbout.LEAVING_SITE: "Leaving the site",
    RiskAbout.OTHER: "Something else",
}
_BESIDES = (
    one_of("payer", "Who pays?", PARTIES),
    pounds("pence", "How much in all?", "In pounds. Nothing to pay is 0."),
)


SHORTLIST = StepForm(
    words=("At least two settings are looked at, or there is a reason for only one.",),
    parts=(Part((prose("only_one_because", "Why is there only one setting to choose from?"),)),),
)
REGISTRATION = StepForm(
    words=(
        (
            "Where the light is not green, somebody says why it does not stand against the "
            "place. A red light stands against it whatever is said."
        ),
    ),
    parts=(Part((prose("considered", "Why does the light not stand against the place?"),)),),
)
RISK = StepForm(
    words=("What could go wrong, what is done about it, and that both sides agree.",),
    parts=(
        Part(tuple(inside("we_agree", one) for one in PERSON), "Who agrees for us", together=True),
        Part(
            tuple(inside("provider_agrees", one) for one in PERSON),
            "Who agrees for the provider",
            together=True,
        ),
    ),
    several=(
        Several(
            "risks",
            "Risk, number",
            (
                one_of("about", "What is it about?", RISKS),
                prose("what", "What could go wrong?"),
                one_of("level", "How grave is it, if nothing is done?", LEVELS),
                prose("done_about_it", "What is done about it?"),
                one_of("then", "How grave is it then?", LEVELS),
            ),
            words="Leave a place empty that you do not need. Saved, the page has one more.",
        ),
    ),
    single=("we_agree", "provider_agrees"),
)
PLAN = StepForm(
    words=("What is to be reached, until when, when it is reviewed, and the way back.",),
    parts=(
        Part(
            (
                Question("starts_on", "First day", "Enter a day", Kind.DAY, needed=True),
                Question("ends_on", "Last day", kind=Kind.DAY),
                Question(
                    "first_review_on",
                    "Day of the first review",
                    kind=Kind.DAY,
                    hint="Within half a term, or sooner",
                ),
                lines_question(
                    "steps_back",
                    "Which steps lead back?",
                    "To school, or on to what comes next.",
                ),
            ),
            "Days, and the way back",
        ),
    ),
    several=(
        Several(
            "objectives",
            "Objective, number",
            (
                prose("what", "What is to be reached?"),
                Question("measured_by", "How is that measured?"),
            ),
            words="Leave a place empty that you do not need. Saved, the page has one more.",
        ),
    ),
)
MONEY = StepForm(
    words=("Who pays, and how much. Sums are in pounds; travel and meals are apart.",),
    parts=(
        Part(
            (
                one_of("payer", "Who pays first?", PARTIES),
                prose(
                    "other_payer_because",
                    "If that is not who pays first on this route: why?",
                ),
                pounds("price_pence", "Price in pounds", "Like 45 or 45.50"),
                one_of("unit", "For what is the price?", UNITS),
                number_question(
                    "units_a_week",
                    "How many of these a week?",
                    "Leave it empty where the price is for a term or the whole place.",
                ),
                number_question(
                    "weeks",
                    "For how many weeks, or terms?",
                    "Leave it empty where the price is for the whole place.",
                ),
                prose("value", "Why is it worth what it costs?"),
            ),
            "The place",
        ),
        Part(tuple(inside("travel", one) for one in _BESIDES), "Travel", together=True),
        Part(tuple(inside("meals", one) for one in _BESIDES), "Meals", together=True),
    ),
    single=("travel", "meals"),
)
FORMS: Mapping[Step, StepForm] = {
    **child_questions.FORMS,
    Step.SHORTLIST: SHORTLIST,
    Step.REGISTRATION: REGISTRATION,
    Step.RISK: RISK,
    Step.PLAN: PLAN,
    Step.MONEY: MONEY,
}
"""Every step in which a person says something."""
