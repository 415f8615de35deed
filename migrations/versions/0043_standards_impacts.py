"""What standards to come would find, when a site was visited last, and replies not to be shown."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0043"
down_revision = "0042"

WITHHELD_OF = {
    "reply_id": "inspection_replies",
    "inspection_id": "inspections",
    "provider_id": "providers",
    "withheld_by": "people",
    "organisation_id": "organisations",
}
OUTCOMES = "'meets-standards', 'meets-with-actions', 'does-not-yet-meet', 'not-yet-assessed'"


def upgrade() -> None:
    op.create_table(
        "standards_impacts",
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("version_id", sa.UUID(), nullable=False, comment="Published, to take effect"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="On its first day"),
        sa.Column(
            "not_met",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Numbers of its criteria; by judgements that count for them then",
        ),
        sa.Column("partly_met", postgresql.ARRAY(sa.Text()), nullable=False, comment="Likewise"),
        sa.Column(
            "nothing_known",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Those for which no judgement counts then",
        ),
        sa.CheckConstraint(
            f"outcome IN ({OUTCOMES})", name=op.f("standards_impacts_outcome_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("standards_impacts_site_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["standards_versions.id"],
            name=op.f("standards_impacts_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("site_id", "version_id", name=op.f("standards_impacts_pkey")),
    )
    op.create_index(op.f("standards_impacts_version_id_idx"), "standards_impacts", ["version_id"])
    protect("standards_impacts")
    allow_all_rows("publisher", "sees adds changes removes", "standards_impacts")
    allow_all_rows("operator", "sees", "standards_impacts")
    allow("app", "sees", "standards_impacts", "EXISTS (SELECT FROM sites s WHERE s.id = site_id)")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON standards_impacts TO {role('publisher')}")
    op.execute(f"GRANT SELECT ON standards_impacts TO {role('operator')}, {role('app')}")
    function(
        "last_visited_on(site uuid)",
        "date",
        """
        SELECT max(j.seen_on)
        FROM inspection_judgements j JOIN inspections i ON i.id = j.inspection_id
        WHERE j.site_id = site AND j.method = 'visit' AND i.state = 'published'
          AND i.kind IN ('entry-visit', 'monitoring', 'annual', 'unannounced')
          AND may_see_provider(i.provider_id)
        """,
        "app",
    )
    follow_merged_numbers()
    withhold_replies()


def withhold_replies() -> None:
    op.create_table(
        "withheld_replies",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("reply_id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "site", sa.Integer(), nullable=False, comment="As of the reply; so the two after it"
        ),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False, comment="Of a closed list; public"),
        sa.Column(
            "reason", sa.Text(), nullable=False, comment="In full, for the provider; never public"
        ),
        sa.Column("withheld_by", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "because IN ('child-recognisable', 'person-recognisable', 'unlawful')",
            name=op.f("withheld_replies_because_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("withheld_replies_reasoned_check")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"withheld_replies_{column}_fkey")
            )
            for column, table in WITHHELD_OF.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("withheld_replies_pkey")),
        sa.UniqueConstraint("reply_id", name=op.f("withheld_replies_reply_id_key")),
    )
    for column in WITHHELD_OF:
        if column != "reply_id":
            op.create_index(op.f(f"withheld_replies_{column}_idx"), "withheld_replies", [column])
    refuse_misplaced_withholding()
    protect("withheld_replies")
    allow_all_rows("operator", "sees adds", "withheld_replies")
    allow("app", "sees", "withheld_replies", "may_see_findings(inspection_id)")
    allow(
        "app",
        "adds",
        "withheld_replies",
        "withheld_by = acting_person() AND amends_inspection(inspection_id)",
    )
    allow("read", "sees", "withheld_replies", "is_public_provider(provider_id)")
    op.execute(f"GRANT SELECT, INSERT ON withheld_replies TO {role('operator')}, {role('app')}")
    public = "reply_id, inspection_id, provider_id, site, criterion, version, because, withheld_at"
    op.execute(f"GRANT SELECT ({public}) ON withheld_replies TO {role('read')}")
    op.execute("DROP POLICY read_sees ON inspection_replies")
    allow(
        "read",
        "sees",
        "inspection_replies",
        "is_public_provider(provider_id) AND NOT EXISTS (SELECT FROM withheld_replies w "
        "WHERE w.reply_id = inspection_replies.id)",
    )


def refuse_misplaced_withholding() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_misplaced_withholding() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF TG_OP <> 'INSERT' OR NOT EXISTS (
               SELECT FROM inspection_replies r WHERE r.id = NEW.reply_id
               AND r.inspection_id = NEW.inspection_id AND r.provider_id = NEW.provider_id
               AND r.site = NEW.site AND r.criterion = NEW.criterion AND r.version = NEW.version)
             OR (acting_person() IS NOT NULL
                 AND (tie_of(NEW.withheld_by, NEW.provider_id) IS NOT NULL
                   OR EXISTS (SELECT FROM inspection_judgements j
                     WHERE j.inspection_id = NEW.inspection_id AND j.judged_by = NEW.withheld_by)
                   OR EXISTS (SELECT FROM inspectors n WHERE n.inspection_id = NEW.inspection_id
                     AND n.person_id = NEW.withheld_by AND n.left_at IS NULL))) THEN
            RAISE EXCEPTION 'somebody uninvolved withholds a reply, and that stays'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION refuse_misplaced_withholding() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER placed BEFORE INSERT OR UPDATE OR DELETE ON withheld_replies "
        "FOR EACH ROW EXECUTE FUNCTION refuse_misplaced_withholding()"
    )


def follow_merged_numbers() -> None:
    # Inspections go with the sites of a merged record; whoever has its number still finds them.
    op.execute("DROP FUNCTION public_provider(text)")
    function(
        "public_provider(provider_number text)",
        "TABLE (id uuid, number text)",
        """
        WITH RECURSIVE gone_on AS (
          SELECT p.id, p.number, p.merged_into FROM providers p
          WHERE p.number = provider_number AND p.status <> 'known'
          UNION
          SELECT k.id, k.number, k.merged_into
          FROM providers k JOIN gone_on g ON k.id = g.merged_into AND k.status <> 'known'
        )
        SELECT g.id, g.number FROM gone_on g WHERE g.merged_into IS NULL
        """,
        "read",
    )


def downgrade() -> None:
    op.execute("DROP POLICY read_sees ON inspection_replies")
    allow("read", "sees", "inspection_replies", "is_public_provider(provider_id)")
    op.drop_table("withheld_replies")
    op.execute("DROP FUNCTION refuse_misplaced_withholding()")
    op.execute("DROP FUNCTION public_provider(text)")
    function(
        "public_provider(provider_number text)",
        "uuid",
        "SELECT p.id FROM providers p WHERE p.number = provider_number AND p.status <> 'known'",
        "read",
    )
    op.execute("DROP FUNCTION last_visited_on(uuid)")
    op.drop_table("standards_impacts")
