"""Strong entity tags and the answer "you already have it" (RFC 9110 §8.8.3, §13.1.2)."""

import base64
import hashlib
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

_TAG = re.compile(r'\s*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*')


def strong_etag(*parts: str | bytes | int) -> str:
    """Return the tag of the bytes that `parts` determine, quotes included.

    Equal parts give an equal tag; parts are kept apart, so that ("a", "bc") is not ("ab", "c").
    """
    told = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
    whole = b"".join(len(part).to_bytes(8, "big") + part for part in told)
    return f'"{base64.urlsafe_b64encode(hashlib.sha256(whole).digest()[:18]).decode()}"'


def matches(if_none_match: str, etag: str) -> bool:
    """Say whether an `If-None-Match` value names this tag, by weak comparison.

    A malformed value names nothing: the caller then gets the whole answer, which is never wrong.
    """
    if if_none_match.strip() == "*":
        return True
    wanted = etag.removeprefix("W/")
    found = False
    position = 0
    while position < len(if_none_match):
        if if_none_match[position] in ", \t":
            position += 1
            continue
        tag = _TAG.match(if_none_match, position)
        if tag is None or (tag.end() < len(if_none_match) and if_none_match[tag.end()] != ","):
            return False
        found = found or tag.group(1) == wanted
        position = tag.end()
    return found


def not_modified(
    request: Request, etag: str, headers: Mapping[str, str] | None = None
) -> Response | None:
    """Return a 304 if the caller holds this very representation, else `None`.

    Args:
        request: a GET or HEAD; anything else never gets a 304.
        etag: the tag of what would be answered.
        headers: what the 200 would carry and a 304 must repeat: `Cache-Control`, `Vary` and so on.
    """
    if request.method not in {"GET", "HEAD"}:
        return None
    sent = request.headers.getlist("if-none-match")
    if not sent or not matches(", ".join(sent), etag):
        return None
    return Response(status_code=304, headers={**(headers or {}), "ETag": etag})
