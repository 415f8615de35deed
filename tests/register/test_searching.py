"""Words, places and cursors of a search; what it finds is tested beside its statement."""

import asyncpg
import pytest

from app.db.transactions import Database
from app.places.errors import LocalAuthorityNotKnownError, PlaceNotKnownError
from app.providers.terms import Status
from app.register.errors import SearchRefusedError
from app.register.schemas.search import SearchQuery, Sort
from app.register.searching.asked import loads, matched
from tests.factories.providers import (
    make_offer,
    make_provider,
    make_site,
    put_on_register,
    record,
)
from tests.register.asking import search


async def find(public: asyncpg.Connection, q: str) -> list[str]:
    found = await search(public, SearchQuery(q=q))
    return [loads(hit["summary"])["name"] for hit in found.hits]


SAME = [
    "Café Noah's",
    "cafe noahs",
    "CAFÉ NOAH’S",  # noqa: RUF001 - as typed on phones
    "  noah`s   cafe ",
    "CAFE\N{COMBINING ACUTE ACCENT}",
    "the café",
    "noa caf",
    "cafe; noahs!",
]
"""One name, as different people type it."""


class TestWords:
    async def test_accents_apostrophes_case_order_and_stop_words_do_not_matter(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("Café at Noah's"), make_provider("Other"))

        for typed in SAME:
            assert await find(public, typed) == ["Café at Noah's"], typed

    async def test_stop_words_alone_are_searched_for(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("The On"), make_provider("Other"))

        assert await find(public, "the on") == ["The On"]

    async def test_every_word_must_occur_somewhere_in_the_record(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        site = make_site("Yard", town="Kenilworth", offers=(make_offer("Blacksmithing"),))
        await put_on_register(
            database, make_provider("Forge", site, other_names=[{"name": "Anvil"}])
        )

        assert await find(public, "forge anvil blacksmithing kenilworth yard") == ["Forge"]
        assert await find(public, "forge blacksmithing forge") == ["Forge"]

    async def test_names_that_start_with_the_words_come_first_then_by_name(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        names = ["Zebra Forest", "Forest Zebra", "Oak Forest", "Forest Oak", "Forester"]
        await put_on_register(database, *map(make_provider, names))

        expected = ["Forest Oak", "Forest Zebra", "Forester", "Oak Forest", "Zebra Forest"]
        assert await find(public, "forest") == expected
        by_name = await search(public, SearchQuery(q="forest", sort=Sort.NAME))
        assert [hit["k2"] for hit in by_name.hits] == sorted(map(str.lower, names))

    async def test_a_stop_word_before_a_name_does_not_push_it_back(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(
            database, *map(make_provider, ["The Forest", "Forest A", "Oak Forest"])
        )

        for typed in ("the forest", "the forrest"):
            assert await find(public, typed) == ["Forest A", "The Forest", "Oak Forest"]

    async def test_a_provider_is_found_by_its_number(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("First"), make_provider("Second"))

        for typed in ("AP000002S", "ap000002s", " ap 000 002-s"):
            assert await find(public, typed) == ["Second"], typed

    async def test_a_number_nobody_has_is_not_corrected_to_anothers(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("First"))

        found = await search(public, SearchQuery(q="AP000002S"))

        assert (found.hits, found.corrections) == ([], {})

    async def test_what_matched_is_named_part_by_part_and_filter_by_filter(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        site = make_site("Forge", town="Coventry", offers=(make_offer("Forge work"),))
        await put_on_register(
            database,
            make_provider("Forge", site, other_names=[{"name": "Forgery"}]),
            make_provider("Oak", make_site("Yard", town="Forge End")),
        )

        found = await search(public, SearchQuery(q="forge", age=12, la="331"))

        assert [matched(found, hit) for hit in found.hits] == [
            ["name", "other-name", "programme", "town", "la", "age"],
            ["town", "la", "age"],
        ]

    async def test_nothing_that_could_be_a_word_is_refused(
        self, public: asyncpg.Connection
    ) -> None:
        for typed in ("!", "…", "Школа", "\x00\x01", "'" * 200, "|!():*<->" * 20):
            with pytest.raises(SearchRefusedError) as refused:
                await search(public, SearchQuery(q=typed))

            (fault,) = refused.value.errors
            assert fault.parameter == "q"
            assert fault.detail == "Type at least one letter or digit."


class TestCorrections:
    async def test_a_misspelt_word_is_corrected_and_said_to_be(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("Forest School"), make_provider("Oak"))

        found = await search(public, SearchQuery(q="forrest school"))

        assert found.corrections == {"forrest": "forest"}
        assert [loads(hit["summary"])["name"] for hit in found.hits] == ["Forest School"]

    async def test_a_word_like_none_stays_and_finds_nothing(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("Forest School"))

        found = await search(public, SearchQuery(q="forest zzzzzz"))

        assert (found.corrections, found.hits) == ({}, [])

    async def test_two_words_corrected_to_one_are_searched_for_once(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("Forest"))

        found = await search(public, SearchQuery(q="forrest forestt"))

        assert found.corrections == {"forrest": "forest", "forestt": "forest"}
        assert len(found.hits) == 1

    async def test_a_word_of_a_provider_not_public_is_not_corrected_to(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("Oak"))
        await record(database, make_provider("Forest"))

        found = await search(public, SearchQuery(q="forrest"))

        assert found.corrections == {}


class TestPlaces:
    async def test_a_place_that_is_only_roughly_known_says_so(
        self, public: asyncpg.Connection
    ) -> None:
        found = await search(public, SearchQuery(near="cv1 2wt"))

        assert found.near is not None
        assert (found.near.label, found.near.precision) == (
            "CV1 (approximate)",
            "postcode-district",
        )

    async def test_a_place_that_is_none_is_refused(self, public: asyncpg.Connection) -> None:
        with pytest.raises(PlaceNotKnownError) as refused:
            await search(public, SearchQuery(near="EH1 1AA"))

        assert [fault.parameter for fault in refused.value.errors] == ["near"]

    async def test_an_authority_that_is_none_is_refused(self, public: asyncpg.Connection) -> None:
        with pytest.raises(LocalAuthorityNotKnownError) as refused:
            await search(public, SearchQuery(la="Atlantis"))

        assert [fault.parameter for fault in refused.value.errors] == ["la"]

    async def test_an_authority_may_be_named_by_either_code_or_its_name(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        elsewhere = make_provider("B", make_site(la_code="937"))
        await put_on_register(database, make_provider("A"), elsewhere)

        for la in ("331", "E08000026", "Coventry", "coventry city council"):
            (hit,) = (await search(public, SearchQuery(la=la))).hits
            assert loads(hit["summary"])["name"] == "A", la

    async def test_a_site_without_a_public_point_is_near_nothing(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        site = make_site("From home", kind="home-visits")
        await put_on_register(database, make_provider("Example", site))

        assert (await search(public, SearchQuery(near="CV1", within_miles=100))).hits == []
        assert len((await search(public, SearchQuery(la="331"))).hits) == 1


class TestStatuses:
    async def test_who_has_left_is_shown_only_when_asked_for(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        for status in Status:
            if status is not Status.KNOWN:
                await put_on_register(database, make_provider(status.value), status=status)
        await record(database, make_provider("known"))

        async def shown(**asked: tuple[str, ...]) -> set[str]:
            found = await search(public, SearchQuery.model_validate(asked))
            return {loads(hit["summary"])["name"] for hit in found.hits}

        assert await shown() == {"listed", "listed-with-actions", "under-review", "suspended"}
        assert await shown(status=("removed",)) == {"removed"}
        assert await shown(status=("closed", "listed")) == {"closed", "listed"}
