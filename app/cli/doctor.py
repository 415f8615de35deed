"""`ap-register doctor`: is everything as it should be, and if not, what to do."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from rich.table import Table

from app import clock
from app.access import OPERATOR
from app.children import journal
from app.children.queries.unattended import count_unerased
from app.cli.output import Exit, people, result
from app.cli.passphrases import read_escrow, read_passphrase
from app.cli.surroundings import address, database, opened
from app.config import ConfigurationError, Environment, Settings
from app.db.embedded.binaries import find_binaries
from app.db.events import ReadSession
from app.db.migrating import held_revision, newest_revision
from app.db.transactions import reading
from app.files import store as file_store
from app.files.errors import FilesFullError, ScannerAwayError
from app.files.filing import Filing, filing_of
from app.files.scanning import ping
from app.keyring.escrow import covered, open_escrow
from app.keyring.ring import Keyring, KeyringError, load
from app.ledger import service as ledger
from app.organisations.service import sealed
from app.pages import assets
from app.register.queries import checks
from app.register.verifying import stale_documents

LEAST_FREE_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        about: what was looked at.
        fine: whether it is as it should be.
        detail: what was found, and how to mend it.
    """

    about: str
    fine: bool
    detail: str


NEW_COPY = "make one with `ap-register keyring escrow`"
SHOWN = 3
UNMEASURED = Finding("documents", fine=False, detail="not looked at: mend the log first")


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    escrow_passphrase_file: Annotated[
        Path | None,
        typer.Option(
            help="Drill: really open the keyring's escrow copy with the passphrase in this file, "
            "and something sealed with the keyring in it."
        ),
    ] = None,
) -> None:
    """Look at the settings, the disk, the database, the log, the read model and the keyring.

    Recomputes every hash of the log, so it takes longer the more entries there are.
    """
    settings = Settings.load()
    findings = [_disk(settings), _programs(settings), _front_end()]
    with database(settings) as reached:  # first, as nothing is made where the settings are wrong
        held = asyncio.run(_database(reached.settings, escrow_passphrase_file))
    findings += [*asyncio.run(_files(settings)), *held]
    facts = [{"about": f.about, "fine": f.fine, "detail": f.detail} for f in findings]
    if as_json:
        result({"findings": facts}, as_json=True, text="")
    else:
        table = Table("", "Looked at", "Found")
        for finding in findings:
            table.add_row("✓" if finding.fine else "✗", finding.about, finding.detail)
        people.print(table)
    if not all(finding.fine for finding in findings):
        raise typer.Exit(int(Exit.REFUSED))


def _disk(settings: Settings) -> Finding:
    folder = (
        settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    )
    free = shutil.disk_usage(folder).free
    return Finding("disk", free >= LEAST_FREE_BYTES, f"{free // 1_000_000} MB free in {folder}")


def _programs(settings: Settings) -> Finding:
    if settings.database_url is not None:
        return Finding("server", fine=True, detail="a server of its own, as configured")
    found = find_binaries(settings)
    return Finding("server", fine=True, detail=f"embedded PostgreSQL {found.version}")


def _front_end() -> Finding:
    fine = assets.is_current(assets.FRONTEND, assets.STATIC)
    cure = "" if fine else "; run `python -m app.pages.assets`"
    return Finding("front-end files", fine, ("in place" if fine else "missing or changed") + cure)


async def _files(settings: Settings) -> list[Finding]:
    try:
        filing = filing_of(settings)
        await file_store.check(filing.store)
    except (ConfigurationError, FilesFullError) as error:
        told = (
            f"the store of FILES_URL {error}" if isinstance(error, FilesFullError) else str(error)
        )
        return [Finding("files", fine=False, detail=told)]
    place = filing.store.folder or settings.files_url
    return [Finding("files", True, f"can be written and read in {place}"), await _scanner(filing)]


async def _scanner(filing: Filing) -> Finding:
    if filing.scanner is None:
        told = "none (CLAMD_ADDRESS is not set)"
        cure = (
            ": production hands no file out"
            if filing.only_clean
            else "; well enough for trying out"
        )
        return Finding("scanner", not filing.only_clean, told + cure)
    try:
        return Finding("scanner", True, await ping(filing.scanner))
    except ScannerAwayError as error:
        cure = "new files wait and are not handed out until it does"
        return Finding("scanner", fine=False, detail=f"{error}: {cure}")


async def _database(settings: Settings, passphrase_file: Path | None) -> list[Finding]:
    connection = await asyncpg.connect(address(settings.database_read_url, "DATABASE_READ_URL"))
    looks: list[Callable[[asyncpg.Connection], Awaitable[Finding]]] = [_read_role, _read_model]
    try:
        findings = [await _tables(connection)]
        if not findings[0].fine:  # the rest asks of tables as this release has them
            return findings
        findings += [await look(connection) for look in looks]
    finally:
        await connection.close()
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        log = await _log(session)
        # What a broken log says is no measure of what was rendered from it.
        documents = await _documents(session) if log.fine else UNMEASURED
        keys = await _keys(settings, session, passphrase_file)
    return [*findings, log, documents, *keys]


async def _log(session: ReadSession) -> Finding:
    broken = await ledger.broken_entries(session)
    told = f"entries {broken[:10]} do not give their hash: restore them from a backup"
    return Finding("log", not broken, told if broken else "every hash holds")


async def _documents(session: ReadSession) -> Finding:
    stale = await stale_documents(session)
    told = f"{stale[:10]} differ from the log: run `ap-register migrate --rebuild`"
    return Finding("documents", not stale, told if stale else "as the log has them")


async def _tables(connection: asyncpg.Connection) -> Finding:
    held, newest = await held_revision(connection), newest_revision()
    cure = "" if held == newest else f"; this release needs {newest}: run `ap-register migrate`"
    return Finding("tables", held == newest, f"revision {held or 'none'}{cure}")


async def _read_role(connection: asyncpg.Connection) -> Finding:
    """The public's login must see the read model and places, and nothing else."""
    beyond = await checks.find_tables_beyond_the_public(connection)
    told = f"it can read {', '.join(beyond)}: revoke that" if beyond else "reads nothing private"
    return Finding("public role", not beyond, told)


async def _read_model(connection: asyncpg.Connection) -> Finding:
    behind = await checks.count_words_that_differ(connection)
    cure = f"{behind} words are miscounted: run `ap-register migrate --rebuild`"
    return Finding("read model", behind == 0, cure if behind else "true to itself")


async def _keys(
    settings: Settings, session: ReadSession, passphrase_file: Path | None
) -> list[Finding]:
    try:
        ring = load(settings.keyring_path)
    except KeyringError as error:
        return [Finding("keyring", fine=False, detail=str(error))]
    findings = [await _keyring(ring, session), _escrow(settings, ring)]
    findings.append(await _erasures(settings, session))
    if passphrase_file is not None:
        findings.append(await _drill(settings, ring, session, passphrase_file))
    return findings


async def _keyring(ring: Keyring, session: ReadSession) -> Finding:
    """Every data key in the database must unwrap, or what it encrypts is lost."""
    checked = await sealed.check_sealed(session, ring)
    current = f"{ring.current.id} ({ring.current.fingerprint}) is current"
    if not checked.faults:
        return Finding("keyring", True, f"{current}; it opens all {checked.opened} sealed values")
    told = " ".join(checked.faults[:SHOWN])
    cure = "Bring back the keyring they were sealed under: `ap-register keyring restore`"
    detail = f"{len(checked.faults)} sealed values do not open, {checked.opened} do. {told} {cure}"
    return Finding("keyring", fine=False, detail=detail)


async def _erasures(settings: Settings, session: ReadSession) -> Finding:
    """What the journal says was erased must be: a backup that came back holds it again."""
    path = settings.erasure_journal_path
    try:
        told = list(journal.read(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    except FileNotFoundError:
        told = []
    except (journal.JournalError, UnicodeDecodeError) as fault:
        return Finding("erasures", fine=False, detail=f"{path}: {fault}")
    back = await count_unerased(session, [one.child_id for one in told])
    if back:
        cure = f"{back} records are here again that were erased: run `ap-register erasures replay`"
        return Finding("erasures", fine=False, detail=cure)
    return Finding("erasures", True, f"all {len(told)} in the journal are erased")


def _escrow(settings: Settings, ring: Keyring) -> Finding:
    """What anybody can see without the passphrase."""
    if settings.keyring_escrow_file is None:
        trying_out = settings.environment is Environment.DEMONSTRATION
        told = "no copy (KEYRING_ESCROW_FILE is not set)"
        cure = "; well enough for trying out" if trying_out else f": {NEW_COPY}, and name it there"
        return Finding("escrow", trying_out, told + cure)
    try:
        copy = covered(read_escrow(settings.keyring_escrow_file))
    except KeyringError as error:
        return Finding("escrow", fine=False, detail=f"{error} {NEW_COPY.capitalize()}")
    lacking = copy.lacks(ring)
    days = (clock.now() - copy.made_at).days
    told = f"{settings.keyring_escrow_file}, made {days} days ago, "
    if lacking:
        return Finding("escrow", False, f"{told}lacks {', '.join(lacking)}: {NEW_COPY}")
    return Finding("escrow", True, f"{told}holds every key of the ring")


async def _drill(
    settings: Settings, ring: Keyring, session: ReadSession, passphrase_file: Path
) -> Finding:
    """Do what would be done on a new machine, short of writing anything."""
    if settings.keyring_escrow_file is None:
        return Finding("drill", fine=False, detail="KEYRING_ESCROW_FILE names no copy to open")
    try:
        passphrase = read_passphrase(passphrase_file)
        brought_back = open_escrow(read_escrow(settings.keyring_escrow_file), passphrase)
        context = await sealed.open_one(session, brought_back)
    except KeyringError as error:
        return Finding("drill", fine=False, detail=str(error))
    differing = [i for i, key in ring.keys.items() if brought_back.keys.get(i) != key]
    if differing:
        told = f"the copy opens, but its {', '.join(differing)} is not the ring's: {NEW_COPY}"
        return Finding("drill", fine=False, detail=told)
    value = f"{context} opens with it" if context else "nothing is sealed yet that it could open"
    return Finding("drill", fine=True, detail=f"the escrow copy opens and is the ring; {value}")
