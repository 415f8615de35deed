"""What is asked by those who keep a copy: tombstones, and who bears a number of another register.

The read model is rebuilt: see FORMAT.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_index(
        "ledger_bodies_tombstones_idx",
        "ledger_bodies",
        ["entry"],
        postgresql_where="redacted_at IS NOT NULL",
    )
    op.add_column(
        "register_search",
        sa.Column(
            "identifiers",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="What other registers call it, as scheme:value",
        ),
    )
    op.alter_column("register_search", "identifiers", server_default=None)
    op.create_index(
        "register_search_identifiers_idx",
        "register_search",
        ["identifiers"],
        postgresql_using="gin",
    )


def downgrade() -> None:
    op.drop_column("register_search", "identifiers")
    op.drop_index("ledger_bodies_tombstones_idx", table_name="ledger_bodies")
