"""Organisations, what GIAS says of schools, and two more roles to act as."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0007"
down_revision = "0006"

TABLES = ("organisations", "organisation_identifiers", "schools", "school_links")
IMPORTS = ("postcodes", "providers")
IMPORTS_NOW = (*IMPORTS, "schools", "school-groups", "school-links")


def upgrade() -> None:
    roles = f"{role('sign_in')}, {role('worker')}"
    op.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
    op.execute(f"GRANT SELECT ON alembic_version, local_authorities TO {roles}")
    limit_imports_to(IMPORTS_NOW)
    op.alter_column("import_runs", "kind", comment="What was imported: postcodes …")
    op.create_table(
        "organisations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="local-authority, school, trust …"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "sort_name",
            sa.Text(),
            nullable=False,
            comment="Its name as words, for order and search",
        ),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=True,
            comment="The local authority it is, belongs to or lies in",
        ),
        sa.Column(
            "parent_id", sa.UUID(), nullable=True, comment="A school's trust, a team's authority"
        ),
        sa.Column(
            "introduced_by",
            sa.UUID(),
            nullable=True,
            comment="The organisation that brought it onto the service, and so may see it",
        ),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column(
            "closed_on", sa.Date(), nullable=True, comment="The day it closed, as its source says"
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="Where its facts come from"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "kind <> 'local-authority' OR la_code IS NOT NULL",
            name=op.f("organisations_authority_coded_check"),
        ),
        sa.CheckConstraint(
            "kind <> 'local-authority-team' OR parent_id IS NOT NULL",
            name=op.f("organisations_team_of_somebody_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('local-authority', 'local-authority-team', 'school', 'trust', 'federation', 'qa-body', 'provider-owner', 'department')",
            name=op.f("organisations_kind_known_check"),
        ),
        sa.CheckConstraint(
            "source IN ('facts', 'gias', 'operator', 'people')",
            name=op.f("organisations_source_known_check"),
        ),
        sa.CheckConstraint(
            "closed_on >= opened_on", name=op.f("organisations_closes_after_opening_check")
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("organisations_named_check")),
        sa.CheckConstraint("parent_id <> id", name=op.f("organisations_not_its_own_parent_check")),
        sa.ForeignKeyConstraint(
            ["introduced_by"], ["organisations.id"], name=op.f("organisations_introduced_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("organisations_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisations.id"], name=op.f("organisations_parent_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("organisations_pkey")),
    )
    op.create_index(
        "organisations_authority_key",
        "organisations",
        ["la_code"],
        unique=True,
        postgresql_where="kind = 'local-authority'",
    )
    op.create_index(
        op.f("organisations_introduced_by_idx"), "organisations", ["introduced_by"], unique=False
    )
    op.create_index(
        "organisations_kind_sort_name_idx",
        "organisations",
        ["kind", "sort_name", "id"],
        unique=False,
    )
    op.create_index(
        "organisations_sort_name_idx", "organisations", ["sort_name", "id"], unique=False
    )
    op.create_index(op.f("organisations_la_code_idx"), "organisations", ["la_code"], unique=False)
    op.create_index(
        op.f("organisations_parent_id_idx"), "organisations", ["parent_id"], unique=False
    )
    op.create_table(
        "organisation_identifiers",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, comment="As that register writes it"),
        sa.CheckConstraint(
            "scheme IN ('urn', 'ukprn', 'uprn', 'dfe-number', 'gias-group-uid', 'gias-group-id', 'companies-house', 'la-code')",
            name=op.f("organisation_identifiers_scheme_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("organisation_identifiers_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "scheme", "value", name=op.f("organisation_identifiers_pkey")
        ),
    )
    op.create_index(
        "organisation_identifiers_scheme_value_idx",
        "organisation_identifiers",
        ["scheme", "value"],
        unique=False,
    )
    op.create_index(
        "organisation_identifiers_unique_key",
        "organisation_identifiers",
        ["scheme", "value"],
        unique=True,
        postgresql_where="scheme IN ('urn', 'gias-group-uid', 'la-code')",
    )
    op.create_table(
        "schools",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("urn", sa.Text(), nullable=False, comment="Six digits, never re-used"),
        sa.Column(
            "type_code", sa.Text(), nullable=True, comment="Two digits; 01 is community school"
        ),
        sa.Column("type_name", sa.Text(), nullable=True),
        sa.Column(
            "status", sa.Text(), nullable=False, comment="As GIAS says: Open, Closed …; or Not said"
        ),
        sa.Column("phase", sa.Text(), nullable=True, comment="Primary, Secondary …"),
        sa.Column("low_age", sa.SmallInteger(), nullable=True),
        sa.Column("high_age", sa.SmallInteger(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("locality", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True, comment="Upper case, one space"),
        sa.Column("easting", sa.Integer(), nullable=True, comment="Metres, British National Grid"),
        sa.Column("northing", sa.Integer(), nullable=True, comment="Metres, British National Grid"),
        sa.CheckConstraint("urn ~ '^[0-9]{6}$'", name=op.f("schools_urn_form_check")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("schools_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("schools_pkey")),
        sa.UniqueConstraint("urn", name=op.f("schools_urn_key")),
    )
    op.create_index(op.f("schools_postcode_idx"), "schools", ["postcode"], unique=False)
    op.create_table(
        "school_links",
        sa.Column("urn", sa.Text(), nullable=False, comment="Whose link; may not be held"),
        sa.Column("linked_urn", sa.Text(), nullable=False),
        sa.Column("link_type", sa.Text(), nullable=False, comment="As GIAS words it"),
        sa.Column("linked_name", sa.Text(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("urn", "linked_urn", "link_type", name=op.f("school_links_pkey")),
    )
    op.create_index(
        op.f("school_links_linked_urn_idx"), "school_links", ["linked_urn"], unique=False
    )
    say_who_acts()
    protect_rows()
    grant()


def limit_imports_to(kinds: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("import_runs_kind_known_check"), "import_runs", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(
        op.f("import_runs_kind_known_check"), "import_runs", f"kind IN ({listed})"
    )


def say_who_acts() -> None:
    """The settings a transaction begins with, read so that an empty one is nobody."""
    for name, setting in (
        ("acting_person", "person_id"),
        ("acting_machine", "machine_id"),
        ("acting_organisation", "organisation_id"),
    ):
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS uuid LANGUAGE sql STABLE "
            f"AS $$ SELECT NULLIF(current_setting('app.{setting}', true), '')::uuid $$"
        )
    function(
        "acts_within(organisation uuid)",
        "boolean",
        # Whoever acts for a trust acts for its schools, for an authority for its teams.
        """
        WITH RECURSIVE upwards AS (
          SELECT o.id, o.parent_id FROM organisations o WHERE o.id = organisation
          UNION SELECT o.id, o.parent_id FROM organisations o JOIN upwards u ON o.id = u.parent_id
        ) SELECT EXISTS (SELECT FROM upwards WHERE id = acting_organisation())
        """,
        "app",
    )
    # Found once a statement, where a function for each of many rows would take seconds.
    function(
        "organisations_acted_for()",
        "uuid[]",
        """
        WITH RECURSIVE downwards AS (
          SELECT acting_organisation() AS id
          UNION SELECT o.id FROM organisations o JOIN downwards d ON o.parent_id = d.id
        ) SELECT coalesce(array_agg(id), '{}') FROM downwards WHERE id IS NOT NULL
        """,
        "app",
    )
    function(
        "may_see_organisation(organisation uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = organisation
          AND (o.kind <> 'provider-owner' OR o.introduced_by = acting_organisation()))
          OR acts_within(organisation)
        """,
        "app",
    )


def protect_rows() -> None:
    protect("organisations", "organisation_identifiers")
    allow_all_rows("operator", "sees adds changes", "organisations")
    allow_all_rows("operator", "sees adds removes", "organisation_identifiers")
    for suffix in ("sign_in", "worker"):
        allow_all_rows(suffix, "sees", "organisations", "organisation_identifiers")
    allow(
        "app",
        "sees",
        "organisations",
        "kind <> 'provider-owner' OR introduced_by = acting_organisation() "
        "OR id = ANY ((SELECT organisations_acted_for())::uuid[])",
    )
    allow("app", "sees", "organisation_identifiers", "may_see_organisation(organisation_id)")


def grant() -> None:
    everybody = ", ".join(role(name) for name in ("app", "operator", "sign_in", "worker"))
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO {everybody}")
    op.execute(f"GRANT INSERT ON {', '.join(TABLES)} TO {role('operator')}")
    op.execute(f"GRANT UPDATE ON organisations, schools TO {role('operator')}")
    op.execute(f"GRANT DELETE ON organisation_identifiers, school_links TO {role('operator')}")


def downgrade() -> None:
    op.execute("DROP FUNCTION may_see_organisation(uuid) CASCADE")
    op.execute("DROP FUNCTION acts_within(uuid) CASCADE")
    op.execute("DROP FUNCTION organisations_acted_for() CASCADE")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in ("acting_person", "acting_machine", "acting_organisation"):
        op.execute(f"DROP FUNCTION {name}()")
    op.alter_column("import_runs", "kind", comment="postcodes or providers")
    limit_imports_to(IMPORTS)
    roles = f"{role('sign_in')}, {role('worker')}"
    op.execute(f"REVOKE SELECT ON alembic_version, local_authorities FROM {roles}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {roles}")
