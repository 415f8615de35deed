"""The id that ties an answer, its log lines and its audit rows together."""

import re
import secrets

from starlette.types import Scope

HEADER = "X-Request-ID"

_WIRE_NAME = HEADER.lower().encode()
_SANE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


def request_id_of(scope: Scope) -> str:
    """Return the id of a request: the caller's own if it is harmless, else a new one.

    Decided once and kept on the request. Harmless means at most 64 letters, digits, dots, hyphens
    and underscores, sent once: it goes into logs, headers and a URN.
    """
    state = scope.setdefault("state", {})
    known: str | None = state.get("request_id")
    if known is None:
        values = [value for name, value in scope["headers"] if name == _WIRE_NAME]
        sent = values[0].decode("latin-1") if len(values) == 1 else ""
        known = sent if sent and _SANE.fullmatch(sent) else secrets.token_hex(16)
        state["request_id"] = known
    return known
