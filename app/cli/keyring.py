"""`ap-register keyring`: making, turning, re-wrapping, escrow and bringing back."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app import clock
from app.access import OPERATOR
from app.cli.output import Exit, progress, result, say, stop
from app.cli.passphrases import read_escrow, read_passphrase
from app.cli.rewrapping import rewrap_everything
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.transactions import reading, transaction
from app.keyring.escrow import covered, escrow_text, open_escrow
from app.keyring.ring import (
    Keyring,
    KeyringError,
    alone_with,
    load,
    new_keyring,
    newest,
    prepared,
    save,
    turned,
    without,
    write_privately,
)
from app.organisations.service import sealed

app = typer.Typer(
    help="The keys that lie outside the database: see docs/operations/keyring.md.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Report as JSON.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="A file that holds the passphrase; asked for without echo if not given."),
]


@app.command()
def new(
    *,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Be content where there is one already.")
    ] = False,
) -> None:
    """Make a keyring of one new key, where there is none yet."""
    path = Settings.load().keyring_path
    with alone_with(path):
        if path.exists() and if_missing:
            load(path)
            return
        if path.exists():
            stop(Exit.REFUSED, f"There is a keyring at {path} already; it was left as it is.")
        ring = new_keyring(clock.now())
        save(ring, path)
    say(
        f"Made {path} with {ring.current.id} ({ring.current.fingerprint}). Without it what the "
        "database holds sealed is lost: put a copy in escrow (`ap-register keyring escrow`)."
    )


@app.command()
def show(*, as_json: AsJson = False) -> None:
    """Show the keys, without showing a key: when they were made, and what lies under each."""
    with database(Settings.load()) as reached:
        path = reached.settings.keyring_path
        ring = load(path)
        counts = asyncio.run(_count(reached.settings))
    shown = [
        (key, key == ring.current, counts.get(key.id, {}))
        for key in sorted(ring.keys.values(), key=lambda key: key.number)
    ]
    lost = {key_id: places for key_id, places in counts.items() if key_id not in ring.keys}
    lines = [
        f"{key.id:5} {key.made_at}  {key.fingerprint}  "
        f"{'current' if current else '       '}  {sum(places.values())} sealed"
        for key, current, places in shown
    ]
    lines += [
        f"{key_id or '?':5} {sum(places.values())} sealed, and the ring has no such key"
        for key_id, places in lost.items()
    ]
    keys = [
        {
            "id": key.id,
            "made_at": key.made_at,
            "fingerprint": key.fingerprint,
            "current": current,
            "sealed": places,
        }
        for key, current, places in shown
    ]
    facts = {"file": str(path), "keys": keys, "without_key": lost}
    result(facts, as_json=as_json, text="\n".join(lines))


@app.command()
def turn(
    *,
    prepare: Annotated[
        bool,
        typer.Option(
            "--prepare",
            help="Only add the new key; the next turn makes it current. For services that run as "
            "several processes: each must have a key before any seals under it.",
        ),
    ] = False,
) -> None:
    """Make a new key the current one; what is sealed stays under the former until `rewrap`."""
    with database(Settings.load()) as reached, alone_with(reached.settings.keyring_path):
        ring = load(reached.settings.keyring_path)
        with _refusing():
            after = prepared(ring, clock.now()) if prepare else turned(ring, clock.now())
        key = newest(after)
        act = "keyring.key_prepared" if prepare else "keyring.turned"
        asyncio.run(_save_on_record(reached.settings, after, act, key.id))
    rest = "`ap-register keyring turn`" if prepare else "`ap-register keyring rewrap`"
    say(
        f"{key.id} ({key.fingerprint}) is {'prepared' if prepare else 'current'}. Put a new copy "
        f"in escrow, restart everything that serves or works, then {rest}."
    )


@app.command()
def rewrap(*, as_json: AsJson = False) -> None:
    """Wrap everything that is sealed under the current key; safe to stop, and to run again."""
    with database(Settings.load()) as reached, progress("Re-wrapping") as advance:
        ring = load(reached.settings.keyring_path)
        done = asyncio.run(rewrap_everything(reached.settings, ring, advance))
    facts = {"values": done.values, "left": done.left, "unopened": done.unopened}
    text = f"{done.values} values wrapped anew under {ring.current.id}."
    result(facts, as_json=as_json, text=text)
    for reason in done.unopened[:10]:
        say(reason)
    if done.left:
        stop(
            Exit.REFUSED,
            f"{done.left} values lie under other keys still: {len(done.unopened)} do not open, the "
            "others were being changed. Mend what is said above, and run this again.",
        )


@app.command()
def drop(key: Annotated[str, typer.Argument(help="A key's id, such as k1.")]) -> None:
    """Take a key that nothing is sealed under off the ring."""
    with database(Settings.load()) as reached, alone_with(reached.settings.keyring_path):
        ring = load(reached.settings.keyring_path)
        with _refusing():
            after = without(ring, key)
        if needed := asyncio.run(_count(reached.settings)).get(key):
            stop(
                Exit.REFUSED,
                f"{sum(needed.values())} values are sealed under {key} still "
                f"({', '.join(needed)}). Run `ap-register keyring rewrap` first.",
            )
        asyncio.run(_save_on_record(reached.settings, after, "keyring.key_dropped", key))
    say(
        f"{key} is off the ring. Backups made before need it: keep an escrow copy that holds it "
        "for as long as you keep them."
    )


@app.command()
def escrow(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    *,
    passphrase_file: PassphraseFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also if that file exists.")] = False,
) -> None:
    """Write a copy of the whole keyring that opens with a passphrase alone."""
    ring = load(Settings.load().keyring_path)
    if output.exists() and not replace:
        stop(Exit.REFUSED, f"{output} exists; name another file, or say --replace.")
    with _refusing():
        passphrase = read_passphrase(passphrase_file, new=True)
        write_privately(escrow_text(ring, passphrase, clock.now()), output)
        if open_escrow(read_escrow(output), passphrase) != ring:
            raise KeyringError(f"What was written to {output} is not what lies on the disk.")
    say(
        f"{output} holds {_named(ring)}, and was opened again to make sure. Keep it and its "
        "passphrase apart from each other, from this machine and from the database's backups."
    )


@app.command()
def restore(
    copy: Annotated[Path, typer.Argument(metavar="FILE", help="An escrow copy.")],
    *,
    passphrase_file: PassphraseFile = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also if another ring is there; that is kept beside it."),
    ] = False,
) -> None:
    """Bring the keyring back from an escrow copy."""
    path = Settings.load().keyring_path
    with _refusing():
        text = read_escrow(copy)
        ring = open_escrow(text, read_passphrase(passphrase_file))
    with alone_with(path):
        former = _put_aside_if_other(path, ring, replace=replace)
        save(ring, path)
    kept = f" What was there is kept as {former}." if former else ""
    say(f"{path} holds {_named(ring)}, as of {covered(text).made_at:%Y-%m-%d}.{kept}")


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except KeyringError as error:
        stop(Exit.REFUSED, str(error))


async def _count(settings: Settings) -> Mapping[str, Mapping[str, int]]:
    async with opened(settings) as held, reading(held, OPERATOR) as session:
        return await sealed.count_sealed(session)


async def _save_on_record(settings: Settings, ring: Keyring, act: str, key_id: str) -> None:
    """Change the file last in the transaction that records it: neither without the other."""
    async with opened(settings) as held, transaction(held, OPERATOR) as session:
        await sealed.record_keyring(session, OPERATOR, act, key_id)
        save(ring, settings.keyring_path)


def _put_aside_if_other(path: Path, ring: Keyring, *, replace: bool) -> Path | None:
    """Keep what lies where a ring is to be brought back, unless it is the same; refuse unasked."""
    if not path.exists():
        return None
    try:
        if load(path) == ring:
            return None
    except KeyringError:
        pass  # a damaged one is another one, and worth keeping too
    if not replace:
        stop(
            Exit.REFUSED,
            f"Another keyring lies at {path}; it was left as it is. To put it aside and bring this "
            "one back, say --replace.",
        )
    path = path.resolve()
    former = path.with_name(f"{path.name}.before-{clock.now():%Y%m%dT%H%M%SZ}")
    os.link(path, former)
    return former


def _named(ring: Keyring) -> str:
    keys = sorted(ring.keys.values(), key=lambda key: key.number)
    return ", ".join(f"{key.id} ({key.fingerprint})" for key in keys)
