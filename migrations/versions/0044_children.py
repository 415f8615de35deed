"""Children as their commissioners hold them, what links them, and what was erased."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0044"
down_revision = "0043"

TABLES = (
    "children",
    "child_particulars",
    "child_circumstances",
    "child_links",
    "match_questions",
    "erasures",
)
OF_A_CHILD = ("child_particulars", "child_circumstances")
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def upgrade() -> None:
    add_children()
    add_child_particulars()
    add_child_circumstances()
    add_child_links()
    add_match_questions()
    add_erasures()
    say_whose_children_are()
    keep_erasures()
    protect_rows()
    grant()


def say_whose_children_are() -> None:
    function(
        "holds_child(child uuid)",
        "boolean",
        """ SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                           AND c.commissioner_id = acting_organisation()) """,
        "app",
    )
    function(
        "is_responsible_for_child(child uuid)",
        "boolean",
        f"""
        SELECT NULLIF(current_setting('app.la_code', true), '') IS NOT NULL AND coalesce((
          SELECT current_setting('app.la_code', true)
            IN (c.home_la_code, c.plan_la_code, c.care_la_code)
          FROM child_circumstances c WHERE c.child_id = child AND c.since <= {TODAY}
          ORDER BY c.since DESC LIMIT 1), false)
        """,
        "app",
    )
    function(
        "answers_match(authority text)",
        "boolean",
        """
        SELECT CASE WHEN authority IS NULL THEN acts_for_department()
          ELSE authority = NULLIF(current_setting('app.la_code', true), '') END
        """,
        "app",
    )
    function(
        "may_match_child(child uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM match_questions q WHERE child IN (q.child_id, q.other_child_id)
                       AND q.answered_at IS NULL AND coalesce(answers_match(q.la_code), false))
        """,
        "app",
    )
    function(
        "may_see_child(child uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM children c WHERE c.id = child
                       AND c.commissioner_id = ANY (organisations_acted_for()))
          OR is_responsible_for_child(child) OR may_match_child(child)
        """,
        "app",
    )


def keep_erasures() -> None:
    for name, moment, each in (
        ("append_only", "DELETE OR UPDATE", "ROW"),
        ("never_emptied", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON erasures FOR EACH {each} "
            "EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"ALTER TABLE erasures ENABLE ALWAYS TRIGGER {name}")


def protect_rows() -> None:
    protect(*TABLES)
    own = "commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    held = "commissioner_id = (SELECT acting_organisation())"
    allow(
        "app",
        "sees",
        "children",
        f"{own} OR is_responsible_for_child(id) OR may_match_child(id)",
    )
    allow("app", "adds", "children", f"{held} AND (SELECT acts_for_commissioner())")
    allow("app", "changes", "children", held)
    for table in OF_A_CHILD:
        allow("app", "sees", table, "may_see_child(child_id)")
        for verb in ("adds", "changes", "removes"):
            allow("app", verb, table, "holds_child(child_id)")
    allow_all_rows("matcher", "sees adds changes removes", "child_links", "match_questions")
    allow_all_rows("matcher", "sees", "children", "child_circumstances")
    answers = "coalesce(answers_match(la_code), false)"
    allow("app", "sees", "match_questions", answers)
    allow("app", "changes", "match_questions", answers)
    allow("app", "sees", "erasures", "may_see_child(child_id)")
    allow("app", "adds", "erasures", "holds_child(child_id) AND erased_by = acting_person()")
    of_children = "purpose LIKE 'child-%'"
    for verb in ("sees", "adds"):
        op.execute(f"DROP POLICY app_{verb} ON matching_keys")
        allow("app", verb, "matching_keys", f"acting_person() IS NOT NULL AND NOT {of_children}")
        allow("matcher", verb, "matching_keys", of_children)
    allow_all_rows("operator", "sees changes", "children")


def grant() -> None:
    app, matcher, operator = role("app"), role("matcher"), role("operator")
    op.execute(f"GRANT USAGE ON SCHEMA public TO {matcher}, {role('threshold')}")
    op.execute(f"GRANT SELECT, INSERT ON children TO {app}")
    op.execute(
        "GRANT UPDATE (reference, sealed_key, date_of_birth, changed_at, erased_at, version) "
        f"ON children TO {app}"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON child_particulars TO {app}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON child_circumstances TO {app}")
    op.execute(f"GRANT SELECT ON match_questions TO {app}")
    op.execute(
        "GRANT UPDATE (answer, answered_by, answered_at, answered_reason, version) "
        f"ON match_questions TO {app}"
    )
    op.execute(f"GRANT SELECT, INSERT ON erasures TO {app}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON child_links TO {matcher}")
    op.execute(f"GRANT SELECT, INSERT, DELETE ON match_questions TO {matcher}")
    op.execute(f"GRANT SELECT (id, commissioner_id, date_of_birth) ON children TO {matcher}")
    op.execute(f"GRANT SELECT (child_id, since, home_la_code) ON child_circumstances TO {matcher}")
    op.execute(f"GRANT SELECT, INSERT ON matching_keys TO {matcher}")
    # Whoever turns the keyring wraps keys anew, and reads nothing of the child.
    op.execute(f"GRANT SELECT (id, sealed_key), UPDATE (sealed_key) ON children TO {operator}")


def add_children() -> None:
    op.create_table(
        "children",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("commissioner_id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True, comment="The commissioner's own"),
        sa.Column(
            "sealed_key",
            sa.LargeBinary(),
            nullable=True,
            comment="The child's own key, sealed under the keyring; empty once erased",
        ),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (sealed_key IS NOT NULL) AND (erased_at IS NULL) = (date_of_birth IS NOT NULL) AND (erased_at IS NULL) = (reference IS NOT NULL)",
            name=op.f("children_erased_whole_check"),
        ),
        sa.CheckConstraint("length(btrim(reference)) > 0", name=op.f("children_referred_to_check")),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("children_commissioner_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("children_pkey")),
        sa.UniqueConstraint(
            "commissioner_id", "reference", name=op.f("children_commissioner_id_reference_key")
        ),
    )
    op.create_index(
        "children_commissioner_id_id_idx", "children", ["commissioner_id", "id"], unique=False
    )


def add_child_particulars() -> None:
    op.create_table(
        "child_particulars",
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column(
            "encrypted", sa.LargeBinary(), nullable=False, comment="UPN and names; AES-256-GCM"
        ),
        sa.CheckConstraint(
            "octet_length(encrypted) >= 28", name=op.f("child_particulars_encrypted_check")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("child_particulars_child_id_fkey")
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("child_particulars_pkey")),
    )


def add_child_circumstances() -> None:
    op.create_table(
        "child_circumstances",
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False, comment="The first day, London"),
        sa.Column("home_la_code", sa.Text(), nullable=False, comment="Where the child lives"),
        sa.Column("school_id", sa.UUID(), nullable=True, comment="On whose roll; empty: on none"),
        sa.Column(
            "plan_la_code",
            sa.Text(),
            nullable=True,
            comment="Which maintains the education, health and care plan; empty: there is none",
        ),
        sa.Column(
            "care_la_code",
            sa.Text(),
            nullable=True,
            comment="Which looks after the child, if one does",
        ),
        sa.Column(
            "has_sen",
            sa.Boolean(),
            nullable=False,
            comment="Special educational needs, with or without a plan",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.ForeignKeyConstraint(
            ["care_la_code"],
            ["local_authorities.la_code"],
            name=op.f("child_circumstances_care_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("child_circumstances_child_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["home_la_code"],
            ["local_authorities.la_code"],
            name=op.f("child_circumstances_home_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_la_code"],
            ["local_authorities.la_code"],
            name=op.f("child_circumstances_plan_la_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["organisations.id"], name=op.f("child_circumstances_school_id_fkey")
        ),
        sa.PrimaryKeyConstraint("child_id", "since", name=op.f("child_circumstances_pkey")),
    )
    op.create_index(
        "child_circumstances_care_la_code_idx",
        "child_circumstances",
        ["care_la_code"],
        unique=False,
    )
    op.create_index(
        "child_circumstances_home_la_code_idx",
        "child_circumstances",
        ["home_la_code"],
        unique=False,
    )
    op.create_index(
        "child_circumstances_plan_la_code_idx",
        "child_circumstances",
        ["plan_la_code"],
        unique=False,
    )
    op.create_index(
        op.f("child_circumstances_school_id_idx"),
        "child_circumstances",
        ["school_id"],
        unique=False,
    )


def add_child_links() -> None:
    op.create_table(
        "child_links",
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column(
            "link_id",
            sa.UUID(),
            nullable=False,
            comment="The same for one child everywhere; says nothing else",
        ),
        sa.Column(
            "upn_hash",
            sa.LargeBinary(),
            nullable=True,
            comment="HMAC-SHA-256 of the UPN; empty where it is not known",
        ),
        sa.Column(
            "likeness_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC-SHA-256 of family name, first name and day of birth",
        ),
        sa.CheckConstraint(
            "octet_length(likeness_hash) = 32", name=op.f("child_links_likeness_hash_length_check")
        ),
        sa.CheckConstraint(
            "octet_length(upn_hash) = 32", name=op.f("child_links_upn_hash_length_check")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("child_links_child_id_fkey")
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("child_links_pkey")),
    )
    op.create_index("child_links_likeness_hash_idx", "child_links", ["likeness_hash"], unique=False)
    op.create_index(op.f("child_links_link_id_idx"), "child_links", ["link_id"], unique=False)
    op.create_index("child_links_upn_hash_idx", "child_links", ["upn_hash"], unique=False)


def add_match_questions() -> None:
    op.create_table(
        "match_questions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("other_child_id", sa.UUID(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False, comment="upn-alone or name-and-birth"),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=True,
            comment="Which local authority answers: home of both; empty: the department",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True, comment="same or different; empty: open"),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_reason", sa.Text(), nullable=True, comment="Names no child"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "answer IN ('same', 'different')", name=op.f("match_questions_answer_known_check")
        ),
        sa.CheckConstraint(
            "method IN ('upn-alone', 'name-and-birth')",
            name=op.f("match_questions_method_known_check"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_reason IS NULL)",
            name=op.f("match_questions_answered_whole_check"),
        ),
        sa.CheckConstraint(
            "child_id > other_child_id", name=op.f("match_questions_asked_once_check")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("match_questions_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["children.id"], name=op.f("match_questions_child_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("match_questions_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["other_child_id"], ["children.id"], name=op.f("match_questions_other_child_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("match_questions_pkey")),
        sa.UniqueConstraint(
            "child_id", "other_child_id", name=op.f("match_questions_child_id_other_child_id_key")
        ),
    )
    op.create_index(
        op.f("match_questions_answered_by_idx"), "match_questions", ["answered_by"], unique=False
    )
    op.create_index(
        "match_questions_open_idx",
        "match_questions",
        ["la_code"],
        unique=False,
        postgresql_where="answered_at IS NULL",
    )
    op.create_index(
        op.f("match_questions_other_child_id_idx"),
        "match_questions",
        ["other_child_id"],
        unique=False,
    )


def add_erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("child_id", sa.UUID(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.UUID(), nullable=True),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="retention-over, recorded-by-mistake …"
        ),
        sa.CheckConstraint(
            "reason IN ('retention-over', 'recorded-by-mistake', 'subject-request')",
            name=op.f("erasures_reason_known_check"),
        ),
        sa.ForeignKeyConstraint(["child_id"], ["children.id"], name=op.f("erasures_child_id_fkey")),
        sa.ForeignKeyConstraint(["erased_by"], ["people.id"], name=op.f("erasures_erased_by_fkey")),
        sa.PrimaryKeyConstraint("child_id", name=op.f("erasures_pkey")),
    )
    op.create_index(op.f("erasures_erased_by_idx"), "erasures", ["erased_by"], unique=False)


def downgrade() -> None:
    matcher = role("matcher")
    for table in reversed(TABLES):
        op.drop_table(table)
    for signature in (
        "may_see_child(uuid)",
        "may_match_child(uuid)",
        "answers_match(text)",
        "is_responsible_for_child(uuid)",
        "holds_child(uuid)",
    ):
        op.execute(f"DROP FUNCTION {signature}")
    for verb in ("sees", "adds"):
        for suffix in ("app", "matcher"):
            op.execute(f"DROP POLICY {suffix}_{verb} ON matching_keys")
        allow("app", verb, "matching_keys", "acting_person() IS NOT NULL")
    op.execute(f"REVOKE ALL ON matching_keys FROM {matcher}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {matcher}, {role('threshold')}")
