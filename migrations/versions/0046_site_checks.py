"""What commissioners check of sites for themselves."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    add_site_checks()
    function(
        "shares_root_with(organisation uuid)",
        "boolean",
        " SELECT root_of(organisation) = root_of(acting_organisation()) ",
        "app",
    )
    protect("site_checks")
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    held = "commissioner_id = (SELECT acting_organisation())"
    shared = "is_shared AND coalesce(shares_root_with(commissioner_id), false)"
    allow("app", "sees", "site_checks", f"{own} OR ({shared})")
    allow("app", "adds", "site_checks", f"{held} AND (SELECT acts_for_commissioner())")
    allow("app", "changes", "site_checks", held)
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT ON site_checks TO {app}")
    op.execute(f"GRANT UPDATE (withdrawn_at, withdrawn_reason, version) ON site_checks TO {app}")


def add_site_checks() -> None:
    op.create_table(
        "site_checks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="staff-checks, visit, insurance …"),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=False, comment="Who looked, and what they are"),
        sa.Column("what", sa.Text(), nullable=False, comment="What was seen; names no child"),
        sa.Column(
            "usable_until",
            sa.Date(),
            nullable=False,
            comment="The last day; see rules.site_checks",
        ),
        sa.Column(
            "is_shared",
            sa.Boolean(),
            nullable=False,
            comment="With every organisation of the same trust or authority",
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "kind IN ('staff-checks', 'visit', 'insurance', 'safeguarding-policy', 'health-and-safety', 'fire-risk', 'first-aid')",
            name=op.f("site_checks_kind_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(seen_by)) > 0", name=op.f("site_checks_seen_by_somebody_check")
        ),
        sa.CheckConstraint(
            "length(btrim(what)) > 0", name=op.f("site_checks_says_something_check")
        ),
        sa.CheckConstraint(
            "usable_until >= seen_on", name=op.f("site_checks_usable_in_order_check")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("site_checks_withdrawn_for_some_reason_check"),
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("site_checks_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("site_checks_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("site_checks_pkey")),
    )
    op.create_index(
        "site_checks_commissioner_id_id_idx", "site_checks", ["commissioner_id", "id"], unique=False
    )
    op.create_index(
        "site_checks_site_id_kind_idx",
        "site_checks",
        ["site_id", "kind", "usable_until"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("site_checks")
    op.execute("DROP FUNCTION shares_root_with(uuid)")
