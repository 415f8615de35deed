"""What is known to come, from every place of a record that tells of a day ahead."""

import copy
from datetime import date
from typing import Any

import orjson
import pytest

from app.register.coming import coming
from app.register.composing import compose
from tests.register.wholes import TODAY, make_document, make_listing, picture, whole

RECORD: dict[str, Any] = orjson.loads(orjson.dumps(compose(whole(), TODAY)))
OFFER: dict[str, Any] = RECORD["sites"][0]["offers"][0]
AHEAD = "2027-01-01"
ANNOUNCED = {"status": "removed", "from": AHEAD, "reason": "provider-asked"}

INSPECTION = {"outcome": "meets-standards", "valid_until": "2026-12-31", "next": "not-yet-assessed"}


def with_site(**said: Any) -> dict[str, Any]:
    record = copy.deepcopy(RECORD)
    record["sites"][0] |= said
    return record


def told(record: dict[str, Any], today: date = TODAY) -> list[tuple[str, str, Any, Any]]:
    return [(one.on, one.pointer, one.now, one.then) for one in coming(record, today)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"opened_on": AHEAD}, [(AHEAD, "/sites/0/opened_on", None, AHEAD)]),
        ({"closes_on": AHEAD}, [(AHEAD, "/sites/0/closed_on", None, AHEAD)]),
        (
            {"offers": [OFFER, OFFER | {"ends_on": AHEAD}]},
            [(AHEAD, "/sites/0/offers/1", OFFER | {"ends_on": AHEAD}, None)],
        ),
        (
            {"listing": RECORD["sites"][0]["listing"] | {"announced": ANNOUNCED}},
            [(AHEAD, "/sites/0/listing/status", "listed", "removed")],
        ),
        (
            {"inspection": INSPECTION},
            [(AHEAD, "/sites/0/inspection/outcome", "meets-standards", "not-yet-assessed")],
        ),
    ],
)
def test_each_place_of_a_record_tells_of_its_day(
    said: dict[str, Any], expected: list[tuple[str, str, Any, Any]]
) -> None:
    assert told(with_site(**said)) == expected
    assert told(with_site(**said), date.fromisoformat(AHEAD)) == []


def test_what_time_alone_brings_is_told_once_and_in_order_of_day() -> None:
    """The document runs out first; on a later day the listing moves, as was decided."""
    listing = make_listing(next_state="removed", next_on=date(2027, 1, 1))
    document = make_document(date(2026, 12, 1))
    held = whole(picture=picture(listing, documents=[document]))
    record = orjson.loads(orjson.dumps(compose(held, TODAY)))
    assert record["next"]["on"] == "2026-12-02"

    assert told(record) == [
        ("2026-12-02", "/evidence/status", "current", "out-of-date"),
        ("2026-12-02", "/sites/0/evidence/status", "current", "out-of-date"),
        ("2027-01-01", "/sites/0/listing/status", "listed", "removed"),
    ]
