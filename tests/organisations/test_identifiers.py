import pytest

from app.organisations.identifiers import canonical
from app.organisations.terms import IdentifierScheme

S = IdentifierScheme


class TestCanonical:
    @pytest.mark.parametrize(
        ("scheme", "text", "held"),
        [
            (S.URN, " 100001 ", "100001"),
            (S.UKPRN, "10012345", "10012345"),
            (S.UPRN, "200163898", "000200163898"),
            (S.UPRN, "100023339582", "100023339582"),
            (S.DFE_NUMBER, "202/2775", "202/2775"),
            (S.DFE_NUMBER, "2022775", "202/2775"),
            (S.DFE_NUMBER, "202-2775", "202/2775"),
            (S.GROUP_UID, "02044", "2044"),
            (S.GROUP_ID, "TR02044.old", "TR02044.old"),
            (S.COMPANIES_HOUSE, "7654321", "07654321"),
            (S.COMPANIES_HOUSE, "oc 301234", "OC301234"),
            (S.LA_CODE, "202", "202"),
            (S.LA_CODE, "2", "002"),
        ],
    )
    def test_every_number_has_one_spelling(
        self, scheme: IdentifierScheme, text: str, held: str
    ) -> None:
        assert canonical(scheme, text) == held
        assert canonical(scheme, held) == held

    @pytest.mark.parametrize(
        ("scheme", "text"),
        [
            (S.URN, "10000"),
            (S.URN, "000001"),
            (S.URN, "1000011"),
            (S.URN, "10000\uff11"),
            (S.UKPRN, "20012345"),
            (S.UKPRN, "1001234"),
            (S.UPRN, "1234567890123"),
            (S.UPRN, "0"),
            (S.UPRN, "000000000000"),
            (S.DFE_NUMBER, "202"),
            (S.DFE_NUMBER, "20/22775"),
            (S.GROUP_UID, "TR02044"),
            (S.GROUP_UID, "0"),
            (S.GROUP_ID, ""),
            (S.GROUP_ID, "x" * 61),
            (S.COMPANIES_HOUSE, "1234"),
            (S.COMPANIES_HOUSE, "00000000"),
            (S.COMPANIES_HOUSE, "123456789"),
            (S.LA_CODE, "E08"),
            (S.LA_CODE, "2020"),
        ],
    )
    def test_what_cannot_be_such_a_number_is_refused_with_an_example(
        self, scheme: IdentifierScheme, text: str
    ) -> None:
        with pytest.raises(ValueError, match=r"such as|characters"):
            canonical(scheme, text)

    def test_every_scheme_has_a_spelling(self) -> None:
        for scheme in IdentifierScheme:
            with pytest.raises(ValueError, match="such as"):
                canonical(scheme, "")
