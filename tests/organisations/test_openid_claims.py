from typing import Any

import pytest

from app.organisations.openid_claims import identifiers_of

SCHOOL = {
    "id": "a0c5a0b6-0d4e-4b6a-9c80-000000000001",
    "name": "Example School",
    "category": {"id": "001", "name": "Establishment"},
    "urn": "900001",
    "uid": None,
    "ukprn": "10099999",
    "establishmentNumber": "4000",
    "localAuthority": {"id": "x", "name": "Example", "code": "331"},
}


class TestIdentifiersOf:
    def test_a_school_is_known_by_its_numbers(self) -> None:
        assert identifiers_of(SCHOOL) == (
            ("urn", "900001"),
            ("ukprn", "10099999"),
            ("dfe-number", "331/4000"),
        )

    def test_a_school_is_never_taken_for_the_authority_it_lies_in(self) -> None:
        found = identifiers_of({**SCHOOL, "establishmentNumber": "331"})

        assert found is not None
        assert "la-code" not in dict(found)

    def test_a_trust_is_known_by_its_uid(self) -> None:
        assert identifiers_of({"id": "x", "category": {"id": "010"}, "uid": 2044}) == (
            ("gias-group-uid", "2044"),
        )

    def test_an_authority_is_known_by_its_code(self) -> None:
        claim = {"id": "x", "category": {"id": "002"}, "establishmentNumber": "331"}

        assert identifiers_of(claim) == (("la-code", "331"),)

    @pytest.mark.parametrize("claim", [None, {}, "", "x", [], 5, {"id": None, "name": ""}])
    def test_nothing_said_is_no_organisation(self, claim: Any) -> None:
        assert identifiers_of(claim) is None

    @pytest.mark.parametrize(
        "claim",
        [
            {"id": "x"},
            {"id": "x", "urn": True},
            {"id": "x", "urn": "900001' OR 1=1"},
            {"id": "x", "urn": {"a": 1}, "category": [], "localAuthority": "331"},
            {"id": "x", "establishmentNumber": "4000"},
        ],
    )
    def test_an_organisation_without_a_number_of_use_is_not_the_same_as_none(
        self, claim: Any
    ) -> None:
        assert identifiers_of(claim) == ()
