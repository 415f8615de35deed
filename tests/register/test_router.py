"""The register over HTTP, as other people's systems rely on it."""

import asyncio

import asyncpg
import httpx
import jsonschema
import orjson
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.interchange.documents import json_schemas
from app.places.models import Postcode
from app.providers.terms import Need, Status
from app.register.schemas.records import ProviderRecord
from app.register.schemas.search import SearchAnswer
from app.values.provider_number import provider_number
from tests.factories.providers import (
    make_provider,
    make_site,
    move_to,
    put_on_register,
    record,
)
from tests.factories.worlds import make_register
from tests.register.asking import SEARCH, names, problem, rename
from tests.register.wholes import NEVER_INSPECTED


class TestGetProvider:
    async def test_answers_with_everything_public_about_it(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Example Forge"))

        answer = await register_client.get(f"{SEARCH}/{held.number}")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json"
        body = answer.json()
        recorded_at = body["register"].pop("recorded_at")
        assert recorded_at.endswith("Z")
        assert body == {
            "number": held.number,
            "name": "Example Forge",
            "other_names": [],
            "identifiers": [],
            "status": {"code": "listed", "since": "2026-09-01"},
            "evidence": {"status": "none-held", "since": None, "grace_until": None},
            "outcome": "not-yet-assessed",
            "confirmed_on": None,
            "contact": None,
            "predecessors": [],
            "successors": [],
            "merged_into": None,
            "valid_until": None,
            "next": None,
            "sites": [
                {
                    "reference": 1,
                    "name": "Example Yard",
                    "kind": "workshop",
                    "run_by": None,
                    "address": {
                        "lines": ["1 Example Street"],
                        "town": "Coventry",
                        "postcode": "CV1 2WT",
                        "postcode_district": "CV1",
                    },
                    "local_authority": {"la_code": "331", "name": "Coventry"},
                    "location": {
                        "easting": 433000,
                        "northing": 279000,
                        "precision": "postcode",
                        "latitude": pytest.approx(52.408, abs=0.001),
                        "longitude": pytest.approx(-1.516, abs=0.001),
                    },
                    "opened_on": None,
                    "closes_on": None,
                    "closed_on": None,
                    "listing": {
                        "status": "listed",
                        "since": "2026-09-01",
                        "reason": None,
                        "announced": None,
                        "listed_on": "2026-09-01",
                        "basis": "operator",
                        "scope": {"ages": None, "key_stages": [], "needs": [], "programmes": []},
                        "seen_on": None,
                        "seen_how": None,
                        "standards": None,
                        "decided_by": {"la_code": "331", "name": "Coventry"},
                        "review_due_on": None,
                    },
                    "evidence": {"status": "none-held", "since": None, "grace_until": None},
                    "inspection": NEVER_INSPECTED,
                    "offers": [
                        {
                            "programme": "Blacksmithing",
                            "ages": {"from": 11, "to": 16},
                            "key_stages": [],
                            "needs": [],
                            "sessions": [],
                            "hours_per_week": None,
                            "group": None,
                            "prices": {"hour": None, "half_day": None, "day": None, "week": None},
                            "availability": None,
                            "ends_on": None,
                        }
                    ],
                }
            ],
            "register": {"entry": 1},
            "links": {"self": f"{SEARCH}/{held.number}"},
        }

    @pytest.mark.parametrize("typed", ["ap000001u", "AP%20000%20001%20U", "AP-000001-U"])
    async def test_reads_a_number_as_people_type_it(
        self, database: Database, register_client: httpx.AsyncClient, typed: str
    ) -> None:
        await put_on_register(database, make_provider("Example Forge"))

        answer = await register_client.get(f"{SEARCH}/{typed}")

        assert answer.json()["number"] == "AP000001U"

    @pytest.mark.parametrize(
        ("number", "detail"),
        [
            ("AP000001X", "The check character does not fit: a digit is probably mistyped."),
            ("AP000010U", "The check character does not fit: a digit is probably mistyped."),
            (
                "AP1",
                "A provider number is AP, six digits and a check character, such as AP000001U.",
            ),
            (provider_number(9), "The register has no provider with this number."),
        ],
    )
    async def test_a_number_nobody_has_is_not_found_and_the_reason_is_told(
        self, database: Database, register_client: httpx.AsyncClient, number: str, detail: str
    ) -> None:
        await put_on_register(database, make_provider())

        answer = await register_client.get(f"{SEARCH}/{number}")

        assert answer.status_code == 404
        body = problem(answer)
        assert body["type"].endswith("/provider-not-found")
        assert body["detail"] == detail

    async def test_a_known_provider_is_not_found(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        (held,) = await record(database, make_provider("Not public"))

        assert (await register_client.get(f"{SEARCH}/{held.number}")).status_code == 404
        for query in ("?q=public", f"?q={held.number}", "?la=331", "?age=12", "", "?near=CV1"):
            answer = await register_client.get(SEARCH + query)
            assert names(answer) == []
            assert "Not public" not in answer.text

    @pytest.mark.parametrize("status", [Status.REMOVED, Status.CLOSED])
    async def test_who_has_left_can_still_be_looked_up(
        self, database: Database, register_client: httpx.AsyncClient, status: Status
    ) -> None:
        (held,) = await put_on_register(database, make_provider(), status=status)

        answer = await register_client.get(f"{SEARCH}/{held.number}")

        assert answer.json()["status"]["code"] == status

    async def test_whoever_has_it_already_is_told_so_until_it_changes(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        held, other = await put_on_register(database, make_provider("A"), make_provider("B"))
        address = f"{SEARCH}/{held.number}"
        etag = (await register_client.get(address)).headers["etag"]
        await rename(database, other, "C")

        again = await register_client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == "public, no-cache"

        await rename(database, held, "D")
        changed = await register_client.get(address, headers={"If-None-Match": etag})
        assert (changed.status_code, changed.json()["name"]) == (200, "D")
        assert changed.headers["etag"] != etag

    async def test_no_parameter_is_taken(self, register_client: httpx.AsyncClient) -> None:
        answer = await register_client.get(f"{SEARCH}/AP000001U?as=of")

        assert answer.status_code == 422


class TestSearchProviders:
    async def test_an_empty_register_answers_with_nothing(
        self, register_client: httpx.AsyncClient
    ) -> None:
        answer = await register_client.get(SEARCH)

        assert answer.status_code == 200
        assert answer.json() == {
            "items": [],
            "links": {"self": SEARCH, "next": None},
            "register": {"entry": 0, "recorded_at": None, "moved_since_first_page": False},
            "near": None,
            "corrections": {},
        }

    async def test_an_item_says_who_where_how_far_and_why(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("Example Forge"))
        async with transaction(database, OPERATOR) as session:
            session.add(Postcode(postcode="CV1 1AA", easting=433_300, northing=279_400))

        answer = await register_client.get(
            SEARCH, params={"q": "forge", "near": "cv11aa", "include": "total"}
        )

        body = answer.json()
        (item,) = body["items"]
        assert item["distance_metres"] == 500
        assert item["site"] == {
            "reference": 1,
            "name": "Example Yard",
            "kind": "workshop",
            "town": "Coventry",
            "postcode": "CV1 2WT",
            "local_authority": {"la_code": "331", "name": "Coventry"},
            "location": {"latitude": 52.40802, "longitude": -1.51632},
            "status": {"code": "listed", "since": "2026-09-01"},
            "outcome": "not-yet-assessed",
            "seen": None,
        }
        assert item["matched"] == ["name", "near"]
        assert item["provider"]["links"] == {"self": f"{SEARCH}/AP000001U"}
        assert body["near"] == {"label": "CV1 1AA", "precision": "postcode"}
        assert body["total"] == 1

    async def test_headers_let_anyone_read_and_nobody_keep_an_old_answer(
        self, register_client: httpx.AsyncClient
    ) -> None:
        answer = await register_client.get(SEARCH, headers={"Origin": "https://elsewhere.example"})

        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cache-control"] == "public, no-cache"
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["etag"].startswith('"')
        assert "ratelimit" in answer.headers
        assert "access-control-allow-credentials" not in answer.headers

    async def test_whoever_has_it_already_is_told_so_until_the_register_moves(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        (held,) = await put_on_register(database, make_provider("A"))
        etag = (await register_client.get(SEARCH)).headers["etag"]

        again = await register_client.get(SEARCH, headers={"If-None-Match": etag})
        other = await register_client.get(f"{SEARCH}?q=a", headers={"If-None-Match": etag})
        await rename(database, held, "B")
        later = await register_client.get(SEARCH, headers={"If-None-Match": etag})

        assert (again.status_code, other.status_code, later.status_code) == (304, 200, 200)

    async def test_an_answer_changes_when_a_place_becomes_known_exactly(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider())
        address = f"{SEARCH}?near=CV1+2WT"
        roughly = await register_client.get(address)
        async with transaction(database, OPERATOR) as session:
            session.add(Postcode(postcode="CV1 2WT", easting=433_000, northing=279_000))

        exactly = await register_client.get(
            address, headers={"If-None-Match": roughly.headers["etag"]}
        )

        assert exactly.status_code == 200
        assert exactly.json()["near"] == {"label": "CV1 2WT", "precision": "postcode"}
        assert exactly.json()["items"][0]["distance_metres"] == 0

    @pytest.mark.parametrize("limit", [1, 3])
    async def test_following_next_gives_everything_once(
        self, database: Database, register_client: httpx.AsyncClient, limit: int
    ) -> None:
        await put_on_register(database, *(make_provider(f"Forest {n % 3}") for n in range(8)))
        params = {"q": "forest", "near": "CV1", "within_km": "20.5", "status": "listed"}
        params |= {"limit": str(limit), "include": "total"}
        address: str | None = str(httpx.URL(SEARCH, params=params))
        seen: list[str] = []
        while address is not None and len(seen) <= 8:
            body = (await register_client.get(address)).json()
            assert body["links"]["self"] == address
            assert body["total"] == 8
            assert not body["register"]["moved_since_first_page"]
            seen += [item["provider"]["number"] for item in body["items"]]
            address = body["links"]["next"]

        assert len(seen) == len(set(seen)) == 8

    async def test_a_later_page_says_that_the_register_has_moved(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        held = await put_on_register(database, *(make_provider(name) for name in "ABC"))
        first = (await register_client.get(f"{SEARCH}?limit=1")).json()
        await move_to(database, held[0], Status.SUSPENDED)

        second = (await register_client.get(first["links"]["next"])).json()
        third = (await register_client.get(second["links"]["next"])).json()

        assert [page["register"]["moved_since_first_page"] for page in (first, second, third)] == [
            False,
            True,
            True,
        ]
        assert [page["register"]["entry"] for page in (first, second, third)] == [3, 4, 4]

    async def test_several_filters_can_be_repeated(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        offer = make_site().offers[0]
        both = offer.model_copy(update={"needs": (Need.SEMH, Need.ASD)})
        one = offer.model_copy(update={"needs": (Need.SEMH,)})
        await put_on_register(database, make_provider("Both", make_site(offers=(both,))))
        await put_on_register(
            database, make_provider("One", make_site(offers=(one,))), status=Status.REMOVED
        )

        answer = await register_client.get(f"{SEARCH}?need=SEMH&need=ASD")
        either = await register_client.get(f"{SEARCH}?need=SEMH&status=listed&status=removed")

        assert names(answer) == ["Both"]
        assert names(either) == ["Both", "One"]
        assert either.json()["links"]["self"] == (
            f"{SEARCH}?need=SEMH&status=listed&status=removed"
        )

    async def test_a_head_request_answers_with_headers_alone(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider())

        head = await register_client.head(SEARCH)
        get = await register_client.get(SEARCH)

        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == get.headers["etag"]


class TestTheContract:
    async def test_every_answer_is_what_the_published_documents_say(
        self, database: Database, owner: asyncpg.Connection, register_client: httpx.AsyncClient
    ) -> None:
        await make_register(database, seed=9, providers=20)
        schemas = json_schemas()
        queries = ["", "?near=CV1&within_miles=20&include=total", "?q=forrest&limit=2", "?la=331"]
        for query in queries:
            answer = await register_client.get(SEARCH + query)
            SearchAnswer.model_validate_json(answer.content, strict=True)
            jsonschema.validate(answer.json(), schemas["provider-search"])
        for row in await owner.fetch("SELECT number FROM register_documents"):
            answer = await register_client.get(f"{SEARCH}/{row['number']}")
            ProviderRecord.model_validate_json(answer.content, strict=True)
            jsonschema.validate(answer.json(), schemas["provider-record"])

    async def test_an_answer_is_of_one_state_of_the_register_while_others_publish(
        self, database: Database, register_client: httpx.AsyncClient
    ) -> None:
        """Each entry lists one more provider, so entry and number found must agree."""

        async def publish() -> None:
            for _ in range(12):
                await put_on_register(database, make_provider("Forest"))

        publishing = asyncio.create_task(publish())
        seen = set()
        while not publishing.done():
            body = (await register_client.get(f"{SEARCH}?include=total&limit=100")).json()
            assert body["total"] == len(body["items"]) == body["register"]["entry"]
            seen.add(body["total"])
        await publishing

        assert len(seen) > 1

    async def test_a_search_reads_no_table_that_is_not_public(
        self, database: Database, register_client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider())
        await owner.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ap_app, ap_operator")

        assert len(orjson.loads((await register_client.get(SEARCH)).content)["items"]) == 1
