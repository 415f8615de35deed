"""Every command, and what becomes of the errors they may end with."""

import sys

import typer

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
    except (ConfigurationError, EmbeddedDatabaseError) as error:
        say(str(error))
        sys.exit(Exit.SURROUNDINGS)
    except AppError as error:
        say(error.detail)
        sys.exit(Exit.REFUSED)
    except KeyboardInterrupt:
        say("Interrupted; what was not committed did not happen.")
        sys.exit(Exit.INTERRUPTED)
    except OSError as error:
        say(f"The machine does not allow it: {error}")
        sys.exit(Exit.SURROUNDINGS)
