"""The real OpenID provider, run by Node.js; and a browser that fills in its forms."""

import html
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from tests.node_packages import find_node, is_installed
from tests.openid.installing import HERE

OURS = "http://register.test"
"""Where the register is, for browsers in tests."""
AUDIENCE = "https://register.test/api"
CLIENT_ID, CLIENT_SECRET = "register", "a secret! with: odd/characters&"
HASTY_CLIENT_ID = "hasty-register"
"""A client whose codes are good for one second."""
API_CLIENT_ID = "somebodys-app"
API_RETURN = "http://app.test/return"
MOST_STEPS = 20


def school(urn: str) -> dict[str, Any]:
    """Return what DfE Sign-in says of a school."""
    return {
        "organisation": {
            "id": "a0c5a0b6-0d4e-4b6a-9c80-000000000001",
            "name": "Example School",
            "category": {"id": "001", "name": "Establishment"},
            "urn": urn,
            "uid": None,
            "ukprn": None,
            "establishmentNumber": "4000",
            "localAuthority": {"id": "x", "name": "Coventry", "code": "331"},
        }
    }


ACCOUNTS: Mapping[str, dict[str, Any]] = {
    "of-no-organisation": {"name": "Example Person", "organisation": {}},
    "of-a-school": {"name": "Example Person", **school("900001")},
    "of-an-unknown-school": {"name": "Example Person", **school("900009")},
}
"""Accounts by what they log in as, any password; every other account has no claims."""


@dataclass(frozen=True)
class RealProvider:
    """A provider that runs.

    Attributes:
        issuer: its address.
    """

    issuer: str


def trouble() -> str | None:
    """Return why the provider cannot run here, or `None`."""
    if find_node() is None:
        return "THE REAL OPENID PROVIDER IS NOT TESTED: there is no Node.js"
    if not is_installed(HERE):
        return "THE REAL OPENID PROVIDER IS NOT TESTED: run python -m tests.openid.installing"
    return None


@contextmanager
def running_provider(log: Path) -> Iterator[RealProvider]:
    """Run the provider on a free port of this machine."""
    told = {
        "clients": [
            _client(CLIENT_ID, CLIENT_SECRET, f"{OURS}/sign-in/return"),
            _client(HASTY_CLIENT_ID, CLIENT_SECRET, f"{OURS}/sign-in/return"),
            _client(API_CLIENT_ID, CLIENT_SECRET, API_RETURN),
        ],
        "accounts": dict(ACCOUNTS),
    }
    node = find_node()
    assert node is not None
    with (
        log.open("wb") as errors,
        subprocess.Popen(  # noqa: S603 - a fixed command, no shell
            [node, str(HERE / "provider.mjs"), json.dumps(told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            first_line = process.stdout.readline()
            assert first_line, log.read_text()
            yield RealProvider(json.loads(first_line)["issuer"])
        finally:
            process.terminate()


class Visitor:
    """A browser at the provider's: keeps its cookies, fills in its forms."""

    def __init__(self) -> None:
        self._client = httpx.AsyncClient(trust_env=False)

    async def close(self) -> None:
        """Shut it."""
        await self._client.aclose()

    async def go(self, address: str, login: str = "", *, until: str = OURS) -> str:
        """Go to an address, log in and agree where asked; return the address that leads away.

        Args:
            address: at the provider.
            login: the account to log in as.
            until: what the address that leads away begins with.
        """
        response = await self._client.get(address)
        for _ in range(MOST_STEPS):
            if response.is_redirect:
                address = urljoin(str(response.url), response.headers["location"])
                if address.startswith(until):
                    return address
                response = await self._client.get(address)
                continue
            action, fields = _form(response.text)
            if "login" in response.text and 'name="password"' in response.text:
                fields |= {"login": login, "password": "any"}
            response = await self._client.post(urljoin(str(response.url), action), data=fields)
        raise AssertionError(f"nothing leads back from {response.url}: {response.text[:500]}")


def answered(address: str) -> dict[str, str]:
    """Return the parameters of the address that somebody came back with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def path_of(address: str) -> str:
    """Return an address without its host, for the client of the register."""
    return address.removeprefix(OURS)


def _client(client_id: str, secret: str, back: str) -> dict[str, Any]:
    out = {"post_logout_redirect_uris": [f"{OURS}/signed-out"]} if back.startswith(OURS) else {}
    return {
        "client_id": client_id,
        "client_secret": secret,
        "redirect_uris": [back],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": "openid profile email organisation",
        **out,
    }


def _form(page: str) -> tuple[str, dict[str, str]]:
    """Return where the first form of a page leads, and the fields it comes with."""
    action = re.search(r'<form[^>]*action="([^"]*)"', page)
    assert action, page[:2000]
    fields = {}
    for tag in re.findall(r"<(?:input|button)[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            fields[name[1]] = html.unescape(value[1])
    return html.unescape(action[1]), fields
