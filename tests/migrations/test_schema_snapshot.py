"""`migrations/schema.sql` says what the migrations make: tables, policies, triggers, grants."""

import pytest

from app.cli.exports import ROOT, dump_schema
from app.config import Settings
from app.db.embedded.binaries import find_binaries

WRITTEN_BY = 18
"""The version whose `pg_dump` writes the snapshot; others word the same things differently."""


def test_the_snapshot_is_what_the_migrations_make(settings: Settings) -> None:
    major = find_binaries(settings).major
    if major != WRITTEN_BY:
        pytest.skip(f"NOT RUN: the snapshot is written by PostgreSQL {WRITTEN_BY}, this is {major}")

    made = dump_schema(settings)

    assert made == (ROOT / "migrations/schema.sql").read_text(), "run `make documents`"
