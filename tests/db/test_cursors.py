import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.cursors import CursorError, decode, encode, fingerprint

SEARCH = fingerprint({"q": "forge"})
KINDS = (int, str, int)
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
keys = st.tuples(st.integers(0, 10**9), names, st.integers(0, 999_999))
anything = st.text(max_size=60) | st.binary(max_size=60).map(
    lambda raw: base64.urlsafe_b64encode(raw).decode()
)


def written(*parts: object) -> str:
    """A cursor with anything in it, in our own form."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


class TestFingerprint:
    def test_does_not_depend_on_the_order_of_members(self) -> None:
        assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})

    def test_differs_when_anything_asked_differs(self) -> None:
        searches = [{"q": "a"}, {"q": "b"}, {"near": "a"}, {"q": ["a"]}, {"q": None}, {}]

        assert len({fingerprint(asked) for asked in searches}) == len(searches)


class TestDecode:
    @given(st.integers(0, 2**40), keys)
    def test_reads_back_what_encode_wrote(self, entry: int, key: tuple[int, str, int]) -> None:
        assert decode(encode(SEARCH, entry, [*key]), SEARCH, KINDS) == (entry, [*key])

    def test_a_cursor_fits_an_address_as_it_is(self) -> None:
        cursor = encode(SEARCH, 1, [0, "???>>>~~~", 1])

        assert not set(cursor) & set("+/=&?#% ")

    def test_a_cursor_of_another_search_is_told_apart_from_a_damaged_one(self) -> None:
        cursor = encode(fingerprint({"q": "farm"}), 1, [0, "farm", 1])

        with pytest.raises(CursorError, match="belongs to another search"):
            decode(cursor, SEARCH, KINDS)

    @pytest.mark.parametrize(
        "cursor",
        [
            "",
            "=",
            "%",
            "é",
            "\x00",
            "AAAA",
            written(),
            written(SEARCH),
            written(SEARCH, 1),
            written(SEARCH, 1, 0, "a"),
            written(SEARCH, 1, 0, "a", 1, 1),
            written(SEARCH, "1", 0, "a", 1),
            written(SEARCH, True, 0, "a", 1),
            written(SEARCH, 1.0, 0, "a", 1),
            written(SEARCH, 1, None, "a", 1),
            written(SEARCH, 1, True, "a", 1),
            written(SEARCH, 1, 0.5, "a", 1),
            written(SEARCH, 1, 0, ["a"], 1),
            written(SEARCH, 1, 0, "a", {"a": 1}),
            base64.urlsafe_b64encode(b"7").decode(),
            base64.urlsafe_b64encode(b"null").decode(),
            base64.urlsafe_b64encode(b'{"a": 1, "b": 2}').decode(),
            base64.urlsafe_b64encode(b'["x", 1, NaN, "a", 1]').decode(),
            base64.urlsafe_b64encode(b"[" * 590).decode()[:590],
            base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        ],
    )
    def test_a_damaged_cursor_is_refused(self, cursor: str) -> None:
        with pytest.raises(CursorError, match="damaged"):
            decode(cursor, SEARCH, KINDS)

    @given(
        st.text(max_size=60) | st.binary(max_size=60).map(lambda b: base64.b64encode(b).decode())
    )
    def test_whatever_is_made_up_is_refused_and_never_breaks_anything(self, cursor: str) -> None:
        with pytest.raises(CursorError):
            decode(cursor, SEARCH, KINDS)

    @pytest.mark.parametrize("number", [-1, 2**31, 2**53, 2**63, 2**64 - 1])
    @pytest.mark.parametrize("place", [2, 4])
    def test_a_number_that_no_row_can_have_is_refused(self, number: int, place: int) -> None:
        parts: list[object] = [SEARCH, 1, 0, "a", 1]
        parts[place] = number

        with pytest.raises(CursorError, match="damaged"):
            decode(written(*parts), SEARCH, KINDS)

    def test_a_text_that_no_row_can_have_is_refused(self) -> None:
        with pytest.raises(CursorError, match="damaged"):
            decode(written(SEARCH, 1, 0, "a\x00b", 1), SEARCH, KINDS)
