"""The id that ties an answer, its log lines and its audit rows together."""

import re
import uuid

from starlette.datastructures import Headers
from starlette.types import Scope

HEADER = "X-Request-ID"

_SANE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


def request_id_of(scope: Scope) -> str:
    """Return the id of a request: the caller's own if it is harmless, else a new one.

    Decided once and kept on the request. Harmless means at most 64 letters, digits, dots, hyphens
    and underscores, sent once: it goes into logs, headers and a URN.
    """
    state = scope.setdefault("state", {})
    known: str | None = state.get("request_id")
    if known is None:
        sent = Headers(scope=scope).getlist(HEADER)
        known = sent[0] if len(sent) == 1 and _SANE.fullmatch(sent[0]) else uuid.uuid4().hex
        state["request_id"] = known
    return known
