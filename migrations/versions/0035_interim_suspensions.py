"""Interim suspensions, and that they are looked at again within days."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0035"
down_revision = "0034"

TABLES = ("interim_suspensions", "suspension_reviews")
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def upgrade() -> None:
    add_interim_suspensions()
    add_suspension_reviews()
    follow_sites()
    protect_rows()
    grant()


def add_interim_suspensions() -> None:
    op.create_table(
        "interim_suspensions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("listing_id", sa.UUID(), nullable=False),
        sa.Column(
            "proposal_id",
            sa.UUID(),
            nullable=False,
            comment="Says what was found, and who the two were",
        ),
        sa.Column("imposed_on", sa.Date(), nullable=False),
        sa.Column(
            "reviewed_on",
            sa.Date(),
            nullable=False,
            comment="When somebody looked at it last; at first the day it was imposed",
        ),
        sa.Column(
            "review_due_on",
            sa.Date(),
            nullable=True,
            comment="By when it is looked at again; empty where no clock runs",
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "review_due_on >= imposed_on",
            name=op.f("interim_suspensions_reviewed_afterwards_check"),
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listings.id"], name=op.f("interim_suspensions_listing_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["listing_proposals.id"],
            name=op.f("interim_suspensions_proposal_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("interim_suspensions_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("interim_suspensions_pkey")),
        sa.UniqueConstraint("proposal_id", name=op.f("interim_suspensions_proposal_id_key")),
    )
    op.create_index(
        op.f("interim_suspensions_listing_id_idx"),
        "interim_suspensions",
        ["listing_id"],
        unique=False,
    )
    op.create_index(
        op.f("interim_suspensions_provider_id_idx"),
        "interim_suspensions",
        ["provider_id"],
        unique=False,
    )
    op.create_index(
        op.f("interim_suspensions_review_due_on_idx"),
        "interim_suspensions",
        ["review_due_on"],
        unique=False,
    )


def add_suspension_reviews() -> None:
    op.create_table(
        "suspension_reviews",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("suspension_id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False, comment="As it was then; never public"),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False, comment="stays or lift-proposed"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why; never public"),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True, comment="By when once more"),
        sa.CheckConstraint(
            "decision IN ('stays', 'lift-proposed')",
            name=op.f("suspension_reviews_decision_known_check"),
        ),
        sa.CheckConstraint(
            "length(btrim(reason)) > 0", name=op.f("suspension_reviews_reasoned_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("suspension_reviews_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("suspension_reviews_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["suspension_id"],
            ["interim_suspensions.id"],
            name=op.f("suspension_reviews_suspension_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("suspension_reviews_pkey")),
    )
    op.create_index(
        op.f("suspension_reviews_organisation_id_idx"),
        "suspension_reviews",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("suspension_reviews_person_id_idx"), "suspension_reviews", ["person_id"], unique=False
    )
    op.create_index(
        op.f("suspension_reviews_suspension_id_idx"),
        "suspension_reviews",
        ["suspension_id"],
        unique=False,
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON suspension_reviews "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON suspension_reviews "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def follow_sites() -> None:
    """What was found at a site belongs to whoever the site does, when records are merged or parted."""
    op.execute(
        """
        CREATE FUNCTION follow_site() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          UPDATE inspections i SET provider_id = NEW.provider_id FROM inspection_sites s
            WHERE s.site_id = NEW.id AND i.id = s.inspection_id;
          UPDATE inspection_publications p SET provider_id = NEW.provider_id
            FROM inspection_sites s WHERE s.site_id = NEW.id
            AND p.inspection_id = s.inspection_id;
          UPDATE interim_suspensions u SET provider_id = NEW.provider_id FROM listings l
            WHERE l.site_id = NEW.id AND u.listing_id = l.id;
          RETURN NULL;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION follow_site() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER followed AFTER UPDATE OF provider_id ON sites FOR EACH ROW "
        "WHEN (NEW.provider_id <> OLD.provider_id) EXECUTE FUNCTION follow_site()"
    )
    guard_publications(
        """
          IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
             AND to_jsonb(NEW) - 'provider_id' = to_jsonb(OLD) - 'provider_id' THEN
            RETURN NEW;
          END IF;
        """
    )
    say_what_ties(
        "(SELECT p.id FROM providers p WHERE provider IN (p.id, p.merged_into))",
    )


def guard_publications(also: str) -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION refuse_change_except_redaction() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.document IS NOT NULL AND NEW.document IS NULL
             AND NEW.sha256 = OLD.sha256 AND NEW.version = OLD.version
             AND NEW.inspection_id = OLD.inspection_id AND NEW.published_at = OLD.published_at THEN
            RETURN NEW;
          END IF;{also}
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )


def say_what_ties(providers: str) -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION tie_of(person uuid, provider uuid) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        SELECT CASE
          WHEN EXISTS (SELECT FROM declared_interests d WHERE d.person_id = person
            AND d.provider_id IN {providers} AND (d.ended_on IS NULL OR d.ended_on >= {TODAY}))
            THEN 'declared-interest'
          WHEN EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id IN {providers} AND m.person_id = person) THEN 'stake'
        END
        $$
        """
    )


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", "interim_suspensions")
    allow_all_rows("operator", "sees adds", "suspension_reviews")
    allow_all_rows("publisher", "sees", "interim_suspensions")
    judges = "judges_provider(provider_id)"
    looks = "owns_provider(provider_id) OR answers_for_provider(provider_id)"
    allow("app", "sees", "interim_suspensions", looks)
    allow("app", "adds", "interim_suspensions", judges)
    allow("app", "changes", "interim_suspensions", judges)
    of = "EXISTS (SELECT FROM interim_suspensions s WHERE s.id = suspension_id AND {})"
    answers = of.format("answers_for_provider(s.provider_id)")
    allow("app", "sees", "suspension_reviews", answers)
    mine = "person_id = acting_person() AND "
    judged = of.format("judges_provider(s.provider_id)")
    allow("app", "adds", "suspension_reviews", mine + judged)


def grant() -> None:
    app, operator, publisher = role("app"), role("operator"), role("publisher")
    op.execute(f"GRANT SELECT, INSERT ON interim_suspensions, suspension_reviews TO {app}")
    op.execute(
        f"GRANT UPDATE (reviewed_on, review_due_on, version) ON interim_suspensions TO {app}"
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON interim_suspensions TO {operator}")
    op.execute(f"GRANT SELECT, INSERT ON suspension_reviews TO {operator}")
    op.execute(f"GRANT SELECT ON interim_suspensions TO {publisher}")


def downgrade() -> None:
    op.execute("DROP TRIGGER followed ON sites")
    op.execute("DROP FUNCTION follow_site()")
    put_back()
    for table in reversed(TABLES):
        op.drop_table(table)


def put_back() -> None:
    """Say again what 0033 said, letter by letter."""
    op.execute(
        """
        CREATE OR REPLACE FUNCTION refuse_change_except_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
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
    op.execute(
        "CREATE OR REPLACE FUNCTION tie_of(person uuid, provider uuid) RETURNS text LANGUAGE sql "
        "STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$ "
        f"""
        SELECT CASE
          WHEN EXISTS (SELECT FROM declared_interests d WHERE d.person_id = person
            AND d.provider_id = provider AND (d.ended_on IS NULL OR d.ended_on >= {TODAY}))
            THEN 'declared-interest'
          WHEN EXISTS (SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id = provider AND m.person_id = person) THEN 'stake'
        END
        """ + " $$"
    )
