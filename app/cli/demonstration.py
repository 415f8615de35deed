"""`ap-register demo`: an invented register, to try things out on."""

import asyncio
import time
from typing import Annotated, Any

import typer

from app.cli.output import Advance, Exit, progress, result, say, stop
from app.cli.surroundings import database, opened
from app.clock import LONDON
from app.config import Environment, Settings
from app.demo.desk import add_work
from app.demo.errors import OtherDemonstrationError, RegisterInUseError
from app.demo.garage import add_garage
from app.demo.placing import add_placements
from app.demo.plan import MOST_PROVIDERS, Moving, Plan, plan
from app.demo.visits import Inspecting
from app.demo.writing import write_in_bulk
from app.keyring.ring import load as load_keyring
from app.providers.terms import PUBLIC_STATUSES


def demo(
    *,
    providers: Annotated[
        int, typer.Option(min=1, max=MOST_PROVIDERS, help="How many to invent.")
    ] = 5_000,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another demonstration.")] = 1,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Fill an empty register with invented providers, their sites, offers and history.

    The same number and seed always give the same register. A run that was broken off is continued
    by the next; a register that holds anything else is refused. Being a demonstration cannot be
    undone: the register stays one.
    """
    settings = Settings.load()
    if settings.environment is Environment.PRODUCTION:
        stop(
            Exit.REFUSED,
            "This is a production register (ENVIRONMENT=production), and a demonstration stays one "
            "for good. Set ENVIRONMENT=demonstration and a DATABASE_URL of its own, or none.",
        )
    began = time.monotonic()
    with database(settings) as reached:
        facts = _write(reached.settings, providers, seed)
    facts["seconds"] = round(time.monotonic() - began, 1)
    result(facts, as_json=as_json, text=_in_words(facts))


def fill_if_empty(settings: Settings, providers: int, seed: int) -> None:
    """Fill an empty register, or go on with what was broken off; leave any other as it is.

    Args:
        settings: with every database address filled in.
        providers: how many to invent.
        seed: what chance begins with.
    """
    try:
        facts = _write(settings, providers, seed)
    except (OtherDemonstrationError, RegisterInUseError):
        return
    if not facts["already_there"]:
        say(_in_words(facts))
    asyncio.run(_add_work(settings))  # for visitors of the pages; no part of the plan


def _write(settings: Settings, providers: int, seed: int) -> dict[str, Any]:
    invented = plan(providers, seed)
    with progress("Inventing a register") as advance:
        before = asyncio.run(_write_into(settings, invented, advance))
    return _facts(invented, before)


async def _write_into(settings: Settings, invented: Plan, advance: Advance) -> int:
    async with opened(settings) as held:
        return await write_in_bulk(held, invented, advance)


async def _add_work(settings: Settings) -> None:
    async with opened(settings) as held:
        garage = await add_garage(held)
        await add_work(held, garage)
        await add_placements(held, load_keyring(settings.keyring_path), garage)


def _facts(invented: Plan, before: int) -> dict[str, Any]:
    sites = [site for recording in invented.recordings for site in recording.stated.sites]
    moved = [change for change in invented.changes if isinstance(change, Moving)]
    public = {move.provider for move in moved if move.status in PUBLIC_STATUSES}
    happenings = len(invented.recordings) + len(invented.changes)
    return {
        "providers": invented.size,
        "seed": invented.seed,
        "until": invented.until.astimezone(LONDON).date(),
        "sites": len(sites),
        "offers": sum(len(site.offers) for site in sites),
        "inspections": sum(isinstance(change, Inspecting) for change in invented.changes),
        "entries": len(invented.changes),
        "public": len(public),
        "known": invented.size - len(public),
        "already_there": before == happenings,
        "continued_after": before if before < happenings else 0,
    }


def _in_words(facts: dict[str, Any]) -> str:
    counted = (
        f"{facts['providers']:,} invented providers ({facts['public']:,} public, "
        f"{facts['known']:,} only known) with {facts['sites']:,} sites and {facts['offers']:,} "
        f"offers, {facts['inspections']:,} inspections, {facts['entries']:,} entries in the log; "
        f"seed {facts['seed']}"
    )
    if facts["already_there"]:
        return f"This demonstration is here already, whole: {counted}. Nothing was changed."
    begun = f" A run that was broken off after {facts['continued_after']:,} steps was continued."
    took = f" {facts['seconds']} s." if "seconds" in facts else ""
    return f"{counted}.{begun * bool(facts['continued_after'])}{took}"
