"""Inspections: what is planned, who inspects, what they find, what is published; and commitments."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0033"
down_revision = "0032"

TABLES = (
    "inspections",
    "inspection_sites",
    "inspectors",
    "declared_interests",
    "inspection_judgements",
    "judgement_notes",
    "judgement_files",
    "inspection_checks",
    "inspection_publications",
    "commitments",
)
INSPECTION_TABLES = TABLES[:-1]
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def upgrade() -> None:
    op.execute("CREATE SEQUENCE inspection_numbers MINVALUE 1")
    add_inspections()
    add_inspection_sites()
    add_inspectors()
    add_declared_interests()
    add_inspection_judgements()
    add_judgement_notes()
    add_judgement_files()
    add_inspection_checks()
    add_inspection_publications()
    add_commitments()
    say_whose_inspections_are()
    keep_apart()
    keep_what_was_found()
    protect_rows()
    grant()


def add_inspections() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False, comment="QA000017K: public"),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "la_code", sa.Text(), nullable=False, comment="The local authority that decides there"
        ),
        sa.Column(
            "body_id", sa.UUID(), nullable=False, comment="Whose inspectors look: the QA body"
        ),
        sa.Column(
            "check_body_id",
            sa.UUID(),
            nullable=True,
            comment="The peer that was asked to check, where the body has nobody free",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="entry-visit, annual, themed …"),
        sa.Column("state", sa.Text(), nullable=False, comment="planned, judging, with-provider …"),
        sa.Column(
            "standards_version_id", sa.UUID(), nullable=False, comment="In force on the planned day"
        ),
        sa.Column("planned_on", sa.Date(), nullable=False, comment="The day of the visit, London"),
        sa.Column(
            "criteria",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Numbers of the only criteria looked at; none named is all",
        ),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why it was planned; never public"),
        sa.Column(
            "sent_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the provider was first given the draft",
        ),
        sa.Column(
            "comments_due_on",
            sa.Date(),
            nullable=True,
            comment="The last day for what is factually wrong",
        ),
        sa.Column(
            "comments_closed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When the provider was done, or its time was over",
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "made_by", sa.UUID(), nullable=True, comment="Empty where a machine submitted it"
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_reason IS NOT NULL)",
            name=op.f("inspections_cancelled_with_reason_check"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("inspections_published_once_check"),
        ),
        sa.CheckConstraint(
            "kind <> 'themed' OR criteria <> '{}'",
            name=op.f("inspections_themed_names_criteria_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('entry-desktop', 'entry-visit', 'monitoring', 'annual', 'themed', 'unannounced', 'follow-up', 'closure')",
            name=op.f("inspections_kind_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'judging', 'with-provider', 'to-check', 'published', 'cancelled')",
            name=op.f("inspections_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('to-check', 'published') OR comments_closed_at IS NOT NULL",
            name=op.f("inspections_comments_closed_before_checked_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('with-provider', 'to-check', 'published') OR sent_at IS NOT NULL",
            name=op.f("inspections_heard_before_checked_check"),
        ),
        sa.CheckConstraint(
            "(sent_at IS NULL) = (comments_due_on IS NULL)",
            name=op.f("inspections_comments_due_check"),
        ),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("inspections_reasoned_check")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisations.id"], name=op.f("inspections_body_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["check_body_id"], ["organisations.id"], name=op.f("inspections_check_body_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("inspections_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("inspections_made_by_fkey")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspections_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["standards_version_id"],
            ["standards_versions.id"],
            name=op.f("inspections_standards_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspections_pkey")),
        sa.UniqueConstraint("reference", name=op.f("inspections_reference_key")),
    )
    op.create_index(
        "inspections_body_id_idx", "inspections", ["body_id", "planned_on", "id"], unique=False
    )
    op.create_index(
        op.f("inspections_check_body_id_idx"), "inspections", ["check_body_id"], unique=False
    )
    op.create_index(
        "inspections_la_code_idx", "inspections", ["la_code", "planned_on", "id"], unique=False
    )
    op.create_index(op.f("inspections_made_by_idx"), "inspections", ["made_by"], unique=False)
    op.create_index(
        "inspections_open_idx",
        "inspections",
        ["planned_on", "id"],
        unique=False,
        postgresql_where="NOT (state IN ('published', 'cancelled'))",
    )
    op.create_index(
        op.f("inspections_provider_id_idx"), "inspections", ["provider_id"], unique=False
    )
    op.create_index(
        op.f("inspections_standards_version_id_idx"),
        "inspections",
        ["standards_version_id"],
        unique=False,
    )


def add_inspection_sites() -> None:
    op.create_table(
        "inspection_sites",
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("inspection_sites_inspection_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("inspection_sites_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "site_id", name=op.f("inspection_sites_pkey")),
    )
    op.create_index(
        op.f("inspection_sites_site_id_idx"), "inspection_sites", ["site_id"], unique=False
    )


def add_inspectors() -> None:
    op.create_table(
        "inspectors",
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="As it was then; never public"),
        sa.Column(
            "organisation_id",
            sa.UUID(),
            nullable=False,
            comment="For whom they inspect: their team",
        ),
        sa.Column("part", sa.Text(), nullable=False, comment="lead or inspector"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "left_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When they were taken off it, having judged nothing",
        ),
        sa.CheckConstraint(
            "part IN ('lead', 'inspector')", name=op.f("inspectors_part_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("inspectors_inspection_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("inspectors_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("inspectors_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "person_id", name=op.f("inspectors_pkey")),
    )
    op.create_index(
        "inspectors_lead_key",
        "inspectors",
        ["inspection_id"],
        unique=True,
        postgresql_where="part = 'lead' AND left_at IS NULL",
    )
    op.create_index(
        op.f("inspectors_organisation_id_idx"), "inspectors", ["organisation_id"], unique=False
    )
    op.create_index(op.f("inspectors_person_id_idx"), "inspectors", ["person_id"], unique=False)


def add_declared_interests() -> None:
    op.create_table(
        "declared_interests",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="For whom they work"),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="worked-there, family, friend …"),
        sa.Column("detail", sa.Text(), nullable=False, comment="In their words; never public"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="The last day it binds"),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "kind IN ('worked-there', 'family', 'friend', 'financial', 'child-placed', 'other')",
            name=op.f("declared_interests_kind_known_check"),
        ),
        sa.CheckConstraint(
            "ended_on >= since", name=op.f("declared_interests_ends_after_beginning_check")
        ),
        sa.CheckConstraint(
            "length(btrim(detail)) > 0", name=op.f("declared_interests_explained_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("declared_interests_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("declared_interests_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("declared_interests_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("declared_interests_pkey")),
    )
    op.create_index(
        op.f("declared_interests_organisation_id_idx"),
        "declared_interests",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "declared_interests_person_id_provider_id_idx",
        "declared_interests",
        ["person_id", "provider_id"],
        unique=False,
    )
    op.create_index(
        op.f("declared_interests_provider_id_idx"),
        "declared_interests",
        ["provider_id"],
        unique=False,
    )


def add_inspection_judgements() -> None:
    op.create_table(
        "inspection_judgements",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("criterion_id", sa.UUID(), nullable=False),
        sa.Column("judgement", sa.Text(), nullable=False, comment="met, partly-met, not-met …"),
        sa.Column(
            "finding",
            sa.Text(),
            nullable=True,
            comment="What was seen, or why nobody looked; published, so nothing about a child",
        ),
        sa.Column("method", sa.Text(), nullable=True, comment="visit, desk or call"),
        sa.Column("seen_on", sa.Date(), nullable=True, comment="When this evidence was seen"),
        sa.Column(
            "carried_from_id",
            sa.UUID(),
            nullable=True,
            comment="The published judgement whose evidence stands, where nobody looked anew",
        ),
        sa.Column("judged_by", sa.UUID(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(judgement IN ('not-applicable', 'not-assessed')) = (seen_on IS NULL) AND (seen_on IS NULL) = (method IS NULL)",
            name=op.f("inspection_judgements_seen_unless_not_looked_at_check"),
        ),
        sa.CheckConstraint(
            "judgement = 'met' OR coalesce(length(btrim(finding)), 0) > 0",
            name=op.f("inspection_judgements_explained_check"),
        ),
        sa.CheckConstraint(
            "judgement IN ('met', 'partly-met', 'not-met', 'not-applicable', 'not-assessed')",
            name=op.f("inspection_judgements_judgement_known_check"),
        ),
        sa.CheckConstraint(
            "method IN ('visit', 'desk', 'call')",
            name=op.f("inspection_judgements_method_known_check"),
        ),
        sa.CheckConstraint(
            "carried_from_id <> id", name=op.f("inspection_judgements_not_from_itself_check")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["inspection_judgements.id"],
            name=op.f("inspection_judgements_carried_from_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criteria.id"], name=op.f("inspection_judgements_criterion_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_judgements_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["judged_by"], ["people.id"], name=op.f("inspection_judgements_judged_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("inspection_judgements_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_judgements_pkey")),
        sa.UniqueConstraint(
            "inspection_id",
            "site_id",
            "criterion_id",
            name=op.f("inspection_judgements_inspection_id_site_id_criterion_id_key"),
        ),
    )
    op.create_index(
        op.f("inspection_judgements_carried_from_id_idx"),
        "inspection_judgements",
        ["carried_from_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_judgements_criterion_id_idx"),
        "inspection_judgements",
        ["criterion_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_judgements_judged_by_idx"),
        "inspection_judgements",
        ["judged_by"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_judgements_site_id_idx"),
        "inspection_judgements",
        ["site_id"],
        unique=False,
    )


def add_judgement_notes() -> None:
    op.create_table(
        "judgement_notes",
        sa.Column("judgement_id", sa.UUID(), nullable=False),
        sa.Column(
            "note", sa.Text(), nullable=False, comment="Never public, nor shown to the provider"
        ),
        sa.CheckConstraint(
            "length(btrim(note)) > 0", name=op.f("judgement_notes_says_something_check")
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["inspection_judgements.id"],
            name=op.f("judgement_notes_judgement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("judgement_id", name=op.f("judgement_notes_pkey")),
    )


def add_judgement_files() -> None:
    op.create_table(
        "judgement_files",
        sa.Column("judgement_id", sa.UUID(), nullable=False),
        sa.Column("file_id", sa.UUID(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("judgement_files_file_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id"],
            ["inspection_judgements.id"],
            name=op.f("judgement_files_judgement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("judgement_id", "file_id", name=op.f("judgement_files_pkey")),
    )
    op.create_index(
        op.f("judgement_files_file_id_idx"), "judgement_files", ["file_id"], unique=False
    )


def add_inspection_checks() -> None:
    op.create_table(
        "inspection_checks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False, comment="As it was then; never public"),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False, comment="published or returned"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Why it goes back; never public"),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision = 'published' OR reason IS NOT NULL",
            name=op.f("inspection_checks_returned_with_reason_check"),
        ),
        sa.CheckConstraint(
            "decision IN ('published', 'returned')",
            name=op.f("inspection_checks_decision_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("inspection_checks_reasoned_check")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("inspection_checks_inspection_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("inspection_checks_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("inspection_checks_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_checks_pkey")),
    )
    op.create_index(
        op.f("inspection_checks_inspection_id_idx"),
        "inspection_checks",
        ["inspection_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_checks_organisation_id_idx"),
        "inspection_checks",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("inspection_checks_person_id_idx"), "inspection_checks", ["person_id"], unique=False
    )


def add_inspection_publications() -> None:
    op.create_table(
        "inspection_publications",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="1, and one more for each correction"
        ),
        sa.Column(
            "document",
            sa.LargeBinary(),
            nullable=True,
            comment="What is public of it: canonical JSON, as UTF-8",
        ),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, comment="Of the document"),
        sa.Column("correction", sa.Text(), nullable=True, comment="What changed and why; public"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redacted_reason", sa.Text(), nullable=True, comment="Why it is gone; public"),
        sa.CheckConstraint(
            "(document IS NULL) = (redacted_at IS NOT NULL) AND (redacted_at IS NULL) = (redacted_reason IS NULL)",
            name=op.f("inspection_publications_redacted_with_reason_check"),
        ),
        sa.CheckConstraint(
            "(version = 1) = (correction IS NULL)",
            name=op.f("inspection_publications_corrected_with_reason_check"),
        ),
        sa.CheckConstraint(
            "octet_length(sha256) = 32", name=op.f("inspection_publications_hash_length_check")
        ),
        sa.CheckConstraint(
            "version >= 1", name=op.f("inspection_publications_counted_from_one_check")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["inspections.id"],
            name=op.f("inspection_publications_inspection_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("inspection_publications_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inspection_publications_pkey")),
        sa.UniqueConstraint(
            "inspection_id",
            "version",
            name=op.f("inspection_publications_inspection_id_version_key"),
        ),
    )
    op.create_index(
        op.f("inspection_publications_provider_id_idx"),
        "inspection_publications",
        ["provider_id"],
        unique=False,
    )


def add_commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column(
            "commissioner_id",
            sa.UUID(),
            nullable=False,
            comment="The organisation that placed the child",
        ),
        sa.Column(
            "child_link",
            sa.UUID(),
            nullable=False,
            comment="The same for one child everywhere; says nothing else",
        ),
        sa.Column(
            "period", postgresql.DATERANGE(), nullable=False, comment="The days it holds, London"
        ),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False, comment="As the timetable says"),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period)",
            name=op.f("commitments_some_days_check"),
        ),
        sa.CheckConstraint(
            "weekly_minutes BETWEEN 1 AND 10080",
            name=op.f("commitments_weekly_minutes_range_check"),
        ),
        sa.ForeignKeyConstraint(
            ["commissioner_id"], ["organisations.id"], name=op.f("commitments_commissioner_id_fkey")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("commitments_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("commitments_pkey")),
    )
    op.create_index(op.f("commitments_child_link_idx"), "commitments", ["child_link"], unique=False)
    op.create_index(
        op.f("commitments_commissioner_id_idx"), "commitments", ["commissioner_id"], unique=False
    )
    op.create_index(
        "commitments_site_id_period_idx",
        "commitments",
        ["site_id", "period"],
        unique=False,
        postgresql_using="gist",
    )


def say_whose_inspections_are() -> None:
    # The body that inspects, or the peer that was asked to check.
    function(
        "inspects(inspection uuid)",
        "boolean",
        """
        SELECT coalesce(acting_person(), acting_machine()) IS NOT NULL
          AND EXISTS (SELECT FROM inspections i WHERE i.id = inspection
            AND i.body_id = ANY (organisations_acted_for()) AND NOT has_stake_in(i.provider_id))
        """,
        "app",
    )
    function(
        "checks_inspection(inspection uuid)",
        "boolean",
        """
        SELECT acting_person() IS NOT NULL AND EXISTS (SELECT FROM inspections i
          WHERE i.id = inspection AND NOT has_stake_in(i.provider_id)
            AND coalesce(i.check_body_id, i.body_id) = ANY (organisations_acted_for()))
        """,
        "app",
    )
    function(
        "has_part_in_inspections_of(provider uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM inspections i WHERE i.provider_id = provider
          AND (i.body_id = ANY (organisations_acted_for())
            OR i.check_body_id = ANY (organisations_acted_for())))
        """,
        "app",
    )
    # Whoever is inspected is told beforehand, unless nobody is to be told; and reads the draft.
    for name, also in (
        ("may_see_inspection", "i.kind <> 'unannounced' OR i.sent_at IS NOT NULL"),
        ("may_see_findings", "i.sent_at IS NOT NULL"),
    ):
        function(
            f"{name}(inspection uuid)",
            "boolean",
            f"""
            SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
              AND (i.body_id = ANY (organisations_acted_for())
                OR i.check_body_id = ANY (organisations_acted_for())
                OR answers_for_provider(i.provider_id)
                OR (({also}) AND owns_provider(i.provider_id))))
            """,
            "app",
        )
    function(
        "may_see_notes(noted uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM inspection_judgements j JOIN inspections i
          ON i.id = j.inspection_id WHERE j.id = noted
          AND (inspects(i.id) OR checks_inspection(i.id)
            OR (answers_for_provider(i.provider_id) AND NOT has_stake_in(i.provider_id))))
        """,
        "app",
    )
    function(
        "plans_inspection(inspection uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection
          AND (judges_provider(i.provider_id) OR (acting_machine() IS NOT NULL
            AND coalesce(answers_for_provider(i.provider_id), false))))
        """,
        "app",
    )
    function(
        "owns_inspected(inspection uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM inspections i WHERE i.id = inspection "
        "AND owns_provider(i.provider_id))",
        "app",
    )
    function(
        "is_public_provider(provider uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')",
        "read",
    )
    see_providers_when(" OR has_part_in_inspections_of(provider)")
    function(
        "take_inspection_number()",
        "bigint",
        "SELECT CASE WHEN coalesce(acting_person(), acting_machine()) IS NOT NULL "
        "THEN nextval('inspection_numbers') END",
        "app",
    )
    op.execute("ALTER FUNCTION take_inspection_number() VOLATILE")


def see_providers_when(also: str) -> None:
    condition = f"""
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR some_evidence_is_shared(provider){also}
            OR EXISTS (SELECT FROM claims c WHERE c.provider_id = provider
                       AND c.withdrawn_at IS NULL
                       AND c.organisation_id = ANY (organisations_acted_for()))
        """
    op.execute(
        "CREATE OR REPLACE FUNCTION may_see_provider(provider uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $${condition}$$"
    )


def keep_apart() -> None:
    """Who inspected does not check; who has a tie does neither; a lone commissioner is not alone."""
    function(
        "root_of(organisation uuid)",
        "uuid",
        """
        WITH RECURSIVE upwards AS (
          SELECT o.id, o.parent_id FROM organisations o WHERE o.id = organisation
          UNION SELECT o.id, o.parent_id FROM organisations o JOIN upwards u ON o.id = u.parent_id
        ) SELECT id FROM upwards WHERE parent_id IS NULL
        """,
    )
    function(
        "sole_commissioner_of(provider uuid)",
        "uuid",
        f"""
        SELECT min(root::text)::uuid FROM (
          SELECT DISTINCT root_of(c.commissioner_id) AS root FROM commitments c
          JOIN sites s ON s.id = c.site_id WHERE s.provider_id = provider
            AND c.period @> {TODAY}) roots
        HAVING count(*) = 1
        """,
        "app",
    )
    function(
        "tie_of(person uuid, provider uuid)",
        "text",
        f"""
        SELECT CASE
          WHEN EXISTS (SELECT FROM declared_interests d WHERE d.person_id = person
            AND d.provider_id = provider AND (d.ended_on IS NULL OR d.ended_on >= {TODAY}))
            THEN 'declared-interest'
          WHEN EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id = provider AND m.person_id = person) THEN 'stake'
        END
        """,
        "app",
    )
    op.execute(
        """
        CREATE FUNCTION refuse_tied_inspector() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF NEW.left_at IS NULL AND EXISTS (SELECT FROM inspections i WHERE i.id = NEW.inspection_id
               AND tie_of(NEW.person_id, i.provider_id) IS NOT NULL) THEN
            RAISE EXCEPTION 'somebody with a tie to the provider does not inspect it'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.left_at IS NOT NULL AND EXISTS (SELECT FROM inspection_judgements j
               WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.person_id) THEN
            RAISE EXCEPTION 'who has judged stays an inspector'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER untied BEFORE INSERT OR UPDATE ON inspectors "
        "FOR EACH ROW EXECUTE FUNCTION refuse_tied_inspector()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_partial_check() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections; alone uuid;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id;
          IF held.state <> 'to-check' THEN
            RAISE EXCEPTION 'it is not there to be checked'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF tie_of(NEW.person_id, held.provider_id) IS NOT NULL
             OR EXISTS (SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
                        AND i.person_id = NEW.person_id AND i.left_at IS NULL)
             OR EXISTS (SELECT FROM inspection_judgements j
                        WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.person_id)
          THEN
            RAISE EXCEPTION 'who inspected, or has a tie, does not check'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          alone := sole_commissioner_of(held.provider_id);
          IF alone = root_of(NEW.organisation_id) AND NOT EXISTS (
               SELECT FROM inspectors i WHERE i.inspection_id = NEW.inspection_id
               AND i.left_at IS NULL AND root_of(i.organisation_id) <> alone) THEN
            RAISE EXCEPTION 'the only commissioner there does not judge alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER impartial BEFORE INSERT ON inspection_checks "
        "FOR EACH ROW EXECUTE FUNCTION refuse_partial_check()"
    )


def keep_what_was_found() -> None:
    """Judgements change while they are made, or in answer to the provider; nothing else later."""
    op.execute(
        """
        CREATE FUNCTION refuse_unchecked_publication() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF OLD.state IN ('published', 'cancelled') AND NEW.state <> OLD.state THEN
            RAISE EXCEPTION 'an inspection that is over stays so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (
               SELECT FROM inspection_checks c WHERE c.inspection_id = NEW.id
               AND c.decision = 'published' AND c.checked_at >= OLD.comments_closed_at) THEN
            RAISE EXCEPTION 'nobody publishes an inspection alone'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER checked BEFORE UPDATE ON inspections "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unchecked_publication()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_late_judgement() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        DECLARE held inspections;
        BEGIN
          SELECT * INTO held FROM inspections i WHERE i.id = NEW.inspection_id FOR SHARE;
          IF held.state NOT IN ('planned', 'judging')
             AND NOT (held.state = 'with-provider' AND TG_OP = 'UPDATE') THEN
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
    op.execute(
        "CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON inspection_judgements "
        "FOR EACH ROW EXECUTE FUNCTION refuse_late_judgement()"
    )
    op.execute(
        """
        CREATE FUNCTION refuse_change_except_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.document IS NOT NULL AND NEW.document IS NULL
             AND NEW.sha256 = OLD.sha256 AND NEW.version = OLD.version
             AND NEW.inspection_id = OLD.inspection_id AND NEW.published_at = OLD.published_at THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    for table, guard in (
        ("inspection_checks", "refuse_change"),
        ("inspection_publications", "refuse_change_except_redaction"),
    ):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard}()"
        )
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for name in (
        "refuse_tied_inspector",
        "refuse_partial_check",
        "refuse_unchecked_publication",
        "refuse_late_judgement",
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    allow_all_rows("publisher", "sees", *INSPECTION_TABLES)
    allow_all_rows("worker", "sees changes", "inspections")
    plans = (
        "judges_provider(provider_id) OR (acting_machine() IS NOT NULL "
        "AND coalesce(answers_for_provider(provider_id), false))"
    )
    allow("app", "sees", "inspections", "may_see_inspection(id)")
    allow("app", "adds", "inspections", f"state = 'planned' AND ({plans})")
    changes = "inspects(id) OR checks_inspection(id) OR judges_provider(provider_id)"
    allow("app", "changes", "inspections", changes)
    manages = "inspects(inspection_id) OR plans_inspection(inspection_id)"
    for table in ("inspection_sites", "inspectors"):
        allow("app", "sees", table, "may_see_inspection(inspection_id)")
        allow("app", "adds", table, manages)
    allow("app", "changes", "inspectors", manages)
    mine = "person_id = acting_person()"
    others = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "declared_interests", f"{mine} OR {others}")
    allow("app", "adds", "declared_interests", mine)
    allow("app", "changes", "declared_interests", mine)
    protect_findings()


def protect_findings() -> None:
    allow("app", "sees", "inspection_judgements", "may_see_findings(inspection_id)")
    allow("app", "adds", "inspection_judgements", "inspects(inspection_id)")
    allow("app", "changes", "inspection_judgements", "inspects(inspection_id)")
    for table in ("judgement_notes", "judgement_files"):
        allow("app", "sees", table, "may_see_notes(judgement_id)")
        allow("app", "adds", table, "may_see_notes(judgement_id)")
    allow("app", "changes", "judgement_notes", "may_see_notes(judgement_id)")
    allow("app", "removes", "judgement_notes", "may_see_notes(judgement_id)")
    allow("app", "removes", "judgement_files", "may_see_notes(judgement_id)")
    allow(
        "app",
        "sees",
        "inspection_checks",
        "may_see_inspection(inspection_id) AND NOT owns_inspected(inspection_id)",
    )
    allow(
        "app",
        "adds",
        "inspection_checks",
        "person_id = acting_person() AND checks_inspection(inspection_id)",
    )
    allow("app", "sees", "inspection_publications", "may_see_provider(provider_id)")
    allow("app", "adds", "inspection_publications", "checks_inspection(inspection_id)")
    allow("app", "changes", "inspection_publications", "judges_provider(provider_id)")
    allow("read", "sees", "inspection_publications", "is_public_provider(provider_id)")


def grant() -> None:
    app, publisher = role("app"), role("publisher")
    everything, of_inspections = ", ".join(TABLES), ", ".join(INSPECTION_TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {role('operator')}")
    op.execute(f"GRANT USAGE ON SEQUENCE inspection_numbers TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON {of_inspections} TO {app}")
    op.execute(f"GRANT DELETE ON judgement_notes, judgement_files TO {app}")
    changed = {
        "inspections": "check_body_id, state, planned_on, criteria, standards_version_id, reason, "
        "sent_at, comments_due_on, comments_closed_at, published_at, cancelled_reason, version",
        "inspectors": "part, left_at",
        "declared_interests": "kind, detail, since, ended_on, version",
        "inspection_judgements": "judgement, finding, method, seen_on, carried_from_id, judged_by, "
        "judged_at, version",
        "judgement_notes": "note",
        "inspection_publications": "document, redacted_at, redacted_reason",
    }
    for table, columns in changed.items():
        op.execute(f"GRANT UPDATE ({columns}) ON {table} TO {app}")
    op.execute(
        "GRANT SELECT ON inspections, inspection_sites, inspection_judgements, "
        f"inspection_publications TO {publisher}"
    )
    op.execute(f"GRANT SELECT ON inspections TO {role('worker')}")
    op.execute(
        f"GRANT UPDATE (state, comments_closed_at, version) ON inspections TO {role('worker')}"
    )
    op.execute(f"GRANT SELECT ON inspection_publications TO {role('read')}")


def downgrade() -> None:
    see_providers_when("")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for name in (
        "refuse_tied_inspector()",
        "refuse_partial_check()",
        "refuse_unchecked_publication()",
        "refuse_late_judgement()",
        "refuse_change_except_redaction()",
        "inspects(uuid)",
        "checks_inspection(uuid)",
        "plans_inspection(uuid)",
        "owns_inspected(uuid)",
        "is_public_provider(uuid)",
        "has_part_in_inspections_of(uuid)",
        "may_see_inspection(uuid)",
        "may_see_findings(uuid)",
        "may_see_notes(uuid)",
        "take_inspection_number()",
        "sole_commissioner_of(uuid)",
        "root_of(uuid)",
        "tie_of(uuid, uuid)",
    ):
        op.execute(f"DROP FUNCTION {name}")
    op.execute("DROP SEQUENCE inspection_numbers")
