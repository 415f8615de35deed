import csv
import random
from pathlib import Path

import pytest

from app.places import facts
from app.providers.likeness import THRESHOLD, Likened, find_likely, likeness, name_likeness

PAIRS = Path(__file__).with_name("likeness_pairs.csv")
FEWEST_LABELLED = 40
LEAST_PRECISION = LEAST_RECALL = 0.9


def said(text: str) -> frozenset[str]:
    return frozenset({text} if text else ())


def record(key: str, name: str, la_code: str = "", postcode: str = "") -> Likened:
    return Likened(key, (name,), said(la_code), said(postcode))


def labelled(*, kept_back: bool) -> list[tuple[bool, Likened, Likened, str]]:
    """The pairs judged by hand: names of published lists, and invented ones near to them.

    Those kept back were written after the score was settled, and never tuned on.
    """
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["kept_back"] == "yes") == kept_back]
    return [
        (
            row["same"] == "yes",
            Likened(
                "one",
                (row["name"],),
                said(row["la_code"]),
                said(row["postcode"]),
                said(row["identifier"]),
            ),
            Likened(
                "other",
                (row["other_name"],),
                said(row["other_la_code"]),
                said(row["other_postcode"]),
                said(row["other_identifier"]),
            ),
            row["why"],
        )
        for row in rows
    ]


class TestLabelledPairs:
    @pytest.mark.parametrize("kept_back", [False, True], ids=["tuned on", "kept back"])
    def test_duplicates_are_found_and_near_misses_are_not(
        self, capsys: pytest.CaptureFixture[str], *, kept_back: bool
    ) -> None:
        judged = [
            (same, likeness(one, other) >= THRESHOLD)
            for same, one, other, _ in labelled(kept_back=kept_back)
        ]
        right = sum(same and found for same, found in judged)
        precision = right / sum(found for _, found in judged)
        recall = right / sum(same for same, _ in judged)
        with capsys.disabled():
            name = "kept back" if kept_back else "tuned on"
            print(  # noqa: T201 - the figures are part of what the test shows
                f"\nlikeness, {len(judged)} pairs {name}: "
                f"precision {precision:.2f}, recall {recall:.2f} at {THRESHOLD}"
            )

        assert len(judged) >= FEWEST_LABELLED
        assert precision >= LEAST_PRECISION
        assert recall >= LEAST_RECALL

    @pytest.mark.parametrize("kept_back", [False, True])
    def test_it_does_not_matter_which_of_two_comes_first(self, *, kept_back: bool) -> None:
        for _, one, other, _ in labelled(kept_back=kept_back):
            assert likeness(one, other) == likeness(other, one)


class TestLikeness:
    def test_a_record_is_certainly_like_itself(self) -> None:
        for name in ("DV8", "The Forge", "Alternative Provision Ltd", "PRISM"):
            assert likeness(record("a", name, "937"), record("b", name, "937")) == 1

    def test_one_company_number_settles_it_whatever_the_names(self) -> None:
        number = frozenset({"companies-house:01234567"})

        assert (
            likeness(
                Likened("a", ("Spark",), said("330"), frozenset(), number),
                Likened("b", ("Ignite",), said("937"), frozenset(), number),
            )
            == 1
        )

    def test_two_numbers_of_one_register_speak_against_it(self) -> None:
        one = Likened("a", ("Aspire",), said("330"), identifiers=frozenset({"ukprn:10000001"}))
        other = Likened("b", ("Aspire",), said("330"), identifiers=frozenset({"ukprn:10000002"}))

        assert likeness(one, other) < THRESHOLD

    def test_numbers_of_two_registers_say_nothing(self) -> None:
        one = Likened("a", ("Aspire",), said("330"), identifiers=frozenset({"ukprn:10000001"}))
        other = Likened("b", ("Aspire",), said("330"), identifiers=said("charity-commission:1"))

        assert likeness(one, other) == 1

    def test_any_name_of_either_may_be_the_one(self) -> None:
        held = Likened("a", ("Spark Futures CIC", "Kingfisher Outdoor"), said("878"))

        assert likeness(held, record("b", "Kingfisher Outdoor", "878")) == 1

    def test_the_same_postcode_raises_and_another_lowers(self) -> None:
        def score(postcode: str) -> float:
            return likeness(
                record("a", "Oak Tree Farm", "926", "PE30 1AA"),
                record("b", "Oak Tree Barn", "926", postcode),
            )

        assert score("PE30 1AA") > score("") > score("PE31 9ZZ")

    def test_the_same_area_raises_and_another_lowers(self) -> None:
        def score(la_code: str) -> float:
            return likeness(
                record("a", "Oak Tree Farm", "926"), record("b", "Oak Tree Barn", la_code)
            )

        assert score("926") > score("") > score("330")

    def test_a_name_without_a_letter_or_digit_is_like_nothing(self) -> None:
        assert likeness(record("a", "—"), record("b", "—")) == 0


class TestNameLikeness:
    def test_legal_forms_and_common_words_weigh_little(self) -> None:
        assert name_likeness("Himmat Project", "Himmat Ltd") > THRESHOLD

    def test_the_name_of_the_area_weighs_little_there(self) -> None:
        inside = name_likeness("Elev8 Bolton", "Elev8", ["350"])

        assert inside > name_likeness("Elev8 Bolton", "Elev8")


class TestFindLikely:
    def test_pairs_come_likeliest_first_with_both_records(self) -> None:
        held = [record("AP1", "Kingfisher Outdoor", "878"), record("AP2", "Moor Rangers", "878")]
        new = [
            record("line 2", "Moor Rangers Craft", "878"),
            record("line 3", "Kingfisher Outdoor", "878"),
        ]

        found = find_likely(new, held)

        assert [(pair.one.key, pair.other.key) for pair in found] == [
            ("line 3", "AP1"),
            ("line 2", "AP2"),
        ]
        assert found[0].score == 1

    def test_a_new_record_is_compared_with_earlier_new_ones_once(self) -> None:
        new = [record("line 2", "Moor Rangers", "878"), record("line 3", "Moor Rangers", "878")]

        found = find_likely(new, [])

        assert [(pair.one.key, pair.other.key) for pair in found] == [("line 3", "line 2")]

    def test_held_records_are_not_compared_with_one_another(self) -> None:
        held = [record("AP1", "Moor Rangers", "878"), record("AP2", "Moor Rangers", "878")]

        assert find_likely([record("line 2", "Anvil", "878")], held) == []

    def test_nothing_new_is_like_nothing(self) -> None:
        assert find_likely([], [record("AP1", "Moor Rangers")]) == []

    def test_comparing_only_those_that_share_something_misses_hardly_any(self) -> None:
        """A crowded vocabulary, so that most words are common; every true pair is known."""
        chance = random.Random(5)  # noqa: S311 - the same every time
        held = [record(f"AP{n}", invented_name(chance), area(chance)) for n in range(900)]
        new = [
            Likened(f"line {n}", (mistyped(chance, one.names[0]),), one.la_codes)
            for n, one in enumerate(chance.sample(held, 60))
        ]

        found = {(pair.one.key, pair.other.key) for pair in find_likely(new, held)}
        every = {
            (one.key, other.key)
            for number, one in enumerate(new)
            for other in [*held, *new[:number]]
            if likeness(one, other) >= THRESHOLD
        }

        assert len(every) >= 60
        assert found <= every
        assert len(found) >= 0.97 * len(every)


def invented_name(chance: random.Random) -> str:
    firsts = "oak riverside meadow kingfisher phoenix horizon harbour beacon bridge summit lantern"
    seconds = "motor boxing horse forest outdoor music art cooking cycle boat garden wood metal"
    lasts = "training learning centre project academy ltd cic trust education services"
    picked = (chance.choice(many.split()) for many in (firsts, seconds, lasts, lasts))
    return " ".join(picked).title()


def area(chance: random.Random) -> str:
    return chance.choice(facts.local_authorities()[:12]).la_code


def mistyped(chance: random.Random, name: str) -> str:
    words = name.split()
    slip = chance.randrange(4)
    if slip == 0:
        chance.shuffle(words)
    elif slip == 1:
        words[0] = words[0][:-2] + words[0][-1]
    elif slip == 2:
        words = [words[0] + words[1].lower(), *words[2:]]
    else:
        words.append("Limited")
    return " ".join(words)
