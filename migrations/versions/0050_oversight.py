"""Follow-ups of children whose destination is not known, and counts of placements."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0050"
down_revision = "0049"

TABLES = (
    "follow_ups",
    "follow_up_spells",
    "follow_up_steps",
    "follow_up_handovers",
    "erased_placement_areas",
)
APPEND_ONLY = ("follow_up_spells", "follow_up_steps", "erased_placement_areas")
LA = "NULLIF(current_setting('app.la_code', true), '')"
FOLLOWED = ("children", "child_particulars", "child_circumstances", "placements")
"""Tables of whose rows those are shown as well who look for the child."""


def upgrade() -> None:
    add_follow_ups()
    add_follow_up_spells()
    add_follow_up_steps()
    add_follow_up_handovers()
    add_erased_placement_areas()
    index_placements()
    for table in APPEND_ONLY:
        keep(table)
    say_whose_follow_ups_are()
    count_placements()
    count_by_setting()
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


def index_placements() -> None:
    runs = "ended_on IS NULL"
    for name, columns, where in (
        ("placements_overrun_idx", ["planned_end_on", "id"], runs),
        ("placements_assess_by_idx", ["assess_by", "id"], runs),
        ("placements_ended_idx", ["site_id", "ended_on", "id"], "ended_on IS NOT NULL"),
    ):
        op.create_index(name, "placements", columns, unique=False, postgresql_where=where)


def say_whose_follow_ups_are() -> None:
    """Who looks for a child: its school, its authorities, its commissioner; and who is asked to."""
    asked = (
        "EXISTS (SELECT FROM follow_up_handovers h WHERE h.follow_up_id = f.id "
        f"AND h.answer IS NULL AND h.to_la_code = {LA})"
    )
    looks = (
        f"f.school_id = ANY (organisations_acted_for()) OR {LA} IN (f.la_code, f.care_la_code) "
        f"OR {asked}"
    )
    function(
        "is_asked_to_follow(follow_up uuid)",
        "boolean",
        f""" SELECT EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up AND {asked}) """,
        "app",
    )
    function(
        "may_see_follow_up(follow_up uuid)",
        "boolean",
        f"""
        SELECT acts_for_department() OR EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up
          AND (f.commissioner_id = ANY (organisations_acted_for()) OR {looks}))
        """,
        "app",
    )
    function(
        "works_follow_up(follow_up uuid)",
        "boolean",
        f"""
        SELECT EXISTS (SELECT FROM follow_ups f WHERE f.id = follow_up
          AND (acting_organisation() IN (f.commissioner_id, f.school_id)
            OR {LA} IN (f.la_code, f.care_la_code)))
        """,
        "app",
    )
    function(
        "follows_child(child uuid)",
        "boolean",
        f" SELECT EXISTS (SELECT FROM follow_ups f WHERE f.child_id = child AND ({looks})) ",
        "app",
    )


def home_on(placement: str, child: str, day: str) -> str:
    """Where a child lived on a day: as last said by then, else as first said."""
    return f"""(
      SELECT h.home FROM (
        SELECT c.since AS began, c.home_la_code AS home FROM child_circumstances c
          WHERE c.child_id = {child}
        UNION ALL
        SELECT e.since, e.la_code FROM erased_placement_areas e WHERE e.placement_id = {placement}
      ) h
      ORDER BY h.began <= {day} DESC, CASE WHEN h.began <= {day} THEN h.began END DESC, h.began
      LIMIT 1)"""


def count_placements() -> None:
    """Each term from its own rows, at the end of days; nothing is found by subtracting."""
    closed = "greatest(f.closed_on, f.since)"
    known = "p.destination <> 'unknown' OR p.end_reason = 'recorded-by-mistake'"
    mistaken = "p.end_reason = 'recorded-by-mistake'"
    searched = "EXISTS (SELECT FROM follow_ups f WHERE f.placement_id = p.id)"
    within = "BETWEEN first_day AND last_day"

    def live(day: str) -> str:
        return f"""
          SELECT {home_on("p.id", "p.child_id", day)} AS la FROM placements p
          WHERE p.starts_on <= {day} AND (p.ended_on IS NULL OR p.ended_on > {day})"""

    def looking(day: str) -> str:
        return f"""(
          SELECT s.la_code FROM follow_up_spells s
          WHERE s.follow_up_id = f.id AND (s.number = 1 OR s.since <= {day})
          ORDER BY s.number DESC LIMIT 1)"""

    def followed(day: str) -> str:
        return f"""
          SELECT {looking(day)} AS la FROM follow_ups f
          WHERE f.since <= {day} AND (f.closed_on IS NULL OR {closed} > {day})"""

    def ended(condition: str) -> str:
        return f"""
          SELECT {home_on("p.id", "p.child_id", "p.ended_on")} AS la FROM placements p
          WHERE p.ended_on {within} AND ({condition}) AND NOT {searched}"""

    def closing(condition: str) -> str:
        return f"""
          SELECT {looking(closed)} AS la FROM follow_ups f
          WHERE f.closed_on IS NOT NULL AND {closed} {within} AND {condition}"""

    counted = {
        "opening-live": live("(first_day - 1)"),
        "opening-followed": followed("(first_day - 1)"),
        "starts": f"""
          SELECT {home_on("p.id", "p.child_id", "p.starts_on")} AS la FROM placements p
          WHERE p.starts_on {within}""",
        "transfers-in": f"""
          SELECT m.la FROM moves m
          WHERE m.nth > 1 AND m.former IS DISTINCT FROM m.la AND m.began {within}""",
        "transfers-out": f"""
          SELECT m.former AS la FROM moves m
          WHERE m.nth > 1 AND m.former IS DISTINCT FROM m.la AND m.began {within}""",
        "exits": ended(f"({known}) AND NOT coalesce({mistaken}, false)")
        + " UNION ALL "
        + closing("f.outcome <> 'recorded-by-mistake'"),
        "mistakes": ended(mistaken) + " UNION ALL " + closing("f.outcome = 'recorded-by-mistake'"),
        "closing-live": live("last_day"),
        "closing-followed": followed("last_day"),
    }
    terms = " UNION ALL ".join(
        f"SELECT '{term}' AS term, t.la FROM ({rows}) t" for term, rows in counted.items()
    )
    function(
        "placement_balance(first_day date, last_day date, authority text)",
        "TABLE(la_code text, term text, placements bigint)",
        f"""
        WITH chain AS (
          SELECT p.id AS placement, 0 AS part, p.starts_on AS began, 0 AS number,
            {home_on("p.id", "p.child_id", "p.starts_on")} AS la
          FROM placements p WHERE p.starts_on <= last_day
          UNION ALL
          SELECT p.id, 1, c.since, 0, c.home_la_code
          FROM placements p JOIN child_circumstances c ON c.child_id = p.child_id
          WHERE c.since > p.starts_on AND (p.ended_on IS NULL OR c.since <= p.ended_on)
          UNION ALL
          SELECT p.id, 1, e.since, 0, e.la_code
          FROM placements p JOIN erased_placement_areas e ON e.placement_id = p.id
          WHERE e.since > p.starts_on AND (p.ended_on IS NULL OR e.since <= p.ended_on)
          UNION ALL
          SELECT f.placement_id, 2, greatest(s.since, f.since), s.number, s.la_code
          FROM follow_up_spells s JOIN follow_ups f ON f.id = s.follow_up_id
        ), moves AS (
          SELECT began, la, lag(la) OVER run AS former, row_number() OVER run AS nth
          FROM chain WINDOW run AS (PARTITION BY placement ORDER BY part, began, number)
        ), terms AS ({terms})
        SELECT t.la, t.term, count(*) FROM terms t
        WHERE authority IS NULL OR t.la = authority OR t.la IS NULL
        GROUP BY t.la, t.term
        """,
        "overseer",
    )


def count_by_setting() -> None:
    function(
        "placed_by_setting(authority text, day date, after uuid, most integer)",
        "TABLE(site_id uuid, provider text, provider_name text, site integer, "
        "children bigint, commissioners bigint, contacts text[])",
        """
        SELECT s.id, p.number, p.name, s.reference::integer, n.children, n.commissioners,
          CASE WHEN n.worrying THEN (
            SELECT array_agg(DISTINCT o.name ORDER BY o.name) FROM commitments c
            JOIN organisations o ON o.id = c.commissioner_id
            WHERE c.site_id = s.id AND c.period @> day) ELSE ARRAY[]::text[] END
        FROM sites s JOIN providers p ON p.id = s.provider_id CROSS JOIN LATERAL (
          SELECT count(DISTINCT c.child_link) AS children,
            count(DISTINCT c.commissioner_id) AS commissioners,
            EXISTS (SELECT FROM concerns k WHERE k.provider_id = s.provider_id
              AND k.closed_at IS NULL AND (k.site_id IS NULL OR k.site_id = s.id))
            OR EXISTS (SELECT FROM listings l WHERE l.site_id = s.id AND l.state = 'suspended')
              AS worrying
          FROM commitments c WHERE c.site_id = s.id AND c.period @> day
        ) n
        WHERE s.la_code = authority AND n.children > 0 AND (after IS NULL OR s.id > after)
        ORDER BY s.id LIMIT most
        """,
        "overseer",
    )


def protect_rows() -> None:
    protect(*TABLES)
    organisations = "ANY ((SELECT organisations_acted_for())::uuid[])"
    seen = (
        f"commissioner_id = {organisations} OR school_id = {organisations} "
        f"OR la_code = {LA} OR care_la_code = {LA} OR (SELECT acts_for_department()) "
        "OR is_asked_to_follow(id)"
    )
    held = "commissioner_id = (SELECT acting_organisation())"
    allow("app", "sees", "follow_ups", seen)
    allow("app", "adds", "follow_ups", f"{held} AND holds_placement(placement_id)")
    allow("app", "changes", "follow_ups", seen)
    works, sees = "works_follow_up(follow_up_id)", "may_see_follow_up(follow_up_id)"
    for table in ("follow_up_spells", "follow_up_steps", "follow_up_handovers"):
        allow("app", "sees", table, sees)
    allow("app", "adds", "follow_up_spells", works)
    allow("app", "adds", "follow_up_steps", works)
    by_department = "(SELECT acts_for_department())"
    allow("app", "adds", "follow_up_handovers", f"{works} OR {by_department}")
    allow("app", "changes", "follow_up_handovers", sees)
    allow("app", "adds", "erased_placement_areas", "holds_placement(placement_id)")
    for table in FOLLOWED:
        child = "id" if table == "children" else "child_id"
        op.execute(
            f"CREATE POLICY app_follows ON {table} FOR SELECT TO {role('app')} "
            f"USING (follows_child({child}))"
        )
    allow_all_rows("worker", "sees changes", "follow_ups", "follow_up_handovers")
    allow_all_rows("worker", "sees adds", "follow_up_spells")


def grant() -> None:
    app, worker = role("app"), role("worker")
    op.execute(f"GRANT USAGE ON SCHEMA public TO {role('overseer')}")
    changing = (
        "la_code, school_id, care_la_code, since, next_step_by, outcome, evidence, destination, "
        "closed_on, closed_by_name, version"
    )
    op.execute(
        "GRANT SELECT, INSERT ON follow_ups, follow_up_spells, follow_up_steps, "
        f"follow_up_handovers TO {app}"
    )
    op.execute(f"GRANT UPDATE ({changing}) ON follow_ups TO {app}")
    answered = "answer, answered_on, answered_by_name"
    op.execute(f"GRANT UPDATE ({answered}) ON follow_up_handovers TO {app}, {worker}")
    op.execute(f"GRANT INSERT ON erased_placement_areas TO {app}")
    op.execute(
        "GRANT SELECT (id, reference, la_code, care_la_code, school_id, next_step_by, closed_on, "
        f"version), UPDATE (la_code, next_step_by, version) ON follow_ups TO {worker}"
    )
    op.execute(f"GRANT SELECT, INSERT ON follow_up_spells TO {worker}")
    op.execute(f"GRANT SELECT ON follow_up_handovers TO {worker}")
    op.execute(
        f"GRANT SELECT ON former_local_authorities, former_local_authority_successors TO {worker}"
    )


def add_follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column(
            "reference", sa.Text(), nullable=False, comment="Random; all that a message says"
        ),
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False, comment="Which looks now"),
        sa.Column(
            "school_id", sa.UUID(), nullable=True, comment="On whose roll: looks first, jointly"
        ),
        sa.Column("care_la_code", sa.Text(), nullable=True, comment="Corporate parent; looks, too"),
        sa.Column("since", sa.Date(), nullable=False, comment="The last day of the placement"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "next_step_by",
            sa.Date(),
            nullable=True,
            comment="By when something is tried; empty once it ended",
        ),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True, comment="How it is known"),
        sa.Column("destination", sa.Text(), nullable=True, comment="Where the child is"),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "coalesce(outcome IN ('found', 'returned-to-school'), false) = (destination IS NOT NULL)",
            name=op.f("follow_ups_found_somewhere_check"),
        ),
        sa.CheckConstraint(
            "destination IN ('home-school', 'other-mainstream', 'special-school', 'registered-provision', 'other-non-school-provision', 'further-education', 'home-education', 'custody', 'moved-abroad', 'other-known')",
            name=op.f("follow_ups_destination_known_check"),
        ),
        sa.CheckConstraint(
            "evidence IN ('seen-on-a-roll', 'seen-in-person', 'told-by-authority', 'told-by-agency', 'told-by-family', 'own-record')",
            name=op.f("follow_ups_evidence_known_check"),
        ),
        sa.CheckConstraint(
            "outcome IN ('found', 'returned-to-school', 'received-by-authority', 'left-the-country', 'died', 'over-school-age', 'recorded-by-mistake')",
            name=op.f("follow_ups_outcome_known_check"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (closed_on IS NULL) AND (outcome IS NULL) = (evidence IS NULL) AND (outcome IS NULL) = (closed_by_name IS NULL) AND (outcome IS NULL) = (next_step_by IS NOT NULL)",
            name=op.f("follow_ups_closed_with_outcome_check"),
        ),
        sa.ForeignKeyConstraint(
            ["care_la_code"],
            ["local_authorities.la_code"],
            name=op.f("follow_ups_care_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("follow_ups_child_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("follow_ups_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("follow_ups_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placements.id"], name=op.f("follow_ups_placement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["organisations.id"], name=op.f("follow_ups_school_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("follow_ups_pkey")),
        sa.UniqueConstraint("placement_id", name=op.f("follow_ups_placement_id_key")),
        sa.UniqueConstraint("reference", name=op.f("follow_ups_reference_key")),
    )
    op.create_index(
        op.f("follow_ups_care_la_code_idx"), "follow_ups", ["care_la_code"], unique=False
    )
    op.create_index(op.f("follow_ups_child_id_idx"), "follow_ups", ["child_id"], unique=False)
    op.create_index(
        op.f("follow_ups_commissioner_id_idx"), "follow_ups", ["commissioner_id"], unique=False
    )
    op.create_index(op.f("follow_ups_la_code_idx"), "follow_ups", ["la_code"], unique=False)
    op.create_index(
        "follow_ups_open_idx",
        "follow_ups",
        ["next_step_by", "id"],
        unique=False,
        postgresql_where="closed_on IS NULL",
    )
    op.create_index(
        "follow_ups_open_la_idx",
        "follow_ups",
        ["la_code", "next_step_by", "id"],
        unique=False,
        postgresql_where="closed_on IS NULL",
    )
    op.create_index(op.f("follow_ups_school_id_idx"), "follow_ups", ["school_id"], unique=False)


def add_follow_up_spells() -> None:
    op.create_table(
        "follow_up_spells",
        sa.Column("follow_up_id", sa.UUID(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "became IN ('opened', 'handed-over', 'succeeded')",
            name=op.f("follow_up_spells_became_known_check"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("follow_up_spells_number_range_check")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("follow_up_spells_follow_up_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("follow_up_spells_la_code_fkey")
        ),
        sa.PrimaryKeyConstraint("follow_up_id", "number", name=op.f("follow_up_spells_pkey")),
    )
    op.create_index(
        op.f("follow_up_spells_la_code_idx"), "follow_up_spells", ["la_code"], unique=False
    )


def add_follow_up_steps() -> None:
    op.create_table(
        "follow_up_steps",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("follow_up_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False, comment="Who recorded it, as it was then"),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column(
            "encrypted",
            sa.LargeBinary(),
            nullable=False,
            comment="What was said and found; AES-256-GCM",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('telephoned', 'wrote', 'visited-home', 'asked-family', 'asked-school', 'asked-authority', 'asked-social-care', 'asked-health', 'asked-police', 'asked-border', 'searched-records', 'other', 'closed')",
            name=op.f("follow_up_steps_kind_known_check"),
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("follow_up_steps_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("follow_up_steps_follow_up_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("follow_up_steps_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("follow_up_steps_pkey")),
    )
    op.create_index(
        "follow_up_steps_follow_up_id_idx", "follow_up_steps", ["follow_up_id", "id"], unique=False
    )
    op.create_index(
        op.f("follow_up_steps_organisation_id_idx"),
        "follow_up_steps",
        ["organisation_id"],
        unique=False,
    )


def add_follow_up_handovers() -> None:
    op.create_table(
        "follow_up_handovers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("follow_up_id", sa.UUID(), nullable=False),
        sa.Column("from_la_code", sa.Text(), nullable=False),
        sa.Column("to_la_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("offered_by_name", sa.Text(), nullable=False, comment="As it was then"),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_name", sa.Text(), nullable=True, comment="As it was then"),
        sa.CheckConstraint(
            "answer IN ('accepted', 'declined', 'lapsed')",
            name=op.f("follow_up_handovers_answer_known_check"),
        ),
        sa.CheckConstraint(
            "reason IN ('moved-there', 'seen-there', 'circumstances-changed', 'authority-abolished')",
            name=op.f("follow_up_handovers_reason_known_check"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by_name IS NULL)",
            name=op.f("follow_up_handovers_answered_whole_check"),
        ),
        sa.CheckConstraint(
            "to_la_code <> from_la_code", name=op.f("follow_up_handovers_to_another_check")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("follow_up_handovers_follow_up_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["from_la_code"],
            ["local_authorities.la_code"],
            name=op.f("follow_up_handovers_from_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["to_la_code"],
            ["local_authorities.la_code"],
            name=op.f("follow_up_handovers_to_la_code_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("follow_up_handovers_pkey")),
    )
    op.create_index(
        "follow_up_handovers_asked_idx",
        "follow_up_handovers",
        ["to_la_code"],
        unique=False,
        postgresql_where="answer IS NULL",
    )
    op.create_index(
        op.f("follow_up_handovers_follow_up_id_idx"),
        "follow_up_handovers",
        ["follow_up_id"],
        unique=False,
    )
    op.create_index(
        op.f("follow_up_handovers_from_la_code_idx"),
        "follow_up_handovers",
        ["from_la_code"],
        unique=False,
    )
    op.create_index(
        "follow_up_handovers_open_key",
        "follow_up_handovers",
        ["follow_up_id"],
        unique=True,
        postgresql_where="answer IS NULL",
    )
    op.create_index(
        op.f("follow_up_handovers_to_la_code_idx"),
        "follow_up_handovers",
        ["to_la_code"],
        unique=False,
    )


def add_erased_placement_areas() -> None:
    op.create_table(
        "erased_placement_areas",
        sa.Column("placement_id", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["la_code"],
            ["local_authorities.la_code"],
            name=op.f("erased_placement_areas_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placements.id"],
            name=op.f("erased_placement_areas_placement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("placement_id", "since", name=op.f("erased_placement_areas_pkey")),
    )
    op.create_index(
        op.f("erased_placement_areas_la_code_idx"),
        "erased_placement_areas",
        ["la_code"],
        unique=False,
    )


def downgrade() -> None:
    worker = role("worker")
    for table in FOLLOWED:
        op.execute(f"DROP POLICY app_follows ON {table}")
    for signature in (
        "placed_by_setting(text, date, uuid, integer)",
        "placement_balance(date, date, text)",
        "follows_child(uuid)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in ("works_follow_up", "may_see_follow_up", "is_asked_to_follow"):
        op.execute(f"DROP FUNCTION {name}(uuid)")
    for name in ("placements_ended_idx", "placements_assess_by_idx", "placements_overrun_idx"):
        op.drop_index(name, "placements")
    op.execute(
        "REVOKE SELECT ON former_local_authorities, former_local_authority_successors "
        f"FROM {worker}"
    )
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role('overseer')}")
