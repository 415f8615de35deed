"""How migrations reach the database: always as the owner role, one transaction each, briefly."""

import asyncio

from alembic import context
from sqlalchemy import Connection, text

from app.config import Settings
from app.db.engine import open_engine
from app.db.migrating import become_owner, role_prefix_of
from app.models import metadata


def run(connection: Connection) -> None:
    connection.execute(text("SET lock_timeout = '2s'"))
    connection.execute(text("SET statement_timeout = '60s'"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_by_hand() -> None:
    settings = Settings.load()
    if settings.database_owner_url is None:
        message = "Set DATABASE_OWNER_URL, or use `ap-register migrate`."
        raise SystemExit(message)
    prefix = role_prefix_of(settings)
    context.config.attributes["role_prefix"] = prefix
    engine = open_engine(settings.database_owner_url.get_secret_value())
    async with engine.connect() as connection:
        await become_owner(connection, prefix)
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_by_hand())
