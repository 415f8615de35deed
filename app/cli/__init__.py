"""The operator's command line, `ap-register`: one file a command.

Exit codes: 0 done; 1 refused, nothing was changed; 2 the command was given wrongly; 3 the
surroundings (database, port, disk, settings) do not allow it; 130 interrupted.
"""


def main() -> None:
    """Run the command line."""
    from app.cli.commands import run  # noqa: PLC0415 - spares importers of the package the commands

    run()
