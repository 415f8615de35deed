"""Misspelt words: found in memory as PostgreSQL would find them, also after any change of words."""

import random

import asyncpg
import pytest

from app.register.searching.vocabulary import Vocabulary


def holding(**documents: int) -> Vocabulary:
    made = Vocabulary()
    made.replace(documents)
    return made


def test_a_word_that_occurs_whole_or_as_a_beginning_needs_no_correction() -> None:
    held = holding(blacksmithing=1, art=1)

    assert held.corrections(["blacksmithing", "blacksmith", "bla", "art"]) == {}
    assert held.corrections(["ar"]) == {"ar": "art"}  # two letters are no beginning


def test_the_likest_word_is_chosen_and_among_alike_the_one_used_most() -> None:
    held = holding(forge=9, forest=1, forester=5, aaaxbbb=1, aaaybbb=3)

    assert held.corrections(["forrest", "aaazbbb"]) == {"forrest": "forest", "aaazbbb": "aaaybbb"}
    assert held.corrections(["zzzzzz"]) == {}


def test_documents_are_counted_by_beginning_from_three_letters_on() -> None:
    held = holding(forge=9, forest=1, fo=4)

    assert [held.documents(word) for word in ("for", "forest", "fo", "f")] == [10, 1, 4, 0]


@pytest.mark.parametrize("seed", range(3))
async def test_it_answers_as_postgresql_does(owner: asyncpg.Connection, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret

    def word() -> str:
        return "".join(chance.choices("abcdeo1", k=chance.randint(1, 9)))

    held = Vocabulary()
    words: dict[str, int] = {}
    for change in range(4):
        fresh = {word(): chance.randint(1, 5) for _ in range(60)}
        if change % 2:
            words |= fresh
            held.update(fresh)
        else:
            words = {one: n for one, n in words.items() if chance.random() < 0.7} | fresh
            held.replace(words)
        await owner.execute("TRUNCATE register_words")
        await owner.executemany("INSERT INTO register_words VALUES ($1, $2)", words.items())
        typed = [word() for _ in range(60)]
        assert held.corrections(typed) == await _by_postgresql(owner, typed)


async def _by_postgresql(owner: asyncpg.Connection, typed: list[str]) -> dict[str, str]:
    rows = await owner.fetch(
        """
        SELECT t.word, (
          SELECT v.word FROM register_words v WHERE v.word % t.word
          ORDER BY similarity(v.word, t.word) DESC, v.documents DESC, v.word LIMIT 1) AS nearest
        FROM unnest($1::text[]) AS t(word)
        WHERE NOT EXISTS (
          SELECT FROM register_words v WHERE v.word = t.word
            OR (length(t.word) >= 3 AND starts_with(v.word, t.word)))
        """,
        typed,
    )
    return {row["word"]: row["nearest"] for row in rows if row["nearest"]}
