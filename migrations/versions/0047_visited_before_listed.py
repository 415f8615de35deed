"""From the school year 2026/27 a site that applies is visited before it is listed."""

import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0046"

NAMESPACE = uuid.UUID("8b6f2c1e-5d0a-4f57-9a43-1c7e2d9b6f30")
CODE = "inspection-cycle"
FIRST_DAY = date(2026, 9, 1)
PARAMETERS = {
    "entry_visit_months": 12,
    "entry_visit_before_listing": True,
    "monitoring_months": 6,
    "yearly_months": 12,
    "overdue_days": 60,
    "after_concern_working_days": 10,
}
REASON = (
    "A site that applies is visited before it is listed, by whichever QA body has been there; then within six "
    "months, then every year, and soon after a concern or a change of who leads on safeguarding, of the site or of its proprietor."
)
SOURCE = "The register's own policy; no law or guidance asks for these figures."


def upgrade() -> None:
    # Where the department has published figures of its own since, those stand: they say what it wants.
    bind = op.get_bind()
    shipped = uuid.uuid5(NAMESPACE, f"policy:{CODE}")
    stands = sa.text("SELECT upper_inf(in_force) FROM published_policies WHERE id = :id")
    if not bind.scalar(stands, {"id": shipped}):
        return
    bind.execute(
        sa.text(
            "UPDATE published_policies SET in_force = daterange(lower(in_force), :day) WHERE id = :id"
        ),
        {"day": FIRST_DAY, "id": shipped},
    )
    table = sa.table(
        "published_policies",
        *(sa.column(name) for name in ("code", "reason", "source", "state", "published_at")),
        sa.column("id", sa.UUID()),
        sa.column("parameters", postgresql.JSONB()),
        sa.column("in_force", postgresql.DATERANGE()),
        sa.column("version", sa.Integer()),
    )
    op.execute(
        table.insert().values(
            id=uuid.uuid5(NAMESPACE, f"policy:{CODE}:visited"),
            code=CODE,
            parameters=PARAMETERS,
            state="published",
            in_force=postgresql.Range(FIRST_DAY),
            reason=REASON,
            source=SOURCE,
            published_at=sa.func.now(),
            version=1,
        )
    )


def downgrade() -> None:
    # What is published never changes; only with the figure itself does it go.
    op.execute("ALTER TABLE published_policies DISABLE TRIGGER published_stays")
    gone = uuid.uuid5(NAMESPACE, f"policy:{CODE}:visited")
    shipped = uuid.uuid5(NAMESPACE, f"policy:{CODE}")
    found = op.get_bind().execute(
        sa.text("DELETE FROM published_policies WHERE id = :id RETURNING upper(in_force)"),
        {"id": gone},
    )
    for (last,) in found.all():
        op.get_bind().execute(
            sa.text(
                "UPDATE published_policies SET in_force = daterange(lower(in_force), :last) WHERE id = :id"
            ),
            {"id": shipped, "last": last},
        )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table waiting for its checks cannot be altered
    op.execute("ALTER TABLE published_policies ENABLE ALWAYS TRIGGER published_stays")
