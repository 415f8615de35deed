"""The pages about one provider, over HTTP: its past, and every entry."""

from datetime import UTC, datetime, timedelta

import asyncpg
import httpx
import pytest

from app import clock
from app.db.transactions import Database
from app.pages.public import record as pages
from app.providers.service.recording import Recorded
from tests.factories.providers import make_provider, put_on_register
from tests.ledger.entries import take_out
from tests.pages.reading import Page, read, tidy
from tests.register.asking import rename

FIRST = datetime(2026, 9, 3, 12, tzinfo=UTC)


@pytest.fixture
async def held(database: Database) -> Recorded:
    """A provider that changed its name a day after it came onto the register."""
    with clock.at(FIRST):
        (made,) = await put_on_register(database, make_provider("First Example"))
    with clock.at(FIRST + timedelta(days=1)):
        await rename(database, made, "Second Example")
    return made


async def _page(client: httpx.AsyncClient, address: str, status: int = 200) -> Page:
    answer = await client.get(address)
    assert answer.status_code == status
    return read(answer.text)


async def test_a_record_is_shown_as_it_was_and_marked_as_the_past(
    client: httpx.AsyncClient, held: Recorded
) -> None:
    present = f"/providers/{held.number}"

    then = await _page(client, f"{present}?as_at=2026-09-03")
    now = await _page(client, present)

    assert tidy(then.one("h1").text) == "First Example as it was on 3 September 2026"
    assert "This is not the present." in then.text
    assert then.link("See the record as it is now") == present
    assert tidy(now.one("h1").text) == "Second Example"
    assert "This is not the present." not in now.text
    assert now.link("Every change of this record, newest first") == f"{present}/history"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("2026-09-02", 404, "The register told nothing of this provider on 2 September 2026."),
        ("2999-01-01", 422, "1 January 2999 has not come."),
        ("99", 422, "The log's newest entry is 2."),
        ("tomorrow", 422, "Enter a day like 27/3/2026"),
    ],
)
async def test_a_day_that_cannot_be_shown_comes_back_at_its_field(
    client: httpx.AsyncClient, held: Recorded, typed: str, status: int, said: str
) -> None:
    page = await _page(client, f"/providers/{held.number}?as_at={typed}", status)

    assert said in page.by_id("as_at-error").text
    assert said in page.with_class("govuk-error-summary")[0].text
    assert "#as_at" in [link["href"] for link in page.all("a")]
    assert tidy(page.one("h1").text) == "Second Example"


async def test_the_timeline_tells_what_each_entry_changed_and_leads_to_its_day(
    client: httpx.AsyncClient, held: Recorded
) -> None:
    page = await _page(client, f"/providers/{held.number}/history")

    newest, first = page.with_class("app-timeline__entry")
    assert "4 September 2026" in newest.text
    assert "Name BeforeFirst Example From then onSecond Example" in tidy(newest.text)
    assert "The provider came onto the register." in first.text
    assert "By whoever runs the register" in newest.text
    entries = [link["href"] for link in page.all("a") if "as_at=" in link["href"]]
    assert entries == [f"/providers/{held.number}?as_at={entry}" for entry in (2, 1)]
    then = await _page(client, entries[1])
    assert tidy(then.one("h1").text) == "First Example as it was with entry 1"
    assert "with entry 1, from 3 September 2026 at 1pm on." in then.text


async def test_a_long_timeline_is_paged(
    client: httpx.AsyncClient, held: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ENTRIES", 1)
    address = f"/providers/{held.number}/history"

    page = await _page(client, address)
    (onward,) = [link["href"] for link in page.all("a") if "cursor=" in link["href"]]
    rest = await _page(client, onward)

    assert "The provider came onto the register." in rest.text
    assert rest.link("Back to the newest entries") == address
    await _page(client, f"{address}?cursor=x", 422)
    await _page(client, "/providers/AP000001Z/history", 404)


async def test_what_was_taken_out_is_said_and_not_shown(
    client: httpx.AsyncClient, owner: asyncpg.Connection, held: Recorded
) -> None:
    await take_out(owner, 1)

    page = await _page(client, f"/providers/{held.number}/history")
    refused = await _page(client, f"/providers/{held.number}?as_at=2026-09-03", 410)

    newest, gone = page.with_class("app-timeline__entry")
    assert "was taken out of the register" in gone.text
    assert "It named a child." in gone.text
    assert "First Example" not in page.text
    assert "What changed cannot be shown" in newest.text
    assert "was taken out of it" in refused.by_id("as_at-error").text
