"""What becomes of a record in the read model."""

import asyncpg

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.service import recording as service
from app.providers.service.recording import Rename
from app.register.packing import NEEDS, bits, bits_of
from app.register.projecting import project
from app.register.queries.checks import count_words_that_differ
from tests.factories.providers import (
    LISTED_ON,
    make_offer,
    make_provider,
    make_site,
    put_on_register,
)

SITE = make_site(
    "Yard",
    town="Coventry",
    offers=(make_offer("Tuition", age_from=5, age_to=6), make_offer(needs=("SEMH", "ASD"))),
)


async def words_held(owner: asyncpg.Connection) -> dict[str, int]:
    rows = await owner.fetch("SELECT word, documents FROM register_words")
    return {row["word"]: row["documents"] for row in rows}


async def rename(database: Database, held: service.Recorded, name: str) -> None:
    async with transaction(database, OPERATOR) as session:
        await service.rename_providers(session, OPERATOR, [Rename(held.id, name, LISTED_ON)])


async def test_words_carry_the_part_of_the_record_they_stand_in(
    database: Database, owner: asyncpg.Connection
) -> None:
    await put_on_register(
        database, make_provider("Café Forge", SITE, other_names=[{"name": "Noah's"}])
    )

    row = await owner.fetchrow(
        "SELECT id, status, sort_name, words, vocabulary FROM register_search"
    )
    assert (row["id"], row["status"], row["sort_name"]) == (1, "listed", "cafe forge")
    weights = await owner.fetch(
        "SELECT lexeme, array_to_string(weights, '') AS weights FROM register_search, unnest(words)"
    )
    assert {row["lexeme"]: row["weights"] for row in weights} == {
        "cafe": "A",
        "forge": "A",
        "ap000001u": "A",
        "noahs": "B",
        "tuition": "C",
        "blacksmithing": "C",
        "coventry": "D",
        "yard": "D",
    }
    assert row["vocabulary"] == sorted(one["lexeme"] for one in weights)


async def test_a_site_carries_its_filters(database: Database, owner: asyncpg.Connection) -> None:
    nowhere = make_site("Online", kind="online", la_code="937", offers=())
    await put_on_register(database, make_provider("Forge", SITE, nowhere))

    rows = await owner.fetch("SELECT * FROM register_sites ORDER BY reference")
    assert [(row["provider_id"], row["reference"], row["la_code"]) for row in rows] == [
        (1, 1, "331"),
        (1, 2, "937"),
    ]
    assert [row["place"] for row in rows] == [asyncpg.Point(433_000, 279_000), None]
    assert [row["age_bits"] for row in rows] == [bits([5, 6, 11, 12, 13, 14, 15, 16]), 0]
    assert [row["need_bits"] for row in rows] == [bits_of(["ASD", "SEMH"], NEEDS), 0]
    assert {"age:5", "need:SEMH", "la:331", "offer:blacksmithing"} <= set(rows[0]["tags"])
    assert rows[1]["tags"] == ["evidence:none-held", "outcome:not-yet-assessed", "la:937"]
    assert [row["several"] for row in rows] == [True, True]
    assert [row["evidence"] for row in rows] == ["none-held"] * 2
    assert [(row["outcome"], row["inspected"]) for row in rows] == [("not-yet-assessed", False)] * 2


async def test_words_are_counted_by_the_providers_that_have_them(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    first, _ = await put_on_register(
        database, make_provider("Forge Forge", SITE), make_provider("Forge", SITE)
    )
    assert (await words_held(owner))["forge"] == 2

    await rename(database, first, "Oak")

    held = await words_held(owner)
    assert (held["forge"], held["oak"], held["yard"]) == (2, 1, 2)
    assert await count_words_that_differ(public) == 0


async def test_a_word_of_no_provider_goes(database: Database, owner: asyncpg.Connection) -> None:
    (held,) = await put_on_register(database, make_provider("Forge", SITE))
    async with transaction(database, OPERATOR) as session:
        await service.close_site(session, OPERATOR, (held.id, 1), on=LISTED_ON)

    assert await words_held(owner) == {"forge": 1, "ap000001u": 1}
    assert await owner.fetchval("SELECT count(*) FROM register_sites") == 0


async def test_a_name_in_no_letters_of_ours_is_found_by_number_alone(
    database: Database, owner: asyncpg.Connection
) -> None:
    await put_on_register(database, make_provider("Школа", make_site("…", town=None, offers=())))

    row = await owner.fetchrow("SELECT sort_name, vocabulary FROM register_search")
    assert (row["sort_name"], row["vocabulary"]) == ("", ["ap000001u"])


async def test_very_long_records_are_taken(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    """PostgreSQL keeps 16,383 positions, and 256 of one word."""
    sites = [
        make_site(
            " ".join(f"w{site}x{n}" for n in range(25)),
            offers=tuple(make_offer("Same Word " * 19) for _ in range(5)),
        )
        for site in range(90)
    ]
    await put_on_register(database, make_provider("Forge", *sites))

    assert await owner.fetchval("SELECT length(words) FROM register_search") > 2_000
    assert await count_words_that_differ(public) == 0


async def test_no_entries_are_no_change(database: Database) -> None:
    async with transaction(database, OPERATOR) as session:
        await project(session, [])


async def test_the_longest_names_are_taken(database: Database, owner: asyncpg.Connection) -> None:
    await put_on_register(database, *(make_provider(letter * 200) for letter in "㎉xé"))

    rows = await owner.fetch("SELECT sort_name FROM register_search ORDER BY id")
    assert [row["sort_name"] for row in rows] == ["kcal" * 200, "x" * 200, "e" * 200]
