"""Hundreds of files that must be refused, made from sound ones by the same seed each time."""

import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tests.files.making import (
    DOCX,
    DRAWING,
    JPEG,
    PAGES,
    PDF,
    PNG,
    TEST_VIRUS,
    TYPES,
    chunk,
    document,
    docx,
    docx_parts,
    flate,
    jpeg,
    packed_pdf,
    pdf,
    png,
    relations,
    segment,
    stream,
    updated_pdf,
)

MOST_BYTES = 700_000
"""How large a file may be where these are sent."""
SEED = 20_261_130


@dataclass(frozen=True)
class Mutated:
    """A file that must be refused.

    Attributes:
        of: the class of mutation.
        slugs: the refusals that say what is wrong with it; mostly one.
        name: what it is called.
        declared: its declared type.
        data: its bytes.
    """

    of: str
    slugs: frozenset[str]
    name: str
    declared: str
    data: bytes


Sound = tuple[str, str, bytes]
SOUND: tuple[Sound, ...] = (
    ("a.pdf", PDF, pdf()),
    ("a.pdf", PDF, packed_pdf()),
    ("a.jpg", JPEG, jpeg()),
    ("a.png", PNG, png(40, 40, pieces=2)),
    ("a.docx", DOCX, docx()),
)
ACTIONS = (
    b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    b"<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>",
    b"<< /S /Launch /F (cmd.exe) >>",
    b"<< /S /L#61#75nch /F (cmd.exe) >>",
    b"<< /Type /EmbeddedFile >>",
    b"<< /Type /Filespec /EF << /F 9 0 R >> >>",
    b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
    b"<< /Subtype /RichMedia >>",
    b"<< /AcroForm << /XFA 9 0 R >> >>",
    b"<< /S /SubmitForm /F (https://example.org/) >>",
    b"<< /S /ImportData /F (x) >>",
    b"<< /S /GoToR /F (x) >>",
    b"<< /S /GoToE /T 9 0 R >>",
    b"<< /AA << /O 9 0 R >> >>",
    b"<< /OpenAction << /S /URI /URI (https://example.org/) >> >>",
    b"<< /OpenAction 9 0 R >>",
    b"<< /Open#41ction 9 0 R >>",
    b"<< /Subtype /Movie /A 9 0 R >>",
)
TRICKS = (
    *("../a.pdf", "..\\a.pdf", "/etc/a.pdf", "C:\\a.pdf", "C:a.pdf", "folder/a.pdf", "a/../b.pdf"),
    *("..%2fa.pdf", "%2e%2e%2fa.pdf", "%252e%252e%252fa.pdf", "a%00.pdf", "a\0.pdf", "a.pdf\0.exe"),
    *(
        "\u2025/a.pdf",
        "a\uff0fb.pdf",
        "a\u2215b.pdf",
        "a\u2044b.pdf",
        "a\u29f8b.pdf",
        "a\uff3cb.pdf",
    ),
    *(
        "a\u202efdp.exe.pdf",
        "a\u2066b.pdf",
        "a\u200bb.pdf",
        "a\u200d.pdf",
        "\ufeffa.pdf",
        "a\u00ad.pdf",
    ),
    *(
        "a\nb.pdf",
        "a\rb.pdf",
        "a\tb.pdf",
        "a\x1b[31m.pdf",
        "a\x7f.pdf",
        "a\u2028.pdf",
        "a\ud800.pdf",
    ),
    *(
        "CON.pdf",
        "con.pdf",
        "PRN.pdf",
        "AUX.pdf",
        "NUL.pdf",
        "COM1.pdf",
        "lpt9.pdf",
        "COM\u00b9.pdf",
    ),
    *("a.pdf.", "a.pdf ", " a.pdf", ".a.pdf", ".pdf", "", " ", ".", "..", "a..pdf", "a.pdf:stream"),
    *("a.exe.pdf", "a.html.pdf", "a.js.pdf", "a.docm.pdf", "a.php.pdf", "a.SCR.pdf", "a.svg .pdf"),
    *(
        'a".pdf',
        "a<b>.pdf",
        "a|b.pdf",
        "a?.pdf",
        "a*.pdf",
        "a" * 200 + ".pdf",
        "\u0175" * 140 + ".pdf",
    ),
)
FOREIGN = {
    "executable": b"MZ\x90\0" + bytes(100),
    "program": b"\x7fELF\2\1\1" + bytes(100),
    "page": b"<!doctype html><script>alert(1)</script>",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "picture": b"GIF89a\1\0\1\0\0\0\0;",
    "text": b"Dear Sir or Madam,\n" * 9,
    "rich text": b"{\\rtf1\\ansi Hello}",
    "archive": b"Rar!\x1a\x07\x01\0" + bytes(50),
    "packed": b"\x1f\x8b\x08\0" + bytes(50),
    "zeros": bytes(500),
    "pdf behind something": b"\xff\xfe junk\n" + pdf(),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "mail": b"From: someone@example.org\r\n\r\n",
}


def mutated_files() -> Iterator[Mutated]:
    """Yield every one of them."""
    chance = random.Random(SEED)  # noqa: S311 - the same files each time
    for make in (
        *(_empty, _oversized, _wrong_types, _contradicting, partial(_truncated, chance)),
        *(_bombs, _infected, _tricky_names, _active_pdfs, _active_documents, _hiding),
        *(_encrypted, partial(_corrupt_pngs, chance), _crooked_zips, partial(_damaged, chance)),
        partial(_random, chance),
    ):
        yield from make()


def _one(of: str, slug: str, name: str, declared: str, data: bytes) -> Mutated:
    return Mutated(of, frozenset(slug.split()), name, declared, data)


def _empty() -> Iterator[Mutated]:
    for name, declared, _ in SOUND:
        yield _one("empty", "file-empty", name, declared, b"")


def _oversized() -> Iterator[Mutated]:
    for size in (1, 17, 5_000):
        for name, declared, data in SOUND:
            longer = data + bytes(MOST_BYTES + size - len(data))
            yield _one("oversized", "file-too-large", name, declared, longer)


def _wrong_types() -> Iterator[Mutated]:
    for data in FOREIGN.values():
        for name, declared in (("a.pdf", PDF), ("a.jpg", JPEG), ("a.docx", DOCX)):
            yield _one("wrong type", "file-type-not-taken", name, declared, data)


def _contradicting() -> Iterator[Mutated]:
    for name, declared, data in SOUND:
        for other, said, _ in SOUND:
            if other != name:
                told = "file-type-contradicted"
                yield _one("contradicting name", told, other, declared, data)
                yield _one("contradicting type", told, name, said, data)
        yield _one("contradicting name", "file-type-contradicted", "a.exe", declared, data)
        yield _one("contradicting name", "file-type-contradicted", "a", declared, data)
        yield _one("contradicting type", "file-type-contradicted", name, "text/html", data)


def _truncated(chance: random.Random) -> Iterator[Mutated]:
    for name, declared, data in SOUND:
        for at in chance.sample(range(12, len(data) - 6), 22):
            slugs = "file-truncated file-damaged"
            yield _one("truncated", slugs, name, declared, data[:at])
    for name, declared, data in SOUND[2:4]:
        yield _one("truncated", "file-truncated", name, declared, data[:-1])
    yield _one("truncated", "file-truncated", "a.pdf", PDF, updated_pdf(pdf(), 2, PAGES[1])[:-40])


def _bombs() -> Iterator[Mutated]:
    told, zeros = "file-unpacks-too-large", zlib.compress(bytes(30_000_000), 9)
    for of, data in {
        "many": pdf(*[stream(zeros, b"/Filter /FlateDecode ")] * 15),
        "objects": packed_pdf(bytes(33 * 1_048_576)),
    }.items():
        yield _one(f"bomb: PDF, {of}", told, "a.pdf", PDF, data)
    for width, height in ((30_001, 1), (1, 40_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)):
        size = png(pixels=b"").replace(
            chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)),
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        )
        yield _one("bomb: pixels", told, "a.png", PNG, size)
    for width, height in ((65_535, 65_535), (40_000, 1), (20_000, 20_000)):
        yield _one("bomb: pixels", told, "a.jpg", JPEG, jpeg(width, height))
    for extra in (1, 10_000, 5_000_000):
        yield _one("bomb: IDAT", told, "a.png", PNG, png(pixels=bytes(200 + extra)))
    note = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(5_000_000)))
    profile = chunk(b"iCCP", b"Profile\0\0" + zlib.compress(bytes(5_000_000)))
    foreign = chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(5_000_000)))
    for notes in (note, profile, foreign):
        yield _one("bomb: notes", told, "a.png", PNG, png(notes=notes))
    for blank in (3_000_000, 20_000_000):
        blown = docx(docx_parts(**{"word/media/1.bmp": bytes(blank)}))
        yield _one("bomb: DOCX", told, "a.docx", DOCX, blown)
    many = docx_parts() | {f"word/media/{n}.bmp": b"" for n in range(2_001)}
    yield _one("bomb: DOCX", told, "a.docx", DOCX, docx(many))
    laughing = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + document(
        "&b;"
    )
    for part in ("word/document.xml", "_rels/.rels", "word/other.xml"):
        data = docx(docx_parts(**{part: laughing}))
        yield _one("bomb: entities", "file-has-active-content", "a.docx", DOCX, data)


def _infected() -> Iterator[Mutated]:
    told = partial(_one, "infected", "file-infected")
    for name, declared, data in SOUND:
        for at in (len(data) // 3, len(data) // 2, len(data)):
            yield told(name, declared, data[:at] + TEST_VIRUS + data[at:])
    yield told("a.txt", "text/plain", TEST_VIRUS)
    far = bytes(65_536 - 20) + TEST_VIRUS
    for body in (TEST_VIRUS, far):
        yield told("a.pdf", PDF, pdf(flate(body)))
        yield told("a.pdf", PDF, pdf(contents=flate(DRAWING + body)))
        yield told("a.png", PNG, png(pixels=(body + bytes(200))[:200_000], width=300, height=300))
        yield told("a.docx", DOCX, docx(docx_parts(**{"word/media/1.png": body})))
        text = document("<w:t>" + TEST_VIRUS.decode().replace("&", "") + "</w:t>")
        yield told("a.docx", DOCX, docx(docx_parts(**{"word/document.xml": text})))
        yield told("a.docx", DOCX, docx(docx_parts(**{"a.xml": body}), method=zipfile.ZIP_STORED))
    yield told("a.pdf", PDF, packed_pdf(b"(" + TEST_VIRUS + b")"))
    yield told("a.png", PNG, png(notes=chunk(b"zTXt", b"C\0\0" + zlib.compress(TEST_VIRUS))))
    yield told("a.jpg", JPEG, jpeg(extra=segment(0xFE, TEST_VIRUS)))


def _tricky_names() -> Iterator[Mutated]:
    for name in TRICKS:
        yield _one("tricks in the name", "file-name-refused", name, PDF, pdf())


def _active_pdfs() -> Iterator[Mutated]:
    told = partial(_one, "active content: PDF", "file-has-active-content", "a.pdf", PDF)
    for action in ACTIONS:
        yield told(pdf(action))
        yield told(packed_pdf(action))
        yield told(updated_pdf(pdf(), 2, action))
        yield told(pdf(trailer=action[2:-2]))
    for action in ACTIONS[:6]:
        yield told(pdf(stream(action)))  # a stream to us, and perhaps not to another program
        yield told(packed_pdf(b"(x)", root=PAGES[0][:-2] + action[2:]))


def _active_documents() -> Iterator[Mutated]:
    told = partial(_one, "active content: DOCX", "file-has-active-content", "a.docx", DOCX)
    for part in (
        *("word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/embeddings/a.xlsx"),
        *("word/activeX/activeX1.xml", "a.exe", "word/a.js", "word/a.html", "word/media/a.zip"),
        *("word/ctrlProps/a.xml", "payload", "word/media/a.docx", "word/a.dll"),
    ):
        yield told(docx(docx_parts(**{part: b"x"})))
    for kind in ("attachedTemplate", "oleObject", "image", "frame", "aFChunk", "externalLinkPath"):
        outside = relations((kind, "https://example.org/x", True))
        for part in ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"):
            yield told(docx(docx_parts(**{part: outside})))
        spelt = outside.replace("External", "&#69;xternal")
        yield told(docx(docx_parts(**{"word/_rels/document.xml.rels": spelt})))
    for kind in ("oleObject", "package", "control", "vbaProject"):
        inside = relations((kind, "media/1.png", False))
        yield told(docx(docx_parts(**{"word/_rels/document.xml.rels": inside})))
    for kind in ("macroEnabled.main", "macroEnabledTemplate.main"):
        types = TYPES.replace("document.main", f"document.{kind}")
        yield told(docx(docx_parts(**{"[Content_Types].xml": types})))
    begin = '<w:fldChar w:fldCharType="begin"/>'
    for field in ("DDEAUTO c:\\cmd.exe", "DDE cmd", "INCLUDETEXT x", "INCLUDEPICTURE https://x"):
        cut = f"{begin}<w:instrText>{field[:3]}</w:instrText><w:instrText>{field[3:]}</w:instrText>"
        simple = f'<w:fldSimple w:instr="{field}"/>'
        for inside in (cut, simple):
            yield told(docx(docx_parts(**{"word/document.xml": document(inside)})))
            yield told(docx(docx_parts(**{"word/header1.xml": document(inside)})))


def _hiding() -> Iterator[Mutated]:
    behind = {"zip": docx(), "script": b"<script>alert(1)</script>", "php": b"<?php ?>", "z": b"\0"}
    for name, declared, data in SOUND:
        for more in behind.values():
            slugs = "file-hides-something file-damaged file-truncated"
            pointless = declared == PDF and not more.strip(b"\0 ")  # white space to a PDF
            if not pointless:
                yield _one("polyglot", slugs, name, declared, data + more)
    yield _one("polyglot", "file-hides-something", "a.docx", DOCX, docx() + docx())
    for content in (docx(), b"MZ" + bytes(50), pdf(), b"\x7fELF" + bytes(9)):
        data = docx(docx_parts(**{"word/media/1.png": content}))
        yield _one("polyglot", "file-hides-something", "a.docx", DOCX, data)
    for name in ("../a.xml", "/a.xml", "word/../../a.xml", "C:\\a.xml", "word\\a.xml", "a\0b.xml"):
        crooked = docx(docx_parts(**{"x" * len(name): b"<a/>"}))
        data = crooked.replace(b"x" * len(name), name.encode())
        yield _one("path tricks in a zip", "file-hides-something", "a.docx", DOCX, data)


def _encrypted() -> Iterator[Mutated]:
    told = partial(_one, "encrypted", "file-encrypted")
    for key in (b"/Encrypt 9 0 R ", b"/Encrypt << /Filter /Standard >> ", b"/#45ncrypt 9 0 R "):
        yield told("a.pdf", PDF, pdf(trailer=key))
        yield told("a.pdf", PDF, packed_pdf().replace(b"/Type /XRef ", b"/Type /XRef " + key))

    def protect(info: zipfile.ZipInfo) -> None:
        info.create_version = 20

    data = bytearray(docx(change=protect))
    for at, mark in ((6, b"PK\3\4"), (8, b"PK\1\2")):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    yield told("a.docx", DOCX, bytes(data))


def _corrupt_pngs(chance: random.Random) -> Iterator[Mutated]:
    whole = png(40, 40, notes=chunk(b"tEXt", b"Title\0gate"))
    for at in chance.sample(range(16, len(whole) - 12), 40):
        data = bytearray(whole)
        data[at] ^= 1 << chance.randrange(8)
        slugs = "file-damaged file-truncated"
        yield _one("corrupt check sums", slugs, "a.png", PNG, bytes(data))


def _crooked_zips() -> Iterator[Mutated]:
    def link(info: zipfile.ZipInfo) -> None:
        info.external_attr = 0o120777 << 16

    yield _one("links in a zip", "file-hides-something", "a.docx", DOCX, docx(change=link))
    for parts in ({"a.txt": b"x"}, {"[Content_Types].xml": TYPES}, {"xl/workbook.xml": b"<a/>"}):
        yield _one("other zips", "file-type-not-taken", "a.docx", DOCX, docx(parts))
    sheet = TYPES.replace("wordprocessingml", "spreadsheetml")
    data = docx(docx_parts(**{"[Content_Types].xml": sheet}))
    yield _one("other zips", "file-type-not-taken", "a.docx", DOCX, data)
    broken = docx_parts(**{"word/document.xml": "<w:document"})
    yield _one("crooked zips", "file-damaged", "a.docx", DOCX, docx(broken))
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield _one("crooked zips", "file-damaged", "a.docx", DOCX, docx(method=method))
    for old, new in ((b"word/document.xml", b"WORD/document.xml"), (b"PK\1\2", b"PK\1\3")):
        data = docx()
        at = data.find(old)
        data = data[:at] + new + data[at + len(new) :]
        yield _one("crooked zips", "file-damaged", "a.docx", DOCX, data)


def _damaged(chance: random.Random) -> Iterator[Mutated]:
    for number in range(12):
        data = pdf().replace(b"startxref\n", b"startxref\n%d" % chance.randrange(1, 9))
        slugs = "file-damaged file-truncated"
        yield _one("damaged: PDF", slugs, "a.pdf", PDF, data)
        other = pdf().replace(b"/Root", b"/R%03d" % number)
        yield _one("damaged: PDF", "file-damaged", "a.pdf", PDF, other)
    for filters in (b"[/FlateDecode /FlateDecode]", b"/LZWDecode", b"9 0 R", b"/Crypt"):
        data = packed_pdf(object_filter=b"/Filter " + filters + b" ")
        yield _one("cannot be looked into", "file-hides-something", "a.pdf", PDF, data)
    junk = pdf(stream(b"not packed at all", b"/Filter /FlateDecode "))
    yield _one("damaged: PDF", "file-damaged", "a.pdf", PDF, junk)


def _random(chance: random.Random) -> Iterator[Mutated]:
    starts = ((b"%PDF-1.7\n", SOUND[0]), (b"\xff\xd8\xff", SOUND[2]), (b"PK\3\4", SOUND[4]))
    for start, (name, declared, _) in starts:
        for _ in range(10):
            data = start + chance.randbytes(chance.randrange(20, 4_000))
            slugs = "file-damaged file-truncated file-hides-something"
            yield _one("random behind a known start", slugs, name, declared, data)
