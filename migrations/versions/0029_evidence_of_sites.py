"""Whether a site's evidence is current, to search by. The read model is rebuilt: see FORMAT."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column(
        "register_sites",
        sa.Column(
            "evidence",
            sa.Text(),
            nullable=True,
            comment="Whether what is critical is current; empty where none is asked for",
        ),
    )


def downgrade() -> None:
    op.drop_column("register_sites", "evidence")
