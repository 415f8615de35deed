import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.values.postcode import (
    area,
    normalise_any,
    normalise_outcode,
    normalise_postcode,
    outward,
)

inward_letters = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
first_letters = st.sampled_from(sorted(set(string.ascii_uppercase) - set("QVX")))
second_letters = st.sampled_from(sorted(set(string.ascii_uppercase) - set("IJZ")))
digits = st.sampled_from(string.digits)


@st.composite
def outcodes(draw: st.DrawFn) -> str:
    first, second = draw(first_letters), draw(second_letters)
    return draw(
        st.sampled_from(
            [
                first + draw(digits),
                first + draw(digits) + draw(digits),
                first + second + draw(digits),
                first + second + draw(digits) + draw(digits),
                first + draw(digits) + draw(st.sampled_from("ABCDEFGHJKPSTUW")),
                first + second + draw(digits) + draw(st.sampled_from("ABEHMNPRVWXY")),
            ]
        )
    )


@st.composite
def postcodes(draw: st.DrawFn) -> str:
    return f"{draw(outcodes())} {draw(digits)}{draw(inward_letters)}{draw(inward_letters)}"


@st.composite
def untidy(draw: st.DrawFn, tidy: st.SearchStrategy[str]) -> tuple[str, str]:
    """A tidy text, and the same as people write it."""
    wanted = draw(tidy)
    spaces = st.text(alphabet=" \t\n\u00a0", max_size=2)
    letters = [
        draw(spaces) + (letter.lower() if draw(st.booleans()) else letter)
        for letter in wanted.replace(" ", "")
    ]
    return wanted, "".join(letters) + draw(spaces)


class TestNormalisePostcode:
    @given(untidy(postcodes()))
    def test_case_and_spacing_do_not_matter(self, pair: tuple[str, str]) -> None:
        wanted, written = pair

        assert normalise_postcode(written.replace("\u00a0", " ")) == wanted

    @given(postcodes())
    def test_a_canonical_postcode_stays_as_it_is(self, postcode: str) -> None:
        assert normalise_postcode(postcode) == postcode

    @pytest.mark.parametrize("postcode", ["GIR 0AA", "W1A 0AX", "EC1A 1BB", "M1 1AE", "B33 8TH"])
    def test_every_published_shape_is_accepted(self, postcode: str) -> None:
        assert normalise_postcode(postcode.replace(" ", "").lower()) == postcode

    @pytest.mark.parametrize(
        ("written", "advice"),
        [
            pytest.param("SW1A OAA", "is it SW1A 0AA?", id="letter-o-for-nought"),
            pytest.param("m1 lAE", "is it M1 1AE?", id="letter-l-for-one"),
            pytest.param("CV12", "first half only", id="outward-code"),
            pytest.param("CV1 2", "write all of it, or CV1", id="sector"),
            pytest.param("", "A full one looks like CV1 2WT", id="empty"),
            pytest.param("Q1 1AA", "A full one looks like CV1 2WT", id="no-area-begins-with-q"),
            pytest.param("M1 1AI", "A full one looks like CV1 2WT", id="letter-never-used-inward"),
            pytest.param("BFPO 61", "A full one looks like CV1 2WT", id="forces"),
            pytest.param("CV1 2WT CV1 2WT", "A full one looks like CV1 2WT", id="two"),
        ],
    )
    def test_what_is_no_postcode_is_refused_with_advice(self, written: str, advice: str) -> None:
        with pytest.raises(ValueError, match="is not a full UK postcode") as refusal:
            normalise_postcode(written)

        assert advice in str(refusal.value)

    @pytest.mark.parametrize("written", ["ＣＶ1 2WT", "CV1 2Wſ", "ß1 1AA", "CV١ 2WT"])  # noqa: RUF001
    def test_letters_and_digits_of_other_alphabets_are_refused(self, written: str) -> None:
        with pytest.raises(ValueError, match="is not a full UK postcode"):
            normalise_postcode(written)

    def test_a_long_text_is_not_repeated_whole(self) -> None:
        with pytest.raises(ValueError, match="is not a full UK postcode") as refusal:
            normalise_postcode("x" * 5_000)

        assert len(str(refusal.value)) < 200


class TestNormaliseOutcode:
    @given(untidy(outcodes()))
    def test_case_and_spacing_do_not_matter(self, pair: tuple[str, str]) -> None:
        wanted, written = pair

        squeezed = written.replace("\u00a0", "").replace("\t", "").replace("\n", "")
        assert normalise_outcode(squeezed.replace(" ", "")) == wanted

    def test_a_space_between_letters_and_number_is_forgiven(self) -> None:
        assert normalise_outcode(" cv 12 ") == "CV12"

    def test_an_area_is_taken_only_where_it_is_asked_for(self) -> None:
        assert normalise_outcode("cv", allow_area=True) == "CV"
        with pytest.raises(ValueError, match="is not the first half"):
            normalise_outcode("cv")

    def test_a_sector_is_not_mistaken_for_another_district(self) -> None:
        with pytest.raises(ValueError, match="write CV1, or the whole postcode"):
            normalise_outcode("CV1 2")

    @pytest.mark.parametrize("written", ["", "CV1 2WT", "1CV", "QQ1", "CVX"])
    def test_anything_else_is_refused(self, written: str) -> None:
        with pytest.raises(ValueError, match="is not the first half of a UK postcode"):
            normalise_outcode(written, allow_area=True)


class TestNormaliseAny:
    @given(postcodes())
    def test_a_postcode_without_its_space_is_still_a_postcode(self, postcode: str) -> None:
        assert normalise_any(postcode.replace(" ", "")) == postcode

    @given(outcodes())
    def test_an_outward_code_is_never_taken_for_a_postcode(self, outcode: str) -> None:
        assert normalise_any(outcode.lower()) == outcode

    @pytest.mark.parametrize("letters", ["b", "CV", " sw "])
    def test_letters_alone_are_an_area(self, letters: str) -> None:
        assert normalise_any(letters) == letters.strip().upper()

    @pytest.mark.parametrize("written", ["", "Q", "12", "zz99", "Leamington", "CV1 2"])
    def test_none_of_the_three_is_refused_with_an_example(self, written: str) -> None:
        with pytest.raises(ValueError, match="CV1"):
            normalise_any(written)


@given(postcodes())
def test_outward_code_and_area_are_the_beginnings(postcode: str) -> None:
    assert postcode.startswith(outward(postcode) + " ")
    assert outward(postcode).startswith(area(postcode))
    assert area(postcode).isalpha()
    assert outward(postcode)[len(area(postcode))].isdigit()


def test_outward_code_and_area_of_shorter_texts() -> None:
    assert outward("CV1") == "CV1"
    assert area("CV1") == "CV"
    assert area("CV") == "CV"
    assert area("GIR 0AA") == "GIR"
