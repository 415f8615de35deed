"""Reviews of placements: when each is due, what was found, and what opened one."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0053"
down_revision = "0052"

TABLES = (
    "reviews_due",
    "placement_reviews",
    "review_contributions",
    "review_openings",
    "review_watches",
)
APPEND_ONLY = ("placement_reviews", "review_contributions")


def upgrade() -> None:
    add_reviews_due()
    add_placement_reviews()
    add_review_contributions()
    add_review_openings()
    add_review_watches()
    for table in APPEND_ONLY:
        keep(table)
    function(
        "placed_among(providers uuid[])",
        "SETOF uuid",
        """
        SELECT DISTINCT s.provider_id FROM sites s JOIN placements p ON p.site_id = s.id
        WHERE s.provider_id = ANY (providers) AND p.ended_on IS NULL
        """,
        *("app", "operator", "publisher", "worker"),
    )
    function(
        "review_child_key(placement uuid)",
        "TABLE(child_id uuid, sealed_key bytea)",
        """
        SELECT k.id, k.sealed_key FROM placements p JOIN children k ON k.id = p.child_id
        WHERE p.id = placement AND p.ended_on IS NULL AND owns_site(p.site_id)
        """,
        "app",
    )
    function(
        "provides_place(placement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM placements p WHERE p.id = placement AND p.ended_on IS NULL
                       AND owns_site(p.site_id))
        """,
        "app",
    )
    protect_rows()
    grant()


def keep(table: str) -> None:
    for name, moment, each in (
        ("append_only", "DELETE OR UPDATE", "ROW"),
        ("never_emptied", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH {each} "
            "EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def protect_rows() -> None:
    protect(*TABLES)
    sees, holds = "may_see_placement(placement_id)", "holds_placement(placement_id)"
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "reviews_due", f"{own} OR {sees}")
    for verb in ("adds", "changes", "removes"):
        allow("app", verb, "reviews_due", holds)
    for table in ("placement_reviews", "review_contributions", "review_openings"):
        allow("app", "sees", table, sees)
    allow("app", "adds", "placement_reviews", holds)
    allow("app", "adds", "review_contributions", "provides_place(placement_id)")
    allow("app", "changes", "review_openings", holds)
    for table in ("placements", "site_outcomes"):
        op.execute(
            f"CREATE POLICY worker_reviews ON {table} FOR SELECT TO {role('worker')} USING (true)"
        )
    allow_all_rows("worker", "sees adds changes", "reviews_due", "review_watches")
    allow_all_rows("worker", "sees adds", "review_openings")


def grant() -> None:
    app, worker = role("app"), role("worker")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON reviews_due TO {app}")
    op.execute(f"GRANT SELECT, INSERT ON placement_reviews, review_contributions TO {app}")
    op.execute(
        "GRANT SELECT, UPDATE (acknowledged_at, acknowledged_by_name, settled_on) "
        f"ON review_openings TO {app}"
    )
    op.execute(
        f"GRANT SELECT (id, commissioner_id, site_id, starts_on, ended_on) ON placements TO {worker}"
    )
    op.execute(f"GRANT SELECT (site_id, outcome) ON site_outcomes TO {worker}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE (next_on) ON reviews_due TO {worker}")
    op.execute(f"GRANT SELECT, INSERT ON review_openings TO {worker}")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE (status, outcomes, documents_out, looked_at) "
        f"ON review_watches TO {worker}"
    )


def add_reviews_due() -> None:
    op.create_table(
        "reviews_due",
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column(
            "counted_from", sa.Date(), nullable=False, comment="The last review, or the first day"
        ),
        sa.Column("next_on", sa.Date(), nullable=False, comment="By when"),
        sa.Column("latest_on", sa.Date(), nullable=False, comment="Never later than this"),
        sa.Column("approximate", sa.Boolean(), nullable=False, comment="School days were guessed"),
        sa.CheckConstraint("next_on <= latest_on", name=op.f("reviews_due_within_the_limit_check")),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("reviews_due_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("reviews_due_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("reviews_due_pkey")),
    )
    op.create_index(
        "reviews_due_commissioner_idx",
        "reviews_due",
        ["commissioner_id", "next_on", "placement_id"],
        unique=False,
    )
    op.create_index(
        "reviews_due_next_on_idx", "reviews_due", ["next_on", "placement_id"], unique=False
    )


def add_placement_reviews() -> None:
    op.create_table(
        "placement_reviews",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False, comment="The commissioner's own"),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True, comment="Empty where the place ends"),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="Who held it, the child's voice and the rest; AES-256-GCM",
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('continue', 'change', 'end')",
            name=op.f("placement_reviews_decision_known_check"),
        ),
        sa.CheckConstraint(
            "progress IN ('as-planned', 'some', 'none')",
            name=op.f("placement_reviews_progress_known_check"),
        ),
        sa.CheckConstraint(
            "next_on > held_on", name=op.f("placement_reviews_next_afterwards_check")
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("placement_reviews_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("placement_reviews_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("placement_reviews_pkey")),
        sa.UniqueConstraint(
            "placement_id", "held_on", name=op.f("placement_reviews_placement_id_held_on_key")
        ),
        sa.UniqueConstraint(
            "placement_id", "reference", name=op.f("placement_reviews_placement_id_reference_key")
        ),
    )


def add_review_contributions() -> None:
    op.create_table(
        "review_contributions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False, comment="AES-256-GCM"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("review_contributions_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("review_contributions_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("review_contributions_pkey")),
    )
    op.create_index(
        "review_contributions_placement_id_idx",
        "review_contributions",
        ["placement_id", "id"],
        unique=False,
    )


def add_review_openings() -> None:
    op.create_table(
        "review_openings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column(
            "settled_on",
            sa.Date(),
            nullable=True,
            comment="The day of the review that followed, or of the placement's end",
        ),
        sa.CheckConstraint(
            "cause IN ('listing', 'outcome', 'document', 'concern', 'suspension')",
            name=op.f("review_openings_cause_known_check"),
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (acknowledged_by_name IS NULL)",
            name=op.f("review_openings_acknowledged_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("review_openings_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("review_openings_pkey")),
    )
    op.create_index(
        "review_openings_open_key",
        "review_openings",
        ["placement_id", "cause"],
        unique=True,
        postgresql_where="settled_on IS NULL",
    )
    op.create_index(
        "review_openings_placement_id_idx", "review_openings", ["placement_id", "id"], unique=False
    )


def add_review_watches() -> None:
    op.create_table(
        "review_watches",
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False, comment="Of its sites, in their order"),
        sa.Column("documents_out", sa.Integer(), nullable=False, comment="Documents out of date"),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("review_watches_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("review_watches_pkey")),
    )


def downgrade() -> None:
    worker = role("worker")
    for table in ("placements", "site_outcomes"):
        op.execute(f"DROP POLICY worker_reviews ON {table}")
    op.execute(f"REVOKE SELECT (site_id, outcome) ON site_outcomes FROM {worker}")
    op.execute(
        "REVOKE SELECT (id, commissioner_id, site_id, starts_on, ended_on) ON placements "
        f"FROM {worker}"
    )
    for table in reversed(TABLES):
        op.drop_table(table)
    for signature in (
        "provides_place(uuid)",
        "review_child_key(uuid)",
        "placed_among(uuid[])",
    ):
        op.execute(f"DROP FUNCTION {signature}")
