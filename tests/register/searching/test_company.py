"""How often words meet is told from a sample, with room for chance."""

import asyncpg

from app.db.transactions import Database
from app.register.searching.company import SAMPLE, Company
from app.register.searching.memory import Memory
from tests.factories.providers import make_provider, put_on_register


def held() -> Company:
    always = [["forest", "school"]] * 400
    return Company([*always, *[["art"]] * 300, *[["farm", "schools"]] * 300])


def test_words_that_meet_are_told_from_those_that_never_do() -> None:
    least, most = held().share(["forest", "school"])
    assert 0.35 < least < 0.4 < most < 0.45

    assert held().share(["forest", "art"]) == (0.0, 2 / 1_000)


def test_a_beginning_counts_from_three_letters_on() -> None:
    assert held().share(["farm", "school"]) == held().share(["farm", "schools"])
    assert held().share(["ar", "art"])[0] == 0
    assert held().share(["farm", "sch"])[0] > 0.2


def test_without_a_sample_anything_may_be() -> None:
    assert Company().share(["forest", "school"]) == (0.0, 1.0)


async def test_a_worker_takes_it_from_the_register(
    database: Database, public: asyncpg.Connection
) -> None:
    await put_on_register(database, *map(make_provider, ["Oak Forest", "Oak Farm", "Elm Farm"]))
    memory = Memory()
    await memory.bring_up_to_date(public)

    assert memory.company.share(["oak", "elm"]) == (0.0, 2 / 3)
    assert memory.company.share(["oak", "farm"])[1] > 1
    assert SAMPLE > 3
