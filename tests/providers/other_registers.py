"""Registers that numbers are looked up at: real servers that answer as those do."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override


@dataclass
class Register:
    """Another register: what it answers, and what it was asked."""

    address: str = ""
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def says(self, told: Any, **changes: Any) -> None:
        """Let it answer with a document."""
        self.body = json.dumps(told | changes).encode()


@contextmanager
def running_register() -> Iterator[Register]:
    """Let another register answer on this machine."""
    made = Register()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            time.sleep(made.seconds)
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(made.body)))
            self.end_headers()
            self.wfile.write(made.body)

        @override
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    made.address = f"http://127.0.0.1:{server.server_port}"
    polls = {"poll_interval": 0.01}
    thread = threading.Thread(target=server.serve_forever, kwargs=polls, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
