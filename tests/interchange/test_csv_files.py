import gzip
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.interchange.csv_files import ExaminedFile, examine, is_garbled, open_table
from app.interchange.errors import FileNotReadableError

CONTENT = "name,town\nCafé Learning,Corby\n,\n\nThe Forge,Rugby\n"
ROWS = [(2, ["Café Learning", "Corby"]), (5, ["The Forge", "Rugby"])]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def written(file: Path, content: bytes) -> ExaminedFile:
    file.write_bytes(content)
    return examine(file)


def rows_of(examined: ExaminedFile) -> list[tuple[int, list[str]]]:
    with open_table(examined) as table:
        return list(table.rows)


def refusal(file: Path, content: bytes) -> str:
    with pytest.raises(FileNotReadableError) as refused:
        rows_of(written(file, content))
    return refused.value.detail


class TestWhatIsRead:
    @pytest.mark.parametrize(
        "content",
        [
            CONTENT.encode(),
            b"\xef\xbb\xbf" + CONTENT.encode(),
            CONTENT.encode("cp1252"),
            CONTENT.replace("\n", "\r\n").encode(),
            CONTENT.replace("\n", "\r\n").encode("cp1252"),
            gzip.compress(CONTENT.encode()),
            gzip.compress(CONTENT.encode("cp1252")),
            CONTENT.rstrip("\n").encode(),
        ],
        ids=["UTF-8", "mark", "1252", "CRLF", "1252 CRLF", "gzip", "1252 gzip", "no last end"],
    )
    def test_every_way_of_saving_a_table_reads_the_same(self, file: Path, content: bytes) -> None:
        examined = written(file, content)

        with open_table(examined) as table:
            assert table.headings == ("name", "town")
            assert list(table.rows) == ROWS

    def test_a_row_over_several_lines_is_known_by_its_first(self, file: Path) -> None:
        examined = written(file, b'name\n"one\ntwo"\nthree\n')

        assert rows_of(examined) == [(2, ["one\ntwo"]), (4, ["three"])]

    def test_the_hash_is_of_the_bytes_as_they_lie_on_disk(self, file: Path) -> None:
        compressed = gzip.compress(CONTENT.encode())

        examined = written(file, compressed)

        assert examined.sha256 == hashlib.sha256(compressed).hexdigest()
        assert examined.size_bytes == len(compressed)


class TestRefusals:
    def test_a_file_that_is_not_there(self, file: Path) -> None:
        with pytest.raises(FileNotReadableError, match="there is no such file"):
            examine(file)

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotReadableError, match="it is a folder"):
            examine(tmp_path)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_file_one_may_not_read(self, file: Path) -> None:
        file.write_text("name\n")
        file.chmod(0)

        with pytest.raises(FileNotReadableError, match="you may not read it"):
            examine(file)

    @pytest.mark.parametrize(
        "content",
        [b"", b"\n", b"  \n\n", gzip.compress(b"")],
        ids=["nothing", "a line", "spaces", "compressed"],
    )
    def test_an_empty_one(self, file: Path, content: bytes) -> None:
        assert "it is empty" in refusal(file, content)

    def test_a_truncated_gzip(self, file: Path) -> None:
        whole = gzip.compress(CONTENT.encode() * 100)

        assert "breaks off or is corrupt" in refusal(file, whole[:-20])

    def test_a_gzip_with_a_wrong_checksum(self, file: Path) -> None:
        whole = bytearray(gzip.compress(CONTENT.encode()))
        whole[-6] ^= 0xFF

        assert "breaks off or is corrupt" in refusal(file, bytes(whole))

    def test_rubbish_after_the_compressed_data(self, file: Path) -> None:
        assert "corrupt" in refusal(file, gzip.compress(CONTENT.encode()) + b"rubbish")

    def test_nul_bytes_with_their_line(self, file: Path) -> None:
        assert "line 3 holds the byte 0x00" in refusal(file, b"name\none\ntw\0o\n")

    def test_an_excel_workbook(self, file: Path) -> None:
        assert "an Excel workbook" in refusal(file, b"PK\x03\x04\x14\x00")

    def test_text_in_utf_16(self, file: Path) -> None:
        assert "UTF-16" in refusal(file, CONTENT.encode("utf-16"))

    def test_letters_of_no_known_encoding(self, file: Path) -> None:
        assert "neither UTF-8 nor Windows-1252" in refusal(file, b"name\n\x81\x8d\n")

    def test_a_mark_of_utf_8_before_something_else(self, file: Path) -> None:
        assert "neither" in refusal(file, b"\xef\xbb\xbfname\nCaf\xe9\n")

    def test_a_quotation_mark_that_is_not_closed_with_its_line(self, file: Path) -> None:
        assert "from line 2 on" in refusal(file, b'name,town\n"The Forge,Rugby\nDV8,London\n')

    def test_a_file_that_was_written_to_meanwhile(self, file: Path) -> None:
        examined = written(file, b"name\none\n")
        examined.refuse_if_changed()
        file.write_bytes(b"name\none\ntwo\n")

        with pytest.raises(FileNotReadableError, match="written to while it was read"):
            examined.refuse_if_changed()


class TestDamage:
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_whatever_happens_to_a_file_it_is_read_or_refused_plainly(
        self, file: Path, data: st.DataObject
    ) -> None:
        content = bytearray(data.draw(st.sampled_from([CONTENT.encode(), b"", os_gzip()])) * 3)
        for _ in range(data.draw(st.integers(0, 4))):
            at = data.draw(st.integers(0, max(0, len(content) - 1)))
            deed = data.draw(st.sampled_from(["cut", "change", "insert", "repeat"]))
            if deed == "cut":
                del content[at:]
            elif deed == "change" and content:
                content[at] = data.draw(st.integers(0, 255))
            elif deed == "insert":
                content[at:at] = data.draw(st.binary(max_size=8))
            else:
                content[at:at] = content[:at]
        file.write_bytes(content)

        lines, why = read_or_refused(file)

        assert (why is None) != (lines is None)
        assert why is None or why.startswith("list.csv cannot be imported: ")
        assert lines is None or all(line >= 2 for line in lines)


def read_or_refused(file: Path) -> tuple[list[int] | None, str | None]:
    try:
        return [line for line, _ in rows_of(examine(file))], None
    except FileNotReadableError as error:
        return None, error.detail


def os_gzip() -> bytes:
    return gzip.compress(CONTENT.encode(), mtime=0)


class TestIsGarbled:
    @pytest.mark.parametrize("text", ["CafÃ© Learning", "Noahâ€™s ART", "Â£5"])
    def test_utf_8_read_as_something_else_is_noticed(self, text: str) -> None:
        assert is_garbled(text)

    @pytest.mark.parametrize("text", ["Café Learning", "Noah's ART", "£5", "Zażółć", ""])
    def test_text_with_accents_is_left_in_peace(self, text: str) -> None:
        assert not is_garbled(text)
