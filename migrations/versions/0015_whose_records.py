"""Whose a provider's record is, what is vouched for of it, and two records made one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0015"
down_revision = "0014"

TABLES = (
    "claims",
    "provider_confirmations",
    "provider_consents",
    "provider_links",
    "institution_sites",
    "merges",
    "provider_verifications",
    "merge_moves",
    "provider_owners",
)
APPEND_ONLY = (
    "provider_consents",
    "provider_confirmations",
    "provider_verifications",
    "merge_moves",
)
ADDED = {
    "offers": [
        "sessions",
        "group_from",
        "group_to",
        "price_hour_pence",
        "price_half_day_pence",
        "price_day_pence",
        "price_week_pence",
        "availability",
        "availability_confirmed_on",
        "ended_on",
        "changed_at",
        "version",
    ],
    "provider_identifiers": ["withdrawn_at"],
    "provider_known_by": ["local_result", "local_result_on"],
    "provider_names": ["withdrawn_at"],
    "providers": [
        "changes_on",
        "legal_form",
        "staff_size",
        "website",
        "public_email",
        "public_phone",
        "merged_into",
        "changed_at",
        "version",
    ],
    "sites": ["someones_home", "run_by", "changed_at", "version"],
}
"""Columns that tables of earlier revisions gain."""
CHANGED = {
    "providers": (
        "name",
        "legal_form",
        "staff_size",
        "website",
        "public_email",
        "public_phone",
        "changed_at",
        "version",
    ),
    "provider_names": ("until", "withdrawn_at"),
    "provider_identifiers": ("withdrawn_at",),
    "sites": (
        "name",
        "kind",
        "address_lines",
        "town",
        "postcode",
        "la_code",
        "easting",
        "northing",
        "location_precision",
        "opened_on",
        "closed_on",
        "someones_home",
        "run_by",
        "changed_at",
        "version",
    ),
    "offers": (
        "programme",
        "age_from",
        "age_to",
        "key_stages",
        "needs",
        "hours_per_week",
        "sessions",
        "group_from",
        "group_to",
        "price_hour_pence",
        "price_half_day_pence",
        "price_day_pence",
        "price_week_pence",
        "availability",
        "availability_confirmed_on",
        "ended_on",
        "changed_at",
        "version",
    ),
    "claims": ("accepted_at", "accepted_by", "withdrawn_at"),
    "provider_links": ("ended_at",),
    "institution_sites": ("ended_at",),
    "merges": (
        "state",
        "settled_by",
        "settled_at",
        "undo_reason",
        "undo_proposed_by",
        "undo_proposed_at",
        "undo_settled_by",
        "undo_settled_at",
    ),
}
"""What signed-in work may change; everything else of a row stays as it was first said."""
KINDS = (
    "'fixed', 'farm-or-outdoor', 'workshop', 'vehicle', 'school-site', 'hired', 'home-visits', "
    "'online'"
)
CHECKS = {
    "providers": {
        "legal_form_known": "legal_form IN ('company', 'community-interest-company', 'charity', "
        "'charitable-company', 'partnership', 'sole-trader', 'public-body', 'other')",
        "staff_size_known": "staff_size IN ('lone', 'small', 'larger')",
        "not_merged_into_itself": "merged_into <> id",
    },
    "offers": {
        "group_from_range": "group_from > 0",
        "group_to_range": "group_to BETWEEN group_from AND 200",
        "price_hour_range": "price_hour_pence BETWEEN 0 AND 10000000",
        "price_half_day_range": "price_half_day_pence BETWEEN 0 AND 10000000",
        "price_day_range": "price_day_pence BETWEEN 0 AND 10000000",
        "price_week_range": "price_week_pence BETWEEN 0 AND 10000000",
        "availability_known": "availability IN ('places-now', 'soon', 'full')",
        "availability_confirmed": "(availability IS NULL) = (availability_confirmed_on IS NULL)",
    },
}

OWNS = "owns_provider(provider_id)"
WRITES = "owns_provider(provider_id) OR judges_provider(provider_id)"
LOOKS = "owns_provider(provider_id) OR answers_for_provider(provider_id)"
JUDGES = "judges_provider(provider_id)"


def upgrade() -> None:
    extend_offers()
    extend_provider_identifiers()
    extend_provider_known_by()
    extend_provider_names()
    extend_providers()
    extend_sites()
    add_checks()
    add_claims()
    add_provider_confirmations()
    add_provider_consents()
    add_provider_links()
    add_institution_sites()
    add_merges()
    add_provider_verifications()
    add_merge_moves()
    add_provider_owners()
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )

    say_whose_records_are()
    protect_rows()
    let_the_app_write()
    let_the_app_write_of_others()
    grant()


def extend_offers() -> None:
    op.add_column(
        "offers",
        sa.Column(
            "sessions",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
            comment="Days (1 is Monday) and times, from and to",
        ),
    )
    op.add_column(
        "offers",
        sa.Column("group_from", sa.SmallInteger(), nullable=True, comment="Smallest group, pupils"),
    )
    op.add_column(
        "offers",
        sa.Column("group_to", sa.SmallInteger(), nullable=True, comment="Largest group, pupils"),
    )
    op.add_column(
        "offers",
        sa.Column("price_hour_pence", sa.Integer(), nullable=True, comment="For one pupil"),
    )
    op.add_column(
        "offers",
        sa.Column("price_half_day_pence", sa.Integer(), nullable=True, comment="For one pupil"),
    )
    op.add_column(
        "offers", sa.Column("price_day_pence", sa.Integer(), nullable=True, comment="For one pupil")
    )
    op.add_column(
        "offers",
        sa.Column("price_week_pence", sa.Integer(), nullable=True, comment="For one pupil"),
    )
    op.add_column(
        "offers",
        sa.Column(
            "availability",
            sa.Text(),
            nullable=True,
            comment="places-now, soon, full: the provider's word, never counted",
        ),
    )
    op.add_column("offers", sa.Column("availability_confirmed_on", sa.Date(), nullable=True))
    op.add_column(
        "offers",
        sa.Column("ended_on", sa.Date(), nullable=True, comment="The first day it was not offered"),
    )
    op.add_column(
        "offers",
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )
    op.add_column(
        "offers",
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="Counts changes; the entity tag",
        ),
    )


def extend_provider_identifiers() -> None:
    op.add_column(
        "provider_identifiers",
        sa.Column(
            "withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="It was a mistake"
        ),
    )


def extend_provider_known_by() -> None:
    op.add_column(
        "provider_known_by",
        sa.Column(
            "local_result",
            sa.Text(),
            nullable=True,
            comment="What the authority's own check found, in its own words",
        ),
    )
    op.add_column(
        "provider_known_by",
        sa.Column("local_result_on", sa.Date(), nullable=True, comment="The day of that check"),
    )


def extend_provider_names() -> None:
    op.add_column(
        "provider_names",
        sa.Column(
            "withdrawn_at", sa.DateTime(timezone=True), nullable=True, comment="It was a mistake"
        ),
    )


def extend_providers() -> None:
    op.add_column(
        "providers",
        sa.Column(
            "changes_on",
            sa.Date(),
            nullable=True,
            comment="The next London day on which time alone changes its public record",
        ),
    )
    op.add_column(
        "providers",
        sa.Column(
            "legal_form", sa.Text(), nullable=True, comment="company, charity, sole-trader …"
        ),
    )
    op.add_column(
        "providers",
        sa.Column(
            "staff_size",
            sa.Text(),
            nullable=True,
            comment="How many adults work for it: lone, small (to 4), larger",
        ),
    )
    op.add_column(
        "providers",
        sa.Column("website", sa.Text(), nullable=True, comment="Public, once it consents"),
    )
    op.add_column(
        "providers",
        sa.Column("public_email", sa.Text(), nullable=True, comment="Public, once it consents"),
    )
    op.add_column(
        "providers",
        sa.Column("public_phone", sa.Text(), nullable=True, comment="Public, once it consents"),
    )
    op.add_column(
        "providers",
        sa.Column(
            "merged_into", sa.UUID(), nullable=True, comment="The record that goes on for both"
        ),
    )
    op.add_column(
        "providers",
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When something was last said differently",
        ),
    )
    op.add_column(
        "providers",
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="Counts changes; the entity tag",
        ),
    )
    op.alter_column(
        "providers",
        "status",
        existing_type=sa.TEXT(),
        comment="Where it stands with the register: follows from its listings",
        existing_comment="Where it stands with the register",
        existing_nullable=False,
    )
    op.create_index(
        "providers_changes_on_idx",
        "providers",
        ["changes_on"],
        unique=False,
        postgresql_where="changes_on IS NOT NULL",
    )
    op.create_index(op.f("providers_merged_into_idx"), "providers", ["merged_into"], unique=False)
    op.create_foreign_key(
        op.f("providers_merged_into_fkey"), "providers", "providers", ["merged_into"], ["id"]
    )


def extend_sites() -> None:
    op.add_column(
        "sites",
        sa.Column(
            "someones_home",
            sa.Boolean(),
            server_default="false",
            nullable=False,
            comment="Then its street address and point are never public",
        ),
    )
    op.add_column(
        "sites",
        sa.Column(
            "run_by",
            sa.Text(),
            nullable=True,
            comment="Who runs it, where that is not the provider: a subcontractor, a host",
        ),
    )
    op.add_column(
        "sites",
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )
    op.add_column(
        "sites",
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="Counts changes; the entity tag",
        ),
    )


def add_checks() -> None:
    limit_site_kinds_to(f"{KINDS}, 'satellite', 'subcontracted'")
    for table, checks in CHECKS.items():
        for name, condition in checks.items():
            op.create_check_constraint(op.f(f"{table}_{name}_check"), table, condition)


def limit_site_kinds_to(kinds: str) -> None:
    op.drop_constraint(op.f("sites_kind_known_check"), "sites", type_="check")
    op.create_check_constraint(op.f("sites_kind_known_check"), "sites", f"kind IN ({kinds})")


def add_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False, comment="The owner who is invited"),
        sa.Column(
            "invitation_id", sa.UUID(), nullable=True, comment="To the owner's first administrator"
        ),
        sa.Column(
            "verified_how", sa.Text(), nullable=False, comment="How it was made sure who they are"
        ),
        sa.Column("verified_note", sa.Text(), nullable=True),
        sa.Column("invited_by", sa.UUID(), nullable=False),
        sa.Column("invited_by_organisation", sa.UUID(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.UUID(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verified_how IN ('known-phone', 'known-address', 'in-person', 'official-register', 'other')",
            name=op.f("claims_verified_how_known_check"),
        ),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)",
            name=op.f("claims_accepted_by_one_check"),
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR withdrawn_at IS NULL", name=op.f("claims_one_ending_check")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["people.id"], name=op.f("claims_accepted_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("claims_invitation_id_fkey")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("claims_invited_by_fkey")),
        sa.ForeignKeyConstraint(
            ["invited_by_organisation"],
            ["organisations.id"],
            name=op.f("claims_invited_by_organisation_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("claims_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("claims_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("claims_pkey")),
    )
    op.create_index(op.f("claims_accepted_by_idx"), "claims", ["accepted_by"], unique=False)
    op.create_index(op.f("claims_invitation_id_idx"), "claims", ["invitation_id"], unique=False)
    op.create_index(op.f("claims_invited_by_idx"), "claims", ["invited_by"], unique=False)
    op.create_index(
        op.f("claims_invited_by_organisation_idx"),
        "claims",
        ["invited_by_organisation"],
        unique=False,
    )
    op.create_index(
        "claims_open_key",
        "claims",
        ["provider_id"],
        unique=True,
        postgresql_where="accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    op.create_index(op.f("claims_organisation_id_idx"), "claims", ["organisation_id"], unique=False)
    op.create_index(op.f("claims_provider_id_idx"), "claims", ["provider_id"], unique=False)


def add_provider_confirmations() -> None:
    op.create_table(
        "provider_confirmations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("provider_confirmations_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_confirmations_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_confirmations_pkey")),
    )
    op.create_index(
        op.f("provider_confirmations_person_id_idx"),
        "provider_confirmations",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        "provider_confirmations_provider_id_idx",
        "provider_confirmations",
        ["provider_id", "confirmed_on", "id"],
        unique=False,
    )


def add_provider_consents() -> None:
    op.create_table(
        "provider_consents",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False, comment="False: taken back"),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("provider_consents_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_consents_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_consents_pkey")),
    )
    op.create_index(
        op.f("provider_consents_person_id_idx"), "provider_consents", ["person_id"], unique=False
    )
    op.create_index(
        "provider_consents_provider_id_idx",
        "provider_consents",
        ["provider_id", "recorded_at", "id"],
        unique=False,
    )


def add_provider_links() -> None:
    op.create_table(
        "provider_links",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("predecessor_id", sa.UUID(), nullable=False),
        sa.Column("successor_id", sa.UUID(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False, comment="How that is known; never public"),
        sa.Column("recorded_by", sa.UUID(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_at", sa.DateTime(timezone=True), nullable=True, comment="It was a mistake"
        ),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f("provider_links_two_providers_check")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["providers.id"], name=op.f("provider_links_predecessor_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("provider_links_recorded_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["providers.id"], name=op.f("provider_links_successor_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_links_pkey")),
    )
    op.create_index(
        op.f("provider_links_predecessor_id_idx"),
        "provider_links",
        ["predecessor_id"],
        unique=False,
    )
    op.create_index(
        "provider_links_present_key",
        "provider_links",
        ["predecessor_id", "successor_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        op.f("provider_links_recorded_by_idx"), "provider_links", ["recorded_by"], unique=False
    )
    op.create_index(
        op.f("provider_links_successor_id_idx"), "provider_links", ["successor_id"], unique=False
    )


def add_institution_sites() -> None:
    op.create_table(
        "institution_sites",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False, comment="Whose institution"),
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("grouped_by", sa.UUID(), nullable=False),
        sa.Column("grouped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["grouped_by"], ["people.id"], name=op.f("institution_sites_grouped_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("institution_sites_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("institution_sites_site_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("institution_sites_pkey")),
    )
    op.create_index(
        op.f("institution_sites_grouped_by_idx"), "institution_sites", ["grouped_by"], unique=False
    )
    op.create_index(
        "institution_sites_present_key",
        "institution_sites",
        ["site_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        op.f("institution_sites_provider_id_idx"),
        "institution_sites",
        ["provider_id"],
        unique=False,
    )


def add_merges() -> None:
    op.create_table(
        "merges",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kept_id", sa.UUID(), nullable=False),
        sa.Column("absorbed_id", sa.UUID(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.UUID(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.Column("undo_proposed_by", sa.UUID(), nullable=True),
        sa.Column("undo_proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_settled_by", sa.UUID(), nullable=True),
        sa.Column("undo_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'undone' OR (undo_settled_by IS NOT NULL AND undo_settled_by <> undo_proposed_by)",
            name=op.f("merges_undone_by_two_people_check"),
        ),
        sa.CheckConstraint(
            "state = 'proposed' OR (settled_by IS NOT NULL AND settled_by <> proposed_by)",
            name=op.f("merges_by_two_people_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'refused', 'merged', 'undoing', 'undone')",
            name=op.f("merges_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('undoing', 'undone') OR undo_proposed_by IS NOT NULL",
            name=op.f("merges_undoing_proposed_check"),
        ),
        sa.CheckConstraint("kept_id <> absorbed_id", name=op.f("merges_two_records_check")),
        sa.CheckConstraint("length(btrim(reason)) > 0", name=op.f("merges_reasoned_check")),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["providers.id"], name=op.f("merges_absorbed_id_fkey")
        ),
        sa.ForeignKeyConstraint(["kept_id"], ["providers.id"], name=op.f("merges_kept_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("merges_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["people.id"], name=op.f("merges_proposed_by_fkey")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"], name=op.f("merges_settled_by_fkey")),
        sa.ForeignKeyConstraint(
            ["undo_proposed_by"], ["people.id"], name=op.f("merges_undo_proposed_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["undo_settled_by"], ["people.id"], name=op.f("merges_undo_settled_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("merges_pkey")),
    )
    op.create_index(op.f("merges_absorbed_id_idx"), "merges", ["absorbed_id"], unique=False)
    op.create_index(
        "merges_absorbed_key",
        "merges",
        ["absorbed_id"],
        unique=True,
        postgresql_where="state IN ('proposed', 'merged', 'undoing')",
    )
    op.create_index(op.f("merges_kept_id_idx"), "merges", ["kept_id"], unique=False)
    op.create_index(op.f("merges_organisation_id_idx"), "merges", ["organisation_id"], unique=False)
    op.create_index(op.f("merges_proposed_by_idx"), "merges", ["proposed_by"], unique=False)
    op.create_index(op.f("merges_settled_by_idx"), "merges", ["settled_by"], unique=False)
    op.create_index(
        op.f("merges_undo_proposed_by_idx"), "merges", ["undo_proposed_by"], unique=False
    )
    op.create_index(op.f("merges_undo_settled_by_idx"), "merges", ["undo_settled_by"], unique=False)


def add_provider_verifications() -> None:
    op.create_table(
        "provider_verifications",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column(
            "subject_id", sa.UUID(), nullable=False, comment="Of the provider, identifier, site …"
        ),
        sa.Column("held", sa.Boolean(), nullable=False, comment="Whether it was found to be right"),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True, comment="What was seen; never public"),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=True, comment="Empty for a look-up by machine"),
        sa.Column("person_name", sa.Text(), nullable=False, comment="Never public"),
        sa.Column("organisation_id", sa.UUID(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "how IN ('seen', 'official-register', 'companies-house', 'charity-commission', 'telephone', 'other')",
            name=op.f("provider_verifications_how_known_check"),
        ),
        sa.CheckConstraint(
            "subject_kind IN ('provider', 'identifier', 'site', 'document', 'person')",
            name=op.f("provider_verifications_subject_kind_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("provider_verifications_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("provider_verifications_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_verifications_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_verifications_pkey")),
    )
    op.create_index(
        op.f("provider_verifications_organisation_id_idx"),
        "provider_verifications",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("provider_verifications_person_id_idx"),
        "provider_verifications",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        "provider_verifications_provider_id_idx",
        "provider_verifications",
        ["provider_id", "subject_kind", "id"],
        unique=False,
    )
    op.create_index(
        "provider_verifications_subject_id_idx",
        "provider_verifications",
        ["subject_id"],
        unique=False,
    )


def add_merge_moves() -> None:
    op.create_table(
        "merge_moves",
        sa.Column("merge_id", sa.UUID(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.UUID(), nullable=False),
        sa.Column(
            "former",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Columns as they were",
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["merges.id"], name=op.f("merge_moves_merge_id_fkey")
        ),
        sa.PrimaryKeyConstraint("merge_id", "table_name", "row_id", name=op.f("merge_moves_pkey")),
    )


def add_provider_owners() -> None:
    op.create_table(
        "provider_owners",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column(
            "claim_id", sa.UUID(), nullable=True, comment="Empty where the owner began the record"
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("provider_owners_claim_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("provider_owners_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_owners_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_owners_pkey")),
    )
    op.create_index(
        op.f("provider_owners_claim_id_idx"), "provider_owners", ["claim_id"], unique=False
    )
    op.create_index(
        op.f("provider_owners_organisation_id_idx"),
        "provider_owners",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        "provider_owners_present_key",
        "provider_owners",
        ["provider_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        op.f("provider_owners_provider_id_idx"), "provider_owners", ["provider_id"], unique=False
    )


def say_whose_records_are() -> None:
    function(
        "owns_provider(provider uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM provider_owners o WHERE o.provider_id = provider
          AND o.ended_at IS NULL AND o.organisation_id = ANY (organisations_acted_for()))
        """,
        "app",
    )
    # Authorities answer for who works in their area or stands on their list; the department for all.
    function(
        "answers_for_provider(provider uuid)",
        "boolean",
        """
        SELECT acts_for_department() OR (NULLIF(current_setting('app.la_code', true), '') <> '' AND (
          EXISTS (SELECT FROM sites s WHERE s.provider_id = provider
                  AND s.la_code = current_setting('app.la_code', true))
          OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                     AND k.la_code = current_setting('app.la_code', true))))
        """,
        "app",
    )
    # Whoever works, or ever worked, for the owner has a stake, whomever they act for now.
    function(
        "judges_provider(provider uuid)",
        "boolean",
        """
        SELECT acting_person() IS NOT NULL AND coalesce(answers_for_provider(provider), false)
          AND NOT EXISTS (
            SELECT FROM provider_owners o JOIN memberships m USING (organisation_id)
            WHERE o.provider_id = provider AND m.person_id = acting_person())
        """,
        "app",
    )
    function(
        "judges_site(site uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM sites s WHERE s.id = site AND judges_provider(s.provider_id))",
        "app",
    )
    function(
        "owns_site(site uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM sites s WHERE s.id = site AND owns_provider(s.provider_id))",
        "app",
    )
    # By an open claim; or a record that nobody else has ever had to do with.
    function(
        "may_take_provider(provider uuid, claim uuid)",
        "boolean",
        """
        SELECT CASE WHEN claim IS NOT NULL THEN
          EXISTS (SELECT FROM claims c WHERE c.id = claim AND c.provider_id = provider
                  AND c.organisation_id = acting_organisation() AND c.withdrawn_at IS NULL)
        ELSE
          EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status = 'known')
          AND NOT EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider)
          AND NOT EXISTS (SELECT FROM provider_owners o WHERE o.provider_id = provider)
        END
        """,
        "app",
    )
    see_providers_when(
        """
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR EXISTS (SELECT FROM claims c WHERE c.provider_id = provider
                       AND c.withdrawn_at IS NULL
                       AND c.organisation_id = ANY (organisations_acted_for()))
        """
    )


def see_providers_when(condition: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION may_see_provider(provider uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $${condition}$$"
    )


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    for table in ("provider_verifications", "provider_confirmations", "provider_consents"):
        allow("publisher", "sees", table)
    allow("publisher", "sees", "provider_links")
    for table in ("provider_owners", "provider_confirmations", "providers", "sites"):
        allow("worker", "sees", table)


def let_the_app_write() -> None:
    """The owner keeps its record; whoever judges it may correct what is wrong."""
    allow(
        "app",
        "adds",
        "providers",
        "status = 'known' AND last_entry IS NULL AND acting_person() IS NOT NULL",
    )
    allow("app", "changes", "providers", "owns_provider(id) OR judges_provider(id)")
    for table in ("provider_names", "provider_identifiers", "sites"):
        allow("app", "adds", table, WRITES)
        allow("app", "changes", table, WRITES)
    for verb in ("adds", "changes"):
        allow("app", verb, "offers", "owns_site(site_id) OR judges_site(site_id)")


def let_the_app_write_of_others() -> None:
    """What one says in one's own name, and what takes another than the owner."""
    mine = "person_id = acting_person()"
    for table in ("provider_consents", "provider_confirmations"):
        allow("app", "sees", table, LOOKS)
        allow("app", "adds", table, f"{OWNS} AND {mine}")
    allow("app", "sees", "provider_verifications", LOOKS)
    allow("app", "adds", "provider_verifications", f"{JUDGES} AND {mine}")
    allow("app", "sees", "provider_owners", LOOKS)
    allow(
        "app",
        "adds",
        "provider_owners",
        "organisation_id = acting_organisation() AND may_take_provider(provider_id, claim_id)",
    )
    invited = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "claims", f"answers_for_provider(provider_id) OR {invited}")
    allow("app", "adds", "claims", f"{JUDGES} AND invited_by = acting_person()")
    allow("app", "changes", "claims", f"{JUDGES} OR {invited}")
    either = "answers_for_provider({}) OR answers_for_provider({})"
    judged = "judges_provider({}) OR judges_provider({})"
    pair = ("predecessor_id", "successor_id")
    owned = " OR ".join(f"owns_provider({one})" for one in pair)
    allow("app", "sees", "provider_links", f"{either.format(*pair)} OR {owned}")
    allow("app", "adds", "provider_links", judged.format(*pair))
    allow("app", "changes", "provider_links", judged.format(*pair))
    allow("app", "sees", "institution_sites", LOOKS)
    for verb in ("adds", "changes"):
        allow("app", verb, "institution_sites", "acts_for_department()")
    pair = ("kept_id", "absorbed_id")
    allow("app", "sees", "merges", either.format(*pair))
    allow("app", "adds", "merges", judged.format(*pair))
    allow("app", "changes", "merges", judged.format(*pair))
    merged = "EXISTS (SELECT FROM merges m WHERE m.id = merge_id)"
    allow("app", "sees", "merge_moves", merged)


def grant() -> None:
    app, publisher, worker = role("app"), role("publisher"), role("worker")
    everything = ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {role('operator')}")
    op.execute(f"GRANT SELECT ON {everything} TO {app}")
    added = [table for table in TABLES if table != "merge_moves"]
    added += ["providers", "provider_names", "provider_identifiers", "sites", "offers"]
    op.execute(f"GRANT INSERT ON {', '.join(added)} TO {app}")
    # Numbers are never given back: nobody takes them without being somebody.
    op.execute(
        """
        CREATE FUNCTION take_provider_number() RETURNS bigint LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        BEGIN
          IF acting_person() IS NULL THEN
            RAISE EXCEPTION 'nobody takes a number' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN nextval('provider_numbers');
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION take_provider_number() FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION take_provider_number() TO {app}")
    for table, columns in CHANGED.items():
        op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {app}")
    read = {
        "provider_verifications": "id, provider_id, subject_kind, subject_id, held, verified_on, "
        "recorded_at",
        "provider_confirmations": "id, provider_id, confirmed_on",
        "provider_consents": "id, provider_id, given, recorded_at",
        "provider_links": "id, predecessor_id, successor_id, since, ended_at",
    }
    for table, columns in read.items():
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO {publisher}")
    op.execute(f"GRANT UPDATE (status, status_since, changes_on) ON providers TO {publisher}")
    op.execute(
        f"GRANT SELECT ON providers, sites, provider_owners, provider_confirmations TO {worker}"
    )


def downgrade() -> None:
    app, publisher, worker = role("app"), role("publisher"), role("worker")
    op.execute("DROP FUNCTION take_provider_number()")
    for table in ("providers", "provider_names", "provider_identifiers", "sites", "offers"):
        op.execute(f"REVOKE INSERT, UPDATE ON {table} FROM {app}")
        for verb in ("adds", "changes"):
            op.execute(f"DROP POLICY app_{verb} ON {table}")
    op.execute(f"REVOKE UPDATE (status, status_since, changes_on) ON providers FROM {publisher}")
    op.execute(f"REVOKE SELECT ON providers, sites FROM {worker}")
    for table in ("providers", "sites"):
        op.execute(f"DROP POLICY worker_sees ON {table}")
    see_providers_when(
        """
          SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
              OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                         AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
        """
    )
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    for name in (
        "may_take_provider(uuid, uuid)",
        "owns_site(uuid)",
        "judges_site(uuid)",
        "judges_provider(uuid)",
        "answers_for_provider(uuid)",
        "owns_provider(uuid)",
    ):
        op.execute(f"DROP FUNCTION {name}")
    drop_additions()


def drop_additions() -> None:
    limit_site_kinds_to(KINDS)
    op.alter_column("providers", "status", comment="Where it stands with the register")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
