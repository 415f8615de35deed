"""Who pays for placements: arrangements, their terms and payers, signatures and disputes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0048"
down_revision = "0047"

TABLES = (
    "funding_arrangements",
    "funding_terms",
    "funding_payers",
    "funding_budgets",
    "funding_recoveries",
    "funding_overrides",
    "funding_signatures",
    "funding_disputes",
    "interim_payers",
)
APPEND_ONLY = (
    "funding_terms",
    "funding_payers",
    "funding_budgets",
    "funding_recoveries",
    "funding_signatures",
)
FUNCTIONS = (
    "note_interim_payers(date)",
    "invoiced_meanwhile(uuid)",
    "provider_funding(uuid, uuid, integer)",
    "funding_gaps(uuid, date, integer)",
    "funding_child_key(uuid)",
    "funded_placements(uuid[])",
    "pays_part(uuid, smallint, smallint)",
    "may_see_funding(uuid)",
    "provides_for(uuid)",
    "holds_funding(uuid)",
    "pays_for(uuid)",
    "paying_organisations()",
)


def upgrade() -> None:
    add_funding_arrangements()
    add_funding_terms()
    add_funding_payers()
    add_funding_budgets()
    add_funding_recoveries()
    add_funding_overrides()
    add_funding_signatures()
    add_funding_disputes()
    add_interim_payers()
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    keep_shares_whole()
    keep_terms_the_commissioners()
    say_who_pays()
    tell_what_payers_may_know()
    protect_rows()
    grant()


def keep_shares_whole() -> None:
    op.execute("""
        CREATE FUNCTION refuse_partial_shares() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public AS $$
        DECLARE terms record;
        BEGIN
          IF TG_TABLE_NAME = 'funding_terms' THEN terms := NEW;
          ELSE
            SELECT * INTO terms FROM funding_terms t
            WHERE t.arrangement_id = NEW.arrangement_id AND t.number = NEW.terms_number;
          END IF;
          IF terms.estimate_pence IS DISTINCT FROM (
            SELECT sum(p.amount_pence) FROM funding_payers p
            WHERE p.arrangement_id = terms.arrangement_id AND p.terms_number = terms.number) THEN
            RAISE EXCEPTION 'the payers of % do not pay the estimate', terms.arrangement_id
              USING ERRCODE = 'check_violation', CONSTRAINT = 'funding_shares_whole';
          END IF;
          RETURN NULL;
        END $$""")
    for table in ("funding_terms", "funding_payers"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER shares_whole AFTER INSERT ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_partial_shares()"
        )


def keep_terms_the_commissioners() -> None:
    """A payer says that it has signed, and changes nothing of what is signed."""
    op.execute("""
        CREATE FUNCTION refuse_change_by_payer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF acting_organisation() IS NOT NULL AND NOT holds_placement(OLD.placement_id)
             AND (NEW.since, NEW.until, NEW.terms_number, NEW.amounts_of, NEW.hours_changed_on)
               IS DISTINCT FROM
               (OLD.since, OLD.until, OLD.terms_number, OLD.amounts_of, OLD.hours_changed_on) THEN
            RAISE EXCEPTION 'only the commissioner changes what is agreed'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$""")
    op.execute(
        "CREATE TRIGGER terms_are_the_commissioners BEFORE UPDATE ON funding_arrangements "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_by_payer()"
    )


def say_who_pays() -> None:
    function(
        "paying_organisations()",
        "uuid[]",
        """
        SELECT organisations_acted_for() || coalesce((
          SELECT array_agg(o.id) FROM organisations o
          WHERE o.kind = 'local-authority'
            AND o.la_code = NULLIF(current_setting('app.la_code', true), '')), '{}')
        """,
        "app",
    )
    function(
        "pays_for(arrangement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM funding_arrangements a JOIN funding_payers p
            ON p.arrangement_id = a.id AND p.terms_number = a.terms_number
          WHERE a.id = arrangement AND p.organisation_id = ANY (paying_organisations()))
          OR EXISTS (SELECT FROM funding_disputes d WHERE d.arrangement_id = arrangement
            AND d.organisation_id = ANY (paying_organisations()))
        """,
        "app",
    )
    function(
        "holds_funding(arrangement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM funding_arrangements a WHERE a.id = arrangement
                       AND holds_placement(a.placement_id))
        """,
        "app",
    )
    function(
        "provides_for(arrangement uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM funding_arrangements a JOIN placements p ON p.id = a.placement_id
                       WHERE a.id = arrangement AND owns_site(p.site_id))
        """,
        "app",
    )
    function(
        "may_see_funding(arrangement uuid)",
        "boolean",
        """
        SELECT pays_for(arrangement) OR EXISTS (SELECT FROM funding_arrangements a
          WHERE a.id = arrangement AND may_see_placement(a.placement_id))
        """,
        "app",
    )
    function(
        "pays_part(arrangement uuid, terms smallint, payer smallint)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM funding_payers p WHERE p.arrangement_id = arrangement
          AND p.terms_number = terms AND p.number = payer
          AND p.organisation_id = ANY (paying_organisations()))
        """,
        "app",
    )


def tell_what_payers_may_know() -> None:
    """Of the child a payer learns the commissioner's own reference, and a provider not even that."""
    function(
        "funded_placements(wanted uuid[])",
        "TABLE(placement_id uuid, commissioner_id uuid, commissioner text, reference text, "
        "child_reference text, provider text, provider_name text, site smallint, route text, "
        "starts_on date, planned_end_on date, ended_on date, weekly_minutes integer, "
        "days smallint[])",
        """
        SELECT p.id, p.commissioner_id, o.name, p.reference, CASE WHEN of_it.known THEN k.reference END,
          v.number, v.name, s.reference, p.route, p.starts_on, p.planned_end_on, p.ended_on,
          coalesce(week.minutes, 0), coalesce(week.days, '{}')
        FROM placements p
        JOIN organisations o ON o.id = p.commissioner_id
        JOIN children k ON k.id = p.child_id
        JOIN sites s ON s.id = p.site_id
        JOIN providers v ON v.id = s.provider_id
        CROSS JOIN LATERAL (SELECT may_see_placement(p.id) OR EXISTS (
          SELECT FROM funding_arrangements a WHERE a.placement_id = p.id AND pays_for(a.id))
          AS known) of_it
        LEFT JOIN LATERAL (
          SELECT (sum(extract(epoch FROM n.ends - n.starts)) / 60)::integer AS minutes,
            array_agg(DISTINCT n.weekday ORDER BY n.weekday) AS days
          FROM placement_sessions n WHERE n.timetable_id = (
            SELECT t.id FROM placement_timetables t WHERE t.placement_id = p.id
            ORDER BY t.since <= (now() AT TIME ZONE 'Europe/London')::date DESC,
              CASE WHEN t.since <= (now() AT TIME ZONE 'Europe/London')::date THEN t.since END DESC,
              t.since
            LIMIT 1)) week ON true
        WHERE p.id = ANY (wanted) AND (of_it.known OR owns_site(p.site_id))
        """,
        "app",
    )
    function(
        "funding_child_key(arrangement uuid)",
        "TABLE(child_id uuid, sealed_key bytea)",
        """
        SELECT k.id, k.sealed_key FROM funding_arrangements a
        JOIN placements p ON p.id = a.placement_id JOIN children k ON k.id = p.child_id
        WHERE a.id = arrangement AND may_see_funding(a.id)
        """,
        "app",
    )
    function(
        "funding_gaps(before uuid, today date, most integer)",
        "TABLE(placement_id uuid, gaps datemultirange)",
        """
        SELECT p.id, left_over.gaps FROM placements p CROSS JOIN LATERAL (
          SELECT datemultirange(daterange(p.starts_on,
              coalesce(p.ended_on, p.planned_end_on, greatest(p.starts_on, today)), '[]'))
            - coalesce(range_agg(daterange(a.since, a.until, '[]')), '{}') AS gaps
          FROM funding_arrangements a WHERE a.placement_id = p.id AND a.kind = 'education'
        ) left_over
        WHERE (before IS NULL OR p.id < before)
          AND p.end_reason IS DISTINCT FROM 'recorded-by-mistake'
          AND NOT isempty(left_over.gaps)
          AND (p.commissioner_id = ANY (organisations_acted_for()) OR p.id IN (
            SELECT a.placement_id FROM funding_arrangements a JOIN funding_payers y
              ON y.arrangement_id = a.id AND y.terms_number = a.terms_number
            WHERE y.organisation_id = ANY (paying_organisations())))
        ORDER BY p.id DESC LIMIT most
        """,
        "app",
    )
    function(
        "provider_funding(provider uuid, before uuid, most integer)",
        "SETOF uuid",
        """
        SELECT a.id FROM placements p JOIN funding_arrangements a ON a.placement_id = p.id
        WHERE p.site_id IN (SELECT s.id FROM sites s WHERE s.provider_id = provider)
          AND owns_provider(provider) AND (before IS NULL OR a.id < before)
        ORDER BY a.id DESC LIMIT most
        """,
        "app",
    )
    function(
        "invoiced_meanwhile(arrangement uuid)",
        "TABLE(party text, name text)",
        """
        SELECT i.party, o.name FROM interim_payers i LEFT JOIN organisations o
          ON o.id = i.organisation_id
        WHERE i.arrangement_id = arrangement AND i.until IS NULL AND provides_for(arrangement)
        """,
        "app",
    )
    op.execute("""
        CREATE FUNCTION note_interim_payers(today date) RETURNS integer
        LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
          WITH noted AS (
            INSERT INTO interim_payers (id, arrangement_id, party, organisation_id, rule, because,
              without_prejudice, since, recorded_at)
            SELECT gen_random_uuid(), a.id, t.law_party, t.law_organisation_id, t.owed_by_rule,
              'signature-missing', true, a.since, now()
            FROM funding_arrangements a
            JOIN funding_terms t ON t.arrangement_id = a.id AND t.number = a.terms_number
            JOIN placements p ON p.id = a.placement_id
            WHERE a.kind = 'education' AND a.agreed_at IS NULL AND t.owed_by_rule IS NOT NULL
              AND today BETWEEN a.since AND a.until
              AND (p.ended_on IS NULL OR p.ended_on >= today)
            ON CONFLICT (arrangement_id) WHERE until IS NULL DO NOTHING
            RETURNING 1)
          SELECT count(*)::integer FROM noted
        $$""")
    op.execute("REVOKE ALL ON FUNCTION note_interim_payers(date) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION note_interim_payers(date) TO {role('worker')}")


def protect_rows() -> None:
    protect(*TABLES)
    held, seen = "holds_funding(arrangement_id)", "may_see_funding(arrangement_id)"
    of_whom = "may_see_placement(placement_id)"
    provided = "provides_for(arrangement_id)"
    own_part = "pays_part(arrangement_id, terms_number, payer_number)"
    by_person = "= (SELECT acting_person())"
    allow("app", "sees", "funding_arrangements", f"{of_whom} OR pays_for(id) OR provides_for(id)")
    allow("app", "adds", "funding_arrangements", "holds_placement(placement_id)")
    allow("app", "changes", "funding_arrangements", "holds_placement(placement_id) OR pays_for(id)")
    for table in ("funding_terms", "funding_payers"):
        allow("app", "sees", table, f"{seen} OR {provided}")
        allow("app", "adds", table, held)
    of_terms = "(SELECT a.placement_id FROM funding_arrangements a WHERE a.id = arrangement_id)"
    allow("app", "sees", "funding_budgets", f"may_see_placement({of_terms}) OR {own_part}")
    allow("app", "adds", "funding_budgets", held)
    for table in ("funding_recoveries", "funding_overrides", "interim_payers"):
        allow("app", "sees", table, seen)
    allow("app", "adds", "funding_recoveries", held)
    allow("app", "adds", "funding_overrides", f"{held} AND proposed_by {by_person}")
    allow("app", "changes", "funding_overrides", held)
    payer = "pays_for(arrangement_id)"
    allow("app", "adds", "interim_payers", f"{held} OR {payer}")
    allow("app", "changes", "interim_payers", f"{held} OR {payer}")
    allow("app", "sees", "funding_signatures", seen)
    allow("app", "adds", "funding_signatures", f"({held} OR {own_part}) AND signed_by {by_person}")
    allow("app", "sees", "funding_disputes", seen)
    allow("app", "adds", "funding_disputes", f"({held} OR {own_part}) AND opened_by {by_person}")
    allow("app", "changes", "funding_disputes", f"{held} OR {payer}")


def grant() -> None:
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT ON {', '.join(TABLES)} TO {app}")
    op.execute(
        "GRANT UPDATE (since, until, terms_number, amounts_of, hours_changed_on, agreed_at, "
        f"version) ON funding_arrangements TO {app}"
    )
    op.execute(
        "GRANT UPDATE (confirmed_by, confirmed_by_name, confirmed_at) "
        f"ON funding_overrides TO {app}"
    )
    op.execute(
        "GRANT UPDATE (settlement, settled_by, settled_at, decided_by, encrypted_settlement) "
        f"ON funding_disputes TO {app}"
    )
    op.execute(f"GRANT UPDATE (until) ON interim_payers TO {app}")


def add_funding_arrangements() -> None:
    op.create_table(
        "funding_arrangements",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="education, transport or meals"),
        sa.Column(
            "since", sa.Date(), nullable=False, comment="The first day, by its present terms"
        ),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day, by its present terms"),
        sa.Column(
            "terms_number", sa.SmallInteger(), nullable=False, comment="Of its present terms"
        ),
        sa.Column(
            "amounts_of",
            sa.SmallInteger(),
            nullable=False,
            comment="The terms since which the money is the same; what is signed",
        ),
        sa.Column(
            "hours_changed_on",
            sa.Date(),
            nullable=True,
            comment="The timetable changed from this day; to be confirmed. Empty: it did not",
        ),
        sa.Column(
            "agreed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the last payer signed these amounts; empty: one has yet to",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        postgresql.ExcludeConstraint(
            (sa.column("placement_id"), "="),
            (sa.column("kind"), "="),
            (sa.text("daterange(since, until, '[]'::text)"), "&&"),
            using="gist",
            name="funding_arrangements_one_at_a_time_excl",
        ),
        sa.CheckConstraint(
            "kind IN ('education', 'transport', 'meals')",
            name=op.f("funding_arrangements_kind_known_check"),
        ),
        sa.CheckConstraint(
            "amounts_of <= terms_number", name=op.f("funding_arrangements_amounts_in_order_check")
        ),
        sa.CheckConstraint("until >= since", name=op.f("funding_arrangements_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("funding_arrangements_placement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("funding_arrangements_pkey")),
    )
    op.create_index(
        op.f("funding_arrangements_placement_id_idx"),
        "funding_arrangements",
        ["placement_id"],
        unique=False,
    )
    op.create_index(
        "funding_arrangements_unsigned_idx",
        "funding_arrangements",
        ["since"],
        unique=False,
        postgresql_where="agreed_at IS NULL",
    )


def add_funding_terms() -> None:
    op.create_table(
        "funding_terms",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False, comment="1 is the first"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day"),
        sa.Column(
            "unit", sa.Text(), nullable=False, comment="hour, half-day, day, week, term or place"
        ),
        sa.Column("price_pence", sa.BigInteger(), nullable=False, comment="Of one unit"),
        sa.Column("units_a_week", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column(
            "times", sa.SmallInteger(), nullable=False, comment="Weeks; terms; once for a place"
        ),
        sa.Column("estimate_pence", sa.BigInteger(), nullable=False, comment="In all, as computed"),
        sa.Column("vat_note", sa.Text(), nullable=True),
        sa.Column(
            "law_party",
            sa.Text(),
            nullable=True,
            comment="Who pays first by the matrix: see rules.funding; empty for travel and meals",
        ),
        sa.Column(
            "law_organisation_id",
            sa.UUID(),
            nullable=True,
            comment="Which organisation that was, if known",
        ),
        sa.Column(
            "owed_by_rule",
            sa.Text(),
            nullable=True,
            comment="The enactment by which the education is owed; empty: it may be chosen",
        ),
        sa.Column("why", sa.Text(), nullable=True, comment="Of an amendment; names no child"),
        sa.Column("written_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(units_a_week IS NOT NULL) = (unit IN ('hour', 'half-day', 'day'))",
            name=op.f("funding_terms_units_where_counted_check"),
        ),
        sa.CheckConstraint(
            "unit IN ('hour', 'half-day', 'day', 'week', 'term', 'place')",
            name=op.f("funding_terms_unit_known_check"),
        ),
        sa.CheckConstraint(
            "price_pence >= 0 AND estimate_pence >= 0",
            name=op.f("funding_terms_no_negative_sum_check"),
        ),
        sa.CheckConstraint("times > 0", name=op.f("funding_terms_at_least_once_check")),
        sa.CheckConstraint("until >= since", name=op.f("funding_terms_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["arrangement_id"],
            ["funding_arrangements.id"],
            name=op.f("funding_terms_arrangement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["law_organisation_id"],
            ["organisations.id"],
            name=op.f("funding_terms_law_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("arrangement_id", "number", name=op.f("funding_terms_pkey")),
    )
    op.create_index(
        op.f("funding_terms_law_organisation_id_idx"),
        "funding_terms",
        ["law_organisation_id"],
        unique=False,
    )


def add_funding_payers() -> None:
    op.create_table(
        "funding_payers",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column("terms_number", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False, comment="1 pays the provider first"),
        sa.Column(
            "capacity", sa.Text(), nullable=False, comment="As what they pay: see rules.funding"
        ),
        sa.Column("organisation_id", sa.UUID(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True, comment="Of whoever is not on this service"),
        sa.Column(
            "share_basis_points",
            sa.SmallInteger(),
            nullable=True,
            comment="Of 10,000; empty where amounts were agreed",
        ),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False, comment="Together the estimate"),
        sa.Column("order_number", sa.Text(), nullable=True, comment="For the provider's invoice"),
        sa.CheckConstraint(
            "capacity IN ('school', 'trust', 'home-la', 'plan-la', 'corporate-parent', 'health-body', 'college', 'department', 'parent', 'other')",
            name=op.f("funding_payers_capacity_known_check"),
        ),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (name IS NULL)",
            name=op.f("funding_payers_somebody_check"),
        ),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("funding_payers_no_negative_sum_check")),
        sa.CheckConstraint(
            "share_basis_points BETWEEN 0 AND 10000", name=op.f("funding_payers_share_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
            name=op.f("funding_payers_arrangement_id_terms_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("funding_payers_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "arrangement_id", "terms_number", "number", name=op.f("funding_payers_pkey")
        ),
    )
    op.create_index(
        op.f("funding_payers_organisation_id_idx"),
        "funding_payers",
        ["organisation_id"],
        unique=False,
    )


def add_funding_budgets() -> None:
    op.create_table(
        "funding_budgets",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column("terms_number", sa.SmallInteger(), nullable=False),
        sa.Column("payer_number", sa.SmallInteger(), nullable=False),
        sa.Column("budget_line", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "budget_line IN ('school-budget', 'notional-sen', 'pupil-premium', 'pupil-premium-plus', 'high-needs-ap', 'high-needs-top-up', 'early-years', 'icb')",
            name=op.f("funding_budgets_budget_line_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
            name=op.f("funding_budgets_arrangement_id_terms_number_payer_number_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "arrangement_id", "terms_number", "payer_number", name=op.f("funding_budgets_pkey")
        ),
    )


def add_funding_recoveries() -> None:
    op.create_table(
        "funding_recoveries",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column("terms_number", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("from_organisation_id", sa.UUID(), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=True, comment="With its figures, to be read"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Its code: see rules.catalogue"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day"),
        sa.CheckConstraint(
            "basis IN ('exclusion-formula', 'awpu-pro-rata', 'pupil-premium', 'top-up', 'local-agreement')",
            name=op.f("funding_recoveries_basis_known_check"),
        ),
        sa.CheckConstraint(
            "amount_pence >= 0", name=op.f("funding_recoveries_no_negative_sum_check")
        ),
        sa.CheckConstraint("until >= since", name=op.f("funding_recoveries_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
            name=op.f("funding_recoveries_arrangement_id_terms_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["from_organisation_id"],
            ["organisations.id"],
            name=op.f("funding_recoveries_from_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "arrangement_id", "terms_number", "number", name=op.f("funding_recoveries_pkey")
        ),
    )
    op.create_index(
        op.f("funding_recoveries_from_organisation_id_idx"),
        "funding_recoveries",
        ["from_organisation_id"],
        unique=False,
    )


def add_funding_overrides() -> None:
    op.create_table(
        "funding_overrides",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column("terms_number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "encrypted_reason", sa.LargeBinary(), nullable=False, comment="Under the child's key"
        ),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("proposed_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("confirmed_by", sa.UUID(), nullable=True),
        sa.Column("confirmed_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL) AND (confirmed_by IS NULL) = (confirmed_by_name IS NULL)",
            name=op.f("funding_overrides_confirmed_whole_check"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> proposed_by", name=op.f("funding_overrides_by_two_people_check")
        ),
        sa.CheckConstraint(
            "octet_length(encrypted_reason) >= 28", name=op.f("funding_overrides_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number"],
            ["funding_terms.arrangement_id", "funding_terms.number"],
            name=op.f("funding_overrides_arrangement_id_terms_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["people.id"], name=op.f("funding_overrides_confirmed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("funding_overrides_proposed_by_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "arrangement_id", "terms_number", name=op.f("funding_overrides_pkey")
        ),
    )
    op.create_index(
        op.f("funding_overrides_confirmed_by_idx"),
        "funding_overrides",
        ["confirmed_by"],
        unique=False,
    )
    op.create_index(
        op.f("funding_overrides_proposed_by_idx"),
        "funding_overrides",
        ["proposed_by"],
        unique=False,
    )


def add_funding_signatures() -> None:
    op.create_table(
        "funding_signatures",
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column(
            "terms_number",
            sa.SmallInteger(),
            nullable=False,
            comment="The terms since which these amounts hold",
        ),
        sa.Column("payer_number", sa.SmallInteger(), nullable=False),
        sa.Column("signed_name", sa.Text(), nullable=False, comment="Who agreed"),
        sa.Column("signed_on", sa.Date(), nullable=False, comment="On which day"),
        sa.Column(
            "signed_by",
            sa.UUID(),
            nullable=False,
            comment="Who signed here, or wrote down that they did",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(btrim(signed_name)) > 0", name=op.f("funding_signatures_named_check")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
            name=op.f("funding_signatures_arrangement_id_terms_number_payer_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["people.id"], name=op.f("funding_signatures_signed_by_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "arrangement_id", "terms_number", "payer_number", name=op.f("funding_signatures_pkey")
        ),
    )
    op.create_index(
        op.f("funding_signatures_signed_by_idx"), "funding_signatures", ["signed_by"], unique=False
    )


def add_funding_disputes() -> None:
    op.create_table(
        "funding_disputes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column(
            "terms_number", sa.SmallInteger(), nullable=False, comment="The terms that are disputed"
        ),
        sa.Column("payer_number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "payer",
            sa.Text(),
            nullable=False,
            comment="Capacity, and the organisation's id or the name: the same in other terms",
        ),
        sa.Column("organisation_id", sa.UUID(), nullable=True),
        sa.Column(
            "encrypted_reason", sa.LargeBinary(), nullable=False, comment="Under the child's key"
        ),
        sa.Column("opened_by", sa.UUID(), nullable=False),
        sa.Column("opened_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, comment="The last day to settle it by"),
        sa.Column("settlement", sa.Text(), nullable=True, comment="agreement or decision"),
        sa.Column("settled_by", sa.UUID(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="Who decided, and what they are"),
        sa.Column(
            "encrypted_settlement",
            sa.LargeBinary(),
            nullable=True,
            comment="What was agreed or decided, and why; under the child's own key",
        ),
        sa.CheckConstraint(
            "(settlement IS NULL) = (settled_at IS NULL) AND (settlement IS NULL) = (settled_by IS NULL) AND (settlement IS NULL) = (encrypted_settlement IS NULL) AND (settlement IS NOT DISTINCT FROM 'decision') = (decided_by IS NOT NULL)",
            name=op.f("funding_disputes_settled_whole_check"),
        ),
        sa.CheckConstraint(
            "settlement IN ('agreement', 'decision')",
            name=op.f("funding_disputes_settlement_known_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted_reason) >= 28", name=op.f("funding_disputes_encrypted_check")
        ),
        sa.CheckConstraint(
            "octet_length(encrypted_settlement) >= 28",
            name=op.f("funding_disputes_settlement_encrypted_check"),
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id", "terms_number", "payer_number"],
            [
                "funding_payers.arrangement_id",
                "funding_payers.terms_number",
                "funding_payers.number",
            ],
            name=op.f("funding_disputes_arrangement_id_terms_number_payer_number_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id"],
            ["funding_arrangements.id"],
            name=op.f("funding_disputes_arrangement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["people.id"], name=op.f("funding_disputes_opened_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("funding_disputes_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("funding_disputes_settled_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("funding_disputes_pkey")),
    )
    op.create_index(
        "funding_disputes_due_on_idx",
        "funding_disputes",
        ["due_on"],
        unique=False,
        postgresql_where="settled_at IS NULL",
    )
    op.create_index(
        "funding_disputes_open_key",
        "funding_disputes",
        ["arrangement_id", "payer"],
        unique=True,
        postgresql_where="settled_at IS NULL",
    )
    op.create_index(
        op.f("funding_disputes_opened_by_idx"), "funding_disputes", ["opened_by"], unique=False
    )
    op.create_index(
        op.f("funding_disputes_organisation_id_idx"),
        "funding_disputes",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("funding_disputes_settled_by_idx"), "funding_disputes", ["settled_by"], unique=False
    )


def add_interim_payers() -> None:
    op.create_table(
        "interim_payers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("arrangement_id", sa.UUID(), nullable=False),
        sa.Column(
            "party", sa.Text(), nullable=False, comment="Who has the duty: see rules.funding"
        ),
        sa.Column(
            "organisation_id", sa.UUID(), nullable=True, comment="Which that is, where it is known"
        ),
        sa.Column(
            "rule", sa.Text(), nullable=False, comment="The enactment: its code in rules.catalogue"
        ),
        sa.Column("because", sa.Text(), nullable=False, comment="dispute or signature-missing"),
        sa.Column("without_prejudice", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="The last day; empty: still"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "because IN ('dispute', 'signature-missing')",
            name=op.f("interim_payers_because_known_check"),
        ),
        sa.CheckConstraint("until >= since", name=op.f("interim_payers_days_in_order_check")),
        sa.CheckConstraint(
            "without_prejudice", name=op.f("interim_payers_never_with_prejudice_check")
        ),
        sa.ForeignKeyConstraint(
            ["arrangement_id"],
            ["funding_arrangements.id"],
            name=op.f("interim_payers_arrangement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("interim_payers_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("interim_payers_pkey")),
    )
    op.create_index(
        op.f("interim_payers_arrangement_id_idx"),
        "interim_payers",
        ["arrangement_id"],
        unique=False,
    )
    op.create_index(
        op.f("interim_payers_organisation_id_idx"),
        "interim_payers",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "interim_payers_present_key",
        "interim_payers",
        ["arrangement_id"],
        unique=True,
        postgresql_where="until IS NULL",
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for signature in FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    op.execute("DROP FUNCTION refuse_partial_shares()")
    op.execute("DROP FUNCTION refuse_change_by_payer()")
