"""What records say of standing and evidence: today, and on the next day that changes them."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.providers.standing import Picture, due_on
from app.register.ahead import site_standings, whole_evidence
from app.register.composing import compose
from tests.register.wholes import (
    LISTING_ID,
    SITE_ID,
    TODAY,
    make_document,
    make_listing,
    make_site,
    picture,
    whole,
)

NEW_YEAR = date(2027, 1, 1)
LAST_DAY = date(2026, 12, 1)
OTHER_SITE, OTHER_LISTING = uuid.UUID(int=11), uuid.UUID(int=12)
SUSPENDED_LATER = {"next_state": "suspended", "next_on": NEW_YEAR}


def record_on(day: date, *listings: Any, **said: Any) -> dict[str, Any]:
    sites = [make_site(), make_site(id=OTHER_SITE, reference=2)]
    return compose(whole(sites=sites, picture=picture(*listings, **said)), day)


def evidence(status: str, since: str | None = None, until: str | None = None) -> dict[str, Any]:
    return {"status": status, "since": since, "grace_until": until}


class TestAnnounced:
    def test_a_later_move_is_announced_and_the_site_stands_as_before(self) -> None:
        record = record_on(TODAY, make_listing(**SUSPENDED_LATER))

        listing = record["sites"][0]["listing"]
        assert (listing["status"], listing["since"]) == ("listed", "2026-09-01")
        assert listing["announced"] == {
            "status": "suspended",
            "from": "2027-01-01",
            "reason": None,
        }
        assert record["valid_until"] == "2026-12-31"
        assert record["next"] == {
            "on": "2027-01-01",
            "status": "suspended",
            "evidence": "none-held",
            "outcome": None,
            "sites": [
                {"reference": 1, "status": "suspended", "evidence": "none-held", "outcome": None}
            ],
        }

    def test_on_its_day_it_holds_and_is_no_longer_announced(self) -> None:
        record = record_on(NEW_YEAR, make_listing(**SUSPENDED_LATER))

        listing = record["sites"][0]["listing"]
        assert (listing["status"], listing["since"]) == ("suspended", "2027-01-01")
        assert (listing["announced"], record["next"], record["valid_until"]) == (None, None, None)

    def test_the_public_reason_of_each_move_is_told(self) -> None:
        moves = {
            LISTING_ID: {
                ("listed", date(2026, 9, 1)): "assessment",
                ("suspended", NEW_YEAR): "standards-not-met",
            }
        }
        held = whole(picture=picture(make_listing(**SUSPENDED_LATER)), moves=moves)

        before, after = (compose(held, day)["sites"][0]["listing"] for day in (TODAY, NEW_YEAR))
        assert (before["reason"], before["announced"]["reason"]) == (
            "assessment",
            "standards-not-met",
        )
        assert after["reason"] == "standards-not-met"

    def test_a_first_listing_of_a_later_day_is_not_told_before(self) -> None:
        coming = make_listing(
            state="in-assessment", next_state="listed", next_on=NEW_YEAR, listed_on=NEW_YEAR
        )

        assert record_on(TODAY, coming)["sites"][0]["listing"] is None
        assert record_on(NEW_YEAR, coming)["sites"][0]["listing"]["status"] == "listed"

    @pytest.mark.parametrize("state", ["draft", "submitted", "in-assessment", "refused"])
    def test_an_application_or_a_refusal_is_nothing_to_the_public(self, state: str) -> None:
        assert record_on(TODAY, make_listing(state=state))["sites"][0]["listing"] is None

    def test_of_several_listings_the_one_on_the_register_counts(self) -> None:
        removed = make_listing(id=OTHER_LISTING, state="removed", state_since=date(2026, 9, 20))

        for order in ([removed, make_listing()], [make_listing(), removed]):
            assert record_on(TODAY, *order)["sites"][0]["listing"]["status"] == "listed"


class TestEvidence:
    def test_an_expiry_is_computed_ahead(self) -> None:
        record = record_on(TODAY, documents=[make_document(LAST_DAY)])

        assert record["evidence"] == evidence("current")
        assert record["valid_until"] == "2026-12-01"
        assert (record["next"]["on"], record["next"]["evidence"]) == (
            "2026-12-02",
            "out-of-date",
        )
        assert record["next"]["status"] == "listed"

    def test_after_it_the_record_says_since_when_and_how_long_there_is(self) -> None:
        record = record_on(date(2026, 12, 2), documents=[make_document(LAST_DAY)])

        said = evidence("out-of-date", "2026-12-02", "2026-12-29")
        assert record["evidence"] == record["sites"][0]["evidence"] == said
        assert record["next"] == {
            "on": "2026-12-30",
            "status": "under-review",
            "evidence": "out-of-date",
            "outcome": None,
            "sites": [
                {
                    "reference": 1,
                    "status": "under-review",
                    "evidence": "out-of-date",
                    "outcome": None,
                }
            ],
        }

    def test_what_the_service_has_yet_to_do_is_not_told_as_done(self) -> None:
        late = record_on(date(2027, 2, 1), documents=[make_document(LAST_DAY)])

        assert late["sites"][0]["listing"]["status"] == "listed"

    @pytest.mark.parametrize("state", ["under-review", "suspended"])
    def test_where_it_is_looked_into_already_there_is_no_grace(self, state: str) -> None:
        record = record_on(
            date(2026, 12, 2), make_listing(state=state), documents=[make_document(LAST_DAY)]
        )

        assert record["evidence"] == evidence("out-of-date", "2026-12-02")

    def test_without_a_policy_of_grace_no_day_is_named(self) -> None:
        record = record_on(date(2026, 12, 2), documents=[make_document(LAST_DAY)], grace_days=None)

        assert record["evidence"] == evidence("out-of-date", "2026-12-02")
        assert record["next"] is None

    def test_what_is_out_of_date_at_one_site_is_out_of_date_for_the_provider(self) -> None:
        other = make_listing(id=OTHER_LISTING, site_id=OTHER_SITE)
        documents = [
            make_document(LAST_DAY, site_id=SITE_ID),
            make_document(NEW_YEAR, site_id=OTHER_SITE),
        ]

        record = record_on(date(2026, 12, 2), make_listing(), other, documents=documents)

        assert record["evidence"]["status"] == "out-of-date"
        assert [site["evidence"]["status"] for site in record["sites"]] == [
            "out-of-date",
            "current",
        ]

    def test_a_site_off_the_register_is_not_asked_for_evidence(self) -> None:
        removed = picture(make_listing(state="removed"), documents=[make_document(LAST_DAY)])

        (stands,) = site_standings(removed, date(2027, 1, 1), {}).values()
        assert stands.evidence is None
        assert whole_evidence([stands]) is None


class TestClosing:
    def test_a_site_that_closes_later_is_open_until_then(self) -> None:
        site = make_site(closed_on=NEW_YEAR)
        closing = picture(closed_on={SITE_ID: NEW_YEAR})
        held = whole(sites=[site], picture=closing)

        before, after = compose(held, TODAY), compose(held, NEW_YEAR)

        (shown,), (shut,) = before["sites"], after["sites"]
        assert (shown["closes_on"], shown["closed_on"]) == ("2027-01-01", None)
        assert (shut["closes_on"], shut["closed_on"]) == (None, "2027-01-01")
        assert before["next"] is not None
        assert before["next"]["status"] == "closed"


@pytest.mark.parametrize("seed", range(40))
def test_the_bytes_of_any_day_hold_through_valid_until_and_then_differ(seed: int) -> None:
    later = [TODAY + timedelta(days=(seed * 7 + n * 11) % 60) for n in range(4)]
    listing = make_listing(next_state="under-review", next_on=later[0])
    site = make_site(closed_on=later[3] if seed % 3 == 0 else None)
    documents = [make_document(later[1]), make_document(later[2], "insurance")]
    held = whole(
        sites=[site],
        picture=picture(
            listing,
            documents=documents,
            critical=[frozenset({"fire"}), frozenset({"insurance"})],
            closed_on={SITE_ID: later[3]} if seed % 3 == 0 else {},
        ),
    )
    do_what_is_due(held.picture, listing, TODAY)
    for step in range(120):
        day = TODAY + timedelta(days=step)
        record = compose(held, day)
        ends = record["valid_until"]
        do_what_is_due(held.picture, listing, day + timedelta(days=1))
        following = compose(held, day + timedelta(days=1))
        if ends is None or day.isoformat() < ends:
            assert following == record
        else:
            assert following != record
            assert record["next"]["on"] == (day + timedelta(days=1)).isoformat()
            assert record["next"]["evidence"] == (following["evidence"] or {}).get("status")
            stands = [one["status"] for one in record["next"]["sites"]]
            assert stands in ([], [following["sites"][0]["listing"]["status"]])


def do_what_is_due(changing: Picture, listing: SimpleNamespace, day: date) -> None:
    """Do to a listing what the service does at midnight."""
    while due := due_on(changing, listing, day):
        listing.state, listing.state_since = due.to_state.value, due.effective_on
        if due.announced:
            listing.next_state = listing.next_on = None
