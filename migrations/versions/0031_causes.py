"""Who caused an entry of the log, by their part; and files of the register made ready to be sent.

Entries from before have no cause: nobody wrote down whose they were, and nobody guesses.
"""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "ledger_causes",
        sa.Column("entry", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "by", sa.Text(), nullable=False, comment="The part of who caused it; never who it was"
        ),
        sa.CheckConstraint(
            "by IN ('provider', 'local-authority', 'qa-body', 'commissioner', 'department', "
            "'service', 'operator')",
            name=op.f("ledger_causes_by_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["entry"], ["ledger_entries.entry"], name=op.f("ledger_causes_entry_fkey")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("ledger_causes_pkey")),
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_causes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_causes "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"GRANT SELECT ON ledger_causes TO {role('operator')}, {role('read')}")
    op.execute(f"GRANT SELECT, INSERT ON ledger_causes TO {role('publisher')}")
    make_renditions()


def make_renditions() -> None:
    op.create_table(
        "register_renditions",
        sa.Column("id", sa.UUID(), nullable=False, comment="Names its object in the store"),
        sa.Column("shape", sa.Text(), nullable=False, comment="Which file of the register it is"),
        sa.Column("entry", sa.BigInteger(), nullable=False, comment="The head it was made of"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False, comment="Its time"),
        sa.Column(
            "tombstones",
            sa.BigInteger(),
            nullable=False,
            comment="How many there were: it is sent while there are as many",
        ),
        sa.Column(
            "format", sa.SmallInteger(), nullable=False, comment="Rendering format of its records"
        ),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="Bytes"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("entry > 0", name=op.f("register_renditions_of_some_entry_check")),
        sa.CheckConstraint(
            "shape IN ('jsonl', 'csv-providers', 'csv-sites', 'csv-offers')",
            name=op.f("register_renditions_shape_known_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("register_renditions_pkey")),
        sa.UniqueConstraint(
            "shape",
            "entry",
            "tombstones",
            "format",
            name=op.f("register_renditions_shape_entry_tombstones_format_key"),
        ),
    )
    op.execute(f"GRANT SELECT ON register_renditions TO {role('read')}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON register_renditions TO {role('worker')}")


def downgrade() -> None:
    op.drop_table("register_renditions")
    op.drop_table("ledger_causes")
