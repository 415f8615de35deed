"""What sites would fall short on when standards take effect, and when each was visited last."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0043"
down_revision = "0042"

OUTCOMES = "'meets-standards', 'meets-with-actions', 'does-not-yet-meet', 'not-yet-assessed'"


def upgrade() -> None:
    op.create_table(
        "standards_impacts",
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("version_id", sa.UUID(), nullable=False, comment="Published, to take effect"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="On its first day"),
        sa.Column(
            "not_met",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Numbers of its criteria; by judgements that count for them then",
        ),
        sa.Column("partly_met", postgresql.ARRAY(sa.Text()), nullable=False, comment="Likewise"),
        sa.Column(
            "nothing_known",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Those for which no judgement counts then",
        ),
        sa.CheckConstraint(
            f"outcome IN ({OUTCOMES})", name=op.f("standards_impacts_outcome_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("standards_impacts_site_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standards_versions.id"],
            name=op.f("standards_impacts_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("site_id", "version_id", name=op.f("standards_impacts_pkey")),
    )
    op.create_index(op.f("standards_impacts_version_id_idx"), "standards_impacts", ["version_id"])
    protect("standards_impacts")
    allow_all_rows("publisher", "sees adds changes removes", "standards_impacts")
    allow_all_rows("operator", "sees", "standards_impacts")
    allow("app", "sees", "standards_impacts", "EXISTS (SELECT FROM sites s WHERE s.id = site_id)")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON standards_impacts TO {role('publisher')}")
    op.execute(f"GRANT SELECT ON standards_impacts TO {role('operator')}, {role('app')}")
    function(
        "last_visited_on(site uuid)",
        "date",
        """
        SELECT max(j.seen_on)
        FROM inspection_judgements j JOIN inspections i ON i.id = j.inspection_id
        WHERE j.site_id = site AND j.method = 'visit' AND i.state = 'published'
          AND i.kind IN ('entry-visit', 'monitoring', 'annual', 'unannounced')
          AND may_see_provider(i.provider_id)
        """,
        "app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION last_visited_on(uuid)")
    op.drop_table("standards_impacts")
