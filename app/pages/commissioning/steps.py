"""The pages on which the steps of an assessment are answered."""

from app.assessments.service import assessing
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.pages.commissioning.assessments_view import TITLES, finding_line
from app.pages.commissioning.forms import RECORDS, WRITTEN_DOWN, At, add_form
from app.pages.commissioning.place_questions import FORMS
from app.pages.commissioning.read import ASSESSMENT, ASSESSMENTS, Whole, look, read_assessment
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.part_view import Row, Section
from app.pages.questions import shown
from app.pages.signed_in import own_router
from app.pages.view_models import Fact
from app.rules.suitability.findings import Kind
from app.rules.suitability.steps import Step

router = own_router()


async def _asking(session: ReadSession, at: At) -> FormAsked:
    step = _step(at)
    whole = await read_assessment(session, at)
    assessing.check_own(at.actor, whole.row)
    assessing.check_open(whole.row)
    return step_form(whole, step)


async def _say(session: WriteSession, at: At, answers: Answers) -> str:
    step, which = _step(at), at.id("assessment_id")
    whole = await read_assessment(session, at)
    form, told = FORMS[step], whole.step(step)
    said = form.read(step, answers, form.asked(told.said))
    await assessing.say(session, at.actor, at.ring, (which, at.version), said)
    return f"{ASSESSMENTS}/{which}?done=said"


add_form(router, f"{ASSESSMENT}/steps/{{step}}", RECORDS, _asking, _say, looks=look)


def step_form(whole: Whole, step: Step) -> FormAsked:
    """Return a step as a form: what it lacks, what was said, and the questions."""
    form, told = FORMS[step], whole.step(step)
    parts = form.asked(told.said)
    typed = form.typed(told.said)
    if step is Step.PLAN and told.said is None:
        questions = [one for part in parts for one in part.questions]
        typed = shown(questions, {"starts_on": whole.told.starts_on})
    found = tuple(
        Row("Missing" if one.kind is Kind.MISSING else "Stands against it", (finding_line(one),))
        for one in told.found
    )
    words = (told.asks,) if found else ("Nothing is missing in this step.",)
    return FormAsked(
        heading=TITLES[step],
        button="Save",
        back=whole.back,
        parts=parts,
        paragraphs=(*form.words, WRITTEN_DOWN),
        facts=(Fact("Child", (whole.name,)), Fact("Assessment", (whole.told.reference,))),
        typed=typed,
        version=whole.told.version,
        sections=(Section("What this step asks", found, words=words),),
    )


def _step(at: At) -> Step:
    named = at.text("step", "[a-z]{1,20}")
    if named not in {*FORMS}:
        raise NotFoundError("There is no such step. Go back, and follow the link again.")
    return Step(named)
