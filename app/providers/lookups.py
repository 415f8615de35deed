"""What is asked of Companies House and the Charity Commission, and understood from them.

Off until an address and a key are configured. What they say of a number is a fact about their
registers; whether it is the provider's number is judged by the name, in `service.looking_up`.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from app.config import Settings
from app.providers.errors import LookUpFailedError
from app.providers.terms import Scheme

SECONDS = 5.0
"""How long another register may take in all; somebody waits for it."""
MOST_BYTES = 262_144
_LONGEST = 300
_LONGEST_WAIT = 3_600


@dataclass(frozen=True, slots=True)
class Registered:
    """What another register says of a number.

    Attributes:
        names: every name it is registered under; the first is the present one.
        status: in that register's own word.
        current: whether it is registered now: not dissolved, not removed.
    """

    names: tuple[str, ...]
    status: str
    current: bool


class LookUp(Protocol):
    """A register in which a number can be looked up."""

    async def __call__(self, number: str) -> Registered | None:
        """Return what the register says of a number; `None` where it does not know it.

        Raises:
            LookUpFailedError: it does not answer, answers too often asked, or not as it should.
        """
        ...


@dataclass(frozen=True, slots=True)
class CompaniesHouse:
    """The public data API of Companies House: `GET /company/{number}`, the key as user name."""

    url: str
    key: str

    async def __call__(self, number: str) -> Registered | None:
        """As `LookUp`."""
        address = f"{self.url.rstrip('/')}/company/{quote(number, safe='')}"
        told = await _asked("Companies House", address, auth=httpx.BasicAuth(self.key, ""))
        if told is None:
            return None
        former = told.get("previous_company_names") or []
        names = [told.get("company_name"), *(one.get("name") for one in _objects(former))]
        status = _text(told.get("company_status"))
        return _registered("Companies House", names, status, current=status == "active")


@dataclass(frozen=True, slots=True)
class CharityCommission:
    """The register of charities' API: `GET /charitydetails/{number}/{suffix}`, key in a header."""

    url: str
    key: str

    async def __call__(self, number: str) -> Registered | None:
        """As `LookUp`."""
        whole, _, suffix = number.partition("-")
        address = f"{self.url.rstrip('/')}/charitydetails/{quote(whole, safe='')}/{suffix or '0'}"
        headers = {"Ocp-Apim-Subscription-Key": self.key}
        told = await _asked("The Charity Commission", address, headers=headers)
        if told is None:
            return None
        status = _text(told.get("reg_status"))
        names = [told.get("charity_name")]
        return _registered("The Charity Commission", names, status, current=status == "R")


def look_ups_of(settings: Settings) -> Mapping[Scheme, LookUp]:
    """Return the registers that are configured, by the scheme of their numbers."""
    found: dict[Scheme, LookUp] = {}
    if settings.companies_house_url and settings.companies_house_key:
        key = settings.companies_house_key.get_secret_value()
        found[Scheme.COMPANIES_HOUSE] = CompaniesHouse(settings.companies_house_url, key)
    if settings.charity_commission_url and settings.charity_commission_key:
        key = settings.charity_commission_key.get_secret_value()
        found[Scheme.CHARITY_COMMISSION] = CharityCommission(settings.charity_commission_url, key)
    return found


async def _asked(who: str, address: str, **asking: Any) -> dict[str, Any] | None:
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(timeout=SECONDS, follow_redirects=False) as client,
        ):
            return await _answer(who, client, address, asking)
    except (httpx.HTTPError, TimeoutError):
        raise _failed(f"{who} does not answer just now.") from None


async def _answer(
    who: str, client: httpx.AsyncClient, address: str, asking: dict[str, Any]
) -> dict[str, Any] | None:
    async with client.stream("GET", address, **asking) as answer:
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            wait = _wait(answer.headers.get("Retry-After"))
            raise _failed(f"{who} has been asked too often for now.", wait)
        if answer.status_code != HTTPStatus.OK:
            raise _failed(f"{who} answers {answer.status_code}, which tells nothing.")
        read = bytearray()
        async for piece in answer.aiter_bytes():
            read += piece
            if len(read) > MOST_BYTES:
                raise _failed(f"{who} answers at greater length than it should.")
    try:
        told = json.loads(read)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise _failed(f"{who} does not answer as it says it does.")
    return told


def _registered(who: str, names: list[Any], status: str, *, current: bool) -> Registered:
    told = tuple(text for text in map(_text, names) if text)
    if not status or not _text(names[0]):
        raise _failed(f"{who} does not answer as it says it does.")
    return Registered(told, status, current)


def _objects(given: Any) -> list[dict[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _text(given: Any) -> str:
    """Return a short text as it may be shown; whatever else is there is none."""
    if not isinstance(given, str) or len(given) > _LONGEST:
        return ""
    return " ".join("".join(one if one.isprintable() else " " for one in given).split())


def _wait(header: str | None) -> int:
    return min(int(header), _LONGEST_WAIT) if header and header.isdecimal() else 60


def _failed(what: str, wait: int = 60) -> LookUpFailedError:
    return LookUpFailedError(
        f"{what} Try again later, or look it up yourself and note a verification.",
        headers={"Retry-After": str(wait)},
    )
