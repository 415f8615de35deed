"""An owner reads an inspection on the pages, and says and does what is theirs to do."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app import clock
from app.config import Settings
from tests.factories.evidence import add_document
from tests.factories.hearings import Browsers, drafted, published
from tests.factories.inspecting import Desk, add_desk
from tests.pages.own_pages import open_page
from tests.pages.owners.record_forms import done, fill_in
from tests.providers.router.asking import browsers


@pytest.fixture
async def desk(owner: asyncpg.Connection) -> Desk:
    """A provider, and everybody who has to do with its inspection."""
    return await add_desk(owner)


@pytest.fixture
async def people(
    settings: Settings, owner: asyncpg.Connection, desk: Desk
) -> AsyncIterator[Browsers]:
    """A signed-in browser for each of them."""
    members = {"lead": desk.lead, "second": desk.second, "manager": desk.record.manager}
    async with browsers(settings, owner, *members.values()) as made:
        yield dict(zip(members, made, strict=True))


def page_of(desk: Desk, address: str) -> str:
    """Return where the owner's page on an inspection is."""
    return f"/records/{desk.record.number}/inspections/{address.rsplit('/', 1)[1]}"


async def test_a_draft_is_read_commented_on_and_let_go(people: Browsers, desk: Desk) -> None:
    manager = people["manager"]
    here = page_of(desk, await drafted(people, desk))
    listed = await open_page(manager, here.rsplit("/", 1)[0])
    page = await open_page(manager, here)
    finding = f"{here}/sites/1/criteria/2.1b"
    empty = await fill_in(manager, f"{finding}/comment", comment="")
    said = await done(manager, f"{finding}/comment", comment="It is in the folder.")
    closed = await done(manager, f"{here}/no-more-comments")
    late = await fill_in(manager, f"{finding}/comment", comment="One more.")

    assert here in [each["href"] for each in listed.all("a")]
    assert "5 working days after the draft was sent on" in page.text
    assert empty.status_code == 422
    assert "You said: It is in the folder." in said.text
    assert not [each for each in closed.all("a") if each["href"].endswith("/comment")]
    assert late.status_code == 409
    assert "You said that you had no more comments." in late.text


async def test_what_is_published_is_replied_to_acted_on_appealed_and_looked_at_again(
    people: Browsers, owner: asyncpg.Connection, desk: Desk
) -> None:
    manager = people["manager"]
    here = page_of(desk, await published(people, desk))
    finding = f"{here}/sites/1/criteria/2.1b"
    await done(manager, f"{finding}/reply", reply="It was mended.")
    today = clock.today()
    day = {"due_on-day": str(today.day), "due_on-month": str(today.month)}
    day |= {"due_on-year": str(today.year)}
    await done(manager, f"{finding}/action", action="Buy a folder.", role="Head of centre", **day)
    document = await add_document(owner, desk.record, title="Example folder")
    await done(manager, f"{finding}/evidence", document=str(document))
    await done(manager, f"{here}/appeal", judgements=["1:2.1b"], grounds="It was there.")
    page = await done(manager, f"{here}/revisit", reason="It is mended.")
    taken_back = await done(manager, f"{finding}/take-back")
    again = await fill_in(manager, f"{here}/appeal", judgements=["1:2.1b"], grounds="Again.")

    assert "You reply in public: It was mended." in page.text
    assert "evidence sent; an inspector has yet to look" in page.text
    assert "It is number 1 of those asked for." in page.text
    assert "You reply in public" not in taken_back.text
    assert again.status_code == 409
    assert "There is an appeal against this version already." in again.text
