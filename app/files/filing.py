"""What evidence files need beside a transaction: a store, a scanner, and bounds; from settings."""

from dataclasses import dataclass
from pathlib import Path

from app.config import Environment, Settings
from app.files.scanning import Scanner
from app.files.store import FileStore, open_store


@dataclass(frozen=True, slots=True)
class Filing:
    """Where files go, and by which rules.

    Attributes:
        store: where their bytes lie.
        scanner: the virus scanner, if one is configured.
        spool: a folder for what is being looked at; nothing stays in it.
        most_bytes: how large a file may be.
        only_clean: whether nothing is handed out that was not scanned, as in production.
    """

    store: FileStore
    scanner: Scanner | None
    spool: Path
    most_bytes: int
    only_clean: bool


def filing_of(settings: Settings) -> Filing:
    """Make ready what the settings say; folders that are missing are made.

    Raises:
        ConfigurationError: a folder cannot be made or written.
    """
    return Filing(
        store=open_store(settings),
        scanner=Scanner(settings.clamd_address) if settings.clamd_address else None,
        spool=settings.data_dir / "spool",
        most_bytes=settings.max_file_bytes,
        only_clean=settings.environment is Environment.PRODUCTION,
    )
