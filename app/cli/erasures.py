"""`ap-register erasures`: the journal of erased children's records, and erasing anew by it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from app.access import OPERATOR
from app.children.journal import Erased, JournalError, line_of, read
from app.children.queries import unattended
from app.children.service.erasing import erase_unattended
from app.children.terms import ErasureReason
from app.cli.files import written
from app.cli.output import Exit, result, say, stop
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.transactions import reading, transaction

app = typer.Typer(
    help="Erased children's records: see docs/operations/erasures.md.", no_args_is_help=True
)
BATCH = 200


@app.command()
def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where to; `-` is standard output.")
    ],
) -> None:
    """Write the whole journal as the database holds it, as lines of JSON."""
    with database(Settings.load()) as reached:
        found = asyncio.run(_held(reached.settings))
    with written(output) as file:
        for row in found:
            erased = Erased(row.child_id, row.erased_at, ErasureReason(row.reason))
            file.write(f"{line_of(erased)}\n".encode())
    say(f"{len(found)} erasures written.")


@app.command()
def replay(
    journal: Annotated[
        Path | None,
        typer.Argument(help="The journal; the one the service keeps if not given.", exists=True),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Erase anew what the journal says was erased: after a backup came back. Twice does no harm."""
    settings = Settings.load()
    path = journal or settings.erasure_journal_path
    if not path.exists():
        stop(Exit.REFUSED, f"There is no journal at {path}. Name the one that was kept.")
    try:
        with path.open(encoding="utf-8") as lines:
            told = list(read(lines))
    except (JournalError, UnicodeDecodeError) as fault:
        stop(Exit.REFUSED, f"{path}: {fault} Nothing was erased.")
    with database(settings) as reached:
        erased = asyncio.run(_replay(reached.settings, told))
    facts = {"journal": str(path), "told": len(told), "erased": erased}
    text = f"{len(told)} erasures in {path}: {erased} records erased anew, the rest already were."
    result(facts, as_json=as_json, text=text)


async def _held(settings: Settings) -> Sequence[Any]:
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        return await unattended.list_erasures(session)


async def _replay(settings: Settings, told: Sequence[Erased]) -> int:
    """Erase in batches, each in a transaction of its own; return how many there were to erase."""
    erased = 0
    async with opened(settings) as held:
        for start in range(0, len(told), BATCH):
            async with transaction(held, OPERATOR) as session:
                for one in told[start : start + BATCH]:
                    erased += await erase_unattended(session, OPERATOR, one)
    return erased
