"""Every command, and what becomes of the errors they may end with."""

import socket
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import asyncpg
import typer
from sqlalchemy.exc import DBAPIError

from app.cli.output import Exit, say
from app.config import ConfigurationError
from app.db.embedded.errors import EmbeddedDatabaseError
from app.errors import AppError
from app.keyring.ring import KeyringError

ADDRESSES = "DATABASE_URL, DATABASE_READ_URL and DATABASE_OWNER_URL"
NO_LOGIN = ("28", "3D")
"""Classes of SQLSTATE: login refused, no such database."""

COMMANDS = {
    "serve": "serving:serve",
    "work": "work:work",
    "migrate": "migrating:migrate",
    "demo": "demonstration:demo",
    "import": "imports:app",
    "export": "exports:app",
    "organisation": "organisations:app",
    "administrator": "administrators:app",
    "jobs": "jobs:app",
    "keyring": "keyring:app",
    "erasures": "erasures:app",
    "doctor": "doctor:doctor",
}
"""Where each command is: its module here, and the function, or the group of commands, in it."""


def assemble(words: Sequence[str]) -> typer.Typer:
    """Return the command line, with as much of it as these words need.

    A command's own module is loaded when it is asked for, and not before: all of them together
    take longer to load than most commands take to run.
    """
    cli = typer.Typer(
        name="ap-register",
        help="The national register of non-school alternative provision.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        callback=lambda: None,  # so that one command alone is still named
    )
    wanted = words[0] if words and words[0] in COMMANDS else None
    for name in (wanted,) if wanted else COMMANDS:
        module, _, what = COMMANDS[name].partition(":")
        found = getattr(import_module(f"app.cli.{module}"), what)
        if isinstance(found, typer.Typer):
            cli.add_typer(found, name=name)
        else:
            cli.command(name)(found)
    return cli


def run(command: typer.Typer) -> None:
    """Run a command; what it cannot do ends in a plain message and an exit code, never a trace."""
    try:
        command()
    except SystemExit as ended:
        if ended.code == Exit.INTERRUPTED:  # typer has caught Ctrl-C and says nothing of it
            say("Interrupted; what was not committed did not happen.")
        raise
    except (ConfigurationError, EmbeddedDatabaseError, KeyringError) as error:
        _end(Exit.SURROUNDINGS, str(error))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
        _end(Exit.SURROUNDINGS, _as_the_database_says(error))
    except AppError as error:
        _end(Exit.REFUSED, error.detail)
    except OSError as error:
        _end(Exit.SURROUNDINGS, _as_the_machine_says(error))


def _as_the_machine_says(error: OSError) -> str:
    if isinstance(error, ConnectionError | socket.gaierror | TimeoutError):
        why = str(error) or "It did not answer in time."
        return f"The database cannot be reached; check {ADDRESSES}. {why}"
    return f"The machine does not allow it: {error}"


def _as_the_database_says(error: Exception) -> str:
    said = getattr(error, "orig", None) or error
    if str(getattr(said, "sqlstate", "")).startswith(NO_LOGIN):
        return (
            f"The database refuses the login: {said}. "
            f"Check user, password and database in {ADDRESSES}."
        )
    return f"The database does not allow it: {said}"


def _end(code: Exit, message: str) -> NoReturn:
    say(message)
    sys.exit(int(code))
