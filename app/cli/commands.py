"""Every command, and what becomes of the errors they may end with."""

import socket
import sys
from typing import NoReturn

import asyncpg
import typer
from sqlalchemy.exc import DBAPIError

from app.cli import demonstration, doctor, exports, imports, migrating, serving
from app.cli.output import Exit, say
from app.config import ConfigurationError
from app.db.embedded.errors import EmbeddedDatabaseError
from app.errors import AppError

ADDRESSES = "DATABASE_URL, DATABASE_READ_URL and DATABASE_OWNER_URL"
NO_LOGIN = ("28", "3D")
"""Classes of SQLSTATE: login refused, no such database."""

cli = typer.Typer(
    name="ap-register",
    help="The national register of non-school alternative provision.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
cli.command("serve")(serving.serve)
cli.command("migrate")(migrating.migrate)
cli.command("demo")(demonstration.demo)
cli.add_typer(imports.app, name="import")
cli.add_typer(exports.app, name="export")
cli.command("doctor")(doctor.doctor)


def run() -> None:
    """Run a command; what it cannot do ends in a plain message and an exit code, never a trace."""
    try:
        cli()
    except SystemExit as ended:
        if ended.code == Exit.INTERRUPTED:  # typer has caught Ctrl-C and says nothing of it
            say("Interrupted; what was not committed did not happen.")
        raise
    except (ConfigurationError, EmbeddedDatabaseError) as error:
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
