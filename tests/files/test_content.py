from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.files.content import examine
from app.files.errors import FileHasActiveContentError, FileNameRefusedError
from app.files.names import check_name
from app.files.terms import MEDIA_TYPES
from tests.files.good import GOOD
from tests.files.making import PDF, docx, jpeg, packed_pdf, pdf, png

STARTS = (b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\3\4", b"")
NAMES = ("a.pdf", "a.jpg", "a.png", "a.docx")
WHOLE = dict(zip(NAMES, (packed_pdf(), jpeg(), png(), docx()), strict=True))


@pytest.mark.parametrize(("name", "declared", "data"), GOOD.values(), ids=GOOD)
def test_a_sound_file_is_taken(name: str, declared: str, data: bytes) -> None:
    kind = examine(data, check_name(name), declared)

    assert kind.value.replace("jpeg", "jpg")[:3] in name.lower().replace("jpeg", "jpg")
    assert MEDIA_TYPES[kind]


def test_there_are_many_sound_files() -> None:
    assert len(GOOD) >= 40


@given(st.sampled_from(STARTS), st.binary(max_size=400), st.sampled_from(NAMES))
def test_random_bytes_are_refused_and_never_a_fault_of_ours(
    start: bytes, behind: bytes, name: str
) -> None:
    with pytest.raises(AppError):
        examine(start + behind, name, None)


@given(st.sampled_from(NAMES), st.data())
def test_a_changed_byte_is_refused_or_harmless_and_never_a_fault_of_ours(
    name: str, data: st.DataObject
) -> None:
    whole = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(AppError):
        assert MEDIA_TYPES[examine(bytes(whole), name, None)]


@given(st.text(max_size=200))
def test_any_name_is_taken_as_it_is_or_refused(name: str) -> None:
    with suppress(FileNameRefusedError):
        kept = check_name(name)

        assert not set("/\\\0") & set(kept)
        assert kept not in {"", ".", ".."}


@pytest.mark.parametrize("word", [b"/JavaScript", b"/J#61vaScript", b"/#4AavaScript", b"/JS"])
def test_a_script_is_found_however_it_is_spelt_and_packed(word: bytes) -> None:
    action = b"<< /S %s >>" % word
    for data in (pdf(action), packed_pdf(action)):
        with pytest.raises(FileHasActiveContentError, match="script"):
            examine(data, "a.pdf", PDF)
