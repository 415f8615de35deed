"""Asking an application in this process, without a socket between."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message

Headers = Sequence[tuple[bytes, bytes]]

_OK = 200


async def ask(
    app: ASGIApp, address: str, headers: Headers = (), *, method: str = "GET"
) -> list[Message]:
    """Return the messages of an answer: its start, and its body in pieces."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"register.test"), (b"accept", b"*/*"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


async def read(app: ASGIApp, address: str) -> bytes:
    """Return the body of an answer.

    Raises:
        SystemExit: it is anything but 200, which ends a benchmark.
    """
    sent = await ask(app, address)
    if sent[0]["status"] != _OK:
        raise SystemExit(f"{address} answered {sent[0]['status']}: {body_of(sent).decode()}")
    return body_of(sent)


def body_of(sent: Sequence[Message]) -> bytes:
    """Return the whole body of an answer."""
    return b"".join(message.get("body", b"") for message in sent)
