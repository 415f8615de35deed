"""A fair hearing: comments on a draft, who may check it, corrections and redactions by two people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0036"
down_revision = "0037"

TABLES = ("inspection_comments", "inspection_amendments")
PUBLIC_COLUMNS = "id, reference, provider_id, kind, state, planned_on, published_at"


def upgrade() -> None:
    op.add_column(
        "inspections",
        sa.Column(
            "comments_rule", sa.Text(), nullable=True, comment="How that day was counted, in words"
        ),
    )
    add_inspection_comments()
    add_inspection_amendments()
    say_who_is_what()
    hear_the_provider()
    amend_by_two()
    write_what_was_found_while(
        """held.state = 'with-provider' AND TG_OP = 'UPDATE' AND EXISTS (
               SELECT FROM inspection_comments c WHERE c.judgement_id = NEW.id
               AND c.answered_at IS NULL))
             AND NOT (held.state = 'published' AND TG_OP = 'UPDATE'
               AND is_being_corrected(NEW.inspection_id)"""
    )
    protect_rows()
    grant()


def add_inspection_amendments() -> None:
    op.create_table(
        "inspection_amendments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="correction or redaction"),
        sa.Column(
            "of_version",
            sa.Integer(),
            nullable=False,
            comment="The published version that is corrected, or taken out",
        ),
        sa.Column(
            "changes", postgresql.JSONB(), nullable=True, comment="The judgements as they are to be"
        ),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="What was wrong; public once confirmed"
        ),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="proposed, confirmed, refused, withdrawn"
        ),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column(
            "organisation_id", sa.UUID(), nullable=False, comment="For whom they proposed it"
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.UUID(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True, comment="Why not; never public"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(kind = 'correction') = (changes IS NOT NULL)",
            name=op.f("inspection_amendments_says_what_changes_check"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("inspection_amendments_decided_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('correction', 'redaction')",
            name=op.f("inspection_amendments_kind_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'refused', 'withdrawn')",
            name=op.f("inspection_amendments_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'refused') OR decided_by <> proposed_by",
            name=op.f("inspection_amendments_decided_by_another_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("inspection_amendments_reasoned_check")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("inspection_amendments_decided_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_amendments_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("inspection_amendments_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("inspection_amendments_proposed_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_amendments_pkey")),
    )
    op.create_index(
        op.f("inspection_amendments_decided_by_idx"),
        "inspection_amendments",
        ["decided_by"],
        unique=False,
    )
    op.create_index(
        "inspection_amendments_inspection_id_idx",
        "inspection_amendments",
        ["inspection_id", "id"],
        unique=False,
    )
    op.create_index(
        "inspection_amendments_open_key",
        "inspection_amendments",
        ["inspection_id", "kind"],
        unique=True,
        postgresql_where="state = 'proposed'",
    )
    op.create_index(
        op.f("inspection_amendments_organisation_id_idx"),
        "inspection_amendments",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_amendments_proposed_by_idx"),
        "inspection_amendments",
        ["proposed_by"],
        unique=False,
    )


def add_inspection_comments() -> None:
    op.create_table(
        "inspection_comments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("judgement_id", sa.UUID(), nullable=False),
        sa.Column(
            "judgement_version",
            sa.Integer(),
            nullable=False,
            comment="Of the judgement as it was read when this was said",
        ),
        sa.Column(
            "comment", sa.Text(), nullable=False, comment="What is factually wrong; never public"
        ),
        sa.Column(
            "by_letter",
            sa.Boolean(),
            nullable=False,
            comment="Received outside the service, and written down by an inspector",
        ),
        sa.Column("received_on", sa.Date(), nullable=False, comment="The day it was said, London"),
        sa.Column("said_by", sa.UUID(), nullable=False),
        sa.Column(
            "said_by_name", sa.Text(), nullable=False, comment="As it was then; never public"
        ),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True, comment="accepted or not-accepted"),
        sa.Column(
            "reason", sa.Text(), nullable=True, comment="Why it was not accepted, or how it was"
        ),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer = 'not-accepted' AND reason IS NULL) IS NOT TRUE",
            name=op.f("inspection_comments_answered_with_reason_check"),
        ),
        sa.CheckConstraint(
            "answer IN ('accepted', 'not-accepted')",
            name=op.f("inspection_comments_answer_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(comment)) > 0", name=op.f("inspection_comments_says_something_check")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("inspection_comments_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_comments_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["inspection_judgements.id"],
            name=op.f("inspection_comments_judgement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["said_by"], ["people.id"], name=op.f("inspection_comments_said_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_comments_pkey")),
    )
    op.create_index(
        op.f("inspection_comments_answered_by_idx"),
        "inspection_comments",
        ["answered_by"],
        unique=False,
    )
    op.create_index(
        "inspection_comments_inspection_id_idx",
        "inspection_comments",
        ["inspection_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_comments_judgement_id_idx"),
        "inspection_comments",
        ["judgement_id"],
        unique=False,
    )
    op.create_index(
        "inspection_comments_open_key",
        "inspection_comments",
        ["judgement_id"],
        unique=True,
        postgresql_where="answered_at IS NULL",
    )
    op.create_index(
        op.f("inspection_comments_said_by_idx"), "inspection_comments", ["said_by"], unique=False
    )


def say_who_is_what() -> None:
    function(
        "amends_inspection(inspection uuid)",
        "boolean",
        """
        SELECT acting_person() IS NOT NULL AND EXISTS (SELECT FROM inspections i
          WHERE i.id = inspection AND NOT has_stake_in(i.provider_id)
            AND (i.body_id = ANY (organisations_acted_for())
              OR i.check_body_id = ANY (organisations_acted_for())
              OR coalesce(answers_for_provider(i.provider_id), false)))
        """,
        "app",
    )
    function(
        "is_being_corrected(inspection uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM inspection_amendments a WHERE a.inspection_id = inspection
          AND a.kind = 'correction' AND a.state = 'confirmed'
          AND a.of_version = (SELECT max(p.version) FROM inspection_publications p
                              WHERE p.inspection_id = inspection))
        """,
        "app",
    )
    # Everything that says whether whoever acts is uninvolved, asked at once.
    function(
        "part_in_inspection(inspection uuid)",
        "TABLE (of_body boolean, inspected boolean, checked boolean, tie text, "
        "sole_commissioner boolean, others_judge boolean)",
        """
        SELECT coalesce(i.check_body_id, i.body_id) = ANY (organisations_acted_for()),
          EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id
                  AND n.person_id = acting_person() AND n.left_at IS NULL)
            OR EXISTS (SELECT FROM inspection_judgements j WHERE j.inspection_id = i.id
                       AND j.judged_by = acting_person()),
          EXISTS (SELECT FROM inspection_checks c WHERE c.inspection_id = i.id
                  AND c.person_id = acting_person()),
          tie_of(acting_person(), i.provider_id),
          coalesce(sole_commissioner_of(i.provider_id) = root_of(acting_organisation()), false),
          EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id AND n.left_at IS NULL
                  AND root_of(n.organisation_id) <> root_of(acting_organisation()))
        FROM inspections i WHERE i.id = inspection AND may_see_inspection(i.id)
        """,
        "app",
    )
    # How many second officers of each body are uninvolved; nobody's name.
    function(
        "who_could_check(inspection uuid)",
        "TABLE (organisation_id uuid, name text, own boolean, people bigint)",
        """
        SELECT r.id, r.name, r.id = root_of(i.body_id), count(DISTINCT m.person_id)
        FROM inspections i
        JOIN memberships m ON m.ended_at IS NULL AND 'second-officer' = ANY (m.roles)
        JOIN people p ON p.id = m.person_id AND p.blocked_at IS NULL
        JOIN organisations r ON r.id = root_of(m.organisation_id)
        WHERE i.id = inspection AND (inspects(i.id) OR amends_inspection(i.id))
          AND r.kind IN ('local-authority', 'qa-body', 'department')
          AND tie_of(m.person_id, i.provider_id) IS NULL
          AND NOT EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id
                          AND n.person_id = m.person_id AND n.left_at IS NULL)
          AND NOT EXISTS (SELECT FROM inspection_judgements j WHERE j.inspection_id = i.id
                          AND j.judged_by = m.person_id)
          AND (r.id <> coalesce(sole_commissioner_of(i.provider_id), '00000000-0000-0000-0000-000000000000')
            OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = i.id AND n.left_at IS NULL
                       AND root_of(n.organisation_id) <> r.id))
        GROUP BY r.id, r.name, i.body_id
        """,
        "app",
    )
    function(
        "public_provider(provider_number text)",
        "uuid",
        "SELECT p.id FROM providers p WHERE p.number = provider_number AND p.status <> 'known'",
        "read",
    )


def hear_the_provider() -> None:
    """Who is inspected speaks while the clock runs, and can only end it early; others answer."""
    op.execute(
        """
        CREATE FUNCTION close_comments(inspection uuid, moment timestamptz) RETURNS boolean
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
          WITH closed AS (
            UPDATE inspections i SET comments_closed_at = moment, version = i.version + 1
            WHERE i.id = inspection AND i.state = 'with-provider' AND i.comments_closed_at IS NULL
              AND acting_person() IS NOT NULL AND owns_provider(i.provider_id)
            RETURNING i.id
          ) SELECT EXISTS (SELECT FROM closed)
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION close_comments(uuid, timestamptz) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION close_comments(uuid, timestamptz) TO {role('app')}")
    op.execute(
        """
        CREATE FUNCTION refuse_late_comment() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections; judged inspection_judgements;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR SHARE;
          SELECT * INTO judged FROM inspection_judgements j WHERE j.id = NEW.judgement_id;
          IF held.state <> 'with-provider' OR judged.inspection_id <> held.id THEN
            RAISE EXCEPTION 'comments are made and answered while the provider has the draft'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND OLD.answered_at IS NOT NULL THEN
            RAISE EXCEPTION 'what is answered stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'INSERT' OR NEW.comment <> OLD.comment THEN
            IF NEW.received_on > held.comments_due_on
               OR (held.comments_closed_at IS NOT NULL AND NOT NEW.by_letter)
               OR NEW.answered_at IS NOT NULL THEN
              RAISE EXCEPTION 'the time for comments is over'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF acting_person() IS NOT NULL AND NOT (CASE WHEN NEW.by_letter
                THEN inspects(held.id) ELSE owns_provider(held.provider_id) END) THEN
              RAISE EXCEPTION 'the provider comments, or an inspector writes down its letter'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          ELSIF NEW.answered_at IS NOT NULL THEN
            IF acting_person() IS NOT NULL AND NOT inspects(held.id) THEN
              RAISE EXCEPTION 'inspectors answer comments'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            IF NEW.answer = 'accepted' AND judged.version <= NEW.judgement_version THEN
              RAISE EXCEPTION 'what is accepted is corrected first'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION refuse_late_comment() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON inspection_comments "
        "FOR EACH ROW EXECUTE FUNCTION refuse_late_comment()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_unanswered_check() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF NEW.state = 'to-check' AND OLD.state <> 'to-check' AND EXISTS (
               SELECT FROM inspection_comments c
               WHERE c.inspection_id = NEW.id AND c.answered_at IS NULL) THEN
            RAISE EXCEPTION 'every comment is answered before anybody checks'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION refuse_unanswered_check() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER answered BEFORE UPDATE ON inspections "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unanswered_check()"
    )


def amend_by_two() -> None:
    """What is published changes by a new version, or goes; never by one person alone."""
    op.execute(
        """
        CREATE FUNCTION refuse_partial_amendment() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections; newest integer; alone uuid;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR UPDATE;
          SELECT max(p.version) INTO newest FROM inspection_publications p
            WHERE p.inspection_id = NEW.inspection_id;
          IF TG_OP = 'UPDATE' AND OLD.state <> 'proposed' THEN
            RAISE EXCEPTION 'what is settled stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'INSERT' AND NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'it is proposed first' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state IN ('proposed', 'confirmed') AND NOT coalesce(CASE NEW.kind
               WHEN 'correction' THEN NEW.of_version = newest
               ELSE NEW.of_version < newest END, false) THEN
            RAISE EXCEPTION 'the newest version is corrected, and an older one taken out'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state IN ('confirmed', 'refused') THEN
            IF tie_of(NEW.decided_by, held.provider_id) IS NOT NULL
               OR EXISTS (SELECT FROM inspection_judgements j
                          WHERE j.inspection_id = held.id AND j.judged_by = NEW.decided_by)
               OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = held.id
                          AND n.person_id = NEW.decided_by AND n.left_at IS NULL) THEN
              RAISE EXCEPTION 'who inspected, or has a tie, does not decide'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            alone := sole_commissioner_of(held.provider_id);
            IF alone = root_of(acting_organisation()) AND NOT EXISTS (
                 SELECT FROM inspectors n WHERE n.inspection_id = held.id
                 AND n.left_at IS NULL AND root_of(n.organisation_id) <> alone) THEN
              RAISE EXCEPTION 'the only commissioner there does not decide alone'
                USING ERRCODE = 'integrity_constraint_violation';
            END IF;
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER impartial BEFORE INSERT OR UPDATE ON inspection_amendments "
        "FOR EACH ROW EXECUTE FUNCTION refuse_partial_amendment()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_unamended_publication() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF TG_OP = 'INSERT' AND NEW.version > 1 AND NOT EXISTS (
               SELECT FROM inspection_amendments a WHERE a.inspection_id = NEW.inspection_id
               AND a.kind = 'correction' AND a.state = 'confirmed'
               AND a.of_version = NEW.version - 1) THEN
            RAISE EXCEPTION 'nobody corrects what is published alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND NOT EXISTS (
               SELECT FROM inspection_amendments a WHERE a.inspection_id = NEW.inspection_id
               AND a.kind = 'redaction' AND a.state = 'confirmed'
               AND a.of_version = NEW.version) THEN
            RAISE EXCEPTION 'nobody takes out alone what is published'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER by_two BEFORE INSERT OR UPDATE ON inspection_publications "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unamended_publication()"
    )
    for name in ("refuse_partial_amendment", "refuse_unamended_publication"):
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")


def write_what_was_found_while(also: str) -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION refuse_late_judgement() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR SHARE;
          IF held.state NOT IN ('planned', 'judging')
             AND NOT ({also}) THEN
            RAISE EXCEPTION 'what was found is no longer written'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NOT EXISTS (SELECT FROM inspection_sites s WHERE s.inspection_id = NEW.inspection_id
                         AND s.site_id = NEW.site_id)
             OR NOT EXISTS (SELECT FROM criteria c WHERE c.id = NEW.criterion_id
                            AND c.version_id = held.standards_version_id)
             OR NOT EXISTS (SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
                            AND i.person_id = NEW.judged_by AND i.left_at IS NULL) THEN
            RAISE EXCEPTION 'its site, its criterion or its inspector is none of this inspection'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    speaks = "owns_inspected(inspection_id) OR inspects(inspection_id)"
    allow("app", "sees", "inspection_comments", "may_see_findings(inspection_id)")
    allow("app", "adds", "inspection_comments", f"said_by = acting_person() AND ({speaks})")
    allow("app", "changes", "inspection_comments", speaks)
    amends = "amends_inspection(inspection_id)"
    allow("app", "sees", "inspection_amendments", amends)
    allow("app", "adds", "inspection_amendments", f"proposed_by = acting_person() AND {amends}")
    allow("app", "changes", "inspection_amendments", amends)
    replace_policies(
        judgements=f"inspects(inspection_id) OR (is_being_corrected(inspection_id) AND {amends})",
        published=f"checks_inspection(inspection_id) OR {amends}",
        redacts=amends,
    )
    allow("read", "sees", "inspections", "state = 'published' AND is_public_provider(provider_id)")


def replace_policies(judgements: str, published: str, redacts: str) -> None:
    for table, verb, rows in (
        ("inspection_judgements", "changes", judgements),
        ("inspection_publications", "adds", published),
        ("inspection_publications", "changes", redacts),
    ):
        op.execute(f"DROP POLICY app_{verb} ON {table}")
        allow("app", verb, table, rows)


def grant() -> None:
    app, everything = role("app"), ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON {everything} TO {app}")
    op.execute(
        "GRANT UPDATE (judgement_version, comment, received_on, said_by, said_by_name, said_at, "
        f"answer, reason, answered_by, answered_at, version) ON inspection_comments TO {app}"
    )
    op.execute(
        "GRANT UPDATE (state, decided_by, decided_at, decision_reason, version) "
        f"ON inspection_amendments TO {app}"
    )
    op.execute(f"GRANT UPDATE (comments_rule) ON inspections TO {app}")
    op.execute(f"GRANT SELECT ({PUBLIC_COLUMNS}) ON inspections TO {role('read')}")


def downgrade() -> None:
    op.execute("DROP POLICY read_sees ON inspections")
    op.execute(f"REVOKE SELECT ({PUBLIC_COLUMNS}) ON inspections FROM {role('read')}")
    replace_policies(
        judgements="inspects(inspection_id)",
        published="checks_inspection(inspection_id)",
        redacts="judges_provider(provider_id)",
    )
    write_what_was_found_while("held.state = 'with-provider' AND TG_OP = 'UPDATE'")
    op.execute("DROP TRIGGER answered ON inspections")
    op.execute("DROP TRIGGER by_two ON inspection_publications")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for name in (
        "refuse_late_comment()",
        "refuse_unanswered_check()",
        "refuse_partial_amendment()",
        "refuse_unamended_publication()",
        "close_comments(uuid, timestamptz)",
        "who_could_check(uuid)",
        "part_in_inspection(uuid)",
        "public_provider(text)",
        "is_being_corrected(uuid)",
        "amends_inspection(uuid)",
    ):
        op.execute(f"DROP FUNCTION {name}")
    op.drop_column("inspections", "comments_rule")
