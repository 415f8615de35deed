"""Public answers kept in memory: an answer once made is sent again while the register stands still.

The innermost layer but those that guard the making of an answer. It knows nothing of the register:
`freshness` says which version of it is sure to be the present one, and is told what answers stated.
A request with credentials, or with a body, is never answered from here. Correct comes first: an
answer is kept only if what it was made of is known to be the version it is kept under, and nothing
is answered from memory while the present version is in doubt.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.etag import matches
from app.http.kept_answers import ABOUT_AN_ANSWER, AnswerCache, Freshness, Kept, Key, Pairs, Present
from app.http.routes import ANSWERED_TEMPLATE, SAFE_METHODS, template_of

_STATED = "stated_entry"
_BODILY = frozenset({b"content-type", b"content-length"})
_UNTOUCHED = SAFE_METHODS - {"GET"}
_OK, _NOT_MODIFIED = 200, 304


def state_entry(request: Request, entry: int) -> None:
    """Note, in a route, the newest entry of the register that its answer was made from."""
    setattr(request.state, _STATED, entry)


def answer_from_cache(app: ASGIApp, *, cache: AnswerCache) -> ASGIApp:
    """Answer from memory what may be; keep what was made, if it may be kept."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        freshness = cache.freshness
        if scope["type"] != "http" or freshness is None or scope["method"] in _UNTOUCHED:
            await app(scope, receive, send)
            return
        if scope["method"] != "GET":
            await app(scope, receive, _doubting(freshness, send))
            return
        key = cache.key_of(scope)
        present = freshness.present() if key is not None else None
        if key is not None and present is not None:
            await _answer(app, cache, freshness, (key, present), (scope, receive, send))
            return
        if key is not None:
            cache.aside.inc()
        await app(scope, receive, _telling(freshness, scope, send))

    return run


async def _answer(
    app: ASGIApp,
    cache: AnswerCache,
    freshness: Freshness,
    asked: tuple[Key, Present],
    call: tuple[Scope, Receive, Send],
) -> None:
    """Answer from memory; what is not there is made, and kept if it is of the present version."""
    (key, present), (scope, receive, send) = asked, call
    kept = cache.find(present.version, key)
    if kept is not None and (answer := _answer_of(kept, scope)):
        freshness.tell(present.entry)
        scope[ANSWERED_TEMPLATE] = kept.template
        (cache.hits if answer[0]["status"] == _OK else cache.unmodified).inc()
        for message in answer:
            await send(message)
        return
    cache.misses.inc()
    made = _Made(cache.largest)
    await app(scope, receive, _telling(freshness, scope, send, made))
    if freshness.present() == present and _stated(scope) == present.entry:
        cache.keep(present.version, key, made.as_kept(template_of(scope), key))


def _answer_of(kept: Kept, scope: Scope) -> tuple[Message, Message] | None:
    """Return the answer to a request; `None` if only its tag is known, and not asked about."""
    known = _has(_if_none_match(scope), kept.etag)
    if kept.body is None and not known:
        return None
    status, body, headers = _OK, kept.body or b"", kept.headers
    if known:
        status, body, headers = _NOT_MODIFIED, b"", kept.unmodified
    return (
        {"type": "http.response.start", "status": status, "headers": list(headers)},
        {"type": "http.response.body", "body": body, "more_body": False},
    )


class _Made:
    """An answer as it passes by; dropped as soon as it cannot be kept."""

    def __init__(self, most_bytes: int) -> None:
        self.whole = False
        self._room = most_bytes
        self._status = 0
        self._headers: Pairs = []
        self._pieces: list[bytes] = []

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            # A copy: the outer layers add to the very list.
            self._headers = list(message.get("headers", []))
        elif message["type"] == "http.response.body" and self._status in {_OK, _NOT_MODIFIED}:
            piece = message.get("body", b"")
            self._room -= len(piece)
            if self._room < 0:
                self._status, self._pieces = 0, []
                return
            self._pieces.append(piece)
            self.whole = not message.get("more_body", False)

    def as_kept(self, template: str, key: Key) -> Kept | None:
        """Return what may be kept: nothing that broke off, has no tag, or brings a cookie."""
        named = dict(self._headers)
        etag = named.get(b"etag")
        if not self.whole or etag is None or b"set-cookie" in named:
            return None
        body = b"".join(self._pieces) if self._status == _OK else None
        address = len(key[0]) + len(key[1])
        size = len(body or b"") + address + ABOUT_AN_ANSWER
        unmodified = [pair for pair in self._headers if pair[0] not in _BODILY]
        return Kept(etag.decode("latin-1"), template, self._headers, unmodified, body, size)


def _telling(freshness: Freshness, scope: Scope, send: Send, made: _Made | None = None) -> Send:
    """Tell what an answer states before it leaves."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            stated = _stated(scope)
            if stated is not None:
                freshness.tell(stated)
        if made is not None:
            made.note(message)
        await send(message)

    return told


def _doubting(freshness: Freshness, send: Send) -> Send:
    """Doubt before anybody hears of what may have been changed, so that they see it at once."""

    async def doubted(message: Message) -> None:
        if message["type"] == "http.response.start":
            freshness.doubt()
        await send(message)

    return doubted


def _stated(scope: Scope) -> int | None:
    entry: int | None = scope.get("state", {}).get(_STATED)
    return entry


def _if_none_match(scope: Scope) -> str | None:
    sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"if-none-match"]
    return ", ".join(sent) if sent else None


def _has(if_none_match: str | None, etag: str) -> bool:
    """Say whether whoever asks has the answer with this tag already."""
    if if_none_match is None:
        return False
    return if_none_match == etag or matches(if_none_match, etag)
