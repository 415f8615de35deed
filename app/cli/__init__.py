"""The operator's command line, `ap-register`: one file a command.

Exit codes: 0 done; 1 refused, nothing was changed; 2 the command was given wrongly; 3 the
surroundings (database, port, disk, settings) do not allow it; 130 interrupted.
"""


def main() -> None:
    """Run the command line."""
    # Here and not above: who imports another part of the package needs none of it.
    import gc  # noqa: PLC0415
    import sys  # noqa: PLC0415

    gc.disable()  # a quarter of the time of loading went on searching for garbage what stays
    try:
        from app.cli.commands import assemble, run  # noqa: PLC0415

        command = assemble(sys.argv[1:])
    finally:
        gc.freeze()
        gc.enable()
    run(command)
