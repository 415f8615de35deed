"""A commissioner's and a school's open follow-ups are found without those that ended."""

from alembic import op

revision = "0065"
down_revision = "0060"

WHOSE = ("commissioner", "school")


def upgrade() -> None:
    for whose in WHOSE:
        op.create_index(
            f"follow_ups_open_{whose}_idx",
            "follow_ups",
            [f"{whose}_id"],
            unique=False,
            postgresql_where="closed_on IS NULL",
        )


def downgrade() -> None:
    for whose in WHOSE:
        op.drop_index(f"follow_ups_open_{whose}_idx", "follow_ups")
