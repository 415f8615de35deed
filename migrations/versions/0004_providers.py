"""Providers, their names, identifiers, sites and offers, under row security."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role

revision = "0004"
down_revision = "0003"

TABLES = (
    "providers",
    "provider_names",
    "provider_identifiers",
    "provider_known_by",
    "provider_status_changes",
    "sites",
    "offers",
)
PUBLISHED = ("providers", "provider_names", "provider_identifiers", "sites", "offers")
"""What a public record is composed from; nothing else is the publisher's business."""


def upgrade() -> None:
    op.execute("CREATE SEQUENCE provider_numbers MINVALUE 1")
    op.create_table(
        "providers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column(
            "number",
            sa.Text(),
            nullable=False,
            comment="AP, six digits, check character (ISO 7064); never re-used",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="The name it goes by now"),
        sa.Column("status", sa.Text(), nullable=False, comment="Where it stands with the register"),
        sa.Column("status_since", sa.Date(), nullable=False, comment="The day that status began"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the register first held it",
        ),
        sa.Column(
            "last_entry",
            sa.BigInteger(),
            nullable=True,
            comment="Its newest ledger entry; empty while it is not public",
        ),
        sa.CheckConstraint(
            "number ~ '^AP[0-9]{6}[0-9A-Z]$'", name=op.f("providers_number_form_check")
        ),
        sa.CheckConstraint(
            "status IN ('known', 'listed', 'listed-with-actions', 'under-review', 'suspended', 'removed', 'closed')",
            name=op.f("providers_status_known_check"),
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("providers_named_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("providers_pkey")),
        sa.UniqueConstraint("number", name=op.f("providers_number_key")),
    )
    op.create_table(
        "provider_names",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="trading or former"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="For a former name: its last day"),
        sa.CheckConstraint(
            "kind IN ('trading', 'former')", name=op.f("provider_names_kind_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_names_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_names_pkey")),
        sa.UniqueConstraint(
            "provider_id", "kind", "name", name=op.f("provider_names_provider_id_kind_name_key")
        ),
    )
    op.create_table(
        "provider_identifiers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "scheme", sa.Text(), nullable=False, comment="Whose identifier: companies-house …"
        ),
        sa.Column("value", sa.Text(), nullable=False, comment="As that register writes it"),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_identifiers_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_identifiers_pkey")),
        sa.UniqueConstraint(
            "provider_id",
            "scheme",
            "value",
            name=op.f("provider_identifiers_provider_id_scheme_value_key"),
        ),
    )
    op.create_index(
        "provider_identifiers_scheme_value_idx",
        "provider_identifiers",
        ["scheme", "value"],
        unique=False,
    )
    op.create_table(
        "provider_known_by",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False, comment="Whose list: DfE three-digit code"),
        sa.Column("list_name", sa.Text(), nullable=False, comment="What the list calls itself"),
        sa.Column("list_date", sa.Text(), nullable=True, comment="Its date, as exact as given"),
        sa.Column("list_reference", sa.Text(), nullable=True, comment="The list's own reference"),
        sa.Column("listed_as", sa.Text(), nullable=True, comment="The list's own category"),
        sa.Column("source_url", sa.Text(), nullable=True, comment="Where the list was published"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When it was imported",
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("provider_known_by_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_known_by_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_known_by_pkey")),
    )
    op.create_index(
        "provider_known_by_la_code_list_reference_idx",
        "provider_known_by",
        ["la_code", "list_reference"],
        unique=False,
    )
    op.create_index(
        op.f("provider_known_by_provider_id_idx"),
        "provider_known_by",
        ["provider_id"],
        unique=False,
    )
    op.create_table(
        "provider_status_changes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="The status moved to"),
        sa.Column("effective_on", sa.Date(), nullable=False, comment="The day from which it holds"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why; not public"),
        sa.Column("actor", sa.Text(), nullable=False, comment="Who moved it"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When the register learned it",
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_status_changes_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_status_changes_pkey")),
    )
    op.create_index(
        op.f("provider_status_changes_provider_id_idx"),
        "provider_status_changes",
        ["provider_id"],
        unique=False,
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "reference", sa.SmallInteger(), nullable=False, comment="1, 2 … within the provider"
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="fixed, farm-or-outdoor, workshop …"),
        sa.Column(
            "address_lines",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Street; may be empty",
        ),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True, comment="Upper case, one space"),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=False,
            comment="The local authority whose area it lies in",
        ),
        sa.Column("easting", sa.Integer(), nullable=True, comment="Metres, British National Grid"),
        sa.Column("northing", sa.Integer(), nullable=True, comment="Metres, British National Grid"),
        sa.Column(
            "location_precision",
            sa.Text(),
            nullable=True,
            comment="How near the point is: given, postcode, postcode-district, postcode-area",
        ),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="The first day it was shut"),
        sa.CheckConstraint(
            "kind IN ('fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', 'hired', 'home-visits', 'online')",
            name=op.f("sites_kind_known_check"),
        ),
        sa.CheckConstraint(
            "(easting IS NULL) = (location_precision IS NULL)",
            name=op.f("sites_located_with_precision_check"),
        ),
        sa.CheckConstraint(
            "(easting IS NULL) = (northing IS NULL)", name=op.f("sites_both_coordinates_check")
        ),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("sites_closes_after_opening_check")),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("sites_la_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("sites_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sites_pkey")),
        sa.UniqueConstraint(
            "provider_id", "reference", name=op.f("sites_provider_id_reference_key")
        ),
    )
    op.create_index(op.f("sites_la_code_idx"), "sites", ["la_code"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column(
            "programme", sa.Text(), nullable=False, comment="What is done: tuition, motor vehicle …"
        ),
        sa.Column(
            "age_from", sa.SmallInteger(), nullable=False, comment="Youngest age taken, in years"
        ),
        sa.Column(
            "age_to", sa.SmallInteger(), nullable=False, comment="Oldest age taken, in years"
        ),
        sa.Column(
            "key_stages", postgresql.ARRAY(sa.SmallInteger()), nullable=False, comment="1 to 5"
        ),
        sa.Column(
            "needs", postgresql.ARRAY(sa.Text()), nullable=False, comment="SEN need codes (DfE)"
        ),
        sa.Column(
            "hours_per_week",
            sa.Numeric(precision=4, scale=1),
            nullable=True,
            comment="Most hours offered to one pupil in a usual week",
        ),
        sa.CheckConstraint("age_from BETWEEN 2 AND 25", name=op.f("offers_age_from_range_check")),
        sa.CheckConstraint(
            "age_to BETWEEN age_from AND 25", name=op.f("offers_age_to_range_check")
        ),
        sa.CheckConstraint(
            "hours_per_week > 0 AND hours_per_week <= 50", name=op.f("offers_hours_range_check")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("offers_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("offers_pkey")),
    )
    op.create_index(op.f("offers_site_id_idx"), "offers", ["site_id"], unique=False)
    guard_status_changes()
    protect_rows()
    grant()


def guard_status_changes() -> None:
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON provider_status_changes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON provider_status_changes "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def protect_rows() -> None:
    """Operators and the publisher see all; signed-in work sees what is public or its own LA's."""
    # Runs as the owner, so that one protected table can be asked about while another is read.
    op.execute(
        """
        CREATE FUNCTION may_see_provider(provider uuid) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
          SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
              OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                         AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
        $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION may_see_provider(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION may_see_provider(uuid) TO {role('app')}")
    visible_to_app = {
        "providers": "may_see_provider(id)",
        "provider_names": "may_see_provider(provider_id)",
        "provider_identifiers": "may_see_provider(provider_id)",
        "provider_known_by": "la_code = NULLIF(current_setting('app.la_code', true), '')",
        "sites": "may_see_provider(provider_id)",
        "offers": "EXISTS (SELECT FROM sites s WHERE s.id = site_id)",
    }
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY operator_works ON {table} TO {role('operator')} "
            "USING (true) WITH CHECK (true)"
        )
    for table, condition in visible_to_app.items():
        op.execute(
            f"CREATE POLICY app_sees ON {table} FOR SELECT TO {role('app')} USING ({condition})"
        )
    for table in PUBLISHED:
        op.execute(
            f"CREATE POLICY publisher_sees ON {table} FOR SELECT TO {role('publisher')} "
            "USING (true)"
        )
    op.execute(
        f"CREATE POLICY publisher_numbers ON providers FOR UPDATE TO {role('publisher')} USING (true)"
    )


def grant() -> None:
    tables = ", ".join(TABLES)
    published = ", ".join(PUBLISHED)
    op.execute(f"GRANT SELECT ON {published}, provider_known_by TO {role('app')}")
    op.execute(f"GRANT SELECT ON {published} TO {role('publisher')}")
    op.execute(f"GRANT SELECT, INSERT ON {tables} TO {role('operator')}")
    op.execute(f"GRANT UPDATE ON providers, sites, offers TO {role('operator')}")
    op.execute(f"GRANT UPDATE (until) ON provider_names TO {role('operator')}")
    op.execute(f"GRANT UPDATE (last_entry) ON providers TO {role('publisher')}")
    op.execute(f"GRANT USAGE ON SEQUENCE provider_numbers TO {role('operator')}")


def downgrade() -> None:
    op.execute("DROP FUNCTION may_see_provider(uuid) CASCADE")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP SEQUENCE provider_numbers")
