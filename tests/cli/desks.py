"""A desk: a folder with a keyring in it, and the commands that are run on it."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.keyring.escrow import Cost
from app.keyring.ring import Keyring, load, save
from app.keyring.sealing import open_sealed
from tests.cli.running import Ended, Here
from tests.factories.sealed import Held

MOMENT, LATER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
PASSPHRASE = "kettle ladder orchard mitten"
CHEAP = Cost(n=16, r=8, p=1)
"""Quicker to open than a copy should be."""
LINKS = "emailed_links.sealed_token"
SESSIONS = "sign_in_sessions.sealed_id_token"


@dataclass
class Desk:
    """Where somebody keeps a keyring, and commands on it are run."""

    here: Here
    folder: Path
    database: dict[str, str] = field(default_factory=dict)
    name: str = "keyring.json"

    @property
    def path(self) -> Path:
        return self.folder / self.name

    @property
    def copy(self) -> Path:
        return self.folder / "escrow.json"

    @property
    def settings(self) -> dict[str, str]:
        return {**self.database, "KEYRING_FILE": str(self.path)}

    @property
    def ring(self) -> Keyring:
        return load(self.path)

    def keep(self, ring: Keyring) -> Keyring:
        save(ring, self.path)
        return ring

    def file(self, name: str, content: str | bytes, mode: int = 0o600) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path

    def content(self, path: Path | None = None) -> bytes | None:
        path = path or self.path
        return path.read_bytes() if path.exists() else None

    def mode(self, path: Path) -> int:
        return path.stat().st_mode & 0o777

    def lose(self) -> None:
        self.path.unlink()

    def put_aside(self) -> list[Path]:
        return sorted(self.folder.glob(f"{self.path.name}?*"))

    async def run(self, *words: str | Path) -> Ended:
        """Run a command; whatever the ring, it may never show a key of it."""
        ended = await self.here("keyring", *words, **self.settings)
        if self.path.exists() and self.mode(self.path) == 0o600 and self.content() not in ODD:
            for key in self.ring.keys.values():
                for shown in (key.secret.hex(), base64.b64encode(key.secret).decode()):
                    assert shown not in ended.out + ended.err
        return ended

    async def run_with(self, passphrase: str | bytes, *words: str | Path) -> Ended:
        """Run a command with a file that holds a passphrase."""
        file = self.file("passphrase.txt", passphrase)
        return await self.run(*words, "--passphrase-file", file)


ODD = (b"", b"{", b"something else")
"""What is no keyring."""


def opened(ring: Keyring, held: Held) -> Held:
    return {context: open_sealed(ring, value, context) for context, value in held.items()}
