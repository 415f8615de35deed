import csv
import random
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.persons_alike import Person
from app.providers.terms import Ground
from app.providers.traces import Address, Traces
from app.providers.walk_back_grounds import MANY
from app.providers.walking_back import THRESHOLD, Connection, connection, find_connected
from app.values.words import words

PAIRS = Path(__file__).with_name("walk_back_pairs.csv")
FEWEST_LABELLED = {False: 60, True: 30}
LEAST_PRECISION = LEAST_RECALL = 0.9


def traces(key: str, told: str) -> Traces:
    """Read `name=…; people=Smith, John @1962-08 + …; address=…; phones=…` as the file writes it."""
    said = dict(part.split("=", 1) for part in told.split("; ") if part)
    people = [one.strip().partition(" @") for one in said.get("people", "").split(" + ") if one]

    def one(field: str) -> tuple[str, ...]:
        return (said[field],) if field in said else ()

    return Traces(
        key,
        names=one("name"),
        people=tuple(Person(name, month or None) for name, _, month in people),
        addresses=tuple(Address(tuple(lines.split(", "))) for lines in one("address")),
        phones=one("phones"),
        emails=one("emails"),
        websites=one("websites"),
        companies=frozenset(one("company")),
        charities=frozenset(one("charity")),
        bank_hashes=frozenset(text.encode() for text in one("bank")),
        continues=frozenset(one("declared")),
    )


def strangers(held: Traces, shared_by: str) -> list[Traces]:
    """Return so many others that share one thing with the held record, and nothing else."""
    found: list[Traces] = []
    for each in shared_by.split():
        what, _, count = each.partition("*")
        for number in range(int(count)):
            key = f"{what} {number}"
            if what == "phone":
                found.append(Traces(key, phones=held.phones))
            elif what == "address":
                found.append(Traces(key, addresses=held.addresses))
            else:
                found.append(Traces(key, emails=held.emails, websites=held.websites))
    return found


def labelled(*, kept_back: bool) -> list[tuple[bool, Traces, Traces, list[Traces], str]]:
    """The situations judged by hand; every name and number in them is invented.

    Those kept back were written before the weights were settled, and never tuned on.
    """
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["kept_back"] == "yes") == kept_back]
    return [
        (
            row["connected"] == "yes",
            traces("AP-new", row["new"]),
            held := traces("AP-held", row["held"]),
            strangers(held, row["shared_by"]),
            row["why"],
        )
        for row in rows
    ]


class TestLabelledPairs:
    @pytest.mark.parametrize("kept_back", [False, True], ids=["tuned on", "kept back"])
    def test_those_who_walk_back_are_seen_and_others_are_left_alone(
        self, capsys: pytest.CaptureFixture[str], *, kept_back: bool
    ) -> None:
        pairs = labelled(kept_back=kept_back)
        judged = [
            (connected, connection(new, held, others).score >= THRESHOLD)
            for connected, new, held, others, _ in pairs
        ]
        right = sum(connected and found for connected, found in judged)
        precision = right / sum(found for _, found in judged)
        recall = right / sum(connected for connected, _ in judged)
        with capsys.disabled():
            name = "kept back" if kept_back else "tuned on"
            print(  # noqa: T201 - the figures are part of what the test shows
                f"\nwalking back, {len(judged)} pairs {name}: "
                f"precision {precision:.2f}, recall {recall:.2f} at {THRESHOLD}"
            )

        assert len(judged) >= FEWEST_LABELLED[kept_back]
        assert precision >= LEAST_PRECISION
        assert recall >= LEAST_RECALL

    @pytest.mark.parametrize("kept_back", [False, True])
    def test_it_does_not_matter_which_of_two_is_the_new_one(self, *, kept_back: bool) -> None:
        for _, new, held, others, why in labelled(kept_back=kept_back):
            one, other = connection(new, held, others), connection(held, new, others)
            assert (one.score, [f.ground for f in one.findings]) == (
                other.score,
                [f.ground for f in other.findings],
            ), why

    @pytest.mark.parametrize("kept_back", [False, True])
    def test_nothing_that_only_the_held_record_says_is_told(self, *, kept_back: bool) -> None:
        for _, new, held, others, why in labelled(kept_back=kept_back):
            told = " ".join(f.sentence for f in connection(new, held, others).findings)
            named = " ".join((*held.names, *(person.name for person in held.people)))
            assert not (set(words(named)) - set(words(str(new)))) & set(words(told)), why


NAMES = st.sampled_from(
    ["Exampleby, Anna", "Anna Rose Exampleby", "Smith, John", "Smith, J", "Jones, Sarah", "Khan"]
)
PEOPLE = st.builds(Person, NAMES, st.sampled_from([None, "1979-03", "1962-08"]))
ADDRESSES = st.sampled_from(
    [
        Address(("4 Invented Lane", "Madeup"), "ZA1 1AA"),
        Address(("Flat 2, 4 Invented Ln",), "ZA1 1AA"),
        Address(("Unit 7", "Example Business Centre"), "ZA5 5EE"),
        Address(("Example Business Centre",), "ZA5 5EE"),
        Address((), "ZA1 1AA"),
        Address(("no address",)),
    ]
)
PHONES = st.sampled_from(["01632 960101", "+44 1632 960101", "07700 900123", "none"])
EMAILS = st.sampled_from(["a@kestrel.example", "b@kestrel.example", "c@gmail.com", "?"])


def drawn(key: str) -> st.SearchStrategy[Traces]:
    def some(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(each, max_size=3, unique=True).map(tuple)

    return st.builds(
        Traces,
        st.just(key),
        names=some(st.sampled_from(["Kestrel Ways", "Kestrel Way CIC", "Oak Tree Farm"])),
        people=some(PEOPLE),
        addresses=some(ADDRESSES),
        phones=some(PHONES),
        emails=some(EMAILS),
        websites=some(st.sampled_from(["https://kestrel.example", "facebook.com/kestrel"])),
        companies=some(st.sampled_from(["09000001", "9000001", "SC900001"])).map(frozenset),
        charities=some(st.sampled_from(["1900001", "1900002"])).map(frozenset),
        bank_hashes=some(st.sampled_from([b"1", b"2"])).map(frozenset),
    )


OTHERS = st.lists(st.integers(0, 5).flatmap(lambda n: drawn(f"AP-{n}")), max_size=5)


class TestConnection:
    @given(drawn("one"), drawn("other"), OTHERS)
    def test_it_does_not_matter_which_of_two_comes_first(
        self, one: Traces, other: Traces, others: list[Traces]
    ) -> None:
        assert connection(one, other, others).score == connection(other, one, others).score

    @given(drawn("one"), drawn("other"), OTHERS, drawn("more"))
    def test_whatever_else_becomes_known_of_one_never_lowers_what_was_found(
        self, one: Traces, other: Traces, others: list[Traces], more: Traces
    ) -> None:
        richer = Traces(one.key, *(_both(one, more, f.name) for f in fields(Traces)[1:]))

        before, after = connection(one, other, others), connection(richer, other, others)

        assert after.score >= before.score

    @given(drawn("one"), drawn("other"), OTHERS, st.randoms(use_true_random=False))
    def test_the_order_of_what_is_told_does_not_matter(
        self, one: Traces, other: Traces, others: list[Traces], chance: random.Random
    ) -> None:
        shuffled = Traces(
            other.key, *(_in_any_order(getattr(other, f.name), chance) for f in fields(Traces)[1:])
        )

        assert connection(one, shuffled, others[::-1]) == connection(one, other, others)

    @given(drawn("one"), drawn("other"), OTHERS)
    def test_a_score_is_a_chance_and_at_least_that_of_its_best_ground(
        self, one: Traces, other: Traces, others: list[Traces]
    ) -> None:
        found = connection(one, other, others)

        assert 0 <= found.score <= 1
        best = max((f.weight for f in found.findings if f.ground is not Ground.PERSON), default=0)
        assert found.score >= best - 0.001
        assert [f.weight for f in found.findings] == sorted(
            (f.weight for f in found.findings), reverse=True
        )

    def test_two_records_of_nothing_have_nothing_in_common(self) -> None:
        assert connection(Traces("a"), Traces("b")) == Connection("b", (), 0)

    def test_a_bank_account_is_not_told(self) -> None:
        one = Traces("a", bank_hashes=frozenset({b"secret"}))

        (finding,) = connection(one, replace(one, key="b")).findings

        assert finding.ground is Ground.BANK_ACCOUNT
        assert "secret" not in finding.sentence

    def test_somebody_named_twice_on_one_side_is_one_person(self) -> None:
        twice = Traces("a", people=(Person("Smith, John"), Person("John Smith")))
        once = Traces("b", people=(Person("Smith, John"),))

        assert connection(twice, once).score == connection(once, twice).score < THRESHOLD

    def test_a_number_that_strangers_share_tells_less_and_those_of_one_owner_are_no_strangers(
        self,
    ) -> None:
        one = Traces("a", phones=("01632 960101",), people=(Person("Exampleby, Anna"),))
        other = Traces("b", phones=("01632 960101",))
        strangers = [replace(other, key=f"s{n}") for n in range(MANY)]
        siblings = [replace(one, key=f"s{n}") for n in range(MANY)]

        assert connection(one, other).score >= THRESHOLD
        assert connection(one, other, strangers).score < THRESHOLD
        assert connection(one, other, siblings).score == connection(one, other).score


class TestFindConnected:
    def test_the_most_telling_comes_first_and_what_tells_little_is_left_out(self) -> None:
        new = traces("new", "name=Kestrel; people=Smith, John; phones=01632 960101; bank=aa")
        held = [
            traces("phone", "phones=01632 960101"),
            traces("name", "people=Smith, John"),
            traces("bank", "bank=aa"),
        ]

        assert [found.key for found in find_connected(new, held)] == ["bank", "phone"]

    def test_a_record_is_not_compared_with_itself(self) -> None:
        new = traces("AP1", "bank=aa")

        assert find_connected(new, [new]) == []

    def test_those_removed_count_as_strangers_to_one_another_too(self) -> None:
        new = traces("new", "phones=01632 960101")
        held = [traces(f"AP{n}", "phones=01632 960101") for n in range(MANY + 1)]

        assert find_connected(new, held) == []
        assert len(find_connected(new, held[:MANY])) == MANY

    def test_thousands_are_compared_in_a_moment(self) -> None:
        new = traces("new", "name=Kestrel Ways; people=Exampleby, Anna; phones=01632 960101")
        held = [
            traces(f"AP{n}", f"name=Trial {n} Skills; people=Smith, N{n}; phones=01632 96{n:04}")
            for n in range(3_000)
        ]

        begun = time.perf_counter()
        found = find_connected(new, held)

        assert [each.key for each in found] == ["AP101"]
        assert time.perf_counter() - begun < 5  # a tenth of that on an idle computer


def _both(one: Traces, more: Traces, name: str) -> Any:
    first, second = getattr(one, name), getattr(more, name)
    return first | second if isinstance(first, frozenset) else first + second


def _in_any_order(given: Any, chance: random.Random) -> Any:
    if isinstance(given, frozenset):
        return given
    return tuple(chance.sample(given, len(given)))
