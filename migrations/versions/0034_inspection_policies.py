"""Policies with days on inspections: what an outcome follows from, how often, with what hearing."""

import uuid
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"

NAMESPACE = uuid.UUID("8b6f2c1e-5d0a-4f57-9a43-1c7e2d9b6f30")
POLICIES = (
    (
        "outcome-rule",
        {
            "major_partly_at_most": 3,
            "counts_months": {"critical": 14, "major": 14, "minor": 26},
        },
        "The same judgements give the same outcome everywhere. They count for a year from visit to visit, and two months in which the next may be late.",
    ),
    (
        "inspection-cycle",
        {
            "entry_visit_months": 12,
            "monitoring_months": 6,
            "yearly_months": 12,
            "overdue_days": 60,
            "after_concern_working_days": 10,
        },
        "A site is seen before it is listed, soon after, and every year; and soon after a concern, or a change of who leads on safeguarding, of the site or of its proprietor.",
    ),
    (
        "fair-hearing",
        {
            "comments_working_days": 5,
            "action_plan_working_days": 10,
            "appeal_working_days": 15,
            "appeal_decision_working_days": 20,
            "suspension_review_working_days": 5,
            "self_evaluation_working_days": 10,
        },
        "A provider knows how long it has to answer, and how long others have to answer it.",
    ),
)
SOURCE = "The register's own policy; no law or guidance asks for these figures."


def upgrade() -> None:
    table = sa.table(
        "published_policies",
        *(sa.column(name) for name in ("code", "reason", "source", "state", "published_at")),
        sa.column("id", sa.UUID()),
        sa.column("parameters", postgresql.JSONB()),
        sa.column("in_force", postgresql.DATERANGE()),
        sa.column("version", sa.Integer()),
    )
    for code, parameters, reason in POLICIES:
        op.execute(
            table.insert().values(
                id=uuid.uuid5(NAMESPACE, f"policy:{code}"),
                code=code,
                parameters=parameters,
                state="published",
                in_force=postgresql.Range(date(2025, 9, 1)),
                reason=reason,
                source=SOURCE,
                published_at=sa.func.now(),
                version=1,
            )
        )


def downgrade() -> None:
    # What is published never changes; only with the whole policy does it go.
    op.execute("ALTER TABLE published_policies DISABLE TRIGGER published_stays")
    op.execute(
        "DELETE FROM published_policies "
        "WHERE code IN ('outcome-rule', 'inspection-cycle', 'fair-hearing')"
    )
    op.execute("ALTER TABLE published_policies ENABLE ALWAYS TRIGGER published_stays")
