"""Steps as forms: what was said comes back as it was, and faults lead to their questions."""

from typing import Any

import pytest

from app.assessments.schemas.steps import MODELS
from app.errors import InvalidRequestError
from app.pages.commissioning.place_questions import FORMS
from app.pages.questions import stated
from app.rules.suitability.steps import Step
from tests.assessments.asking import steps

FURTHER: dict[str, dict[str, Any]] = {
    "need": {
        "exclusion": "suspension",
        "exclusion_days": 10,
        "examinations_left": False,
        "sent_on": True,
    },
    "voices": {"child": {"not_heard_because": "They did not want to speak."}, "parent": None},
    "alternatives": {
        "tried": [
            {"what": "Mentoring", "since": "2026-01-05", "came_of_it": "Less than hoped."},
            {"what": "A later start", "came_of_it": "Nothing."},
        ]
    },
    "match": {"section_f": "not-delivered", "full_time": False, "part_time_for_health": True},
    "money": {"travel": {"payer": "parent", "pence": 1_250}, "meals": None, "unit": "place"},
}


@pytest.mark.parametrize("step", FORMS)
@pytest.mark.parametrize("further", [{}, FURTHER], ids=["usual", "further"])
def test_what_was_said_comes_back_as_it_was(step: Step, further: dict[str, dict[str, Any]]) -> None:
    said = MODELS[step].model_validate(steps()[step] | further.get(step, {}))
    form = FORMS[step]
    parts = form.asked(said)
    questions = [one for part in parts for one in part.questions]

    again = form.read(step, stated(questions, form.typed(said)), parts)

    assert again == said


@pytest.mark.parametrize("step", FORMS)
def test_an_empty_form_opens_and_its_questions_have_names_of_their_own(step: Step) -> None:
    names = [one.name for part in FORMS[step].asked(None) for one in part.questions]

    assert len(names) == len(set(names))
    assert FORMS[step].typed(None) == {}


@pytest.mark.parametrize(
    ("step", "answers", "where"),
    [
        (Step.ALTERNATIVES, {"tried-1-what": "Mentoring"}, "tried-1-came_of_it"),
        (Step.VOICES, {"child-view": "I like it.", "consent": "given"}, "child-view"),
        (Step.RISK, {"we_agree-name": "Example Lead"}, "we_agree-post"),
        (Step.MONEY, {"payer": "school", "travel-pence": 5}, "travel-payer"),
        (Step.TOLD, {"told-0-who": "nobody", "told-0-on": "2026-11-01"}, "told-0-who"),
    ],
)
def test_a_fault_leads_back_to_the_place_where_it_was_said(
    step: Step, answers: dict[str, object], where: str
) -> None:
    form = FORMS[step]
    said = MODELS[step].model_validate(steps()[step])

    with pytest.raises(InvalidRequestError) as refused:
        form.read(step, answers, form.asked(said))

    assert f"/{where}" in {one.pointer for one in refused.value.errors}


def test_what_was_said_is_read_question_by_question_in_words() -> None:
    rows = FORMS[Step.MONEY].rows(MODELS[Step.MONEY].model_validate(steps()["money"]).model_dump())

    told = {one.label: one.values for one in rows}
    assert told["The place: Price in pounds"] == ("£90",)
    assert told["The place: Who pays first?"] == ("The school",)
    assert told["Travel: How much in all?"] == ("£0",)
