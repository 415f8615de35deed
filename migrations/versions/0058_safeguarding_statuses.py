"""How live placements stood when somebody looked last; the provider's part; who notices told."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0058"
down_revision = "0063"

TABLES = ("safeguarding_statuses", "provider_safeguarding_items")
LONDON_TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
BY_PLACEMENT = {
    "reviews_due": "INSERT OR UPDATE",
    "review_openings": "INSERT OR UPDATE",
    "duty_contacts": "INSERT",
    "duty_periods": "INSERT OR UPDATE",
    "safeguarding_items": "INSERT",
    "urgent_starts": "INSERT",
    "placement_timetables": "INSERT",
    "funding_arrangements": "INSERT OR UPDATE",
    "placement_notices": "INSERT",
    "notice_sendings": "INSERT",
}
TOUCHES = {
    "touch_by_placement": BY_PLACEMENT,
    "touch_by_child": {"safe_contacts": "INSERT", "child_circumstances": "INSERT OR UPDATE"},
    "touch_by_site": {
        "site_checks": "INSERT OR UPDATE",
        "sites": "UPDATE OF version, provider_id",
    },
    "touch_by_provider": {"concerns": "INSERT OR UPDATE", "listings": "UPDATE OF state"},
    "touch_by_closure": {"attendance_closures": "INSERT OR UPDATE"},
    "keep_safeguarding_status": {"placements": "INSERT OR UPDATE"},
}
"""Which act on which table makes a placement one to be looked at anew."""


def upgrade() -> None:
    add_statuses()
    add_provider_items()
    op.execute(
        "CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON provider_safeguarding_items "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "INSERT INTO safeguarding_statuses (placement_id, commissioner_id, status, touched, "
        f"settled, swept_on) SELECT id, commissioner_id, 'red', 1, 0, {LONDON_TODAY} "
        "FROM placements WHERE ended_on IS NULL"
    )
    touch()
    tell_facts()
    protect(*TABLES)
    app, worker = role("app"), role("worker")
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "safeguarding_statuses", f"{own} OR may_see_placement(placement_id)")
    allow_all_rows("worker", "sees changes", "safeguarding_statuses")
    seen = "may_see_attendance(placement_id) OR provides_place(placement_id)"
    acting = "organisation_id = (SELECT acting_organisation())"
    allow("app", "sees", "provider_safeguarding_items", seen)
    allow(
        "app",
        "adds",
        "provider_safeguarding_items",
        f"provides_place(placement_id) AND {acting}",
    )
    op.execute(f"GRANT SELECT ON safeguarding_statuses TO {app}, {worker}")
    op.execute(f"GRANT UPDATE (status, settled, swept_on) ON safeguarding_statuses TO {worker}")
    op.execute(f"GRANT SELECT, INSERT ON provider_safeguarding_items TO {app}")


def touch() -> None:
    """Mark, in the transaction of whatever changes it, that a placement is looked at anew."""
    op.execute("""
        CREATE FUNCTION touch_statuses(ids uuid[]) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN  -- in one order, so that no two who touch several wait for each other
          PERFORM FROM safeguarding_statuses s WHERE s.placement_id = ANY (ids)
            ORDER BY s.placement_id FOR UPDATE;
          UPDATE safeguarding_statuses s SET touched = s.touched + 1
            WHERE s.placement_id = ANY (ids);
        END $$""")
    op.execute("REVOKE ALL ON FUNCTION touch_statuses(uuid[]) FROM PUBLIC")
    trigger_function(
        "touch_by_placement()",
        "PERFORM touch_statuses(ARRAY[NEW.placement_id]); RETURN NULL;",
    )
    trigger_function(
        "touch_by_child()",
        "PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p "
        "WHERE p.child_id = NEW.child_id AND p.ended_on IS NULL)); RETURN NULL;",
    )
    trigger_function(
        "touch_by_site()",
        "IF TG_TABLE_NAME = 'sites' THEN at := NEW.id; ELSE at := NEW.site_id; END IF; "
        "PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p "
        "WHERE p.site_id = at AND p.ended_on IS NULL)); RETURN NULL;",
        "at uuid;",
    )
    trigger_function(
        "touch_by_provider()",
        "PERFORM touch_statuses(ARRAY(SELECT p.id FROM sites s JOIN placements p "
        "ON p.site_id = s.id WHERE s.provider_id = NEW.provider_id AND p.ended_on IS NULL)); "
        "RETURN NULL;",
    )
    trigger_function(
        "touch_by_closure()",
        "PERFORM touch_statuses(ARRAY(SELECT p.id FROM placements p WHERE p.ended_on IS NULL "
        "AND (p.id = NEW.placement_id OR p.site_id = NEW.site_id "
        "OR p.commissioner_id = NEW.commissioner_id OR EXISTS (SELECT FROM placement_timetables t "
        "JOIN placement_sessions e ON e.timetable_id = t.id "
        "WHERE t.placement_id = p.id AND e.site_id = NEW.site_id)))); RETURN NULL;",
    )
    trigger_function(
        "touch_by_facts()",
        "PERFORM touch_statuses(ARRAY(SELECT DISTINCT f.placement_id FROM added f)); RETURN NULL;",
    )
    trigger_function(
        "keep_safeguarding_status()",
        "IF NEW.ended_on IS NOT NULL THEN "
        "DELETE FROM safeguarding_statuses WHERE placement_id = NEW.id; "
        "ELSIF TG_OP = 'INSERT' THEN "
        "INSERT INTO safeguarding_statuses "
        "(placement_id, commissioner_id, status, touched, settled, swept_on) "
        f"VALUES (NEW.id, NEW.commissioner_id, 'red', 1, 0, {LONDON_TODAY}); "
        "ELSE PERFORM touch_statuses(ARRAY[NEW.id]); END IF; RETURN NULL;",
    )
    for name, tables in TOUCHES.items():
        for table, moments in tables.items():
            op.execute(
                f"CREATE TRIGGER safeguarding_touched AFTER {moments} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
    op.execute(
        "CREATE TRIGGER safeguarding_touched AFTER INSERT ON attendance_facts "
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION touch_by_facts()"
    )


def trigger_function(signature: str, body: str, declared: str = "") -> None:
    """Make a function of triggers that acts as the owner of the tables."""
    op.execute(
        f"CREATE FUNCTION {signature} RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = pg_catalog, public AS $$ DECLARE {declared} BEGIN {body} END $$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")


def tell_facts() -> None:
    function(
        "provider_place(placement uuid)",
        "TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, delivery text)",
        """
        SELECT p.commissioner_id, p.child_id, k.sealed_key, p.delivery
        FROM placements p JOIN children k ON k.id = p.child_id
        WHERE p.id = placement AND p.ended_on IS NULL AND owns_site(p.site_id)
        """,
        "app",
    )
    function(
        "told_by_notices(child uuid, assessment uuid)",
        "TABLE(kind text, given_at timestamptz)",
        """
        SELECT n.kind, min(g.given_at) FROM placements p
        JOIN placement_notices n ON n.placement_id = p.id
        JOIN notice_sendings g ON g.notice_id = n.id AND g.outcome = 'sent'
        WHERE p.child_id = child AND (p.assessment_id = assessment
            OR (p.assessment_id IS NULL AND p.ended_on IS NULL))
          AND NOT EXISTS (SELECT FROM notice_sendings l WHERE l.corrects = g.id)
          AND may_see_placement(p.id)
        GROUP BY n.kind
        """,
        "app",
    )


def add_statuses() -> None:
    op.create_table(
        "safeguarding_statuses",
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="As it stood when it was looked at last"
        ),
        sa.Column(
            "touched", sa.BigInteger(), nullable=False, comment="Counts acts that may change it"
        ),
        sa.Column(
            "settled",
            sa.BigInteger(),
            nullable=False,
            comment="How many of them the status takes into account",
        ),
        sa.Column("swept_on", sa.Date(), nullable=False, comment="On which day it was looked at"),
        sa.CheckConstraint(
            "status IN ('green', 'amber', 'red')",
            name=op.f("safeguarding_statuses_status_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"],
            ["organisations.id"],
            name=op.f("safeguarding_statuses_commissioner_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("safeguarding_statuses_placement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("safeguarding_statuses_pkey")),
    )
    op.create_index(
        "safeguarding_statuses_commissioner_id_idx",
        "safeguarding_statuses",
        ["commissioner_id", "placement_id"],
        unique=False,
    )
    op.create_index(
        "safeguarding_statuses_swept_on_idx",
        "safeguarding_statuses",
        ["swept_on", "placement_id"],
        unique=False,
    )
    op.create_index(
        "safeguarding_statuses_unsettled_idx",
        "safeguarding_statuses",
        ["placement_id"],
        unique=False,
        postgresql_where="touched <> settled",
    )


def add_provider_items() -> None:
    op.create_table(
        "provider_safeguarding_items",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False, comment="One that is the provider's, too"),
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
            "item ~ '^SG([1-9]|1[0-9]|2[0-2])$'",
            name=op.f("provider_safeguarding_items_item_known_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(done_on, next_due) > 0",
            name=op.f("provider_safeguarding_items_says_something_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28",
            name=op.f("provider_safeguarding_items_encrypted_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("provider_safeguarding_items_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("provider_safeguarding_items_placement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_safeguarding_items_pkey")),
        sa.UniqueConstraint(
            *("placement_id", "item", "version"),
            name=op.f("provider_safeguarding_items_placement_id_item_version_key"),
        ),
    )
    op.create_index(
        op.f("provider_safeguarding_items_organisation_id_idx"),
        "provider_safeguarding_items",
        ["organisation_id"],
        unique=False,
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER safeguarding_touched ON attendance_facts")
    for name, tables in TOUCHES.items():
        for table in tables:
            op.execute(f"DROP TRIGGER safeguarding_touched ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP FUNCTION touch_by_facts()")
    op.execute("DROP FUNCTION touch_statuses(uuid[])")
    op.execute("DROP FUNCTION told_by_notices(uuid, uuid)")
    op.execute("DROP FUNCTION provider_place(uuid)")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
