from typing import Any

import pytest

from app.pages.public.result_view import build_result
from tests.pages.answers import make_item


def _facts(item: dict[str, Any]) -> dict[str, str]:
    return {fact.label: " / ".join(fact.values) for fact in build_result(item).facts}


class TestBuildResult:
    def test_shows_what_helps_to_choose(self) -> None:
        result = build_result(make_item())

        assert (result.name, result.number) == ("Example Forge", "AP000001Z")
        assert result.url == "/providers/AP000001Z"
        assert result.distance == "2.4 miles away"
        assert result.status.label == "Listed"

    def test_facts_say_where_for_whom_and_why(self) -> None:
        assert _facts(make_item()) == {
            "Nearest site": "Main site, Leeds, LS1 4DY",
            "Local authority": "Leeds",
            "Ages": "11 to 16 (key stages 3 and 4)",
            "Needs": "Social, emotional and mental health; Autism",
            "Also called": "Example Land Skills",
            "Matched on": "name and distance",
        }

    def test_what_is_not_known_has_no_line(self) -> None:
        item = make_item(ages=None, key_stages=[], needs=[], other_names=[], local_authorities=[])

        assert _facts(item | {"matched": [], "site": None, "distance_metres": None}) == {
            "Sites": "1 in Leeds"
        }

    def test_key_stages_alone_stand_as_a_sentence(self) -> None:
        assert _facts(make_item(ages=None, key_stages=[4]))["Ages"] == "Key stage 4"

    def test_a_site_that_stands_otherwise_than_its_provider_says_so(self) -> None:
        item = make_item()
        item["site"]["status"]["code"] = "suspended"

        assert _facts(item)["Nearest site"] == "Main site, Leeds, LS1 4DY / This site: suspended"

    def test_evidence_is_told_only_when_it_is_out_of_date(self) -> None:
        assert _facts(make_item(evidence="out-of-date"))["Evidence"] == "Out of date"
        assert "Evidence" not in _facts(make_item(evidence="none-held"))

    def test_several_sites_are_counted_and_placed(self) -> None:
        item = make_item(site_count=7, towns=["Leeds", "Otley", "Selby", "York", "Ripon", "Thirsk"])

        assert _facts(item)["Sites"] == "7 in Leeds, Otley, Selby, York and 2 other towns"

    def test_without_a_distance_the_site_is_not_called_the_nearest(self) -> None:
        facts = _facts(make_item() | {"distance_metres": None})

        assert facts["Site"] == "Main site, Leeds, LS1 4DY"

    @pytest.mark.parametrize(
        ("count", "ending"), [(5, "L3 and L4"), (6, "L3 and 2 others"), (150, "and 146 others")]
    )
    def test_many_authorities_are_counted(self, count: int, ending: str) -> None:
        authorities = [{"la_code": str(n), "name": f"L{n}"} for n in range(count)]

        assert _facts(make_item(local_authorities=authorities))["Local authorities"].endswith(
            ending
        )

    def test_many_needs_are_counted(self) -> None:
        needs = ["SEMH", "ASD", "MLD", "SLD", "HI", "VI"]

        facts = _facts(make_item(needs=needs))

        assert facts["Needs"].endswith("; Severe learning difficulty and 2 other needs")

    def test_an_address_that_is_not_public_shows_only_its_town(self) -> None:
        item = make_item()
        item["site"] |= {"postcode": None}

        assert _facts(item)["Nearest site"] == "Main site, Leeds"

    def test_a_number_can_never_leave_the_address_of_its_page(self) -> None:
        assert build_result(make_item(number="../x?y#z")).url == "/providers/..%2Fx%3Fy%23z"
