"""What older entries tell and the newest does not."""

from typing import Any

from app.pages.past_facts import past_facts, place_words
from app.values.json_pointer import parse_pointer, resolve


def record(**changes: Any) -> dict[str, Any]:
    site = {"name": "Example Yard", "address": {"lines": ["1 Example Street"]}, "open": True}
    return {"number": "AP000001Z", "name": "Example Forge", "sites": [site]} | changes


def lines(*told: str) -> list[dict[str, Any]]:
    return [{"name": "Example Yard", "address": {"lines": list(told)}}]


class TestPastFacts:
    def test_only_what_the_newest_no_longer_tells_is_offered_with_who_tells_it(self) -> None:
        wrong = record(sites=lines("1 Example Street", "77 Hiddenlea Crescent"))
        entries = [(9, record()), (7, wrong), (5, wrong), (3, record(name="Example Smithy"))]

        found = past_facts(entries)

        assert [(one.pointer, one.value, one.entries) for one in found] == [
            ("/name", "Example Smithy", (3,)),
            ("/sites/*/address/lines/*", "77 Hiddenlea Crescent", (7, 5)),
        ]

    def test_the_place_leads_to_the_value_in_each_entry_wherever_it_stood(self) -> None:
        wrong = record(sites=lines("77 Hiddenlea Crescent", "1 Example Street"))
        (fact,) = past_facts([(2, record()), (1, wrong)])

        assert fact.value in list(resolve(wrong, parse_pointer(fact.pointer)))

    def test_number_and_status_stay_and_so_are_not_offered(self) -> None:
        before = record(number="AP000002A", status={"code": "listed", "since": "2026-01-01"})

        assert past_facts([(2, record()), (1, before)]) == []

    def test_entries_that_were_taken_out_tell_nothing(self) -> None:
        assert past_facts([(2, record()), (1, None)]) == []
        assert past_facts([]) == []

    def test_names_are_the_same_each_time_and_differ_by_fact(self) -> None:
        entries = [(3, record()), (2, record(name="A name")), (1, record(name="Another name"))]

        first, again = past_facts(entries), past_facts(entries)

        assert [one.token for one in first] == [one.token for one in again]
        assert len({one.token for one in first}) == len(first) == 2


class TestPlaceWords:
    def test_a_place_is_said_in_words_wherever_in_a_list(self) -> None:
        assert place_words("/sites/*/address/lines/*") == "Line of a site's address"
        assert place_words("/sites/0/address/lines/1") == "Line of a site's address"

    def test_a_place_without_words_is_made_readable(self) -> None:
        assert place_words("/sites/*/new_member") == "Sites, new member"
