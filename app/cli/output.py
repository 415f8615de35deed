"""How commands speak: to people with colour, to programs with one JSON document."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import Any, NoReturn, Protocol

import orjson
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

people = Console(stderr=True, highlight=False)
"""Progress and remarks go to standard error; standard output is for results alone."""


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    SURROUNDINGS = 3
    INTERRUPTED = 130


class Advance(Protocol):
    """Tells a progress bar how far the work is: done, and of how many if that is known."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Move the bar."""


def say(message: str) -> None:
    """Say something to whoever is watching."""
    people.print(message, markup=False, soft_wrap=True)


def result(facts: dict[str, Any], *, as_json: bool, text: str) -> None:
    """Print a command's result: one JSON document, or the same in words."""
    if as_json:
        document = orjson.dumps(facts, option=orjson.OPT_INDENT_2, default=str)
        sys.stdout.write(document.decode() + "\n")
    else:
        sys.stdout.write(text.rstrip() + "\n")


def stop(code: Exit, message: str) -> NoReturn:
    """End the command with a message and a code."""
    style = "bold red" if people.is_terminal else None
    people.print(message, markup=False, soft_wrap=True, style=style)
    raise typer.Exit(int(code))


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """Show a bar while something longer than a second goes on; silent without a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=people, disable=not people.is_terminal) as bar:
        task = bar.add_task(label, total=None)

        def advance(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield advance
