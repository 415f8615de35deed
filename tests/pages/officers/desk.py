"""Browsers of the cast that has to do with a listing in Coventry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import httpx

from app.config import Settings
from tests.factories.listings import Applied, Cast
from tests.organisations.asking import browsers
from tests.pages.own_pages import on, send
from tests.pages.reading import Page, tidy

PROPOSAL: dict[str, str | list[str]] = {
    "to_state": "listed",
    **on("effective_on", "23 11 2026"),
    "reason": "It was seen, and all is well.",
    "public_reason": "assessment",
    "age_from": "11",
    "age_to": "16",
    "key_stages": ["3", "4"],
    "needs": ["SEMH"],
    "programmes": "Blacksmithing\nWelding",
    **on("seen_on", "1 11 2026"),
    "seen_how": "visit",
    **on("review_due_on", "1 11 2027"),
}


@dataclass(frozen=True)
class Desk:
    """Who sits before a browser: an assessor who is a second officer too, and a second officer."""

    assessor: httpx.AsyncClient
    second: httpx.AsyncClient


@asynccontextmanager
async def at_the_desk(
    settings: Settings, owner: asyncpg.Connection, cast: Cast
) -> AsyncIterator[Desk]:
    """Sign both in."""
    async with browsers(settings, owner, cast.assessor, cast.second) as (assessor, second):
        yield Desk(assessor, second)


def application(applied: Applied, *further: str) -> str:
    return "/".join((f"/applications/{applied.id}", *further))


def listing(applied: Applied, *further: str) -> str:
    return "/".join((f"/listings/{applied.id}", *further))


async def proposed(desk: Desk, applied: Applied, **changes: str | list[str]) -> httpx.Response:
    """Propose on the page that the application be listed."""
    return await send(desk.assessor, listing(applied, "propose"), **(PROPOSAL | changes))


def acts_of(page: Page) -> list[str]:
    """Return the acts that a page lets its visitor do, by the end of their address."""
    words = tidy(page.with_class("app-acts")[0].text)
    links = [each for each in page.all("a") if each["href"].count("/") > 2]
    ours = [each for each in links if each["href"].startswith(("/applications/", "/listings/"))]
    return [each["href"].rsplit("/", 1)[1] for each in ours if tidy(each.text) in words]


async def state_of(owner: asyncpg.Connection, applied: Applied) -> str:
    return str(await owner.fetchval("SELECT state FROM listings WHERE id = $1", applied.id))
