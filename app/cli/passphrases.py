"""Reading a passphrase and an escrow copy, for the commands that need them."""

import stat
import sys
from pathlib import Path

import typer

from app.keyring.ring import KeyringError


def read_passphrase(path: Path | None, *, new: bool = False) -> str:
    """Return a passphrase from a file, or from whoever sits at the terminal, without echo.

    It is never an argument: those can be read by everybody on the machine.

    Args:
        path: the file, if one was named; the line's end does not belong to the passphrase.
        new: ask twice, because nothing yet would show that it was mistyped.

    Raises:
        KeyringError: others may read the file, or it cannot be read, or nobody can be asked.
    """
    if path is None:
        if not sys.stdin.isatty():
            raise KeyringError("Nobody can be asked for the passphrase: say --passphrase-file.")
        asked: str = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
        return asked
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except UnicodeError:
        raise KeyringError(f"The passphrase in {path} is not UTF-8 text.") from None
    except OSError as error:
        raise KeyringError(f"The passphrase in {path} cannot be read: {error.strerror}.") from None
    if stat.S_ISREG(mode) and mode & 0o077:
        raise KeyringError(f"Others may read the passphrase in {path}. Run `chmod 600` on it.")
    return text.rstrip("\r\n")


def read_escrow(path: Path) -> str:
    """Return the text of an escrow copy.

    Raises:
        KeyringError: there is none, or it cannot be read.
    """
    try:
        return path.read_bytes().decode("ascii", "replace")
    except OSError as error:
        message = f"The escrow copy {path} cannot be read: {error.strerror}."
        raise KeyringError(message) from None
