import pytest

from app.values.numbers_of_persons import holds_certificate_number, holds_long_number


class TestCertificateNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "001234567890",
            "DBS no. 001234567890, seen",
            "0012 3456 7890",
            "0012-3456-7890",
            "001 234 567 890",
        ],
    )
    def test_twelve_digits_are_one_however_they_are_grouped(self, text: str) -> None:
        assert holds_certificate_number(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Policy of 2026-09-01 to 2027-08-31",
            "01632 960001",
            "£5,000,000 for one claim",
            "12345678901",
            "1234567890123",
            "Version 2.1",
            "",
        ],
    )
    def test_dates_telephones_and_sums_are_none(self, text: str) -> None:
        assert not holds_certificate_number(text)


class TestLongNumbers:
    @pytest.mark.parametrize("text", ["passport 123456789", "ref 123456", "001 234 567 890"])
    def test_six_digits_in_a_row_are_one(self, text: str) -> None:
        assert holds_long_number(text)

    @pytest.mark.parametrize("text", ["seen on 2026-09-01", "12345", "2 references", ""])
    def test_a_day_or_a_count_is_none(self, text: str) -> None:
        assert not holds_long_number(text)
