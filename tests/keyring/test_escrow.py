import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.keyring import ring as rings
from app.keyring.escrow import COST, Cost, Covered, covered, escrow_text, open_escrow
from app.keyring.ring import Keyring, KeyringError

MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PASSPHRASE = "kettle ladder orchard mitten"
CHEAP = Cost(n=1 << 4, r=8, p=1)
"""So that a test need not wait as a thief should."""

Facts = dict[str, Any]


@pytest.fixture(scope="module")
def ring() -> Keyring:
    return rings.turned(rings.new_keyring(MOMENT), MOMENT)


@pytest.fixture(scope="module")
def text(ring: Keyring) -> str:
    return escrow_text(ring, PASSPHRASE, MOMENT, CHEAP)


def test_opens_with_the_passphrase_to_the_same_ring(ring: Keyring) -> None:
    made = escrow_text(ring, PASSPHRASE, MOMENT)

    assert open_escrow(made, PASSPHRASE) == ring
    assert json.loads(made)["scrypt"].items() >= {"n": COST.n, "r": COST.r, "p": COST.p}.items()


def test_a_passphrase_is_dear_to_try() -> None:
    assert 128 * COST.n * COST.r >= 1 << 27
    assert COST.p >= 1


def test_says_without_passphrase_when_it_was_made_and_what_it_holds(
    ring: Keyring, text: str
) -> None:
    assert covered(text) == Covered(
        MOMENT, {"k1": ring.keys["k1"].fingerprint, "k2": ring.keys["k2"].fingerprint}
    )


def test_shows_nothing_else(ring: Keyring, text: str) -> None:
    assert json.loads(text).keys() == {"format", "made_at", "keys", "scrypt", "aes_256_gcm"}
    for key in json.loads(rings.written(ring))["keys"].values():
        assert key["secret"] not in text


def test_no_two_copies_are_alike(ring: Keyring, text: str) -> None:
    other = json.loads(escrow_text(ring, PASSPHRASE, MOMENT, CHEAP))
    one = json.loads(text)

    assert one["scrypt"]["salt"] != other["scrypt"]["salt"]
    assert one["aes_256_gcm"] != other["aes_256_gcm"]


def test_the_same_letters_typed_another_way_open_it(ring: Keyring) -> None:
    made = escrow_text(ring, "caf\u00e9 ladder orchard mitten", MOMENT, CHEAP)

    assert open_escrow(made, "cafe\u0301 ladder orchard mitten") == ring


class TestWhatItLacks:
    def test_is_nothing_while_the_ring_is_as_it_was(self, ring: Keyring, text: str) -> None:
        assert covered(text).lacks(ring) == []
        assert covered(text).lacks(rings.without(ring, "k1")) == []

    def test_is_a_key_made_since(self, ring: Keyring, text: str) -> None:
        assert covered(text).lacks(rings.turned(ring, MOMENT)) == ["k3"]

    def test_is_a_key_of_the_same_name_that_is_another(self, text: str) -> None:
        assert covered(text).lacks(rings.new_keyring(MOMENT)) == ["k1"]


@pytest.mark.parametrize(
    "passphrase",
    ["", "kettle ladder", "fifteen letters", "aaaaaaaaaaaaaaaaaaaaaaaa", "1212121212121212121212"],
)
def test_a_passphrase_that_is_easily_guessed_is_refused(ring: Keyring, passphrase: str) -> None:
    with pytest.raises(KeyringError, match="at least 16 characters") as refused:
        escrow_text(ring, passphrase, MOMENT, CHEAP)

    assert passphrase == "" or passphrase not in str(refused.value)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE + " ", PASSPHRASE.upper(), "\udcff" * 20])
def test_another_passphrase_does_not_open_it(text: str, passphrase: str) -> None:
    with pytest.raises(KeyringError, match="does not open: the passphrase is another") as refused:
        open_escrow(text, passphrase)

    assert PASSPHRASE not in str(refused.value)
    assert refused.value.__cause__ is None


def moved_on(facts: Facts) -> None:
    facts["made_at"] = (MOMENT + timedelta(days=300)).isoformat()


def with_a_key_more(facts: Facts) -> None:
    facts["keys"]["k3"] = "0" * 16


def with_another_salt(facts: Facts) -> None:
    facts["scrypt"]["salt"] = "AAAAAAAAAAAAAAAAAAAAAA=="


def cheaper(facts: Facts) -> None:
    facts["scrypt"]["n"] = 2


def cut_short(facts: Facts) -> None:
    facts["aes_256_gcm"]["keyring"] = facts["aes_256_gcm"]["keyring"][:-4]


def emptied(facts: Facts) -> None:
    facts["aes_256_gcm"]["keyring"] = ""


@pytest.mark.parametrize(
    "change", [moved_on, with_a_key_more, with_another_salt, cheaper, cut_short, emptied]
)
def test_a_copy_that_was_changed_does_not_open(text: str, change: Callable[[Facts], None]) -> None:
    facts = json.loads(text)
    change(facts)

    with pytest.raises(KeyringError, match="does not open: the passphrase is another, or"):
        open_escrow(json.dumps(facts), PASSPHRASE)


SCRYPT: dict[str, Facts] = {
    "n that is no power of two": {"n": 1_000},
    "n that is one": {"n": 1},
    "more memory than there is": {"n": 1 << 30},
    "more memory than there is, by r": {"r": 1 << 30},
    "no r": {"r": 0},
    "too many passes": {"p": 1 << 20},
    "no pass": {"p": 0},
    "r that is no whole number": {"r": 8.0},
    "n that is text": {"n": "16"},
    "p that is nothing": {"p": None},
    "a salt too short": {"salt": "AAAA"},
    "a salt that is not base64": {"salt": "?"},
}


@pytest.mark.parametrize("change", SCRYPT.values(), ids=SCRYPT)
def test_a_damaged_copy_is_not_tried(text: str, change: Facts) -> None:
    facts = json.loads(text)
    facts["scrypt"] |= change

    for reading in (covered, lambda damaged: open_escrow(damaged, PASSPHRASE)):
        with pytest.raises(KeyringError, match=r"amaged.* Take another copy"):
            reading(json.dumps(facts))


@pytest.mark.parametrize("member", ["format", "made_at", "keys", "scrypt", "aes_256_gcm"])
def test_a_copy_that_lacks_something_is_refused(text: str, member: str) -> None:
    facts = json.loads(text)
    del facts[member]

    with pytest.raises(KeyringError, match="not an escrow copy of a keyring, or a damaged one"):
        covered(json.dumps(facts))


def test_a_time_without_a_zone_is_refused(text: str) -> None:
    facts = json.loads(text) | {"made_at": "2026-03-01T12:30:00"}

    with pytest.raises(KeyringError, match="damaged"):
        covered(json.dumps(facts))


@pytest.mark.parametrize("other", ["", "{", "[]", "7", "null", "[" * 100_000])
def test_what_is_no_escrow_copy_is_refused(other: str) -> None:
    with pytest.raises(KeyringError, match="not an escrow copy of a keyring"):
        covered(other)


def test_the_keyring_itself_is_no_escrow_copy(ring: Keyring) -> None:
    with pytest.raises(KeyringError, match="not an escrow copy"):
        covered(rings.written(ring))


def test_a_copy_of_a_later_format_is_refused(text: str) -> None:
    later = json.loads(text) | {"format": "ap-register keyring escrow 2"}

    with pytest.raises(KeyringError, match="not an escrow copy that this release can read"):
        open_escrow(json.dumps(later), PASSPHRASE)
