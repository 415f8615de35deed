"""What would arrive in a mailbox: the newest link, read as the worker reads it."""

import asyncpg

from app.config import Settings
from app.keyring.ring import load
from app.keyring.sealing import context_of, open_sealed


async def newest_token(owner: asyncpg.Connection, settings: Settings) -> str:
    """Return the token of the link that was made last."""
    row = await owner.fetchrow(
        "SELECT id, sealed_token FROM emailed_links ORDER BY made_at DESC, id DESC LIMIT 1"
    )
    assert row is not None, "no link was made"
    context = context_of("emailed_links.sealed_token", row["id"])
    return open_sealed(load(settings.keyring_path), row["sealed_token"], context).decode()
