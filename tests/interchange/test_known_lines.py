import uuid
from datetime import date
from typing import Any

from app.interchange.known_lines import Recognised, recognise
from app.interchange.provider_lines import ListLine
from app.interchange.queries.provider_lists import HeldLine
from app.providers.schemas.recording import KnownBy, NewIdentifier, NewOffer, NewSite
from app.providers.terms import Scheme
from app.values.site_kind import SiteKind


def held(name: str, number: str = "AP1", **what: Any) -> HeldLine:
    said = {
        "la_code": "331",
        "list_name": "AP list",
        "list_reference": None,
        "list_date": None,
        "listed_as": None,
        "source_url": None,
        "local_result": None,
        "local_result_on": None,
        "other_names": (),
        "towns": (),
        "postcodes": (),
        "programmes": (),
        "identifiers": (),
    }
    return HeldLine(id=uuid.uuid4(), number=number, name=name, **(said | what))


def line(name: str, number: int = 2, **known: Any) -> ListLine:
    return ListLine(number, name, KnownBy(**({"la_code": "331", "list_name": "AP list"} | known)))


def new_in(found: Recognised) -> list[str]:
    return [each.name for each in found.new]


class TestRecognise:
    def test_the_same_reference_of_the_same_list_is_the_same_line(self) -> None:
        found = recognise(
            [line("Anvil", list_reference="a 1")], [held("Anvil", list_reference="A 1")]
        )

        assert (new_in(found), [c.changes for c in found.changed]) == (
            [],
            [(("list_reference", "A 1", "a 1"),)],
        )

    def test_the_same_name_without_references_is_the_same_line(self) -> None:
        found = recognise([line("THE ANVIL!")], [held("The Anvil")])

        assert (new_in(found), found.unchanged) == ([], 1)

    def test_the_list_and_the_area_must_be_the_same(self) -> None:
        found = recognise(
            [line("Anvil", list_name="Other list"), line("Anvil", la_code="330")], [held("Anvil")]
        )

        assert new_in(found) == ["Anvil", "Anvil"]

    def test_the_name_of_the_list_may_be_written_differently(self) -> None:
        assert recognise([line("Anvil", list_name="ap  LIST")], [held("Anvil")]).unchanged == 1

    def test_another_reference_is_another_line_though_the_name_is_the_same(self) -> None:
        found = recognise([line("Anvil", list_reference="2")], [held("Anvil", list_reference="1")])

        assert new_in(found) == ["Anvil"]

    def test_a_list_that_gives_its_lines_references_later_is_recognised(self) -> None:
        found = recognise([line("Anvil", list_reference="1")], [held("Anvil")])

        assert found.changed[0].changes == (("list_reference", "", "1"),)

    def test_a_name_that_stands_twice_stays_two_lines(self) -> None:
        two = [line("Anvil", 2), line("Anvil", 3)]

        assert new_in(recognise(two, [held("Anvil")])) == ["Anvil"]
        assert recognise(two, [held("Anvil"), held("Anvil", "AP2")]).unchanged == 2

    def test_another_date_of_the_list_alone_is_only_counted(self) -> None:
        found = recognise([line("Anvil", list_date="2026")], [held("Anvil", list_date="2025")])

        assert (found.redated, found.changed) == (1, [])

    def test_whatever_else_a_known_line_says_now_is_left_for_a_person(self) -> None:
        offer = NewOffer(programme="music", age_from=11, age_to=16)
        site = NewSite(
            name="x",
            kind=SiteKind.FIXED,
            la_code="331",
            town="Rugby",
            postcode="CV1 2WT",
            offers=(offer,),
        )
        incoming = ListLine(
            9,
            "Hammer",
            KnownBy(la_code="331", list_name="AP list", list_reference="1", listed_as="approved"),
            identifiers=(NewIdentifier(scheme=Scheme.UKPRN, value="10000001"),),
            sites=(site,),
        )

        (changed,) = recognise(
            [incoming],
            [held("Anvil", list_reference="1", towns=("Coventry",), programmes=("radio",))],
        ).changed

        assert (changed.line, changed.number, changed.name) == (9, "AP1", "Anvil")
        assert changed.changes == (
            ("provider_name", "Anvil", "Hammer"),
            ("listed_as", "", "approved"),
            ("place", "Coventry", "Rugby"),
            ("postcode", "", "CV1 2WT"),
            ("offer_tags", "radio", "music"),
            ("identifiers", "", "ukprn:10000001"),
        )

    def test_another_name_that_is_held_is_no_change(self) -> None:
        found = recognise(
            [line("Hammer", list_reference="1")],
            [held("Anvil", list_reference="1", other_names=("Hammer",))],
        )

        assert found.unchanged == 1


class TestLocalResults:
    JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)

    def test_a_newer_result_is_taken_over_and_not_left_for_a_person(self) -> None:
        before = held("Anvil", local_result="Approved", local_result_on=self.JUNE)
        now = line("Anvil", local_result="Stopped", local_result_on=self.JULY)

        found = recognise([now], [before])

        assert (found.newer, found.changed, found.unchanged) == ([(now, before)], [], 0)

    def test_an_older_result_is_reported_with_both_days(self) -> None:
        before = held("Anvil", local_result="Stopped", local_result_on=self.JULY)
        now = line("Anvil", local_result="Approved", local_result_on=self.JUNE)

        found = recognise([now], [before])

        assert found.newer == []
        assert found.changed[0].changes == (
            ("local_result", "Stopped (2026-07-01)", "Approved (2026-06-01)"),
        )

    def test_what_else_differs_is_reported_though_the_result_is_taken_over(self) -> None:
        now = line("Anvil", listed_as="music", local_result="Approved")

        found = recognise([now], [held("Anvil")])

        assert [one.known_by.local_result for one, _ in found.newer] == ["Approved"]
        assert found.changed[0].changes == (("listed_as", "", "music"),)

    def test_a_list_without_results_takes_none_away(self) -> None:
        before = held("Anvil", local_result="Approved", local_result_on=self.JUNE)

        found = recognise([line("Anvil")], [before])

        assert (found.newer, found.changed, found.unchanged) == ([], [], 1)
