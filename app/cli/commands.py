"""Every command, and what becomes of the errors they may end with."""

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
    except (asyncpg.PostgresError, DBAPIError) as error:
        said = getattr(error, "orig", error)
        _end(Exit.SURROUNDINGS, f"The database does not allow it: {said}")
    except AppError as error:
        _end(Exit.REFUSED, error.detail)
    except ConnectionError as error:
        _end(Exit.SURROUNDINGS, f"The database cannot be reached; check DATABASE_URL. {error}")
    except OSError as error:
        _end(Exit.SURROUNDINGS, f"The machine does not allow it: {error}")


def _end(code: Exit, message: str) -> NoReturn:
    say(message)
    sys.exit(int(code))
