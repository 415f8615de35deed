import time

from app.values.uuid7 import uuid7


def test_a_key_is_a_version_7_uuid_of_the_usual_variant() -> None:
    keys = [uuid7() for _ in range(200)]

    assert {key.version for key in keys} == {7}
    assert {(key.int >> 62) & 0b11 for key in keys} == {0b10}


def test_a_key_begins_with_the_milliseconds_at_which_it_was_made() -> None:
    before = time.time_ns() // 1_000_000
    key = uuid7()
    after = time.time_ns() // 1_000_000

    assert before <= key.int >> 80 <= after


def test_keys_of_later_milliseconds_sort_after_earlier_ones() -> None:
    earlier = uuid7()
    made = earlier.int >> 80
    while time.time_ns() // 1_000_000 <= made:
        pass
    later = uuid7()

    assert earlier < later
    assert str(earlier) < str(later)


def test_every_random_bit_is_used() -> None:
    random_bits = 0
    for _ in range(500):
        random_bits |= uuid7().int

    assert random_bits & ((1 << 62) - 1) == (1 << 62) - 1
    assert (random_bits >> 64) & 0xFFF == 0xFFF


def test_no_two_keys_are_alike() -> None:
    assert len({uuid7() for _ in range(10_000)}) == 10_000
