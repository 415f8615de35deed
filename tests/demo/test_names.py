import csv
import gzip
import re

import pytest

from app.demo.kinds import KINDS
from app.demo.names import FIRST_PARTS, LAST_PARTS, Namer, identifiers, invented_town
from app.demo.places import districts
from app.demo.plan import plan
from app.providers.terms import Scheme
from app.values.words import sort_key, words
from tests.demo.chance import chance
from tests.places.published import needs_published_data, published

FORMS = {
    Scheme.COMPANIES_HOUSE: r"[A-Z]{2}\d{6}",
    Scheme.CHARITY_COMMISSION: r"\d{7}",
    Scheme.UKPRN: r"1\d{7}",
}
EVERY_WORD = {(first + last).lower() for first in FIRST_PARTS for last in LAST_PARTS}


def real_names() -> list[str]:
    with published("providers/ap_providers_published_lists.csv").open(encoding="utf-8") as file:
        names = [row[key] for row in csv.DictReader(file) for key in ("provider_name", "place")]
    schools = published("gias/gias_england_skeleton.csv.gz")
    with gzip.open(schools, "rt", encoding="utf-8", newline="") as file:
        names += [" ".join(row) for row in csv.reader(file)]
    return names


class TestNamer:
    def test_a_name_is_an_invented_word_and_what_is_done(self) -> None:
        kind = KINDS[0]
        word, rest = Namer(chance(1)).name(kind).split(" ", 1)
        assert word.lower() in EVERY_WORD
        assert any(rest.startswith(title) for title in kind.titles)

    def test_names_stay_apart_when_the_words_run_out(self) -> None:
        namer = Namer(chance(2))
        names = [namer.name(KINDS[0]) for _ in range(20_000)]
        assert len(set(names)) == 20_000

    def test_a_trading_name_is_recognisably_the_providers(self) -> None:
        namer = Namer(chance(3))
        name = namer.name(KINDS[1])
        trading = namer.trading_name(name)
        assert trading.split()[0] == name.split()[0]
        assert trading != name


class TestIdentifiers:
    def test_they_are_valid_in_form_and_nobody_elses(self) -> None:
        made = [one for place in range(2_000) for one in identifiers(chance(place), place)]
        assert {one.scheme for one in made} == set(Scheme)
        assert all(re.fullmatch(FORMS[one.scheme], one.value) for one in made)
        assert len({(one.scheme, one.value) for one in made}) == len(made)

    def test_they_lie_where_nothing_was_ever_given_out(self) -> None:
        made = [one for place in range(500) for one in identifiers(chance(place), place)]
        values = {scheme: [one.value for one in made if one.scheme == scheme] for scheme in Scheme}
        assert all(value.startswith("ZZ") for value in values[Scheme.COMPANIES_HOUSE])
        assert min(map(int, values[Scheme.CHARITY_COMMISSION])) >= 9_000_000
        assert all(value.startswith("19") for value in values[Scheme.UKPRN])


class TestInventedTown:
    def test_a_place_keeps_its_town(self) -> None:
        towns = [invented_town(place) for place in range(len(districts()))]
        assert towns == [invented_town(place) for place in range(len(districts()))]
        assert len(set(towns)) > 1_000


@needs_published_data
class TestRealNames:
    def test_no_invented_word_occurs_in_the_name_of_a_school_a_provider_or_a_place(self) -> None:
        real = {word for name in real_names() for word in words(name)}
        assert len(real) > 30_000
        assert EVERY_WORD & real == set()

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_no_provider_is_called_what_a_real_one_is(self, seed: int) -> None:
        real = {sort_key(name) for name in real_names()}
        invented = {sort_key(one.stated.name) for one in plan(2_000, seed).recordings}
        assert invented & real == set()
