"""Who answers for a placed child: periods without gap, whom bodies name, and offers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0055"
down_revision = "0054"

TABLES = ("duty_periods", "duty_contacts", "duty_offers")
FUNCTIONS = (
    "safeguarding_lead_of(uuid)",
    "duty_bodies(uuid)",
    "duty_facts(uuid)",
    "offered_duty(uuid, text)",
    "may_see_duties(uuid)",
    "serves_duty(uuid)",
    "bodies_acted_as()",
)
DUTIES = "ARRAY['lead-contact', 'attendance-follow-up']"
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
BEGINS = "least(p.starts_on, (p.recorded_at AT TIME ZONE 'Europe/London')::date)"
KNOWN = "duty IN ('lead-contact', 'attendance-follow-up')"


def upgrade() -> None:
    add_duty_periods()
    add_duty_contacts()
    add_duty_offers()
    op.execute(
        "CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON duty_contacts "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    fill()
    keep_placements_covered()
    say_who_sees()
    protect_rows()
    grant()


def fill() -> None:
    """Let the commissioner answer for what runs, by whoever recorded it or else its lead."""
    op.execute(
        "INSERT INTO duty_periods (id, placement_id, duty, organisation_id, since, recorded_at) "
        f"SELECT gen_random_uuid(), p.id, d.duty, p.commissioner_id, {BEGINS}, p.recorded_at "
        f"FROM placements p CROSS JOIN unnest({DUTIES}) d(duty)"
    )
    op.execute(f"""
        INSERT INTO duty_contacts
          (id, placement_id, duty, organisation_id, name, named_by_name, recorded_at)
        SELECT gen_random_uuid(), p.id, d.duty, p.commissioner_id, n.name, p.recorded_by_name,
          p.recorded_at
        FROM placements p CROSS JOIN unnest({DUTIES}) d(duty)
        JOIN LATERAL (SELECT x.name FROM memberships m JOIN people x ON x.id = m.person_id
          WHERE m.organisation_id = p.commissioner_id AND m.ended_at IS NULL
            AND (x.name = p.recorded_by_name OR 'designated-safeguarding-lead' = ANY (m.roles))
          ORDER BY x.name = p.recorded_by_name DESC, m.person_id LIMIT 1) n ON true
        """)


def keep_placements_covered() -> None:
    """Refuse, at the commit, a day of a placement for which nobody answers."""
    op.execute(f"""
        CREATE FUNCTION refuse_uncovered_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
        DECLARE placement uuid; duties text[] := {DUTIES}; begins date;
        BEGIN
          IF TG_TABLE_NAME = 'placements' THEN
            placement := NEW.id;
          ELSE
            placement := coalesce(NEW.placement_id, OLD.placement_id);
            duties := ARRAY[coalesce(NEW.duty, OLD.duty)];
          END IF;
          SELECT {BEGINS} INTO begins FROM placements p WHERE p.id = placement;
          IF begins IS NOT NULL AND EXISTS (SELECT FROM unnest(duties) d(duty)
            WHERE NOT coalesce((SELECT range_agg(daterange(q.since, q.until, '[]'))
                @> daterange(begins, NULL)
              FROM duty_periods q WHERE q.placement_id = placement AND q.duty = d.duty), false)) THEN
            RAISE EXCEPTION 'nobody answers for % on some day', placement
              USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_periods_cover';
          END IF;
          RETURN NULL;
        END $$""")
    op.execute("REVOKE ALL ON FUNCTION refuse_uncovered_days() FROM PUBLIC")
    op.execute(
        "CREATE CONSTRAINT TRIGGER days_covered AFTER INSERT OR UPDATE OR DELETE ON duty_periods "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_uncovered_days()"
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER days_covered AFTER INSERT ON placements "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "WHEN (NULLIF(current_setting('app.organisation_id', true), '') IS NOT NULL) "
        "EXECUTE FUNCTION refuse_uncovered_days()"
    )


def say_who_sees() -> None:
    function(
        "bodies_acted_as()",
        "uuid[]",
        """
        SELECT coalesce(array_agg(o.id), '{}') FROM organisations o
        WHERE o.id = acting_organisation() OR (o.kind = 'local-authority'
          AND o.la_code = NULLIF(current_setting('app.la_code', true), ''))
        """,
        "app",
    )
    function(
        "serves_duty(placement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM duty_periods d WHERE d.placement_id = placement
            AND d.organisation_id = ANY (bodies_acted_as()))
          OR EXISTS (SELECT FROM duty_offers o WHERE o.placement_id = placement
            AND o.to_organisation_id = ANY (bodies_acted_as()))
        """,
        "app",
    )
    function(
        "may_see_duties(placement uuid)",
        "boolean",
        """
        SELECT may_see_attendance(placement) OR serves_duty(placement)
          OR EXISTS (SELECT FROM placements p WHERE p.id = placement AND owns_site(p.site_id))
        """,
        "app",
    )
    function(
        "offered_duty(placement uuid, of_duty text)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM duty_offers o WHERE o.placement_id = placement
          AND o.duty = of_duty AND o.answer IS NULL
          AND o.to_organisation_id = ANY (bodies_acted_as()))
        """,
        "app",
    )
    function(
        "duty_facts(placement uuid)",
        "TABLE(commissioner_id uuid, child_id uuid, sealed_key bytea, ended_on date)",
        """
        SELECT p.commissioner_id, p.child_id, c.sealed_key, p.ended_on
        FROM placements p JOIN children c ON c.id = p.child_id
        WHERE p.id = placement AND may_see_duties(p.id)
        """,
        "app",
    )
    function(
        "duty_bodies(placement uuid)",
        "TABLE(capacity text, organisation_id uuid)",
        f"""
        SELECT b.capacity, b.organisation_id FROM placements p
        LEFT JOIN LATERAL (SELECT c.* FROM child_circumstances c
          WHERE c.child_id = p.child_id AND c.since <= {TODAY}
          ORDER BY c.since DESC LIMIT 1) c ON true
        CROSS JOIN LATERAL (
          VALUES ('commissioner', p.commissioner_id), ('home-school', c.school_id)
          UNION ALL SELECT a.capacity, o.id
          FROM (VALUES ('home-la', c.home_la_code), ('plan-la', c.plan_la_code),
                       ('corporate-parent', c.care_la_code)) a(capacity, la_code)
          JOIN organisations o ON o.kind = 'local-authority' AND o.la_code = a.la_code
        ) b(capacity, organisation_id)
        WHERE p.id = placement AND b.organisation_id IS NOT NULL AND may_see_duties(p.id)
        """,
        "app",
    )
    function(
        "safeguarding_lead_of(organisation uuid)",
        "text",
        """
        SELECT x.name FROM memberships m JOIN people x ON x.id = m.person_id
        WHERE m.organisation_id = organisation AND organisation = acting_organisation()
          AND m.ended_at IS NULL AND 'designated-safeguarding-lead' = ANY (m.roles)
        ORDER BY m.person_id LIMIT 1
        """,
        "app",
    )


def protect_rows() -> None:
    protect(*TABLES)
    seen = "may_see_duties(placement_id)"
    bodies = "ANY ((SELECT bodies_acted_as())::uuid[])"
    own = f"organisation_id = {bodies}"
    offered = "offered_duty(placement_id, duty)"
    allow("app", "sees", "duty_periods", seen)
    allow("app", "adds", "duty_periods", f"{own} AND (holds_placement(placement_id) OR {offered})")
    allow("app", "changes", "duty_periods", offered)
    allow("app", "sees", "duty_contacts", seen)
    allow("app", "adds", "duty_contacts", f"{own} AND {seen}")
    parties = f"from_organisation_id = {bodies} OR to_organisation_id = {bodies}"
    allow("app", "sees", "duty_offers", f"{parties} OR may_see_placement(placement_id)")
    allow("app", "adds", "duty_offers", f"from_organisation_id = {bodies} AND {seen}")
    allow("app", "changes", "duty_offers", parties)


def grant() -> None:
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT ON duty_periods, duty_contacts, duty_offers TO {app}")
    op.execute(f"GRANT UPDATE (until) ON duty_periods TO {app}")
    op.execute(
        f"GRANT UPDATE (answer, answered_by, answered_by_name, answered_at) ON duty_offers TO {app}"
    )


def add_duty_periods() -> None:
    op.create_table(
        "duty_periods",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False, comment="The first day; London"),
        sa.Column(
            "until",
            sa.Date(),
            nullable=True,
            comment="The last day; empty: until the placement ends",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        ExcludeConstraint(
            (sa.column("placement_id"), "="),
            (sa.column("duty"), "="),
            (sa.text("daterange(since, until, '[]'::text)"), "&&"),
            using="gist",
            name="duty_periods_one_at_a_time_excl",
        ),
        sa.CheckConstraint(KNOWN, name=op.f("duty_periods_duty_known_check")),
        sa.CheckConstraint("until >= since", name=op.f("duty_periods_days_in_order_check")),
        *_of_placement("duty_periods"),
        _organisation("duty_periods", "organisation_id"),
    )
    op.create_index(
        op.f("duty_periods_organisation_id_idx"), "duty_periods", ["organisation_id"], unique=False
    )
    op.create_index(
        "duty_periods_placement_id_idx",
        "duty_periods",
        ["placement_id", "duty", "since"],
        unique=False,
    )


def add_duty_contacts() -> None:
    op.create_table(
        "duty_contacts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=True, comment="What they are there"),
        sa.Column(
            "encrypted_reach",
            sa.LargeBinary(),
            nullable=True,
            comment="Telephone and e-mail, under the child's own key; AES-256-GCM",
        ),
        sa.Column("named_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KNOWN, name=op.f("duty_contacts_duty_known_check")),
        sa.CheckConstraint(
            "octet_length(encrypted_reach) >= 28", name=op.f("duty_contacts_reach_encrypted_check")
        ),
        *_of_placement("duty_contacts"),
        _organisation("duty_contacts", "organisation_id"),
    )
    op.create_index(
        op.f("duty_contacts_organisation_id_idx"),
        "duty_contacts",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "duty_contacts_placement_id_idx",
        "duty_contacts",
        ["placement_id", "recorded_at"],
        unique=False,
    )


def add_duty_offers() -> None:
    op.create_table(
        "duty_offers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("from_organisation_id", sa.UUID(), nullable=False),
        sa.Column("to_organisation_id", sa.UUID(), nullable=False),
        sa.Column(
            "since", sa.Date(), nullable=False, comment="From the beginning of this day; London"
        ),
        sa.Column("offered_by", sa.UUID(), nullable=False),
        sa.Column("offered_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KNOWN, name=op.f("duty_offers_duty_known_check")),
        sa.CheckConstraint(
            "answer IN ('accepted', 'refused', 'withdrawn')",
            name=op.f("duty_offers_answer_known_check"),
        ),
        sa.CheckConstraint(
            "to_organisation_id <> from_organisation_id", name=op.f("duty_offers_to_another_check")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer IS NULL) = (answered_by_name IS NULL)",
            name=op.f("duty_offers_answered_whole_check"),
        ),
        *_of_placement("duty_offers"),
        _organisation("duty_offers", "from_organisation_id"),
        _organisation("duty_offers", "to_organisation_id"),
        sa.ForeignKeyConstraint(
            ["offered_by"], ["people.id"], name=op.f("duty_offers_offered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("duty_offers_answered_by_fkey")
        ),
    )
    for column in ("from_organisation_id", "to_organisation_id", "offered_by", "answered_by"):
        op.create_index(op.f(f"duty_offers_{column}_idx"), "duty_offers", [column], unique=False)
    op.create_index(
        "duty_offers_open_key",
        "duty_offers",
        ["placement_id", "duty"],
        unique=True,
        postgresql_where="answer IS NULL",
    )
    op.create_index(
        "duty_offers_placement_id_idx", "duty_offers", ["placement_id", "id"], unique=False
    )


def _of_placement(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f(f"{table}_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"{table}_pkey")),
    )


def _organisation(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], ["organisations.id"], name=op.f(f"{table}_{column}_fkey")
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER days_covered ON placements")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION refuse_uncovered_days()")
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
