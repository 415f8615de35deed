import gzip
from pathlib import Path

import pytest

from app.places.errors import PostcodeFileDamagedError, PostcodeFileNotRecognisedError
from app.places.postcode_files import Fault, FileKind, open_postcode_file
from tests.places.published import needs_published_data, published
from tests.places.reading import LAT_LON, SOUTHAMPTON, code_point, read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "postcodes.csv"


class TestEncodings:
    def test_a_byte_order_mark_is_no_part_of_the_first_heading(self, file: Path) -> None:
        rows, _ = read(file, b"\xef\xbb\xbf" + f"{LAT_LON}AL1 1AG,919,51.7,-0.3\n".encode())

        assert rows[0][0] == "AL1 1AG"

    def test_gzip_is_known_by_its_content_whatever_the_name(self, file: Path) -> None:
        rows, _ = read(file, gzip.compress(SOUTHAMPTON.encode()))

        assert rows[0][0] == "SO16 0AS"

    def test_windows_line_ends_and_empty_lines_keep_the_count_of_lines(self, file: Path) -> None:
        _, faults = read(file, LAT_LON.replace("\n", "\r\n") + "\r\nAL1,919,51.7,-0.3\r\n")

        assert faults[0].line == 3

    def test_bytes_that_are_not_utf8_are_a_fault_of_their_row_only(self, file: Path) -> None:
        rows, faults = read(
            file, f"{LAT_LON}AL1 1A\xe9,919,51.7,-0.3\nAL1 1AG,919,51.7,-0.3\n".encode("latin-1")
        )

        assert len(rows) == 1
        assert faults[0].line == 2

    def test_a_long_value_is_cut(self, file: Path) -> None:
        _, faults = read(file, f"{LAT_LON}{'x' * 5_000},919,51.7,-0.3\n")

        assert len(faults[0].value) == 80


class TestProgress:
    def test_lines_and_bytes_are_counted(self, file: Path) -> None:
        file.write_text(SOUTHAMPTON * 3)

        with open_postcode_file(file) as opened:
            rows = list(opened)

            assert opened.kind is FileKind.CODE_POINT_OPEN
            assert opened.lines_read == len(rows) == 3
            assert opened.bytes_read == opened.size_bytes == file.stat().st_size


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("content", "why"),
        [
            pytest.param(b"", "first line is empty", id="empty"),
            pytest.param(b"PK\x03\x04 and so on", "unpack it", id="zip"),
            pytest.param(b"name,phone\nA,1\n", "begins “name,phone”", id="another-table"),
            pytest.param(b"a,b,c,d,e,f,g,h,i,j\n", "begins “a,b,c,d", id="ten-other-columns"),
            pytest.param(b"postcode,lat,lon\n", "begins “postcode,lat,lon”", id="one-missing"),
        ],
    )
    def test_an_unknown_shape_is_refused_with_the_known_ones(
        self, file: Path, content: bytes, why: str
    ) -> None:
        with pytest.raises(PostcodeFileNotRecognisedError, match="Code-Point Open") as refusal:
            read(file, content)

        assert why in refusal.value.detail

    def test_gzip_that_breaks_off_is_damaged(self, file: Path) -> None:
        whole = gzip.compress("".join(code_point(ward=str(n)) for n in range(50_000)).encode())

        with pytest.raises(PostcodeFileDamagedError, match="breaks off") as refusal:
            read(file, whole[: len(whole) // 2])

        assert refusal.value.facts["line"] > 1

    def test_gzip_that_is_corrupt_from_the_start_is_damaged(self, file: Path) -> None:
        with pytest.raises(PostcodeFileDamagedError, match="corrupt"):
            read(file, b"\x1f\x8b" + b"\xff" * 100)

    def test_a_quotation_mark_that_is_never_closed_is_damage(self, file: Path) -> None:
        content = SOUTHAMPTON + code_point(ward='"E05') + code_point() + code_point()

        with pytest.raises(PostcodeFileDamagedError, match=r"line 2: a quotation mark"):
            read(file, content)


@needs_published_data
def test_all_published_postcodes_are_read_without_a_fault() -> None:
    count, authorities = 0, set()

    with open_postcode_file(published("geo/england_postcodes.csv.gz")) as opened:
        for row in opened:
            assert not isinstance(row, Fault)
            count += 1
            authorities.add(row[1])

    assert count == 1_491_107
    assert len(authorities) == 153
    assert not opened.skipped
