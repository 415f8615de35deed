"""Evidence that was taken back, or whose file was found infected, is missed in public."""

import uuid
from datetime import date, timedelta
from pathlib import Path

import asyncpg
import orjson

from app import clock
from app.access import OPERATOR, Role
from app.config import Settings
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.files.caring import scan_later
from app.files.filing import filing_of
from app.providers.events import ProviderChanged
from app.providers.service.recording import Recorded
from app.providers.standing import EvidenceResult
from app.register.schemas.search import SearchQuery
from app.values.uuid7 import uuid7
from tests.factories.people import Member, add_member, add_organisation, insert
from tests.factories.providers import make_provider, put_on_register
from tests.files.clamd import clamd
from tests.files.making import pdf, stream
from tests.files.sending import Desk
from tests.register.asking import search
from tests.register.looking import entries

LONG_AGO = timedelta(days=40)
OUT_OF_DATE = "out-of-date"
NOBODY = "127.0.0.1:1"
"""Where no scanner listens."""


async def add_insurance(
    owner: asyncpg.Connection, held: Recorded, sender: Member, **columns: object
) -> uuid.UUID:
    document_id = uuid7()
    paper = {"id": document_id, "provider_id": held.id, "kind": "public-liability-insurance"}
    dated = {"title": "Example cover", "current_until": clock.today() + timedelta(days=300)}
    added = {"added_by": sender.person_id, "added_at": clock.now() - LONG_AGO, "version": 1}
    await insert(owner, "documents", paper | dated | added | columns)
    return document_id


async def changed(database: Database, held: Recorded) -> None:
    async with transaction(database, OPERATOR) as session:
        announce(session, ProviderChanged(held.id))


async def evidence(owner: asyncpg.Connection) -> tuple[str, str | None]:
    *_, (_, _, newest) = await entries(owner)
    told = newest["sites"][0]["evidence"]
    return told["status"], told["since"]


def said(day: date) -> str:
    return day.isoformat()


async def test_what_is_taken_back_is_missed_from_that_day_and_grace_begins(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider())
    sender = await add_member(owner, await add_organisation(owner))
    document_id = await add_insurance(owner, held, sender)
    await changed(database, held)
    assert await evidence(owner) == ("current", None)

    await owner.execute(
        "UPDATE documents SET withdrawn_at = now(), withdrawn_reason = 'Cancelled' WHERE id = $1",
        document_id,
    )
    await changed(database, held)

    assert await evidence(owner) == (OUT_OF_DATE, said(clock.today()))
    assert await owner.fetchval("SELECT changes_on FROM providers") > clock.today()
    found = await search(
        public, SearchQuery(evidence=(EvidenceResult.OUT_OF_DATE, EvidenceResult.NONE_HELD))
    )
    assert [orjson.loads(hit["summary"])["number"] for hit in found.hits] == [held.number]
    assert found.reasons == ("evidence",)
    assert (await search(public, SearchQuery(evidence=(EvidenceResult.CURRENT,)))).hits == []


async def test_a_mistake_taken_back_the_same_day_was_never_evidence(
    database: Database, owner: asyncpg.Connection
) -> None:
    (held,) = await put_on_register(database, make_provider())
    sender = await add_member(owner, await add_organisation(owner))
    now = clock.now()
    gone = {"added_at": now, "withdrawn_at": now, "withdrawn_reason": "The wrong file"}
    await add_insurance(owner, held, sender, **gone)
    await changed(database, held)

    assert await evidence(owner) == ("none-held", None)


async def test_a_file_found_infected_is_missed_at_once(
    database: Database, owner: asyncpg.Connection, settings: Settings, tmp_path: Path
) -> None:
    (held,) = await put_on_register(database, make_provider())
    sender = await add_member(owner, await add_organisation(owner), Role.PROVIDER_MANAGER)
    filing = filing_of(settings.model_copy(update={"data_dir": tmp_path}))
    desk = Desk(database, owner, sender, filing, tmp_path)
    file = await desk.with_scanner(NOBODY).send(pdf(stream(b"a virus")))
    await add_insurance(owner, held, sender, file_id=file.id)
    await changed(database, held)
    assert await evidence(owner) == ("current", None)

    async with clamd() as scanner:
        scanning = scan_later(desk.with_scanner(scanner.address).filing)
        await desk.do(scanning, file_id=str(file.id))

    assert await evidence(owner) == (OUT_OF_DATE, said(clock.today()))
