"""An OpenID provider whose every word a test can choose, on a port of this machine.

It publishes what it is told to, keeps its keys for all to see, and gives out whatever token a test
has put there for a code. What it must not do, the real provider would never do for us.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from typing_extensions import override

from app import clock

CLIENT_ID, CLIENT_SECRET = "register", "a secret! with: odd/characters&"
AUDIENCE = "https://register.test/api"


@dataclass
class Issuer:
    """What the provider says; a test changes it as it needs.

    Attributes:
        address: where it is, and what it calls itself.
        key: what it signs with.
        published: its public keys.
        metadata: what differs from an honest discovery document.
        tokens: what is given for a code: a status and an answer.
        userinfo: what is told of whoever signed in.
        asked: each path it was asked for, in turn.
        sent: the fields and the credentials of the last request for a token.
        status: what it answers everything with, if not 200.
    """

    address: str = ""
    key: RSAKey = field(default_factory=lambda: new_key("key-1"))
    published: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    status: int = 200
    body: bytes | None = None

    def discovery(self) -> dict[str, Any]:
        """Return its discovery document."""
        honest = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "end_session_endpoint": f"{self.address}/end",
            "authorization_response_iss_parameter_supported": True,
        }
        return {**honest, **self.metadata}

    def id_token(self, nonce: str, subject: str = "somebody", /, **changes: Any) -> str:
        """Return an ID token; `changes` are claims, and `None` leaves one out."""
        claims = self.claims(CLIENT_ID, subject) | {"nonce": nonce, "organisation": {}}
        return self.sign(claims | changes)

    def access_token(self, subject: str = "somebody", /, **changes: Any) -> str:
        """Return an access token (RFC 9068); `changes` are claims, and `None` leaves one out."""
        claims = self.claims(AUDIENCE, subject) | {"client_id": "an-app", "jti": "1"}
        return self.sign(claims | changes, {"typ": "at+jwt"})

    def claims(self, audience: str, subject: str) -> dict[str, Any]:
        """Return what every token of its has."""
        present = clock.now()
        return {
            "iss": self.address,
            "aud": audience,
            "sub": subject,
            "iat": stamp(present),
            "exp": stamp(present + timedelta(minutes=5)),
            "auth_time": stamp(present),
        }

    def sign(
        self,
        claims: Mapping[str, Any],
        header: Mapping[str, Any] | None = None,
        key: RSAKey | ECKey | None = None,
    ) -> str:
        """Sign claims; those that are `None` are left out."""
        kept = {name: value for name, value in claims.items() if value is not None}
        whole = {"alg": "RS256", "kid": self.key.kid, **(header or {})}
        return jwt.encode(whole, kept, key or self.key, algorithms=[whole["alg"]])

    def give(self, code: str, id_token: str, **more: Any) -> None:
        """Give this ID token to whoever brings that code."""
        answer = {"token_type": "Bearer", "access_token": "opaque", "id_token": id_token}
        self.tokens[code] = (200, answer | more)


def new_key(kid: str, size: int = 2048) -> RSAKey:
    """Return a new signing key."""
    return RSAKey.generate_key(size, {"kid": kid})


def public(key: RSAKey | ECKey) -> dict[str, Any]:
    """Return a key as it is published."""
    return {**key.as_dict(private=False), "use": "sig"}


def signed_with_secret(header: Mapping[str, Any], claims: Mapping[str, Any], secret: bytes) -> str:
    """Return a token signed as HS256 is, whatever the secret; libraries refuse a public key."""
    told = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    signature = hmac.new(secret, told, hashlib.sha256).digest()
    return b".".join((told, _encoded(signature))).decode()


def unsigned(claims: Mapping[str, Any]) -> str:
    """Return a token that says it needs no signature."""
    header = {"alg": "none", "typ": "at+jwt", "kid": "key-1"}
    told = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{told.decode()}.{_encoded(b'x').decode()}"


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def stamp(moment: datetime) -> int:
    """Return a moment as tokens have it."""
    return int(moment.timestamp())


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Run one on a free port of this machine."""
    issuer = Issuer()
    issuer.published = [public(issuer.key)]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(self._told())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fields = parse_qs(self.rfile.read(length).decode())
            issuer.sent = {name: values[0] for name, values in fields.items()}
            issuer.sent["authorization"] = self.headers["Authorization"]
            refusal = (400, {"error": "invalid_grant"})
            status, told = issuer.tokens.pop(issuer.sent["code"], refusal)
            self._answer(told, status)

        def _told(self) -> dict[str, Any]:
            told: dict[str, dict[str, Any]] = {
                "/.well-known/openid-configuration": issuer.discovery(),
                "/keys": {"keys": issuer.published},
                "/userinfo": issuer.userinfo,
            }
            return told[self.path]

        def _answer(self, told: dict[str, Any], status: int = 200) -> None:
            issuer.asked.append(self.path)
            body = issuer.body if issuer.body is not None else json.dumps(told).encode()
            self.send_response(issuer.status if issuer.status != 200 else status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if issuer.status == 302:
                self.send_header("Location", issuer.address + self.path)
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
