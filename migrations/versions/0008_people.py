"""People, where they belong, and how they are asked to join."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0008"
down_revision = "0007"

TABLES = (
    "people",
    "person_contacts",
    "person_identities",
    "memberships",
    "invitations",
    "emailed_links",
)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "blocked_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="From then on nothing they hold lets them in",
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("people_named_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("people_pkey")),
    )
    op.create_table(
        "person_contacts",
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False, comment="Lower case"),
        sa.CheckConstraint("email = lower(email)", name=op.f("person_contacts_email_lower_check")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("person_contacts_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("person_contacts_pkey")),
        sa.UniqueConstraint("email", name=op.f("person_contacts_email_key")),
    )
    op.create_table(
        "person_identities",
        sa.Column("issuer", sa.Text(), nullable=False, comment="The provider's own address"),
        sa.Column("subject", sa.Text(), nullable=False, comment="Its `sub`; never re-used"),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("person_identities_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("person_identities_pkey")),
    )
    op.create_index(
        op.f("person_identities_person_id_idx"), "person_identities", ["person_id"], unique=False
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "cardinality(roles) > 0 AND roles <@ ARRAY['administrator', 'commissioner', 'approver', 'finance-signatory', 'designated-safeguarding-lead', 'inspector', 'second-officer', 'provider-manager', 'assessor', 'analyst']::text[]",
            name=op.f("memberships_roles_known_check"),
        ),
        sa.CheckConstraint(
            "ended_at >= began_at", name=op.f("memberships_ends_after_beginning_check")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("memberships_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("memberships_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("memberships_pkey")),
    )
    op.create_index(
        "memberships_live_key",
        "memberships",
        ["person_id", "organisation_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        op.f("memberships_organisation_id_idx"), "memberships", ["organisation_id"], unique=False
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="As whoever invited them wrote it"),
        sa.Column("email", sa.Text(), nullable=False, comment="Lower case"),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "way", sa.Text(), nullable=False, comment="How they will sign in: openid or link"
        ),
        sa.Column("invited_by", sa.UUID(), nullable=True, comment="Empty: the operator"),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.UUID(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "cardinality(roles) > 0 AND roles <@ ARRAY['administrator', 'commissioner', 'approver', 'finance-signatory', 'designated-safeguarding-lead', 'inspector', 'second-officer', 'provider-manager', 'assessor', 'analyst']::text[]",
            name=op.f("invitations_roles_known_check"),
        ),
        sa.CheckConstraint("way IN ('openid', 'link')", name=op.f("invitations_way_known_check")),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)",
            name=op.f("invitations_accepted_by_one_check"),
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL", name=op.f("invitations_one_end_check")
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("invitations_email_lower_check")),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["people.id"], name=op.f("invitations_accepted_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["people.id"], name=op.f("invitations_invited_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("invitations_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("invitations_pkey")),
    )
    op.create_index(
        "invitations_open_key",
        "invitations",
        ["organisation_id", "email"],
        unique=True,
        postgresql_where="accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    op.create_table(
        "emailed_links",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("invitation_id", sa.UUID(), nullable=True),
        sa.Column("person_id", sa.UUID(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256"),
        sa.Column(
            "sealed_token",
            sa.LargeBinary(),
            nullable=True,
            comment="For the worker that sends it; emptied when it is sent",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'invitation') = (invitation_id IS NOT NULL) AND (kind = 'sign-in') = (person_id IS NOT NULL)",
            name=op.f("emailed_links_for_one_thing_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('invitation', 'sign-in')", name=op.f("emailed_links_kind_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("emailed_links_invitation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("emailed_links_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("emailed_links_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("emailed_links_token_hash_key")),
    )
    op.create_index(
        op.f("emailed_links_invitation_id_idx"), "emailed_links", ["invitation_id"], unique=False
    )
    op.create_index(
        op.f("emailed_links_person_id_idx"), "emailed_links", ["person_id"], unique=False
    )
    say_who_administers()
    keep_an_administrator()
    protect_rows()
    grant()


def say_who_administers() -> None:
    function(
        "administers(organisation uuid)",
        "boolean",
        """
        SELECT acts_within(organisation) AND EXISTS (
          SELECT FROM memberships m WHERE m.person_id = acting_person() AND m.ended_at IS NULL
            AND m.organisation_id = acting_organisation() AND 'administrator' = ANY (m.roles))
        """,
        "app",
    )
    function(
        "may_see_person(person uuid)",
        "boolean",
        """
        SELECT person = acting_person() OR EXISTS (
          SELECT FROM memberships m WHERE m.person_id = person AND acts_within(m.organisation_id))
        """,
        "app",
    )
    function(
        "may_write_to(person uuid)",
        "boolean",
        """
        SELECT person = acting_person() OR EXISTS (
          SELECT FROM memberships m WHERE m.person_id = person AND m.ended_at IS NULL
            AND administers(m.organisation_id))
        """,
        "app",
    )
    function(
        "organisations_belonged_to()",
        "uuid[]",
        """
        SELECT coalesce(array_agg(m.organisation_id), '{}') FROM memberships m
          WHERE m.person_id = acting_person() AND m.ended_at IS NULL
        """,
        "app",
    )
    function(
        "administers_invitation(invitation uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM invitations i WHERE i.id = invitation
          AND administers(i.organisation_id))
        """,
        "app",
    )


def keep_an_administrator() -> None:
    """Whoever would leave an organisation without an administrator is refused."""
    op.execute(
        """
        CREATE FUNCTION refuse_leaving_nobody() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF 'administrator' <> ALL (OLD.roles) OR OLD.ended_at IS NOT NULL
             OR ('administrator' = ANY (NEW.roles) AND NEW.ended_at IS NULL) THEN
            RETURN NEW;
          END IF;
          -- Two administrators who remove each other at once must not both succeed.
          PERFORM pg_advisory_xact_lock(hashtextextended(OLD.organisation_id::text, 8));
          IF NOT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = OLD.organisation_id
                         AND m.ended_at IS NULL AND 'administrator' = ANY (m.roles)
                         AND m.id <> OLD.id) THEN
            RAISE EXCEPTION 'the last administrator of an organisation stays'
              USING ERRCODE = 'check_violation', CONSTRAINT = 'memberships_last_administrator_check';
          END IF;
          RETURN NEW;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION refuse_leaving_nobody() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER keeps_an_administrator BEFORE UPDATE OF roles, ended_at ON memberships "
        "FOR EACH ROW EXECUTE FUNCTION refuse_leaving_nobody()"
    )


def protect_rows() -> None:
    protect(*TABLES)
    for suffix in ("operator", "sign_in"):
        allow_all_rows(suffix, "sees adds changes", *TABLES)
    allow_all_rows("worker", "sees", *TABLES)
    allow_all_rows("worker", "changes removes", "emailed_links")
    allow("app", "sees", "people", "may_see_person(id)")
    allow("app", "changes", "people", "id = acting_person()")
    allow("app", "sees", "person_contacts", "may_write_to(person_id)")
    allow("app", "sees", "person_identities", "person_id = acting_person()")
    allow(
        "app",
        "sees",
        "memberships",
        "person_id = acting_person() "
        "OR organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])",
    )
    allow("app", "changes", "memberships", "administers(organisation_id)")
    for verb in ("sees", "adds", "changes"):
        allow("app", verb, "invitations", "administers(organisation_id)")
    allow("app", "adds", "emailed_links", "administers_invitation(invitation_id)")
    # Whichever organisation somebody acts for now, they know those they belong to.
    op.execute(
        f"CREATE POLICY app_sees_own ON organisations FOR SELECT TO {role('app')} "
        "USING (id = ANY ((SELECT organisations_belonged_to())::uuid[]))"
    )
    # Its administrators keep an organisation's own teams, and what it brought onto the service.
    allow(
        "app",
        "adds",
        "organisations",
        "administers(acting_organisation()) AND introduced_by = acting_organisation() "
        "AND source = 'people' AND (kind = 'provider-owner' AND parent_id IS NULL "
        "OR kind = 'local-authority-team' AND parent_id = acting_organisation())",
    )
    allow(
        "app",
        "changes",
        "organisations",
        "source = 'people' AND (administers(id) OR (introduced_by = acting_organisation() "
        "AND administers(acting_organisation())))",
    )


def grant() -> None:
    tables = ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {tables} TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {tables} TO {role('sign_in')}")
    op.execute(f"GRANT SELECT ON {tables} TO {role('worker')}")
    op.execute(f"GRANT UPDATE (sealed_token), DELETE ON emailed_links TO {role('worker')}")
    app = role("app")
    op.execute(
        f"GRANT SELECT ON people, person_contacts, person_identities, memberships, invitations TO {app}"
    )
    op.execute(f"GRANT UPDATE (name, changed_at, version) ON people TO {app}")
    op.execute(f"GRANT UPDATE (roles, ended_at, version) ON memberships TO {app}")
    op.execute(f"GRANT INSERT ON invitations, emailed_links, organisations TO {app}")
    op.execute(f"GRANT UPDATE (expires_at, withdrawn_at, version) ON invitations TO {app}")
    op.execute(
        f"GRANT UPDATE (name, sort_name, closed_on, changed_at, version) ON organisations TO {app}"
    )


def downgrade() -> None:
    for signature in (
        "administers_invitation(uuid)",
        "organisations_belonged_to()",
        "may_write_to(uuid)",
        "may_see_person(uuid)",
        "administers(uuid)",
        "refuse_leaving_nobody()",
    ):
        op.execute(f"DROP FUNCTION {signature} CASCADE")
    op.execute(f"REVOKE INSERT ON organisations FROM {role('app')}")
    op.execute(
        f"REVOKE UPDATE (name, sort_name, closed_on, changed_at, version) ON organisations FROM {role('app')}"
    )
    for table in reversed(TABLES):
        op.drop_table(table)
