"""What follows a publication: replies, actions, appeals, revisits asked for."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0041"
down_revision = "0040"

TABLES = (
    "inspection_replies",
    "inspection_actions",
    "inspection_appeals",
    "inspection_revisits",
)
PUBLIC = {
    "inspection_replies": "id, inspection_id, provider_id, site, criterion, version, reply, "
    "signed_at, withdrawn_at",
    "inspection_actions": "id, inspection_id, provider_id, site, criterion, role, due_on, state, "
    "evidence_sent_at, verified_at",
    "inspection_appeals": "id, inspection_id, provider_id, of_version, state, appealed_at, due_on, "
    "due_rule, decision, reason, decided_at",
    "inspection_revisits": "id, inspection_id, provider_id, body_id, state, asked_at, planned_id",
}
"""What everybody may read of each; never a name, nor what was said in confidence."""
SEEN_BY_PEERS = (
    "has_part_in_inspections_of(uuid)",
    "may_see_inspection(uuid)",
    "may_see_findings(uuid)",
    "amends_inspection(uuid)",
)
FUNCTIONS = (
    "refuse_misplaced_answer",
    "refuse_change_of_reply",
    "refuse_own_verification",
    "refuse_partial_appeal",
    "refuse_groundless_amendment",
)
CHECKS = "i.check_body_id = ANY (organisations_acted_for())"
CHECKS_OR_DECIDES = f"{CHECKS} OR i.appeal_body_id = ANY (organisations_acted_for())"


def upgrade() -> None:
    add_inspection_appeals()
    add_inspection_revisits()
    add_inspection_replies()
    add_inspection_actions()
    widen_inspection_amendments()
    widen_inspections()
    let_peers_see(CHECKS, CHECKS_OR_DECIDES)
    say_who_decides()
    show_the_queue()
    answer_findings()
    decide_appeals()
    protect_rows()
    grant()


def add_inspection_appeals() -> None:
    op.create_table(
        "inspection_appeals",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "of_version", sa.Integer(), nullable=False, comment="The published version appealed"
        ),
        sa.Column(
            "judgement_ids",
            sa.ARRAY(sa.Uuid()),
            nullable=False,
            comment="The judgements it is against",
        ),
        sa.Column("grounds", sa.Text(), nullable=False, comment="Why; never public"),
        sa.Column("state", sa.Text(), nullable=False, comment="open, decided, withdrawn"),
        sa.Column("appealed_by", sa.UUID(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True, comment="The last day to decide it"),
        sa.Column("due_rule", sa.Text(), nullable=True, comment="How that day was counted"),
        sa.Column("decision", sa.Text(), nullable=True, comment="upheld, partly, dismissed"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it was decided so; public"),
        sa.Column("decided_by", sa.UUID(), nullable=True),
        sa.Column("decided_for", sa.UUID(), nullable=True, comment="For whom they decided it"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "corrected_version",
            sa.Integer(),
            nullable=True,
            comment="The version that it came to, where it was upheld",
        ),
        sa.CheckConstraint(
            "(state = 'decided') = (decision IS NOT NULL) AND (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (reason IS NULL) AND (coalesce(decision, 'dismissed') = 'dismissed') = (corrected_version IS NULL)",
            name=op.f("inspection_appeals_decided_with_reason_check"),
        ),
        sa.CheckConstraint(
            "decision IN ('upheld', 'partly', 'dismissed')",
            name=op.f("inspection_appeals_decision_known_check"),
        ),
        sa.CheckConstraint(
            "judgement_ids <> '{}'", name=op.f("inspection_appeals_against_something_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'decided', 'withdrawn')",
            name=op.f("inspection_appeals_state_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(grounds)) > 0", name=op.f("inspection_appeals_grounded_check")
        ),
        sa.ForeignKeyConstraint(
            ["appealed_by"], ["people.id"], name=op.f("inspection_appeals_appealed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("inspection_appeals_decided_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for"], ["organisations.id"], name=op.f("inspection_appeals_decided_for_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_appeals_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspection_appeals_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_appeals_pkey")),
    )
    op.create_index(
        op.f("inspection_appeals_appealed_by_idx"),
        "inspection_appeals",
        ["appealed_by"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_appeals_decided_by_idx"),
        "inspection_appeals",
        ["decided_by"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_appeals_decided_for_idx"),
        "inspection_appeals",
        ["decided_for"],
        unique=False,
    )
    op.create_index(
        "inspection_appeals_of_version_key",
        "inspection_appeals",
        ["inspection_id", "of_version"],
        unique=True,
        postgresql_where="state <> 'withdrawn'",
    )
    op.create_index(
        "inspection_appeals_open_idx",
        "inspection_appeals",
        ["due_on", "id"],
        unique=False,
        postgresql_where="state = 'open'",
    )
    op.create_index(
        op.f("inspection_appeals_provider_id_idx"),
        "inspection_appeals",
        ["provider_id"],
        unique=False,
    )


def add_inspection_revisits() -> None:
    op.create_table(
        "inspection_revisits",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("body_id", sa.UUID(), nullable=False, comment="Whose queue it stands in"),
        sa.Column("reason", sa.Text(), nullable=False, comment="What was put right; never public"),
        sa.Column("state", sa.Text(), nullable=False, comment="open, planned, refused, withdrawn"),
        sa.Column("asked_by", sa.UUID(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "planned_id", sa.UUID(), nullable=True, comment="The inspection that is the revisit"
        ),
        sa.Column("answer", sa.Text(), nullable=True, comment="Why there is none"),
        sa.Column("answered_by", sa.UUID(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'planned') = (planned_id IS NOT NULL)",
            name=op.f("inspection_revisits_planned_as_something_check"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR answer IS NOT NULL",
            name=op.f("inspection_revisits_refused_with_reason_check"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'planned', 'refused', 'withdrawn')",
            name=op.f("inspection_revisits_state_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("inspection_revisits_reasoned_check")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("inspection_revisits_answered_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["people.id"], name=op.f("inspection_revisits_asked_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisations.id"], name=op.f("inspection_revisits_body_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_revisits_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_id"], ["inspections.id"], name=op.f("inspection_revisits_planned_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspection_revisits_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_revisits_pkey")),
    )
    op.create_index(
        op.f("inspection_revisits_answered_by_idx"),
        "inspection_revisits",
        ["answered_by"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_revisits_asked_by_idx"), "inspection_revisits", ["asked_by"], unique=False
    )
    op.create_index(
        op.f("inspection_revisits_body_id_idx"), "inspection_revisits", ["body_id"], unique=False
    )
    op.create_index(
        "inspection_revisits_open_key",
        "inspection_revisits",
        ["inspection_id"],
        unique=True,
        postgresql_where="state IN ('open', 'planned')",
    )
    op.create_index(
        op.f("inspection_revisits_planned_id_idx"),
        "inspection_revisits",
        ["planned_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_revisits_provider_id_idx"),
        "inspection_revisits",
        ["provider_id"],
        unique=False,
    )
    op.create_index(
        "inspection_revisits_queue_idx",
        "inspection_revisits",
        ["asked_at", "id"],
        unique=False,
        postgresql_where="state = 'open'",
    )


def add_inspection_replies() -> None:
    op.create_table(
        "inspection_replies",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("judgement_id", sa.UUID(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False, comment="The site's reference"),
        sa.Column("criterion", sa.Text(), nullable=False, comment="The criterion's number"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="1, and one more each time it is changed",
        ),
        sa.Column("reply", sa.Text(), nullable=False, comment="Public"),
        sa.Column("signed_by", sa.UUID(), nullable=False),
        sa.Column(
            "signed_by_name", sa.Text(), nullable=False, comment="As it was then; never public"
        ),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(btrim(reply)) > 0", name=op.f("inspection_replies_says_something_check")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("inspection_replies_counted_from_one_check")),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_replies_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["inspection_judgements.id"],
            name=op.f("inspection_replies_judgement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspection_replies_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["people.id"], name=op.f("inspection_replies_signed_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_replies_pkey")),
        sa.UniqueConstraint(
            "judgement_id", "version", name=op.f("inspection_replies_judgement_id_version_key")
        ),
    )
    op.create_index(
        op.f("inspection_replies_inspection_id_idx"),
        "inspection_replies",
        ["inspection_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_replies_provider_id_idx"),
        "inspection_replies",
        ["provider_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_replies_signed_by_idx"), "inspection_replies", ["signed_by"], unique=False
    )


def add_inspection_actions() -> None:
    op.create_table(
        "inspection_actions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("judgement_id", sa.UUID(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False, comment="The site's reference"),
        sa.Column("criterion", sa.Text(), nullable=False, comment="The criterion's number"),
        sa.Column("action", sa.Text(), nullable=False, comment="What will be done; never public"),
        sa.Column("role", sa.Text(), nullable=False, comment="Who sees to it: a role, and no name"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="open, evidence-sent, verified"),
        sa.Column("given_by", sa.UUID(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.UUID(), nullable=True, comment="The evidence that it was done"),
        sa.Column("evidence_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "sent_back_reason",
            sa.Text(),
            nullable=True,
            comment="Why an inspector was not content with the evidence before",
        ),
        sa.Column("verified_by", sa.UUID(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, comment="Counts changes"),
        sa.CheckConstraint(
            "(state = 'verified') = (verified_at IS NOT NULL) AND (verified_at IS NULL) = (verified_by IS NULL)",
            name=op.f("inspection_actions_verified_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "state = 'open' OR (document_id IS NOT NULL AND evidence_sent_at IS NOT NULL)",
            name=op.f("inspection_actions_with_evidence_check"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'evidence-sent', 'verified')",
            name=op.f("inspection_actions_state_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(action)) > 0", name=op.f("inspection_actions_says_something_check")
        ),
        sa.CheckConstraint(
            "length(btrim(role)) > 0", name=op.f("inspection_actions_says_who_check")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("inspection_actions_document_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["people.id"], name=op.f("inspection_actions_given_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_actions_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["inspection_judgements.id"],
            name=op.f("inspection_actions_judgement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspection_actions_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["people.id"], name=op.f("inspection_actions_verified_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_actions_pkey")),
        sa.UniqueConstraint("judgement_id", name=op.f("inspection_actions_judgement_id_key")),
    )
    op.create_index(
        op.f("inspection_actions_document_id_idx"),
        "inspection_actions",
        ["document_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_actions_given_by_idx"), "inspection_actions", ["given_by"], unique=False
    )
    op.create_index(
        op.f("inspection_actions_inspection_id_idx"),
        "inspection_actions",
        ["inspection_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_actions_provider_id_idx"),
        "inspection_actions",
        ["provider_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_actions_verified_by_idx"),
        "inspection_actions",
        ["verified_by"],
        unique=False,
    )


def widen_inspection_amendments() -> None:
    op.add_column(
        "inspection_amendments",
        sa.Column("appeal_id", sa.UUID(), nullable=True, comment="The appeal that it follows from"),
    )
    op.create_index(
        op.f("inspection_amendments_appeal_id_idx"),
        "inspection_amendments",
        ["appeal_id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("inspection_amendments_appeal_id_fkey"),
        "inspection_amendments",
        "inspection_appeals",
        ["appeal_id"],
        ["id"],
    )


def widen_inspections() -> None:
    op.add_column(
        "inspections",
        sa.Column(
            "appeal_body_id",
            sa.UUID(),
            nullable=True,
            comment="The peer that was asked to decide an appeal",
        ),
    )
    op.create_index(
        op.f("inspections_appeal_body_id_idx"), "inspections", ["appeal_body_id"], unique=False
    )
    op.create_foreign_key(
        op.f("inspections_appeal_body_id_fkey"),
        "inspections",
        "organisations",
        ["appeal_body_id"],
        ["id"],
    )


def let_peers_see(former: str, present: str) -> None:
    """Let whoever is asked to decide an appeal see what whoever is asked to check sees."""
    for signature in SEEN_BY_PEERS:
        op.execute(
            f"DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('{signature}'::regprocedure), "
            f"$old${former}$old$, $new${present}$new$); END $do$"
        )


def say_who_decides() -> None:
    # Neither inspected, nor checked, nor tied to the provider.
    function(
        "is_uninvolved(inspection uuid, person uuid)",
        "boolean",
        """
        SELECT NOT EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = inspection
            AND n.person_id = person AND n.left_at IS NULL)
          AND NOT EXISTS (SELECT FROM inspection_judgements j
            WHERE j.inspection_id = inspection AND j.judged_by = person)
          AND NOT EXISTS (SELECT FROM inspection_checks c
            WHERE c.inspection_id = inspection AND c.person_id = person)
          AND EXISTS (SELECT FROM inspections i
            WHERE i.id = inspection AND tie_of(person, i.provider_id) IS NULL)
        """,
    )
    function(
        "who_could_decide(inspection uuid)",
        "TABLE (organisation_id uuid, name text, own boolean, people bigint)",
        """
        SELECT r.id, r.name, r.id = root_of(i.body_id), count(DISTINCT m.person_id)
        FROM inspections i
        JOIN memberships m ON m.ended_at IS NULL AND 'second-officer' = ANY (m.roles)
        JOIN people p ON p.id = m.person_id AND p.blocked_at IS NULL
        JOIN organisations r ON r.id = root_of(m.organisation_id)
        WHERE i.id = inspection AND (inspects(i.id) OR amends_inspection(i.id))
          AND r.kind IN ('local-authority', 'qa-body', 'department')
          AND is_uninvolved(i.id, m.person_id)
          AND r.id IS DISTINCT FROM sole_commissioner_of(i.provider_id)
        GROUP BY r.id, r.name, i.body_id
        """,
        "app",
    )


def show_the_queue() -> None:
    # How many stand before it is no secret; whose they are, only officers see.
    function(
        "place_in_revisit_queue(revisit uuid)",
        "bigint",
        """
        SELECT count(*) FROM inspection_revisits r JOIN inspection_revisits o
          ON o.body_id = r.body_id AND o.state = 'open'
          AND (o.asked_at, o.id) <= (r.asked_at, r.id)
        WHERE r.id = revisit AND r.state = 'open'
        """,
        "app",
        "read",
    )


def answer_findings() -> None:
    """Who is inspected speaks for itself; only inspectors say that something was done."""
    op.execute(
        """
        CREATE FUNCTION refuse_misplaced_answer() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM inspections i JOIN inspection_judgements j
               ON j.inspection_id = i.id WHERE i.id = NEW.inspection_id AND i.state = 'published'
               AND i.provider_id = NEW.provider_id AND j.id = NEW.judgement_id) THEN
            RAISE EXCEPTION 'only what is published is answered'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_reply() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.reply = OLD.reply
             AND NEW.version = OLD.version AND NEW.judgement_id = OLD.judgement_id
             AND NEW.signed_at = OLD.signed_at THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'a reply stays as it was signed; say it otherwise in a further version'
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION refuse_own_verification() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF OLD.state = 'verified' THEN
            RAISE EXCEPTION 'what is verified stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF acting_person() IS NOT NULL AND NOT inspects(NEW.inspection_id)
             AND (NEW.state = 'verified' OR NEW.sent_back_reason IS DISTINCT FROM
                  OLD.sent_back_reason) THEN
            RAISE EXCEPTION 'inspectors say whether it was done'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF acting_person() IS NOT NULL AND NOT owns_provider(NEW.provider_id)
             AND ROW(NEW.action, NEW.role, NEW.due_on, NEW.document_id)
               IS DISTINCT FROM ROW(OLD.action, OLD.role, OLD.due_on, OLD.document_id) THEN
            RAISE EXCEPTION 'the provider says what it does'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    for table in ("inspection_replies", "inspection_actions"):
        op.execute(
            f"CREATE TRIGGER of_what_is_published BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_misplaced_answer()"
        )
    op.execute(
        "CREATE TRIGGER stays_as_signed BEFORE UPDATE OR DELETE ON inspection_replies "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_reply()"
    )
    op.execute(
        "CREATE TRIGGER verified_by_inspectors BEFORE UPDATE ON inspection_actions "
        "FOR EACH ROW EXECUTE FUNCTION refuse_own_verification()"
    )


def decide_appeals() -> None:
    """An appeal is decided by somebody uninvolved, and so is what is corrected by it."""
    op.execute(
        """
        CREATE FUNCTION refuse_partial_appeal() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections; newest integer;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR UPDATE;
          SELECT max(p.version) INTO newest FROM inspection_publications p
            WHERE p.inspection_id = NEW.inspection_id;
          IF TG_OP = 'INSERT' AND (NEW.state <> 'open' OR held.state <> 'published'
               OR NEW.of_version IS DISTINCT FROM newest) THEN
            RAISE EXCEPTION 'an appeal is against what stands published'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND OLD.state <> 'open' THEN
            RAISE EXCEPTION 'what is settled stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'decided' AND (NOT is_uninvolved(held.id, NEW.decided_by)
               OR sole_commissioner_of(held.provider_id) = root_of(NEW.decided_for)
               OR (acting_person() IS NOT NULL AND acting_person() <> NEW.decided_by)) THEN
            RAISE EXCEPTION 'somebody uninvolved decides an appeal'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'withdrawn' AND acting_person() IS NOT NULL
             AND NOT owns_provider(held.provider_id) THEN
            RAISE EXCEPTION 'who appealed takes it back'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER impartial BEFORE INSERT OR UPDATE ON inspection_appeals "
        "FOR EACH ROW EXECUTE FUNCTION refuse_partial_appeal()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_groundless_amendment() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF NEW.appeal_id IS NOT NULL AND NOT EXISTS (
               SELECT FROM inspection_appeals a WHERE a.id = NEW.appeal_id
               AND a.inspection_id = NEW.inspection_id AND a.appealed_by = NEW.proposed_by
               AND a.state = 'decided' AND a.decision IN ('upheld', 'partly')
               AND NEW.kind = 'correction') THEN
            RAISE EXCEPTION 'no appeal that was upheld asks for it'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER grounded BEFORE INSERT ON inspection_amendments "
        "FOR EACH ROW EXECUTE FUNCTION refuse_groundless_amendment()"
    )
    for name in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    owns, amends = "owns_inspected(inspection_id)", "amends_inspection(inspection_id)"
    inspects, plans = "inspects(inspection_id)", "plans_inspection(inspection_id)"
    for table, who, changes in (
        ("inspection_replies", "signed_by", owns),
        ("inspection_actions", "given_by", f"{owns} OR {inspects}"),
        ("inspection_appeals", "appealed_by", f"{owns} OR {amends}"),
        ("inspection_revisits", "asked_by", f"{owns} OR {inspects} OR {plans}"),
    ):
        allow("app", "sees", table, "may_see_findings(inspection_id)")
        allow("app", "adds", table, f"{who} = acting_person() AND {owns}")
        allow("app", "changes", table, changes)
        allow("read", "sees", table, "is_public_provider(provider_id)")
    allow_all_rows("publisher", "sees", "inspection_appeals", "inspection_revisits")
    replace_policies(
        adds=f"{amends} AND (proposed_by = acting_person() OR appeal_id IS NOT NULL)",
        changes="inspects(id) OR checks_inspection(id) OR judges_provider(provider_id) "
        "OR amends_inspection(id)",
    )


def replace_policies(adds: str, changes: str) -> None:
    op.execute("DROP POLICY app_adds ON inspection_amendments")
    allow("app", "adds", "inspection_amendments", adds)
    op.execute("DROP POLICY app_changes ON inspections")
    allow("app", "changes", "inspections", changes)


def grant() -> None:
    app, everything = role("app"), ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON {everything} TO {app}")
    changed = {
        "inspection_replies": "withdrawn_at",
        "inspection_actions": "action, role, due_on, state, given_by, given_at, document_id, "
        "evidence_sent_at, sent_back_reason, verified_by, verified_at, version",
        "inspection_appeals": "state, decision, reason, decided_by, decided_for, decided_at, "
        "corrected_version",
        "inspection_revisits": "state, planned_id, answer, answered_by, answered_at",
        "inspections": "appeal_body_id",
    }
    for table, columns in changed.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {app}")
    for table, columns in PUBLIC.items():
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO {role('read')}")
    op.execute(f"GRANT SELECT ON inspection_appeals, inspection_revisits TO {role('publisher')}")


def downgrade() -> None:
    replace_policies(
        adds="proposed_by = acting_person() AND amends_inspection(inspection_id)",
        changes="inspects(id) OR checks_inspection(id) OR judges_provider(provider_id)",
    )
    op.execute("DROP TRIGGER grounded ON inspection_amendments")
    let_peers_see(CHECKS_OR_DECIDES, CHECKS)
    op.drop_column("inspection_amendments", "appeal_id")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP FUNCTION place_in_revisit_queue(uuid)")
    op.execute("DROP FUNCTION who_could_decide(uuid)")
    op.execute("DROP FUNCTION is_uninvolved(uuid, uuid)")
    op.drop_column("inspections", "appeal_body_id")
