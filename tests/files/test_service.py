import hashlib
import stat
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest

from app.access import OPERATOR
from app.config import Environment, Settings
from app.db.transactions import transaction
from app.files import store
from app.files.caring import remove_content, scan_later
from app.files.errors import (
    FileContentLostError,
    FileInfectedError,
    FileNotScannedError,
    FileNotYoursError,
    FileQuarantinedError,
    FilesFullError,
    FileTooLargeError,
    FileWithheldError,
    ScannerAwayError,
    StoredFileNotFoundError,
)
from app.files.filing import filing_of
from app.files.service import receive
from app.files.terms import FileState, Incoming
from app.outbox.errors import GiveUpError
from tests.factories.people import add_member, add_organisation
from tests.files.clamd import VERSION, Clamd
from tests.files.making import pdf, stream
from tests.files.sending import Desk, in_pieces

VIRUS = pdf(stream(b"a virus"))
NOBODY = "127.0.0.1:1"


class TestReceiving:
    async def test_a_file_is_kept_whole_and_written_down(self, desk: Desk) -> None:
        facts = await desk.send()
        content, _ = await desk.open(facts.id)

        assert content == pdf()
        assert facts.sha256 == hashlib.sha256(pdf()).hexdigest()
        assert (facts.size_bytes, facts.media_type) == (len(pdf()), "application/pdf")
        assert facts.state is FileState.UNSCANNED
        assert await desk.acts() == ["file.received"]
        assert await desk.traces() == (1, 1, 0)

    async def test_nobody_else_on_the_machine_can_read_it(self, desk: Desk) -> None:
        await desk.send()
        (held,) = desk.objects()

        modes = [stat.S_IMODE(path.stat().st_mode) for path in (held, *held.parents[:2])]
        assert modes == [0o600, 0o700, 0o700]

    async def test_its_place_is_named_for_its_id_and_not_for_its_name(self, desk: Desk) -> None:
        facts = await desk.send(name="Tŷ Gwyn.pdf")

        assert [path.name for path in desk.objects()] == [str(facts.id)]

    async def test_the_same_file_may_be_sent_twice(self, desk: Desk) -> None:
        first, second = await desk.send(), await desk.send()

        assert first.sha256 == second.sha256
        assert await desk.traces() == (2, 2, 0)

    async def test_one_byte_too_many_is_refused_as_soon_as_it_comes(self, desk: Desk) -> None:
        small = replace(desk, filing=replace(desk.filing, most_bytes=2_000))

        with pytest.raises(FileTooLargeError, match="at most 2000 bytes"):
            await small.send(bytes(2_001))

        assert await desk.traces() == (0, 0, 0)

    async def test_a_sender_who_leaves_leaves_nothing(self, desk: Desk) -> None:
        async def leaving() -> AsyncIterator[bytes]:
            yield b"%PDF-1.7"
            raise ConnectionResetError

        incoming = Incoming("a.pdf", None, leaving())
        with pytest.raises(ConnectionResetError):
            async with transaction(desk.database, desk.sender.actor) as session:
                await receive(
                    session, desk.sender.actor, desk.sender.organisation_id, incoming, desk.filing
                )

        assert await desk.traces() == (0, 0, 0)

    async def test_a_file_for_somebody_else_is_refused(self, desk: Desk) -> None:
        other = await add_organisation(desk.owner, "Example Yard")
        incoming = Incoming("a.pdf", None, in_pieces(pdf()))

        with pytest.raises(FileNotYoursError):
            async with transaction(desk.database, desk.sender.actor) as session:
                await receive(session, desk.sender.actor, other, incoming, desk.filing)

        assert await desk.traces() == (0, 0, 0)

    async def test_the_operator_sends_for_anybody(self, desk: Desk) -> None:
        incoming = Incoming("a.pdf", None, in_pieces(pdf()))
        async with transaction(desk.database, OPERATOR) as session:
            facts = await receive(
                session, OPERATOR, desk.sender.organisation_id, incoming, desk.filing
            )

        assert (await desk.open(facts.id))[0] == pdf()


class TestScanning:
    async def test_a_clean_file_is_clean(self, desk: Desk, scanner: Clamd) -> None:
        facts = await desk.with_scanner(scanner.address).send()

        assert facts.state is FileState.CLEAN
        assert scanner.scanned == [pdf()]
        assert await desk.owner.fetchval("SELECT scanner FROM files") == VERSION

    async def test_an_infected_file_is_refused_and_nothing_kept(
        self, desk: Desk, scanner: Clamd
    ) -> None:
        with pytest.raises(FileInfectedError, match=r"Example\.Test\.Virus"):
            await desk.with_scanner(scanner.address).send(VIRUS)

        assert await desk.traces() == (0, 0, 0)

    async def test_while_the_scanner_is_away_a_file_waits_and_is_not_handed_out(
        self, desk: Desk
    ) -> None:
        facts = await desk.with_scanner(NOBODY).send()

        assert facts.state is FileState.QUARANTINED
        assert await desk.jobs() == ["files.scan"]
        with pytest.raises(FileQuarantinedError):
            await desk.open(facts.id)

    async def test_it_is_scanned_as_soon_as_the_scanner_is_back(
        self, desk: Desk, scanner: Clamd
    ) -> None:
        facts = await desk.with_scanner(NOBODY).send()
        with pytest.raises(ScannerAwayError):
            await desk.do(scan_later(desk.with_scanner(NOBODY).filing), file_id=str(facts.id))
        await desk.do(scan_later(desk.with_scanner(scanner.address).filing), file_id=str(facts.id))

        assert await desk.state_of(facts.id) == "clean"
        assert (await desk.open(facts.id))[0] == pdf()
        assert await desk.acts() == ["file.received", "file.scanned"]

    async def test_what_is_found_then_is_never_handed_out_and_its_content_goes(
        self, desk: Desk, scanner: Clamd
    ) -> None:
        facts = await desk.with_scanner(NOBODY).send(VIRUS)
        filing = desk.with_scanner(scanner.address).filing
        await desk.do(scan_later(filing), file_id=str(facts.id))
        await desk.do(remove_content(filing), file_id=str(facts.id))
        await desk.do(remove_content(filing), file_id=str(facts.id))

        assert await desk.state_of(facts.id) == "infected"
        assert await desk.jobs() == ["files.scan", "files.remove"]
        assert desk.objects() == []
        with pytest.raises(FileWithheldError):
            await desk.open(facts.id)

    async def test_content_is_not_removed_of_a_file_that_is_to_be_kept(self, desk: Desk) -> None:
        facts = await desk.send()
        await desk.do(remove_content(desk.filing), file_id=str(facts.id))

        assert (await desk.open(facts.id))[0] == pdf()

    async def test_a_scan_of_what_is_lost_gives_up(self, desk: Desk, scanner: Clamd) -> None:
        facts = await desk.with_scanner(NOBODY).send()
        desk.objects()[0].unlink()

        handler = scan_later(desk.with_scanner(scanner.address).filing)
        with pytest.raises(GiveUpError):
            await desk.do(handler, file_id=str(facts.id))

    async def test_production_hands_out_nothing_that_was_not_scanned(
        self, desk: Desk, settings: Settings
    ) -> None:
        facts = await desk.send()
        held = {"environment": Environment.PRODUCTION, "data_dir": desk.folder}
        strict = replace(desk, filing=filing_of(settings.model_copy(update=held)))

        assert (await desk.open(facts.id))[0] == pdf()
        with pytest.raises(FileNotScannedError):
            await strict.open(facts.id)


class TestHandingOut:
    async def test_a_browser_saves_it_and_runs_nothing(self, desk: Desk) -> None:
        facts = await desk.send(name="Tŷ Gwyn; yswiriant.pdf")
        _, headers = await desk.open(facts.id)

        assert headers["Content-Disposition"] == (
            'attachment; filename="T_ Gwyn_ yswiriant.pdf"; '
            "filename*=UTF-8''T%C5%B7%20Gwyn%3B%20yswiriant.pdf"
        )
        assert headers["Content-Type"] == "application/pdf"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"

    async def test_others_do_not_see_it(self, desk: Desk) -> None:
        facts = await desk.send()
        stranger = await add_member(desk.owner, await add_organisation(desk.owner, "Example Yard"))

        for file_id in (facts.id, uuid.uuid4()):
            with pytest.raises(StoredFileNotFoundError):
                await desk.open(file_id, stranger)

    async def test_bytes_that_were_changed_on_disk_are_never_handed_out_whole(
        self, desk: Desk
    ) -> None:
        data = pdf(stream(bytes(300_000)))
        facts = await desk.send(data)
        held = desk.objects()[0]
        held.write_bytes(data.replace(b"insurance", b"assurance"))

        with pytest.raises(FileContentLostError, match="no longer what was taken in"):
            await desk.open(facts.id)

    @pytest.mark.parametrize("data", [b"", b"%PDF", pdf() + b" "])
    async def test_another_size_is_seen_before_anything_leaves(
        self, desk: Desk, data: bytes
    ) -> None:
        facts = await desk.send()
        desk.objects()[0].write_bytes(data)

        with pytest.raises(FileContentLostError):
            await desk.open(facts.id)

    async def test_lost_bytes_are_told_as_lost(self, desk: Desk) -> None:
        facts = await desk.send()
        desk.objects()[0].unlink()

        with pytest.raises(FileContentLostError):
            await desk.open(facts.id)


class TestWrittenOnce:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE files SET name = 'other.pdf'",
            "UPDATE files SET sha256 = sha256('x')",
            "UPDATE files SET received_at = now() - interval '1 day'",
            "UPDATE files SET state = 'quarantined'",
            "DELETE FROM files",
            "TRUNCATE files CASCADE",
        ],
    )
    async def test_the_database_refuses_any_other_change(self, desk: Desk, change: str) -> None:
        await desk.send()

        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="is refused"):
            await desk.owner.execute(change)

    async def test_what_was_found_infected_never_becomes_clean(self, desk: Desk) -> None:
        await desk.send()
        told = "UPDATE files SET scanned_at = now(), scanner = 'test', state = "
        await desk.owner.execute(told + "'infected', finding = 'x'")

        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="is refused"):
            await desk.owner.execute(told + "'clean', finding = NULL")

    async def test_an_object_is_never_written_over(self, desk: Desk) -> None:
        facts = await desk.send()
        source = desk.folder / "other"
        source.write_bytes(b"other")

        with pytest.raises(FilesFullError):
            await store.put(desk.filing.store, facts.id, source)

        assert (await desk.open(facts.id))[0] == pdf()
