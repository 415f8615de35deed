from datetime import UTC, datetime

import pytest

from app.keyring.ring import Key, Keyring, KeyringError, new_keyring, turned, without
from app.keyring.sealing import (
    LEAST_BYTES,
    check_wrapping,
    context_of,
    key_id_of,
    open_sealed,
    rewrap,
    seal,
)

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
HERE = context_of("shelves.sealed_jar", 7)
VALUE = b"what nobody else may read"


@pytest.fixture
def ring() -> Keyring:
    return new_keyring(MOMENT)


def payload(sealed: bytes) -> bytes:
    """The part that no turning of the keyring may touch: nonce and encrypted value."""
    return sealed[2 + sealed[1] + 12 + 48 :]


def test_a_context_is_the_column_and_the_row() -> None:
    assert HERE == "shelves.sealed_jar 7"


@pytest.mark.parametrize("value", [b"", b"x", VALUE, bytes(100_000)], ids=len)
def test_what_is_sealed_opens_again_and_is_not_to_be_seen(ring: Keyring, value: bytes) -> None:
    sealed = seal(ring, value, HERE)

    assert open_sealed(ring, sealed, HERE) == value
    assert len(sealed) == LEAST_BYTES + len("k1") + len(value)
    assert VALUE not in sealed
    assert key_id_of(sealed) == "k1"


def test_the_same_is_never_sealed_alike_twice(ring: Keyring) -> None:
    one, other = seal(ring, VALUE, HERE), seal(ring, VALUE, HERE)

    assert payload(one) != payload(other)
    assert one[4:64] != other[4:64]


@pytest.mark.parametrize(
    "elsewhere",
    [context_of("shelves.sealed_jar", 8), context_of("shelves.sealed_tin", 7), ""],
)
def test_what_was_moved_elsewhere_does_not_open(ring: Keyring, elsewhere: str) -> None:
    with pytest.raises(KeyringError, match="does not open"):
        open_sealed(ring, seal(ring, VALUE, HERE), elsewhere)


def test_the_key_of_one_value_with_the_payload_of_another_does_not_open(ring: Keyring) -> None:
    one, other = seal(ring, VALUE, HERE), seal(ring, VALUE, HERE)
    mixed = one.removesuffix(payload(one)) + payload(other)

    with pytest.raises(KeyringError, match="changed since"):
        open_sealed(ring, mixed, HERE)
    check_wrapping(ring, mixed, HERE)


def test_a_change_of_any_byte_is_noticed(ring: Keyring) -> None:
    sealed = seal(ring, VALUE, HERE)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(KeyringError):
            open_sealed(ring, bytes(changed), HERE)


def test_whatever_is_cut_off_is_noticed(ring: Keyring) -> None:
    sealed = seal(ring, VALUE, HERE)

    for length in range(len(sealed)):
        with pytest.raises(KeyringError):
            open_sealed(ring, sealed[:length], HERE)


@pytest.mark.parametrize(
    "bytes_of_something",
    [b"", b"\x01", b"\x01\xff" + bytes(200), b"\x02" + bytes(200), bytes(200)],
    ids=["nothing", "a byte", "a name too long for it", "another version", "zeros"],
)
def test_what_is_no_sealed_value_is_said_to_be_none(
    ring: Keyring, bytes_of_something: bytes
) -> None:
    with pytest.raises(KeyringError, match="not a sealed value"):
        key_id_of(bytes_of_something)
    with pytest.raises(KeyringError, match="not a sealed value"):
        check_wrapping(ring, bytes_of_something, HERE)


class TestRewrapping:
    def test_wraps_the_data_key_under_the_current_key_and_touches_nothing_else(
        self, ring: Keyring
    ) -> None:
        before = seal(ring, VALUE, HERE)
        after_turning = turned(ring, MOMENT)

        after = rewrap(after_turning, before, HERE)

        assert (key_id_of(before), key_id_of(after)) == ("k1", "k2")
        assert payload(after) == payload(before)
        assert open_sealed(after_turning, before, HERE) == VALUE
        assert open_sealed(without(after_turning, "k1"), after, HERE) == VALUE

    def test_needs_the_former_key(self, ring: Keyring) -> None:
        left = without(turned(ring, MOMENT), "k1")

        with pytest.raises(KeyringError, match=f"no key k1, under which {HERE} is sealed"):
            rewrap(left, seal(ring, VALUE, HERE), HERE)

    def test_does_not_make_what_was_moved_good_again(self, ring: Keyring) -> None:
        with pytest.raises(KeyringError, match="does not open"):
            rewrap(turned(ring, MOMENT), seal(ring, VALUE, HERE), context_of("elsewhere.x", 7))


class TestAnothersRing:
    def test_a_key_of_the_same_name_does_not_open_it(self, ring: Keyring) -> None:
        sealed = seal(ring, VALUE, HERE)

        for opening in (open_sealed, rewrap, check_wrapping):
            with pytest.raises(KeyringError, match="another keyring's k1"):
                opening(new_keyring(MOMENT), sealed, HERE)

    def test_no_refusal_shows_a_key_or_the_value(self, ring: Keyring) -> None:
        sealed = seal(ring, VALUE, HERE)
        other = Key("k1", bytes(range(32)), MOMENT.isoformat())

        with pytest.raises(KeyringError) as refused:
            open_sealed(Keyring(other, {"k1": other}), sealed, HERE)

        shown = repr(refused.value) + str(refused.value)
        assert not [
            secret
            for secret in (VALUE.decode(), other.secret.hex(), sealed.hex())
            if secret in shown
        ]
        assert refused.value.__cause__ is None
