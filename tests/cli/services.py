"""`ap-register serve` in a process of its own, until a test has seen enough."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import environment, prepared

SECONDS = 60
HEAR_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""A shell lets what it runs in the background ignore Ctrl-C; a test may have been started so."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers."""

    process: subprocess.Popen[bytes]
    base: str
    said_in: Path

    def get(self, path: str) -> bytes:
        """Return the body of an answer."""
        return get(self.base + path)

    def said(self) -> str:
        """Return what it has said to whoever is watching."""
        return self.said_in.read_text()

    def end(self, how: signal.Signals) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=SECONDS)


def free_port() -> str:
    """Return a port that nobody listens on just now."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return str(some.getsockname()[1])


def get(url: str) -> bytes:
    """Return the body of an answer."""
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - our own, on loopback
        body: bytes = answer.read()
    return body


@contextmanager
def serving(folder: Path, **changes: str) -> Iterator[Service]:
    """Serve on a free port until the block ends."""
    port = free_port()
    said_in = folder / f"said-{port}.txt"
    with said_in.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            prepared(HEAR_CTRL_C, "serve"),
            cwd=folder,
            env=environment(HOST="127.0.0.1", PORT=port, **changes),
            stderr=output,
        )
    service = Service(process, f"http://127.0.0.1:{port}", said_in)
    try:
        _wait_for(service)
        yield service
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _wait_for(service: Service) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and service.process.poll() is None:
        try:
            service.get("/readyz")
        except OSError:  # nobody listens yet, or it is too busy starting to answer
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the service did not come up: {service.said()}")
