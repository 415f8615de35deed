"""The bytes of a leaf, written out: if one of these fails, every proof ever given would too."""

import hashlib
import struct
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.hashing import SALT_BYTES, leaf_hash, new_salt, record_hash

SALT = bytes.fromhex("000102030405060708090a0b0c0d0e0f")
RECORD = b'{"name":"Example Forge"}'
RECORDED_AT = datetime(2026, 11, 23, 23, 15, 4, 123456, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LEAF = bytes.fromhex(
    "01"  # format
    "0000000000000102"  # entry 258
    "000660f9c38c1040"  # 1_795_475_704_123_456 microseconds after 1970 began
    "09"  # nine characters
    "415030303030303155"  # AP000001U
    "f2b7fabc6d6aefde407942d389e82ab5b5a2c2b0084de959002668715b62a274"
)
LEAF_HASH = "197a6eb4679d6e334fb8412f2b9b9602d68e7a3f20fd390978a1762a181cade8"


def test_the_salt_stands_before_the_record() -> None:
    assert record_hash(SALT, RECORD) == hashlib.sha256(SALT + RECORD).digest()
    assert record_hash(SALT, RECORD) == LEAF[-32:]


def test_the_leaf_is_hashed_as_rfc_6962_says() -> None:
    hashed = leaf_hash(258, RECORDED_AT, "AP000001U", record_hash(SALT, RECORD))

    assert hashed == hashlib.sha256(b"\x00" + LEAF).digest()
    assert hashed.hex() == LEAF_HASH


moments = st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.integers(1, 2**63 - 1), moments, st.binary(min_size=32, max_size=32))
def test_every_entry_time_and_record_has_its_place_in_the_leaf(
    entry: int, recorded_at: datetime, hashed: bytes
) -> None:
    elapsed = recorded_at - EPOCH
    microseconds = (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds
    leaf = struct.pack(">BQQB9s32s", 1, entry, microseconds, 9, b"AP000001U", hashed)

    assert leaf_hash(entry, recorded_at, "AP000001U", hashed) == (
        hashlib.sha256(b"\x00" + leaf).digest()
    )


def test_the_zone_in_which_a_time_is_told_does_not_matter() -> None:
    elsewhere = RECORDED_AT.astimezone(timezone(timedelta(hours=-5)))

    assert leaf_hash(1, elsewhere, "AP000001U", bytes(32)) == (
        leaf_hash(1, RECORDED_AT, "AP000001U", bytes(32))
    )


def test_what_is_no_number_cannot_be_hashed() -> None:
    with pytest.raises(UnicodeEncodeError):
        leaf_hash(1, RECORDED_AT, "AP00000é", bytes(32))


def test_no_two_salts_are_alike() -> None:
    salts = {new_salt() for _ in range(1_000)}

    assert len(salts) == 1_000
    assert {len(salt) for salt in salts} == {SALT_BYTES} == {16}
