"""The tour's callers: ordinary HTTP clients that tell what they send and what comes back."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from app.demo.people import demonstration_id

SHOWN = 110


def say(text: str = "") -> None:
    """Tell the reader something."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def heading(text: str) -> None:
    """Begin a chapter."""
    say(f"\n== {text}")


def tell(name: str, value: object) -> None:
    """Tell one thing that an answer says."""
    say(_line(name, value))


class Caller:
    """Somebody who talks to the service: an invented person who signed in, or the public."""

    def __init__(self, base: str, name: str | None = None) -> None:
        self.name = name or "The public"
        self.person = None if name is None else str(demonstration_id(name))
        self._client = httpx.Client(base_url=base, timeout=60, headers={"Origin": base})
        if name is not None:
            self._sign_in(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Read something, untold."""
        return self._client.get(path, params=query or None).raise_for_status()

    def read(self, path: str, *told: str, **query: Any) -> Any:
        """Read something; tell these members of the answer."""
        answer = self.get(path, **query).json()
        lines = _picked(answer, told)
        say(f"{self.name:14} GET  {path}" + f"\n{lines}" * bool(lines))
        return answer

    def send(self, path: str, body: Mapping[str, Any], *told: str, expected: int = 0) -> Any:
        """Send something; tell it, and these members of the answer."""
        return self._told("POST", path, told, expected, json=body)

    def step(
        self, here: str, end: str, body: Mapping[str, Any], *told: str, expected: int = 0
    ) -> Any:
        """Do something to what is there, as it was read just now."""
        tag = {"If-Match": self.get(here).headers["ETag"]}
        return self._told("POST", f"{here}/{end}", told, expected, json=body, headers=tag)

    def keep(self, path: str, body: Mapping[str, Any], *told: str) -> Any:
        """Put a part of what is there down; what it takes the place of is named within."""
        return self._told("PATCH", path, told, 0, json=body)

    def change(self, path: str, body: Mapping[str, Any], *told: str) -> Any:
        """Change what is there, as it was read just now."""
        tag = self.get(path).headers["ETag"]
        return self._told("PATCH", path, told, 0, json=body, headers={"If-Match": tag})

    def attempt(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Try something that is to be refused."""
        return self._client.request(method, path, **more)

    def quietly(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Do what need not be told one by one."""
        answer = self._client.request(method, path, **more)
        if answer.is_error:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer

    def _told(
        self, method: str, path: str, told: tuple[str, ...], expected: int, **more: Any
    ) -> Any:
        answer = self._client.request(method, path, **more)
        held = answer.json() if answer.content else {}
        as_expected = answer.status_code == expected if expected else answer.is_success
        assert as_expected, answer.text
        lines = _picked(held, told)
        say(
            f"{self.name:14} {method:4} {path} → {answer.status_code}"
            + (f"\n{lines}" * bool(lines))
        )
        return held

    def _sign_in(self, name: str) -> None:
        person = {"person_id": str(demonstration_id(name))}
        answer = self._client.post("/sign-in/demonstration", data=person)
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text


def _picked(answer: Any, members: tuple[str, ...]) -> str:
    """Write down members of an answer, one a line; a member of a member is `status.code`."""
    lines = []
    for member in members:
        value = answer
        for part in member.split("."):
            value = value[int(part)] if isinstance(value, list) else value[part]
        lines.append(_line(member, value))
    return "\n".join(lines)


def _line(name: str, value: object) -> str:
    text = str(value)
    return f"{'':20}{name}: {text if len(text) <= SHOWN else text[:SHOWN] + ' …'}"
