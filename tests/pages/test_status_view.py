import pytest

from app.pages.status_view import build_record_note, build_register_note, build_status
from app.providers.terms import PUBLIC_STATUSES


class TestBuildStatus:
    @pytest.mark.parametrize("code", sorted(PUBLIC_STATUSES))
    def test_every_status_says_that_it_clears_no_child(self, code: str) -> None:
        status = build_status({"code": code, "since": "2026-03-03"})

        assert status.since == "3 March 2026"
        assert status.not_clearance.startswith("A listing is not clearance for a particular child:")

    def test_a_day_that_is_not_known_is_left_out(self) -> None:
        assert build_status({"code": "listed"}).since == ""


class TestNotes:
    def test_the_register_is_named_by_its_newest_entry(self) -> None:
        note = build_register_note({"entry": 5012, "recorded_at": "2026-07-01T09:30:00Z"})

        assert note == (
            "The register as it stood at entry 5,012, recorded on 1 July 2026 at 10:30am."
        )

    def test_a_record_is_named_by_the_entry_that_published_it(self) -> None:
        note = build_record_note({"entry": 7, "recorded_at": "2026-01-01T12:00:00Z"})

        assert note == "Published by entry 7 of the register, recorded on 1 January 2026 at midday."
