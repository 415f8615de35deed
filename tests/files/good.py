"""Sound files that must be taken, each another shape that real programs make."""

import base64
import zipfile
import zlib
from collections.abc import Mapping

from tests.files.making import (
    DOCX,
    DRAWING,
    JPEG,
    PAGES,
    PDF,
    PNG,
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


def _pdfs() -> Mapping[str, bytes]:
    to_page = b"<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>"
    named = b"<< /Type /Font /BaseFont /ABCDEF+Some#20Font >>"
    link = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org/) >> >>"
    return {
        "plain": pdf(),
        "packed contents": pdf(contents=flate(DRAWING)),
        "objects packed": packed_pdf(),
        "objects packed, with more of them": packed_pdf(named, link),
        "changed behind its end": updated_pdf(pdf(), 2, PAGES[1]),
        "changed twice": updated_pdf(updated_pdf(pdf(), 2, PAGES[1]), 3, PAGES[2]),
        "opens at a page": pdf(pages=(to_page, *PAGES[1:])),
        "a name with a space": pdf(named),
        "a link to click": pdf(link),
        "version 2.0": pdf(version=b"2.0"),
        "version 1.4": pdf(version=b"1.4"),
        "no line end at the end": pdf()[:-1],
        "blank lines at the end": pdf() + b"\r\n\r\n",
        "a scanned page": pdf(stream(jpeg(), b"/Subtype /Image /Filter /DCTDecode ")),
        "a fax": pdf(stream(b"\x00\x01" * 90, b"/Subtype /Image /Filter /CCITTFaxDecode ")),
        "packed twice, once as text": pdf(
            stream(
                base64.a85encode(zlib.compress(DRAWING)) + b"~>",
                b"/Filter [/ASCII85Decode /FlateDecode] ",
            )
        ),
        "a filter by its short name": pdf(stream(zlib.compress(DRAWING), b"/Filter /Fl ")),
        "form fields": pdf(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) >>"),
        "half a megabyte of pixels": pdf(flate(bytes(range(256)) * 2_000, b"/Subtype /Image ")),
        "notes about itself": pdf(
            stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>", b"/Type /Metadata ")
        ),
    }


def _pictures() -> Mapping[str, tuple[str, str, bytes]]:
    exif = segment(0xE1, b"Exif\0\0" + bytes(64))
    note = chunk(b"tEXt", b"Title\0Playground")
    packed = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a gate" * 50))
    return {
        "jpeg": ("gate.jpg", JPEG, jpeg()),
        "jpeg, the long ending": ("gate.jpeg", JPEG, jpeg()),
        "jpeg, capitals": ("GATE.JPG", JPEG, jpeg()),
        "jpeg of a telephone": ("IMG_0001.jpg", JPEG, jpeg(4_032, 3_024, extra=exif)),
        "jpeg, progressive": ("gate.jpg", JPEG, jpeg(frame=0xC2, scans=4)),
        "jpeg with a comment": ("gate.jpg", JPEG, jpeg(extra=segment(0xFE, b"a gate"))),
        "jpeg with filling": ("gate.jpg", JPEG, jpeg().replace(b"\xff\xdb", b"\xff\xff\xff\xdb")),
        "jpeg by an old name of its type": ("gate.jpg", "image/jpg", jpeg()),
        "png": ("gate.png", PNG, png()),
        "png, grey": ("gate.png", PNG, png(colour=0)),
        "png, black and white": ("gate.png", PNG, png(9, 9, depth=1, colour=0)),
        "png, palette": ("gate.png", PNG, png(5, 5, depth=2, colour=3)),
        "png, see-through": ("gate.png", PNG, png(colour=6)),
        "png, sixteen bits": ("gate.png", PNG, png(depth=16)),
        "png, interlaced": ("gate.png", PNG, png(13, 7, interlaced=1)),
        "png, interlaced and tiny": ("gate.png", PNG, png(1, 1, interlaced=1)),
        "png in pieces": ("gate.png", PNG, png(40, 40, pieces=3)),
        "png with notes": ("gate.png", PNG, png(notes=note + packed)),
    }


def _documents() -> Mapping[str, bytes]:
    link = relations(("hyperlink", "https://example.org/", True), ("image", "media/1.png", False))
    picture: dict[str, str | bytes] = {
        "word/media/1.png": png(),
        "word/_rels/document.xml.rels": link,
    }
    field = document(
        '<w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://example.org/link"'
        '</w:instrText><w:fldChar w:fldCharType="end"/>'
    )
    return {
        "docx": docx(),
        "docx, stored": docx(method=zipfile.ZIP_STORED),
        "docx, sizes behind": docx(streamed=True),
        "docx with a picture and a link": docx(docx_parts() | picture),
        "docx with a field": docx(docx_parts(**{"word/document.xml": field})),
        "docx, long": docx(docx_parts(**{"word/document.xml": document("<w:t>a</w:t>" * 5_000)})),
        "docx with a font": docx(docx_parts(**{"word/fonts/font1.odttf": b"\1" * 50})),
        "docx with a folder": docx(docx_parts(**{"word/media/": b""})),
    }


GOOD: Mapping[str, tuple[str, str, bytes]] = {
    **{f"pdf: {name}": ("insurance.pdf", PDF, data) for name, data in _pdfs().items()},
    **_pictures(),
    **{name: ("policy.docx", DOCX, data) for name, data in _documents().items()},
    "a name in Welsh": ("Ysgol Tŷ Gwyn, yswiriant.pdf", PDF, pdf()),
    "a name with points": ("insurance.v1.2 (final).pdf", PDF, pdf()),
    "a name with an apostrophe": ("O'Neill & Sons, 100% cover.pdf", PDF, pdf()),
    "a type that says nothing": ("insurance.pdf", "application/octet-stream", pdf()),
    "a type with a parameter": ("insurance.pdf", "application/pdf; charset=binary", pdf()),
    "no type": ("insurance.pdf", "", pdf()),
}
"""Name, declared type and bytes, by what is special about them."""
