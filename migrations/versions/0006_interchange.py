"""What was imported."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "import_runs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="postcodes or providers"),
        sa.Column("file_name", sa.Text(), nullable=False, comment="Its name, without folders"),
        sa.Column(
            "sha256", sa.Text(), nullable=False, comment="Of the file as given, in hexadecimal"
        ),
        sa.Column(
            "options",
            sa.Text(),
            nullable=False,
            comment="What else decided the result, such as the LA chosen for the whole list",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="Who published it"),
        sa.Column("source_date", sa.Text(), nullable=True, comment="The day it speaks of"),
        sa.Column("licence", sa.Text(), nullable=False, comment="Under which terms it may be used"),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("rows_added", sa.BigInteger(), nullable=False),
        sa.Column("rows_changed", sa.BigInteger(), nullable=False),
        sa.Column("rows_removed", sa.BigInteger(), nullable=False),
        sa.Column("rows_refused", sa.BigInteger(), nullable=False, comment="Rows with a fault"),
        sa.Column(
            "accepted_good",
            sa.Boolean(),
            nullable=False,
            comment="Landed although rows were refused, because the operator said so",
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('postcodes', 'providers')", name=op.f("import_runs_kind_known_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("import_runs_pkey")),
    )
    op.create_index(
        "import_runs_kind_recorded_at_idx", "import_runs", ["kind", "recorded_at"], unique=False
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON import_runs "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON import_runs "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"GRANT SELECT, INSERT ON import_runs TO {role('operator')}")


def downgrade() -> None:
    op.drop_table("import_runs")
