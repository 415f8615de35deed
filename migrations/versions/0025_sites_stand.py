"""The read model says where each site stands; rows are rendered anew after the migration."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

SCOPED = {
    "ages": "Every age in any offer",
    "needs": "Every need in any offer",
}


def upgrade() -> None:
    op.add_column(
        "register_sites",
        sa.Column("status", sa.Text(), nullable=True, comment="Where its listing stands"),
    )
    op.execute(
        "UPDATE register_sites s SET status = r.status FROM register_search r "
        "WHERE r.id = s.provider_id"
    )
    op.alter_column("register_sites", "status", existing_type=sa.Text(), nullable=False)
    for column, said in SCOPED.items():
        op.execute(
            f"COMMENT ON COLUMN register_sites.{column} IS '{said}, as far as its listing covers it'"
        )


def downgrade() -> None:
    op.drop_column("register_sites", "status")
    for column, said in SCOPED.items():
        op.execute(f"COMMENT ON COLUMN register_sites.{column} IS '{said}'")
