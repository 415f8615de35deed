"""Small sound files of every kind that is taken, made here byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

from typing_extensions import override

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"

PAGES = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
)
DRAWING = b"BT /F1 12 Tf 72 720 Td (Certificate of insurance) Tj ET"


def stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(body), extra, body)


def flate(body: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(body), b"/Filter /FlateDecode " + extra)


def pdf(
    *further: bytes,
    pages: Sequence[bytes] = PAGES,
    contents: bytes | None = None,
    trailer: bytes = b"",
    version: bytes = b"1.7",
) -> bytes:
    """A PDF with a plain table of objects, as most programs write it."""
    objects = [*pages, stream(DRAWING) if contents is None else contents, *further]
    out = bytearray(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def packed_pdf(*packed: bytes, root: bytes = PAGES[0], object_filter: bytes | None = None) -> bytes:
    """A PDF whose objects lie in a packed stream, and whose table is packed too (7.5.7, 7.5.8)."""
    bodies = [root, *PAGES[1:], *packed]
    numbers = [1, 2, 3, *range(10, 10 + len(packed))]
    index, texts, at = b"", b"", 0
    for number, body in zip(numbers, bodies, strict=True):
        index += b"%d %d " % (number, at)
        texts += body + b" "
        at = len(texts)
    out = bytearray(b"%PDF-1.7\n")
    four = len(out)
    out += b"4 0 obj\n%s\nendobj\n" % flate(DRAWING)
    five = len(out)
    told = b"/Type /ObjStm /N %d /First %d " % (len(bodies), len(index))
    held = index + texts
    body = flate(held, told) if object_filter is None else stream(held, told + object_filter)
    out += b"5 0 obj\n%s\nendobj\n" % body
    table = len(out)
    rows = b"".join(
        struct.pack(">BIH", *row)
        for row in (
            (0, 0, 65_535),
            (2, 5, 0),
            (2, 5, 1),
            (2, 5, 2),
            (1, four, 0),
            (1, five, 0),
            (1, table, 0),
        )
    )
    head = b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R "
    out += b"6 0 obj\n%s\nendobj\n" % flate(rows, head)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def updated_pdf(before: bytes, number: int, body: bytes) -> bytes:
    """A PDF to which a program added a change behind its end (7.5.6)."""
    former = int(before.rsplit(b"startxref", 1)[1].split()[0])
    out = bytearray(before)
    place = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\n" % former
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(  # noqa: PLR0913 - a picture has these
    width: int = 8,
    height: int = 8,
    *,
    depth: int = 8,
    colour: int = 2,
    interlaced: int = 0,
    pixels: bytes | None = None,
    notes: bytes = b"",
    pieces: int = 1,
) -> bytes:
    """A PNG of one colour."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    if pixels is None:
        pixels = bytes(_raw_bytes(width, height, bits, interlaced))
    packed = zlib.compress(pixels)
    step = -(-len(packed) // pieces)
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    palette = chunk(b"PLTE", b"\0\0\0\xff\xff\xff") if colour == 3 else b""
    data = b"".join(chunk(b"IDAT", packed[at : at + step]) for at in range(0, len(packed), step))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + palette + notes + data + chunk(b"IEND", b"")


def _raw_bytes(width: int, height: int, bits: int, interlaced: int) -> int:
    steps = [(0, 0, 1, 1)]
    if interlaced:
        steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4)]
        steps += [(1, 0, 2, 2), (0, 1, 1, 2)]
    total = 0
    for left, top, across, down in steps:
        columns, rows = len(range(left, width, across)), len(range(top, height, down))
        total += rows * (1 + (columns * bits + 7) // 8) if columns else 0
    return total


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(
    width: int = 16,
    height: int = 16,
    *,
    extra: bytes = b"",
    frame: int = 0xC0,
    scans: int = 1,
    scan: bytes = b"\x12\x34\xff\x00\x56\xff\xd0\x78",
) -> bytes:
    """A JPEG with every segment that one needs (T.81 B.2)."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    out = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + extra
    out += segment(0xDB, bytes(65)) + segment(frame, size)
    out += segment(0xC4, bytes(17))
    for _ in range(scans):
        out += segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + scan
    return out + b"\xff\xd9"


TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relations(*found: tuple[str, str, bool]) -> str:
    """Relations of a part: kind, target, and whether it lies outside the document."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for number, (kind, target, outside) in enumerate(found)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def document(inside: str = "<w:t>Policy</w:t>") -> str:
    return (
        f'<w:document xmlns:w="{_WORDS}"><w:body><w:p><w:r>{inside}</w:r></w:p></w:body>'
        "</w:document>"
    )


def docx_parts(**changes: str | bytes) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
        "word/document.xml": document(),
        **changes,
    }


def docx(
    parts: Mapping[str, str | bytes] | None = None,
    *,
    method: int = zipfile.ZIP_DEFLATED,
    change: Callable[[zipfile.ZipInfo], None] | None = None,
    streamed: bool = False,
) -> bytes:
    """A DOCX of these parts."""
    out = _Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in (parts or docx_parts()).items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = method
            if change:
                change(info)
            made.writestr(info, content)
    return out.getvalue()


class _Pipe(io.BytesIO):
    """Where one cannot go back, so that sizes are written behind the parts."""

    @override
    def seekable(self) -> bool:
        return False

    @override
    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    @override
    def tell(self) -> int:
        raise io.UnsupportedOperation
