"""Makes one file of the register, to be killed meanwhile.

Run as `python -m tests.heavy.rendition_program ADDRESS READ-ADDRESS PREFIX FOLDER`: the logins,
what the roles' names begin with, and where files lie.
"""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from app.access import WORKER
from app.config import Settings
from app.db.engine import open_engine
from app.db.transactions import Database, transaction
from app.files.filing import filing_of
from app.register.renditions import make_file
from app.register.terms import Shape


async def make(address: str, read_address: str, role_prefix: str, folder: str) -> None:
    """Make the register's JSON Lines."""
    settings = Settings(data_dir=Path(folder), database_read_url=SecretStr(read_address))
    engine = open_engine(address)
    async with transaction(Database(engine, role_prefix, {}), WORKER) as session:
        await make_file(settings, filing_of(settings))(session, {"shape": Shape.JSONL.value})
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(make(*sys.argv[1:]))
