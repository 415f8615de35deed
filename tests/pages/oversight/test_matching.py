"""The pages on which somebody says whether two records are of one child."""

from tests.children.asking import add, open_questions
from tests.factories.children import a_child
from tests.pages.own_pages import open_page, send, shown
from tests.pages.reading import tidy
from tests.placements.conftest import People

LIST = "/oversight/match-questions"


async def asked(people: People) -> str:
    """Let two schools hold a child under one number, born on two days; return the question."""
    child = a_child()
    await add(people["school"], upn=child["upn"])
    await add(people["other"], upn=child["upn"], date_of_birth="2013-01-02")
    [question] = await open_questions(people["home"])
    return f"{LIST}/{question['id']}"


async def test_the_authority_compares_both_records_and_answers(people: People) -> None:
    question = await asked(people)

    listed = await open_page(people["home"], LIST)
    page = await open_page(people["home"], question)
    empty = shown(await send(people["home"], f"{question}/answer", answer="same"), 422)
    answered = await send(
        people["home"], f"{question}/answer", answer="different", reason="A mistyped number."
    )
    after = await open_page(people["home"], answered.headers["location"])

    assert "Synthetic" not in listed.text
    text = tidy(page.one("main").text)
    assert "Record 1" in text
    assert "Record 2" in text
    assert "Synthetic" in text
    assert "2 January 2013" in text
    assert "is written down, with your name" in text
    assert "Say how you know" in empty.text
    assert "Two children" in after.text
    assert "Synthetic" not in after.text
    assert "There is none" in (await open_page(people["home"], LIST)).text
    assert "Two children" in (await open_page(people["home"], f"{LIST}?still=answered")).text


async def test_nobody_else_answers(people: People) -> None:
    question = await asked(people)

    assert (await people["elsewhere"].get(question)).status_code == 404
    assert (await people["department"].get(question)).status_code == 403
    assert (await people["manager"].get(LIST)).status_code == 403
