"""Concerns about providers."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    add_concerns()
    protect("concerns")
    allow_all_rows("operator", "sees adds changes", "concerns")
    own = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    answers = (
        "(coalesce(answers_for_provider(provider_id), false) AND NOT has_stake_in(provider_id))"
    )
    allow("app", "sees", "concerns", f"acting_person() IS NOT NULL AND ({own} OR {answers})")
    raises = "raised_by = acting_person() AND organisation_id = acting_organisation()"
    allow(
        "app",
        "adds",
        "concerns",
        f"{raises} AND closed_at IS NULL AND may_see_provider(provider_id)",
    )
    allow("app", "changes", "concerns", "judges_provider(provider_id)")
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON concerns TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON concerns TO {app}")
    op.execute(
        f"GRANT UPDATE (closure, closed_by, closed_at, closed_reason, version) ON concerns TO {app}"
    )


def add_concerns() -> None:
    op.create_table(
        "concerns",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "site_id", sa.UUID(), nullable=True, comment="Empty: about the provider as a whole"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="safeguarding, allegation, quality …"),
        sa.Column("severity", sa.Text(), nullable=False, comment="low, medium, high or immediate"),
        sa.Column("what", sa.Text(), nullable=False, comment="What was noticed; names no child"),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.UUID(), nullable=False),
        sa.Column("raised_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="For whom they raised it"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closure", sa.Text(), nullable=True, comment="What came of it; empty while open"),
        sa.Column("closed_by", sa.UUID(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "closure IN ('resolved', 'unfounded', 'passed-on', 'acted-on')",
            name=op.f("concerns_closure_known_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('safeguarding', 'allegation', 'quality', 'illegal-school', 'premises', 'attendance', 'data', 'finance')",
            name=op.f("concerns_kind_known_check"),
        ),
        sa.CheckConstraint(
            "severity IN ('low', 'medium', 'high', 'immediate')",
            name=op.f("concerns_severity_known_check"),
        ),
        sa.CheckConstraint(
            "(closure IS NULL) = (closed_at IS NULL) AND (closure IS NULL) = (closed_by IS NULL) AND (closure IS NULL) = (closed_reason IS NULL)",
            name=op.f("concerns_closed_whole_check"),
        ),
        sa.CheckConstraint("length(btrim(what)) > 0", name=op.f("concerns_says_something_check")),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("concerns_closed_by_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("concerns_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("concerns_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["people.id"], name=op.f("concerns_raised_by_fkey")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("concerns_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("concerns_pkey")),
    )
    op.create_index(op.f("concerns_closed_by_idx"), "concerns", ["closed_by"], unique=False)
    op.create_index(
        "concerns_open_idx",
        "concerns",
        ["provider_id"],
        unique=False,
        postgresql_where="closed_at IS NULL",
    )
    op.create_index(
        op.f("concerns_organisation_id_idx"), "concerns", ["organisation_id"], unique=False
    )
    op.create_index("concerns_provider_id_idx", "concerns", ["provider_id", "id"], unique=False)
    op.create_index(op.f("concerns_raised_by_idx"), "concerns", ["raised_by"], unique=False)
    op.create_index(op.f("concerns_site_id_idx"), "concerns", ["site_id"], unique=False)


def downgrade() -> None:
    op.drop_table("concerns")
