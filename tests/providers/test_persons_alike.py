import pytest

from app.providers.persons_alike import (
    HARDLY,
    LIKELY,
    SURE,
    WEAK,
    Person,
    is_common,
    likeness_of_persons,
)


def alike(one: str, other: str, born: str | None = None, other_born: str | None = None) -> float:
    score = likeness_of_persons(Person(one, born), Person(other, other_born))
    assert score == likeness_of_persons(Person(other, other_born), Person(one, born))
    return score


SAME = [
    ("Exampleby, Anna", "Anna Exampleby"),
    ("Exampleby, Anna Rose", "Exampleby, Anna"),
    ("Mrs Anna Exampleby OBE", "EXAMPLEBY, ANNA"),
    ("Fabricant-Test, Lucy", "Lucy Fabricant Test"),
    ("van der Sham, Pieter", "Pieter van der Sham"),
    ("Ó Shammaigh, Niamh", "Niamh O'Shammaigh"),
    ("Sampleford, Joe", "Joseph Sampleford"),
    ("Sampleford, Steven", "Stephen Sampleford"),
]


class TestOneName:
    @pytest.mark.parametrize(("one", "other"), SAME)
    def test_a_rare_name_tells_and_with_the_month_of_birth_is_nearly_sure(
        self, one: str, other: str
    ) -> None:
        assert alike(one, other) == LIKELY
        assert alike(one, other, "1979-03", "1979-03") == SURE

    def test_a_common_name_tells_little_and_with_the_month_of_birth_much(self) -> None:
        assert alike("Smith, John", "John Smith") == WEAK
        assert alike("Anna Rose Smith", "Anna Rose Smith") == WEAK
        assert alike("Smith, John", "John Smith", "1979-03", "1979-03") == SURE

    def test_a_month_of_birth_on_one_side_only_says_nothing(self) -> None:
        assert alike("Smith, John", "John Smith", "1979-03") == WEAK

    def test_another_month_of_birth_is_another_person_unless_the_name_is_rare(self) -> None:
        assert alike("Smith, John", "Smith, John", "1979-03", "1979-04") == 0
        assert alike("Exampleby, Anna", "Exampleby, Anna", "1979-03", "1979-04") == HARDLY
        assert alike("Exampleby, A", "Exampleby, Anna", "1979-03", "1979-04") == 0

    def test_an_initial_stands_for_a_forename_but_tells_less(self) -> None:
        assert 0 < alike("Exampleby, A", "Exampleby, Anna") < LIKELY
        assert alike("Smith, J", "Smith, John") == HARDLY
        assert LIKELY < alike("Smith, J", "Smith, John", "1979-03", "1979-03") < SURE
        assert alike("Exampleby, B", "Exampleby, Anna", "1979-03", "1979-03") == 0

    def test_a_second_forename_may_be_the_one_in_use(self) -> None:
        assert alike("Forgewell, Robert", "Forgewell, James Robert", "1969-01", "1969-01") > LIKELY
        assert 0 < alike("Forgewell, Robert", "Forgewell, James Robert") < LIKELY

    def test_a_slip_in_a_rare_surname_is_allowed_and_in_a_common_one_is_not(self) -> None:
        assert 0 < alike("Exampelby, Anna", "Exampleby, Anna") < LIKELY
        assert alike("Exampelby, Anna", "Exampleby, Anna", "1979-03", "1979-03") > LIKELY
        assert 0 < alike("Exampelby, A", "Exampleby, Anna") <= HARDLY
        assert alike("Browne, Paul", "Brown, Paul") == 0
        assert alike("Browne, Paul", "Brown, Paul", "1979-03", "1979-03") == HARDLY

    def test_second_forenames_that_differ_are_two_people_unless_they_were_born_together(
        self,
    ) -> None:
        assert alike("Exampleby, Anna Rose", "Exampleby, Anna Beth") == 0
        both = alike("Exampleby, Anna Rose", "Exampleby, Anna Beth", "1979-03", "1979-03")
        assert 0 < both < LIKELY


class TestTwoNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Exampleby, Anna", "Exampleby, Colin"),
            ("Exampleby, Anna", "Sampleford, Anna"),
            ("Williams, Sian", "Williamson, Sian"),
            ("", "Exampleby, Anna"),
            ("—", "—"),
            ("Anna Rose Exampleby", "Beth Rose Exampleby"),
        ],
    )
    def test_they_are_not_one_even_when_born_in_the_same_month(self, one: str, other: str) -> None:
        assert alike(one, other, "1979-03", "1979-03") == 0

    def test_a_name_taken_in_marriage_is_not_guessed(self) -> None:
        assert alike("Exampleby, Anna", "Sampleford, Anna", "1979-03", "1979-03") == 0


def test_a_surname_that_is_also_a_title_is_kept_where_a_comma_tells() -> None:
    assert alike("Ma, Li", "MA, Ms Li", "1979-03", "1979-03") == SURE


def test_whether_many_have_a_surname_is_told_from_it() -> None:
    assert is_common(Person("Patel, Amit"))
    assert is_common(Person("Anna Rose Smith"))
    assert not is_common(Person("Exampleby, Anna"))
