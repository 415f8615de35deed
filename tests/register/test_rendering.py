from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest

from app.register.rendering import (
    day,
    last_seen_on,
    offered,
    offered_ages,
    open_sites,
    render,
    utc,
)
from app.register.schemas.records import ProviderRecord
from app.register.schemas.search import ProviderSummary, SiteSummary

RECORDED_AT = datetime(2026, 11, 23, 23, 15, 4, 5, tzinfo=UTC)


EVIDENCE = {"status": "out-of-date", "since": "2026-11-01", "grace_until": "2026-11-28"}


INSPECTION: dict[str, Any] = {
    "outcome": "meets-with-actions",
    "since": "2026-09-20",
    "valid_until": "2027-10-31",
    "next": "not-yet-assessed",
    "decided_by": [{"criterion": "3.6a", "judgement": "partly-met", "because": "major-partly-met"}],
    "seen": {"from": "2026-06-01", "to": "2026-08-31"},
    "due": {"kind": "annual", "on": "2027-08-31"},
    "latest": {
        "reference": "QA000001W",
        "kind": "entry-visit",
        "published_on": "2026-09-20",
        "version": 1,
        "sha256": "00" * 32,
    },
    "pending": ["comments-open"],
}


def make_offer(**said: Any) -> dict[str, Any]:
    offer = {
        "programme": "Tuition",
        "ages": {"from": 11, "to": 13},
        "key_stages": [3],
        "needs": ["SEMH"],
        "sessions": [],
        "hours_per_week": None,
        "group": None,
        "prices": {"hour": 4_500, "half_day": None, "day": None, "week": None},
        "availability": {"band": "soon", "confirmed_on": "2026-10-01"},
        "ends_on": None,
    }
    return offer | said


def make_scope(**said: Any) -> dict[str, Any]:
    return {"ages": None, "key_stages": [], "needs": [], "programmes": []} | said


def make_listing(**said: Any) -> dict[str, Any]:
    listing = {
        "status": "listed",
        "since": "2026-09-01",
        "reason": "assessment",
        "announced": {"status": "suspended", "from": "2027-01-01", "reason": None},
        "listed_on": "2026-09-01",
        "basis": "application",
        "scope": make_scope(),
        "seen_on": "2026-08-20",
        "seen_how": "visit",
        "standards": "working-set-1",
        "decided_by": "937",
        "review_due_on": None,
    }
    return listing | said


def make_site(reference: int = 1, **said: Any) -> dict[str, Any]:
    site = {
        "reference": reference,
        "name": f"Site {reference}",
        "kind": "workshop",
        "run_by": None,
        "address": {
            "lines": ["1 Example Street"],
            "town": "Coventry",
            "postcode": "CV1 2WT",
            "postcode_district": "CV1",
        },
        "la_code": "331",
        "location": {"easting": 433_000, "northing": 279_000, "precision": "postcode"},
        "opened_on": None,
        "closes_on": None,
        "closed_on": None,
        "listing": make_listing(),
        "evidence": EVIDENCE,
        "inspection": INSPECTION,
        "offers": [make_offer()],
    }
    return site | said


def make_record(*sites: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": "AP000001U",
        "name": "Example Forge",
        "other_names": [{"name": "Old", "kind": "former", "until": "2026-01-01"}],
        "identifiers": [{"scheme": "ukprn", "value": "1", "verified_on": None}],
        "status": {"code": "listed", "since": "2026-09-01"},
        "evidence": EVIDENCE,
        "outcome": "meets-with-actions",
        "confirmed_on": "2026-09-01",
        "contact": {"website": None, "email": None, "phone": "01632 960001"},
        "predecessors": ["AP000003Q"],
        "successors": [],
        "merged_into": None,
        "valid_until": "2026-12-31",
        "next": {
            "on": "2027-01-01",
            "status": "suspended",
            "evidence": "out-of-date",
            "outcome": "meets-with-actions",
            "sites": [
                {
                    "reference": 1,
                    "status": "suspended",
                    "evidence": "out-of-date",
                    "outcome": "meets-with-actions",
                }
            ],
        },
        "sites": list(sites),
    }


def make_former_record() -> dict[str, Any]:
    """A record as they were published before sites had listings of their own."""
    site = make_site()
    for name in ("run_by", "closes_on", "listing", "evidence", "inspection"):
        del site[name]
    offer = make_offer()
    for name in ("sessions", "group", "prices", "availability", "ends_on"):
        del offer[name]
    kept = ("number", "name", "other_names", "status")
    record = {name: make_record()[name] for name in kept}
    return record | {
        "identifiers": [{"scheme": "ukprn", "value": "1"}],
        "sites": [site | {"offers": [offer]}],
    }


def make_record_before_inspections() -> dict[str, Any]:
    """A record as they were published when it told of listings, and not yet of inspections."""
    record = make_record(make_site())
    for told in (record, record["next"], *record["next"]["sites"]):
        del told["outcome"]
    del record["sites"][0]["inspection"]
    return record


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

    assert offered_ages(make_site(offers=offers)) == [5, 6, 7, 14]
    assert offered_ages(make_site(offers=offers, listing=None)) == [5, 6, 7, 14]
    assert offered_ages(make_site(offers=[])) == []


def test_values_offered_are_each_named_once_in_order() -> None:
    offers = [make_offer(needs=["SEMH", "ASD"]), make_offer(needs=["ASD"])]

    assert offered(make_site(offers=offers), "needs") == ["ASD", "SEMH"]


def test_what_a_listing_does_not_cover_is_not_offered() -> None:
    scope = make_scope(ages={"from": 12, "to": 20}, needs=["SEMH", "HI"], programmes=["Tuition"])
    offers = [
        make_offer(ages={"from": 5, "to": 13}, needs=["SEMH", "ASD"]),
        make_offer(programme="Art", ages={"from": 15, "to": 16}, needs=["HI"]),
    ]
    site = make_site(offers=offers, listing=make_listing(scope=scope))

    summary = orjson.loads(render(make_record(site), 7, RECORDED_AT).summary)

    assert (offered_ages(site), offered(site, "needs")) == ([12, 13], ["SEMH"])
    assert summary["programmes"] == ["Tuition"]
    assert (summary["ages"], summary["needs"]) == ({"from": 12, "to": 13}, ["SEMH"])


def test_a_list_item_is_about_the_sites_on_the_register_where_any_is() -> None:
    removed = make_site(2, la_code="937", listing=make_listing(status="removed"))
    unlisted = make_site(3, la_code="330", listing=None)

    both = render(make_record(make_site(), removed, unlisted), 7, RECORDED_AT)
    gone = render(make_record(removed, unlisted), 7, RECORDED_AT)

    assert orjson.loads(both.summary)["site_count"] == 1
    assert orjson.loads(gone.summary)["site_count"] == 2
    assert orjson.loads(both.sites[2])["status"] == {"code": "removed", "since": "2026-09-01"}
    assert set(both.sites) == {1, 2}


def test_a_record_of_the_former_form_stands_at_every_site_as_its_provider_did() -> None:
    rendered = render(make_former_record(), 7, RECORDED_AT)

    document = ProviderRecord.model_validate_json(rendered.document, strict=True)
    listing = document.sites[0].listing
    assert listing is not None
    assert (listing.status, listing.basis) == ("listed", "conversion")
    ProviderSummary.model_validate_json(rendered.summary, strict=True)
    SiteSummary.model_validate_json(rendered.sites[1], strict=True)


def test_a_record_from_before_inspections_tells_of_none() -> None:
    rendered = render(make_record_before_inspections(), 7, RECORDED_AT)

    document = ProviderRecord.model_validate_json(rendered.document, strict=True)
    assert document.next is not None
    assert (document.outcome, document.next.outcome, document.sites[0].inspection) == (None,) * 3
    summary = ProviderSummary.model_validate_json(rendered.summary, strict=True)
    assert (summary.outcome, summary.seen) == (None, None)


def test_a_list_item_says_from_when_to_when_evidence_was_seen() -> None:
    later = INSPECTION | {"seen": {"from": "2026-08-01", "to": "2026-10-01"}}
    sites = [make_site(), make_site(2, inspection=later), make_site(3, inspection=None)]
    rendered = render(make_record(*sites), 7, RECORDED_AT)

    summary = orjson.loads(rendered.summary)
    assert (summary["outcome"], summary["seen"]) == (
        "meets-with-actions",
        {"from": "2026-06-01", "to": "2026-10-01"},
    )
    sites = [orjson.loads(rendered.sites[n]) for n in (2, 3)]
    assert [(one["outcome"], one["seen"]) for one in sites] == [
        ("meets-with-actions", later["seen"]),
        (None, None),
    ]


def test_without_an_inspection_a_site_was_seen_for_its_listing() -> None:
    unseen = INSPECTION | {"seen": None}
    never = unseen | {"latest": None}

    assert last_seen_on(make_site()) == "2026-08-31"
    assert last_seen_on(make_site(inspection=unseen)) is None
    for inspection in (never, None):
        assert last_seen_on(make_site(inspection=inspection)) == "2026-08-20"


def test_a_moment_is_written_to_the_microsecond() -> None:
    assert utc(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


def test_a_moment_of_another_zone_is_written_in_utc() -> None:
    elsewhere = datetime(2026, 7, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))

    assert utc(elsewhere) == "2026-07-01T00:00:00.000000Z"


def test_a_day_is_read_back() -> None:
    assert day("2026-09-01") == date(2026, 9, 1)
