"""Searches against an oracle, on registers where much is alike."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import orjson
import pytest

from app.access import OPERATOR
from app.config import Settings
from app.db.transactions import Database, transaction
from app.inspections.terms import Outcome
from app.places.models import Postcode
from app.providers.record_terms import Availability
from app.providers.schemas.recording import Location, NewSite
from app.providers.service import recording as service
from app.providers.standing import EvidenceResult
from app.providers.terms import CURRENT_STATUSES, KEY_STAGES, Need, Status
from app.register.queries.criteria import Criteria
from app.register.queries.search import build_search, run_search
from app.register.queries.shapes import Shape
from app.register.schemas.records import PublicStatus
from app.register.schemas.search import Include, SearchQuery, Sort
from app.register.searching import present
from app.register.searching.asked import Found, criteria_of, resolve
from app.register.searching.memory import Memory
from app.values.words import search_words, words
from tests.databases import TestServer, copied_database, opened_database
from tests.factories.inspections import inspect_some
from tests.factories.providers import LISTED_ON, make_provider, make_site, put_on_register
from tests.factories.worlds import HERE, STEP_METRES, World, make_register
from tests.register import oracle
from tests.register.asking import search
from tests.register.looking import newest_records
from tests.register.oracle import Asked, Hit

PLACES = {
    "CV1 1AA": HERE,
    "CV1 1AB": (HERE[0] + STEP_METRES // 2, HERE[1]),
    "CV1 1AD": (HERE[0] + 4 * STEP_METRES, HERE[1] - 3 * STEP_METRES),
}
PROVIDERS = 60
SEARCHES = 100


@pytest.fixture(scope="module")
async def big(postgres: TestServer) -> AsyncIterator[Settings]:
    """A register of many providers, read and never written by the tests of this file."""
    async with copied_database(postgres) as settings:
        async with opened_database(settings) as database:
            world = await make_register(database, seed=7, providers=PROVIDERS)
            await _inspect(settings, database, world)
            await put_on_register(database, *[make_provider("Forest", at(2 * STEP_METRES))] * 3)
            async with transaction(database, OPERATOR) as session:
                for postcode, (easting, northing) in PLACES.items():
                    session.add(
                        Postcode(
                            postcode=postcode, la_code="331", easting=easting, northing=northing
                        )
                    )
        yield settings


async def _inspect(settings: Settings, database: Database, world: World) -> None:
    assert settings.database_owner_url is not None
    owner = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    await inspect_some(owner, database, world.chance)
    await owner.close()


@pytest.fixture
async def reader(big: Settings) -> AsyncIterator[asyncpg.Connection]:
    assert big.database_read_url is not None
    connection = await asyncpg.connect(big.database_read_url.get_secret_value())
    yield connection
    await connection.close()


@pytest.fixture
async def records(big: Settings) -> list[dict[str, Any]]:
    assert big.database_owner_url is not None
    connection = await asyncpg.connect(big.database_owner_url.get_secret_value())
    found = list((await newest_records(connection)).values())
    await connection.close()
    return found


def at(east: int, name: str = "Example Yard", **changes: Any) -> NewSite:
    """A site so many metres east of here."""
    point = Location(easting=HERE[0] + east, northing=HERE[1], precision="given")
    return make_site(name, location=point, **changes)


class Chance:
    """Makes up searches that are likely to find something."""

    def __init__(self, seed: int, records: list[dict[str, Any]], often: float = 1.0) -> None:
        self.often = often
        self.random = random.Random(seed)  # noqa: S311 - nothing here is secret
        texts = [text for record in records for text in _texts(record)]
        sites = [site for record in records for site in record["sites"]]
        self.offered = sorted({one["programme"] for site in sites for one in site["offers"]})
        listings = [site["listing"] for site in sites if site["listing"]]
        told = [site["inspection"]["seen"] for site in sites if site["inspection"]]
        seen = {one["seen_on"] for one in listings} | {one["to"] for one in told if one}
        self.seen = sorted(seen - {None}) or ["2026-01-01"]
        self.held = sorted({word for text in texts for word in words(text)})

    def maybe(self, value: Any, odds: float = 0.35) -> Any:
        return value if self.random.random() < odds * self.often else None

    def word(self) -> str:
        """A word that some record has, or the beginning of one."""
        word = self.random.choice(self.held)
        return word[: self.random.randint(3, len(word))] if len(word) > 3 else word

    def query(self) -> dict[str, Any]:
        near = self.maybe(self.random.choice(list(PLACES)), 0.5)
        sorts = [None, Sort.RELEVANCE, Sort.NAME, *([Sort.DISTANCE] if near else [])]
        miles = self.random.choice([1, 2.5, 5, 10]) if near else None
        asked = {
            "q": self.maybe(" ".join(self.word() for _ in range(self.random.randint(1, 2)))),
            "near": near,
            "within_miles": miles and self.maybe(miles, 0.7),
            "la": self.maybe(self.random.choice(["331", "Warwickshire", "E08000025"])),
            "age": self.maybe(self.random.randint(4, 20)),
            "need": self.maybe(self.random.choice([["SEMH"], ["ASD"], ["SEMH", "ASD"]])),
            "evidence": self.maybe(self.random.sample(list(EvidenceResult), 2), 0.2),
            "outcome": self.maybe(self.random.sample(list(Outcome), 2), 0.2),
            "key_stage": self.maybe(self.random.sample(KEY_STAGES, self.random.randint(1, 2)), 0.2),
            "offer": self.maybe(self.random.choice(self.offered), 0.2),
            "places": self.maybe(self.random.sample(list(Availability), 2), 0.2),
            "assessed_after": self.maybe(self.random.choice(self.seen), 0.2),
            "status": self.maybe(self.random.sample(list(PublicStatus), 2)),
            "sort": self.random.choice(sorts),
        }
        return {name: value for name, value in asked.items() if value is not None}


def _texts(record: dict[str, Any]) -> list[str]:
    return [record["name"], *(site["name"] for site in record["sites"] if not site["closed_on"])]


ALL_OF = {
    "status": PublicStatus,
    "key_stage": KEY_STAGES,
    "need": Need,
    "evidence": EvidenceResult,
    "outcome": Outcome,
    "places": Availability,
}
LA_CODES = {"331": "331", "Warwickshire": "937", "E08000025": "330"}


def asked_of(query: dict[str, Any]) -> Asked:
    """What a query means, worked out by hand."""
    miles = query.get("within_miles", 10)
    return Asked(
        statuses=frozenset(str(one) for one in query.get("status", CURRENT_STATUSES)),
        words=tuple(search_words(query.get("q", ""))),
        typed=query.get("q", ""),
        place=PLACES[query["near"]] if "near" in query else None,
        radius_metres=round(miles * 1609.344),
        la_code=LA_CODES.get(query["la"], query["la"]) if "la" in query else None,
        age=query.get("age"),
        needs=frozenset(query.get("need", ())),
        evidence=frozenset(str(one) for one in query.get("evidence", ())),
        outcomes=frozenset(str(one) for one in query.get("outcome", ())),
        stages=frozenset(query.get("key_stage", ())),
        offered=tuple(search_words(query.get("offer", ""))),
        places=frozenset(str(one) for one in query.get("places", ())),
        seen_since=date.fromisoformat(day) if (day := query.get("assessed_after")) else None,
        sort=query.get("sort") or ("distance" if "near" in query else "relevance"),
    )


def answered(found: Found) -> list[Hit]:
    numbers = [orjson.loads(hit["summary"])["number"] for hit in found.hits]
    sites = [orjson.loads(hit["site"])["reference"] if hit["site"] else None for hit in found.hits]
    return oracle.hits_of(found, numbers, sites)


class TestAgainstTheOracle:
    @pytest.mark.parametrize("seed", range(4))
    async def test_every_search_finds_the_same_in_the_same_order(
        self, reader: asyncpg.Connection, records: list[dict[str, Any]], seed: int
    ) -> None:
        chance = Chance(seed, records)
        for _ in range(SEARCHES):
            query = chance.query()
            found = await search(reader, SearchQuery(**query, limit=100, include=(Include.TOTAL,)))

            expected = oracle.answer(records, asked_of(query))
            assert answered(found) == expected, query
            assert found.corrections == {}, query
            assert found.total == len(expected), query

    async def test_every_shape_finds_the_same_page_after_any_row(
        self, reader: asyncpg.Connection, records: list[dict[str, Any]]
    ) -> None:
        """Whichever is chosen, at any size of the register, decides only how long it takes."""
        chance, memory, tried = Chance(11, records, often=0.6), Memory(), Counter[Shape]()
        await memory.bring_up_to_date(reader)
        for _ in range(SEARCHES):
            asked = await resolve(reader, SearchQuery(**chance.query(), limit=4))
            criteria = criteria_of(asked, {})
            for page in range(3):
                head, *rows = await run_search(reader, criteria, Shape.PLAIN)
                for shape in memory.rarity.costs(criteria, memory.vocabulary):
                    found = await run_search(reader, criteria, shape)
                    assert found == [head, *rows], (criteria, shape)
                    tried[shape] += page + len(rows) > 0
                if len(rows) <= criteria.limit:
                    break
                key = [rows[criteria.limit - 1][name] for name in ("k1", "k2", "k3")]
                criteria = replace(criteria, after=key)
        assert set(tried) == set(Shape) - {Shape.PLAIN}
        assert min(tried.values()) > 8, tried

    async def test_the_count_of_each_value_is_the_total_of_the_search_with_it(
        self, reader: asyncpg.Connection, records: list[dict[str, Any]]
    ) -> None:
        chance, memory, counted = Chance(5, records, often=0.5), Memory(), 0
        for _ in range(40):
            query = chance.query()
            found = await present.search(
                reader, SearchQuery(**query, include=(Include.FACETS,)), memory
            )
            assert found.facets is not None
            for name, values in found.facets.items():
                for one in values:
                    chosen = [*query.get("need", ()), one["value"]] if name == "need" else None
                    alone = one["value"] if name == "la" else [one["value"]]
                    asked = asked_of(query | {name: chosen or alone})
                    assert one["count"] == len(oracle.answer(records, asked)), (query, name, one)
                counted += len(values)
                told = {one["value"] for one in values}
                untold = {str(value) for value in ALL_OF.get(name, ())} - {str(one) for one in told}
                for value in sorted(untold)[:1]:
                    given = int(value) if name == "key_stage" else value
                    chosen = [*query.get("need", ()), given] if name == "need" else [given]
                    assert not oracle.answer(records, asked_of(query | {name: chosen}))
        assert counted > 400

    async def test_the_searches_made_up_find_something_and_differ(
        self, records: list[dict[str, Any]]
    ) -> None:
        chance = Chance(0, records)
        queries = [chance.query() for _ in range(SEARCHES)]
        sizes = [len(oracle.answer(records, asked_of(query))) for query in queries]

        assert len(records) > 40
        assert sum(size > 0 for size in sizes) > SEARCHES // 3
        assert len(set(sizes)) > 8
        assert {name for query in queries for name in query} == {
            *("q", "near", "within_miles", "la", "age", "need", "evidence", "status", "sort"),
            *("key_stage", "offer", "places", "assessed_after", "outcome"),
        }


class TestPaging:
    @pytest.mark.parametrize("sort", Sort)
    @pytest.mark.parametrize("limit", [1, 2, 7])
    @pytest.mark.parametrize("words_typed", [None, "forest"])
    async def test_pages_give_each_provider_once_in_the_order_of_one_big_page(
        self, reader: asyncpg.Connection, sort: Sort, limit: int, words_typed: str | None
    ) -> None:
        asked: dict[str, Any] = {"near": "CV1 1AA", "within_miles": 30, "sort": sort}
        asked |= {"q": words_typed, "status": list(PublicStatus)}
        whole = await search(reader, SearchQuery(**asked, limit=100))

        pages: list[Hit] = []
        cursor = None
        while len(pages) <= len(whole.hits):
            found = await search(reader, SearchQuery(**asked, limit=limit, cursor=cursor))
            assert len(found.hits) == limit or found.cursor is None
            pages += answered(found)
            cursor = found.cursor
            if cursor is None:
                break

        assert pages == answered(whole)
        assert len(pages) > (20 if words_typed is None else 5)

    async def test_there_are_ties_to_break(self, reader: asyncpg.Connection) -> None:
        query = SearchQuery(near="CV1 1AA", within_miles=30, limit=100)
        hits = answered(await search(reader, query))

        assert len({hit.name for hit in hits}) < len(hits)
        assert len({hit.metres for hit in hits}) < len(hits)
        assert len({(hit.metres, hit.name) for hit in hits}) < len(hits)

    async def test_a_page_that_ends_with_the_last_row_is_the_last(
        self, reader: asyncpg.Connection
    ) -> None:
        whole = await search(reader, SearchQuery(limit=100))

        exactly = await search(reader, SearchQuery(limit=len(whole.hits)))

        assert exactly.cursor is None
        assert (await search(reader, SearchQuery(limit=len(whole.hits) - 1))).cursor is not None


class TestSites:
    async def test_filters_met_by_two_sites_between_them_are_not_met(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        offer = make_site().offers[0]
        young = offer.model_copy(update={"age_from": 5, "age_to": 7, "needs": (Need.ASD,)})
        old = offer.model_copy(update={"age_from": 14, "age_to": 16, "needs": (Need.SEMH,)})
        sites = [
            make_site("Young", la_code="331", offers=(young,)),
            make_site("Old", la_code="937", offers=(old,)),
        ]
        await put_on_register(database, make_provider("Example", *sites))

        async def finds(**query: Any) -> list[str]:
            found = await search(public, SearchQuery(**query))
            return [orjson.loads(hit["site"])["name"] for hit in found.hits]

        assert await finds(la="331", age=6, need=["ASD"]) == ["Young"]
        assert await finds(la="937", age=15) == ["Old"]
        assert await finds(la="331", age=15) == []
        assert await finds(la="937", need=["ASD"]) == []
        assert await finds(age=6, need=["SEMH"]) == []
        assert await finds(need=["ASD", "SEMH"]) == []

    async def test_the_site_shown_is_the_one_that_fits_not_the_nearest_of_all(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        sites = [at(0, "Near", offers=()), at(3_000, "Far"), at(6_000, "Farther")]
        await put_on_register(database, make_provider("Example", *sites))

        (hit,) = (await search(public, SearchQuery(near="CV1", within_miles=20, age=12))).hits

        assert orjson.loads(hit["site"])["name"] == "Far"

    @pytest.mark.parametrize(("kilometres", "found"), [(1.5, 1), (1.499, 0), (1.501, 1)])
    async def test_a_site_at_the_very_distance_is_within_it(
        self, database: Database, public: asyncpg.Connection, kilometres: float, found: int
    ) -> None:
        async with transaction(database, OPERATOR) as session:
            session.add(Postcode(postcode="CV1 1AA", easting=HERE[0], northing=HERE[1]))
        await put_on_register(database, make_provider("Example", at(1_500)))

        query = SearchQuery(near="CV1 1AA", within_km=kilometres)

        assert len((await search(public, query)).hits) == found

    async def test_a_closed_site_leaves_the_search(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        (held,) = await put_on_register(
            database, make_provider("Example", make_site("Gone", town="Kenilworth"))
        )
        assert len((await search(public, SearchQuery(q="kenilworth", la="331"))).hits) == 1
        async with transaction(database, OPERATOR) as session:
            await service.close_site(session, OPERATOR, (held.id, 1), on=LISTED_ON)

        queries = [SearchQuery(la="331"), SearchQuery(age=12), SearchQuery(near="CV1")]
        for query in [*queries, SearchQuery(q="kenilworth")]:
            assert (await search(public, query)).hits == []
        (hit,) = (await search(public, SearchQuery(q="example"))).hits
        assert orjson.loads(hit["summary"])["site_count"] == 0


class TestBuildSearch:
    @pytest.mark.parametrize(
        "criteria",
        [
            Criteria(statuses=["listed"], words=["a'b", "x | y", "); DROP TABLE providers --"]),
            Criteria(statuses=["'"], la_code="'", offered=["'"], after=[1, "'; --", 1]),
        ],
    )
    def test_nothing_given_stands_in_the_statement(self, criteria: Criteria) -> None:
        for shape in Shape:
            statement, values = build_search(criteria, shape)

            assert "DROP" not in statement
            assert "'; --" not in statement
            assert "a'b" not in statement
            assert f"${len(values)}" in statement

    async def test_an_empty_register_still_says_where_it_stands(
        self, public: asyncpg.Connection
    ) -> None:
        found = await search(public, SearchQuery(include=(Include.TOTAL,)))

        assert (found.entry, found.recorded_at, found.hits, found.total) == (0, None, [], 0)


def test_every_status_is_one_a_search_can_be_made_of() -> None:
    assert {str(status) for status in PublicStatus} | {"known"} == set(Status)
