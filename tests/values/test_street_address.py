import pytest

from app.values.street_address import read_address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14 High Street, ZA1 1AA", "14, High St., za11aa"),
        ("Flat B, 14 High Street, ZA1 1AA", "14B High St, ZA1 1AA"),
        ("Flat 2, 14 High Street, ZA1 1AA", "2/14 High St, ZA1 1AA"),
        ("Flat 2, 14 High Street, ZA1 1AA", "14 High Street, Flat 2, ZA1 1AA"),
        ("12-14 Mock Rd, ZA1 1AA", "12 – 14 Mock Road ZA1 1AA"),  # noqa: RUF001
        ("The Old Barn, Back Ln, ZA1 1AA", "Old Barn, Back Lane, ZA1 1AA"),
        ("St Mock's Hall, Church Rd, ZA1 1AA", "St. Mocks Hall, Church Road, ZA1 1AA"),
        ("Unit 7 Mock Ind Est, ZA1 1AA", "unit no 7, Mock Industrial Estate, ZA1 1AA"),
    ],
)
def test_two_spellings_of_one_address_are_read_alike(one: str, other: str) -> None:
    assert read_address(one.split(", ")) == read_address(other.split(", "))


def test_a_saint_before_a_name_is_no_street() -> None:
    read = read_address(["5 St Mock's Road"], "ZA1 1AA")

    assert read is not None
    assert read.street == ("st", "mocks", "road")


def test_the_postcode_may_stand_by_itself_or_at_the_end() -> None:
    assert read_address(["5 Mock Road"], "ZA1 1AA") == read_address(["5 Mock Road", "ZA1 1AA"])
    assert read_address([], "ZA1 1AA") is not None


@pytest.mark.parametrize("lines", [[], ["by arrangement"], ["", "  "], ["Madeup"]])
def test_what_says_neither_house_nor_postcode_is_no_address(lines: list[str]) -> None:
    assert read_address(lines) is None
    assert read_address(lines, "no postcode") is None


@pytest.mark.parametrize(
    ("text", "of_many", "of_an_agent"),
    [
        ("Mock Business Centre, Mock Road", True, False),
        ("Unit 7, Mock Industrial Estate", True, False),
        ("Mock Community Centre, Hall Road", True, False),
        ("St Mock's Church Hall, Church Road", True, False),
        ("Mock Academy, 5 School Lane", True, False),
        ("5 School Lane", False, False),
        ("The Old School, Mock Road", False, False),
        ("Church Farm, Mock Lane", False, False),
        ("c/o Sum Ltd, 2 Mock Road", False, True),
        ("Sum & Co Chartered Accountants, 2 Mock Road", False, True),
        ("2 Mock Road", False, False),
    ],
)
def test_words_tell_where_many_unconnected_people_are(
    text: str, *, of_many: bool, of_an_agent: bool
) -> None:
    read = read_address(text.split(", "), "ZA1 1AA")

    assert read is not None
    assert (read.of_many, read.of_an_agent) == (of_many, of_an_agent)


def test_a_town_alone_is_no_house_and_a_house_without_a_number_is_its_first_line() -> None:
    town = read_address(["Stoke-on-Trent"], "ZA1 1AA")
    barn = read_address(["The Old Barn", "Stoke-on-Trent"], "ZA1 1AA")
    numbered = read_address(["5 Mock Road", "Stoke-on-Trent"], "ZA1 1AA")

    assert town is not None
    assert barn is not None
    assert numbered is not None
    assert (town.house, barn.house, numbered.house) == ((), ("old", "barn"), ())
