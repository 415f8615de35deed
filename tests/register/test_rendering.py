from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest

from app.register.rendering import (
    day,
    offered,
    offered_ages,
    open_sites,
    render,
    utc,
)
from app.register.schemas.records import ProviderRecord
from app.register.schemas.search import ProviderSummary, SiteSummary

RECORDED_AT = datetime(2026, 11, 23, 23, 15, 4, 5, tzinfo=UTC)


def make_offer(**said: Any) -> dict[str, Any]:
    offer = {
        "programme": "Tuition",
        "ages": {"from": 11, "to": 13},
        "key_stages": [3],
        "needs": ["SEMH"],
        "hours_per_week": None,
    }
    return offer | said


def make_site(reference: int = 1, **said: Any) -> dict[str, Any]:
    site = {
        "reference": reference,
        "name": f"Site {reference}",
        "kind": "workshop",
        "address": {
            "lines": ["1 Example Street"],
            "town": "Coventry",
            "postcode": "CV1 2WT",
            "postcode_district": "CV1",
        },
        "la_code": "331",
        "location": {"easting": 433_000, "northing": 279_000, "precision": "postcode"},
        "opened_on": None,
        "closed_on": None,
        "offers": [make_offer()],
    }
    return site | said


def make_record(*sites: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": "AP000001U",
        "name": "Example Forge",
        "other_names": [{"name": "Old", "kind": "former", "until": "2026-01-01"}],
        "identifiers": [],
        "status": {"code": "listed", "since": "2026-09-01"},
        "sites": list(sites),
    }


CLOSED = make_site(2, closed_on="2026-10-01", la_code="937", offers=[make_offer(needs=["HI"])])


class TestRender:
    def test_the_document_says_which_entry_published_it(self) -> None:
        document = orjson.loads(render(make_record(make_site()), 7, RECORDED_AT).document)

        assert document["register"] == {"entry": 7, "recorded_at": "2026-11-23T23:15:04.000005Z"}
        assert document["links"] == {"self": "/v1/providers/AP000001U"}
        assert "la_code" not in document["sites"][0]
        assert document["sites"][0]["local_authority"] == {"la_code": "331", "name": "Coventry"}

    def test_the_document_keeps_a_closed_site_and_the_summary_leaves_it_out(self) -> None:
        rendered = render(make_record(make_site(), CLOSED), 7, RECORDED_AT)

        document, summary = orjson.loads(rendered.document), orjson.loads(rendered.summary)
        assert [site["reference"] for site in document["sites"]] == [1, 2]
        assert set(rendered.sites) == {1}
        assert summary["site_count"] == 1
        assert summary["needs"] == ["SEMH"]
        assert summary["local_authorities"] == [{"la_code": "331", "name": "Coventry"}]

    def test_the_summary_puts_the_open_sites_together(self) -> None:
        other = make_site(
            2,
            la_code="937",
            address={"lines": [], "town": None, "postcode": None, "postcode_district": "CV8"},
            offers=[
                make_offer(ages={"from": 5, "to": 6}, needs=["ASD"], key_stages=[4, 1]),
                make_offer(programme="Art"),
            ],
        )
        summary = orjson.loads(render(make_record(make_site(), other), 7, RECORDED_AT).summary)

        assert summary["towns"] == ["Coventry"]
        assert summary["programmes"] == ["Art", "Tuition"]
        assert summary["ages"] == {"from": 5, "to": 13}
        assert summary["key_stages"] == [1, 3, 4]
        assert summary["needs"] == ["ASD", "SEMH"]
        assert [la["la_code"] for la in summary["local_authorities"]] == ["331", "937"]

    def test_without_offers_there_are_no_ages(self) -> None:
        rendered = render(make_record(make_site(offers=[])), 7, RECORDED_AT)

        assert orjson.loads(rendered.summary)["ages"] is None

    def test_a_site_shows_the_half_of_its_postcode_where_the_whole_is_not_public(self) -> None:
        hidden: dict[str, Any] = {"lines": [], "town": None, "postcode": None}
        hidden["postcode_district"] = "CV8"
        rendered = render(make_record(make_site(), make_site(2, address=hidden)), 7, RECORDED_AT)

        shown = {number: orjson.loads(site)["postcode"] for number, site in rendered.sites.items()}
        assert shown == {1: "CV1 2WT", 2: "CV8"}

    @pytest.mark.parametrize("sites", [(), (make_site(),), (make_site(), CLOSED)])
    def test_everything_rendered_is_what_the_contract_says(
        self, sites: tuple[dict[str, Any], ...]
    ) -> None:
        rendered = render(make_record(*sites), 7, RECORDED_AT)

        ProviderRecord.model_validate_json(rendered.document, strict=True)
        ProviderSummary.model_validate_json(rendered.summary, strict=True)
        for site in rendered.sites.values():
            SiteSummary.model_validate_json(site, strict=True)

    def test_the_same_record_gives_the_same_bytes(self) -> None:
        first = render(make_record(make_site(), CLOSED), 7, RECORDED_AT)

        assert render(make_record(make_site(), CLOSED), 7, RECORDED_AT) == first


def test_open_sites_are_those_without_a_closing_day() -> None:
    assert [site["reference"] for site in open_sites(make_record(CLOSED, make_site(3)))] == [3]


def test_every_age_between_youngest_and_oldest_is_offered() -> None:
    offers = [make_offer(ages={"from": 14, "to": 14}), make_offer(ages={"from": 5, "to": 7})]

    assert offered_ages(offers) == [5, 6, 7, 14]
    assert offered_ages([]) == []


def test_values_offered_are_each_named_once_in_order() -> None:
    offers = [make_offer(needs=["SEMH", "ASD"]), make_offer(needs=["ASD"])]

    assert offered(offers, "needs") == ["ASD", "SEMH"]


def test_a_moment_is_written_to_the_microsecond() -> None:
    assert utc(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    elsewhere = datetime(2026, 7, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))

    assert utc(elsewhere) == "2026-07-01T00:00:00.000000Z"


def test_a_day_is_read_back() -> None:
    assert day("2026-09-01") == date(2026, 9, 1)
