"""What is done to keep placed children safe, and starts that could not wait for it."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0056"
down_revision = "0055"

TABLES = ("safeguarding_items", "urgent_starts")
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def upgrade() -> None:
    add_safeguarding_items()
    add_urgent_starts()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    tell_facts()
    protect(*TABLES)
    seen = "may_see_attendance(placement_id)"
    body = "organisation_id = ANY ((SELECT bodies_acted_as())::uuid[])"
    for table in TABLES:
        allow("app", "sees", table, seen)
    allow("app", "adds", "safeguarding_items", f"{body} AND {seen}")
    allow("app", "adds", "urgent_starts", "holds_placement(placement_id)")
    op.execute(f"GRANT SELECT, INSERT ON safeguarding_items, urgent_starts TO {role('app')}")


def tell_facts() -> None:
    """Tell what a placement's safety is judged by; who raised a concern is not among it."""

    def checked(kind: str) -> str:
        return f"""
        LEFT JOIN LATERAL (SELECT s.seen_on, s.usable_until FROM site_checks s
          WHERE s.site_id = p.site_id AND s.kind = '{kind}' AND s.withdrawn_at IS NULL
            AND s.seen_on <= safeguarding_facts.day AND (s.commissioner_id = p.commissioner_id
              OR (s.is_shared AND root_of(s.commissioner_id) = root_of(p.commissioner_id)))
          ORDER BY s.usable_until DESC LIMIT 1)"""

    function(
        "safeguarding_facts(placement uuid, day date)",
        "TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, starts_on date, "
        "ended_on date, delivery text, route text, by_authority boolean, plan_or_care boolean, "
        "transported boolean, severities text[], suspended boolean, named_on date, "
        "staff_seen date, staff_until date, visit_seen date, visit_until date, "
        "review_from date, review_by date, opened_on date)",
        f"""
        SELECT p.commissioner_id, p.child_id, k.sealed_key, p.starts_on, p.ended_on, p.delivery,
          p.route, o.kind IN ('local-authority', 'local-authority-team'),
          c.plan_la_code IS NOT NULL OR c.care_la_code IS NOT NULL,
          EXISTS (SELECT FROM funding_arrangements f WHERE f.placement_id = p.id
            AND f.kind = 'transport' AND f.until >= safeguarding_facts.day),
          (SELECT array_agg(n.severity) FROM concerns n
            WHERE n.provider_id = t.provider_id AND n.closed_at IS NULL),
          EXISTS (SELECT FROM listings l JOIN interim_suspensions i ON i.listing_id = l.id
            WHERE l.provider_id = t.provider_id AND l.state = 'suspended'),
          (SELECT (max(d.recorded_at) AT TIME ZONE 'Europe/London')::date FROM duty_contacts d
            WHERE d.placement_id = p.id AND d.duty = 'lead-contact'
              AND d.organisation_id = (SELECT q.organisation_id FROM duty_periods q
                WHERE q.placement_id = p.id AND q.duty = 'lead-contact'
                  AND safeguarding_facts.day
                    BETWEEN q.since AND coalesce(q.until, 'infinity'::date) LIMIT 1)),
          a.seen_on, a.usable_until, v.seen_on, v.usable_until, r.counted_from, r.next_on,
          (SELECT min(w.opened_on) FROM review_openings w WHERE w.placement_id = p.id
            AND w.settled_on IS NULL AND w.cause IN ('concern', 'suspension'))
        FROM placements p JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id JOIN sites t ON t.id = p.site_id
        LEFT JOIN LATERAL (SELECT x.* FROM child_circumstances x WHERE x.child_id = p.child_id
          AND x.since <= {TODAY} ORDER BY x.since DESC LIMIT 1) c ON true
        {checked("staff-checks")} a ON true
        {checked("visit")} v ON true
        LEFT JOIN reviews_due r ON r.placement_id = p.id
        WHERE p.id = placement AND may_see_attendance(p.id)
        """,
        "app",
    )


def add_safeguarding_items() -> None:
    op.create_table(
        "safeguarding_items",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False, comment="SG1 to SG22; see rules.safeguarding"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; 1 is: nothing yet"
        ),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="Which body says so"),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="What was done, by whom, the evidence; AES-256-GCM",
        ),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "item ~ '^SG([1-9]|1[0-9]|2[0-2])$'", name=op.f("safeguarding_items_item_known_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(done_on, next_due) > 0",
            name=op.f("safeguarding_items_says_something_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("safeguarding_items_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("safeguarding_items_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("safeguarding_items_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("safeguarding_items_pkey")),
        sa.UniqueConstraint(
            "placement_id",
            "item",
            "version",
            name=op.f("safeguarding_items_placement_id_item_version_key"),
        ),
    )
    op.create_index(
        op.f("safeguarding_items_organisation_id_idx"),
        "safeguarding_items",
        ["organisation_id"],
        unique=False,
    )


def add_urgent_starts() -> None:
    op.create_table(
        "urgent_starts",
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("complete_by", sa.Date(), nullable=False),
        sa.Column("encrypted", sa.LargeBinary(), nullable=False, comment="Why; AES-256-GCM"),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("urgent_starts_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("urgent_starts_placement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("urgent_starts_recorded_by_fkey")
        ),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("urgent_starts_pkey")),
    )
    op.create_index(
        op.f("urgent_starts_recorded_by_idx"), "urgent_starts", ["recorded_by"], unique=False
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION safeguarding_facts(uuid, date)")
