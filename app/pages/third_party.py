"""What the pages take from other people's packages, and what is changed in it.

GOV.UK Frontend is free to use (MIT), but its typeface is licensed for gov.uk alone, and the crown
and the crest are the government's own marks. This register may run anywhere, so they are taken out.

Leaflet draws the map of what a search found. Its pictures are not taken: our markers are words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

FONT_STACK = "Helvetica Neue,Helvetica,Arial,sans-serif"
"""What stands in for the gov.uk typeface: the fonts GOV.UK itself falls back to."""

FORBIDDEN = ("GDS Transport", "@font-face", "/assets/", "crest", "sourceMappingURL")
"""Words that must not be left in anything we serve."""

_FONT_FACE = re.compile(r"(?:/\*![^*]*\*/)?@font-face\{[^}]*\}")
_CREST = re.compile(r"url\([\"']?/assets/images/govuk-crest\.svg[\"']?\)")
_CSS_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/\s*")
_PICTURE = re.compile(r"background-image: url\(images/[a-z0-9-]+\.png\);")
_JS_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S*\s*")

GOVUK_FRONTEND_LICENCE = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
"""The licence's own words, which it asks to travel with every copy; the package leaves them out."""


@dataclass(frozen=True, slots=True)
class ThirdPartyFile:
    """One file we serve that somebody else wrote.

    Attributes:
        source: where it lies under `node_modules`.
        name: what it is called under `static/vendor`.
        clean: takes out what we may not or need not serve.
    """

    source: str
    name: str
    clean: Callable[[str], str]


class UnexpectedContentError(Exception):
    """A package holds something that our changes do not cover; the message names it."""


def clean_stylesheet(css: str) -> str:
    """Return the stylesheet without the gov.uk typeface, the crest and the source map.

    Raises:
        UnexpectedContentError: a forbidden word is still there, so the package has changed.
    """
    css = _FONT_FACE.sub("", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONT_STACK)
    css = _CREST.sub("none", css)
    css = _CSS_SOURCE_MAP.sub("", css)
    _refuse_forbidden(css, "the stylesheet of govuk-frontend")
    return css


def clean_map_stylesheet(css: str) -> str:
    """Return the map's stylesheet without pictures, and without what only old browsers read.

    Raises:
        UnexpectedContentError: it still points somewhere, so the package has changed.
    """
    css = _PICTURE.sub("background-image: none;", css).replace("behavior: url(#default#VML);", "")
    if "url(" in css:
        raise UnexpectedContentError("the stylesheet of leaflet still holds url(")
    return css


def clean_licence(text: str) -> str:
    """Return a licence as it is."""
    return text


def clean_script(script: str) -> str:
    """Return the script without its source-map comment.

    Raises:
        UnexpectedContentError: a forbidden word is still there, so the package has changed.
    """
    script = _JS_SOURCE_MAP.sub("", script)
    _refuse_forbidden(script, "the script")
    return script


def _refuse_forbidden(text: str, what: str) -> None:
    left = [word for word in FORBIDDEN if word in text]
    if left:
        raise UnexpectedContentError(f"{what} still holds {', '.join(left)}")


FILES = (
    ThirdPartyFile(
        "govuk-frontend/dist/govuk/govuk-frontend.min.css",
        "govuk-frontend.min.css",
        clean_stylesheet,
    ),
    ThirdPartyFile(
        "govuk-frontend/dist/govuk/govuk-frontend.min.js",
        "govuk-frontend.min.js",
        clean_script,
    ),
    ThirdPartyFile("leaflet/dist/leaflet.css", "leaflet.css", clean_map_stylesheet),
    ThirdPartyFile("leaflet/dist/leaflet.js", "leaflet.js", clean_script),
    ThirdPartyFile("leaflet/LICENSE", "leaflet-LICENCE.txt", clean_licence),
)

LICENCES = {"govuk-frontend-LICENCE.txt": GOVUK_FRONTEND_LICENCE}
"""Licence texts written beside the files, by name."""
