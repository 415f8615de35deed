"""The operator's command line, `ap-register`: one file a command.

Exit codes: 0 done; 1 refused, nothing was changed; 2 the command was given wrongly; 3 the
surroundings (database, port, disk, settings) do not allow it; 130 interrupted.
"""

import gc
import sys


def main() -> None:
    """Run the command line."""
    # A quarter of the time of loading went on searching what is loaded, and stays, for garbage.
    gc.disable()
    try:
        # Spares importers of the package the commands.
        from app.cli.commands import assemble, run  # noqa: PLC0415

        command = assemble(sys.argv[1:])
    finally:
        gc.freeze()
        gc.enable()
    run(command)
