from dataclasses import replace

import pytest

from app.providers.completeness import RecordFacts, SiteFacts, missing_from
from app.providers.record_terms import ContactKind, LegalForm, PersonKind
from app.providers.terms import Scheme
from app.values.site_kind import SiteKind

WHOLE = RecordFacts(
    owned=True,
    legal_form=LegalForm.SOLE_TRADER,
    staff_size="lone",
    reachable=True,
    schemes=frozenset(),
    people=frozenset({PersonKind.PROPRIETOR, PersonKind.SAFEGUARDING_LEAD}),
    contacts=frozenset({ContactKind.PHONE}),
    consented=True,
    sites=(SiteFacts(1, SiteKind.WORKSHOP, addressed=True, offers=1),),
)


def fields(facts: RecordFacts) -> list[str]:
    return [one.field for one in missing_from(facts)]


def test_a_whole_record_lacks_nothing() -> None:
    assert missing_from(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"owned": False}, "/owner"),
        ({"legal_form": None}, "/legal_form"),
        ({"staff_size": None}, "/staff_size"),
        ({"reachable": False}, "/public_email"),
        ({"consented": False}, "/consent"),
        ({"people": frozenset({PersonKind.SAFEGUARDING_LEAD})}, "/people"),
        ({"people": frozenset({PersonKind.TRUSTEE})}, "/people"),
        ({"contacts": frozenset({ContactKind.ADDRESS})}, "/contacts"),
        ({"sites": ()}, "/sites"),
        ({"legal_form": LegalForm.COMPANY}, "/identifiers"),
        ({"legal_form": LegalForm.CHARITY}, "/identifiers"),
    ],
)
def test_what_is_not_told_is_named(change: dict[str, object], field: str) -> None:
    assert fields(replace(WHOLE, **change)) == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("form", "schemes"),
    [
        (LegalForm.COMMUNITY_INTEREST_COMPANY, {Scheme.COMPANIES_HOUSE}),
        (LegalForm.CHARITABLE_COMPANY, {Scheme.COMPANIES_HOUSE, Scheme.CHARITY_COMMISSION}),
    ],
)
def test_the_numbers_of_its_form_are_enough(form: LegalForm, schemes: set[Scheme]) -> None:
    assert fields(replace(WHOLE, legal_form=form, schemes=frozenset(schemes))) == []


class TestSites:
    def test_a_site_without_address_or_offers_lacks_both(self) -> None:
        bare = SiteFacts(2, SiteKind.FIXED, addressed=False, offers=0)

        assert fields(replace(WHOLE, sites=(bare,))) == ["/sites/2/postcode", "/sites/2/offers"]

    @pytest.mark.parametrize("kind", [SiteKind.HOME_VISITS, SiteKind.ONLINE])
    def test_who_comes_to_children_needs_no_address(self, kind: SiteKind) -> None:
        visits = SiteFacts(1, kind, addressed=False, offers=1)

        assert fields(replace(WHOLE, sites=(visits,))) == []
