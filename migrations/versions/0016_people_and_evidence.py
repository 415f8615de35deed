"""People behind a provider, its staff and their checks, its documents and who may see them."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0016"
down_revision = "0015"

TABLES = (
    "matching_keys",
    "bank_references",
    "provider_contacts",
    "provider_people",
    "staff_members",
    "documents",
    "staff_checks",
    "document_shares",
)
APPEND_ONLY = ("staff_checks",)
CHANGED = {
    "provider_people": (
        "kind",
        "name",
        "birth_month",
        "appointed_on",
        "ended_on",
        "confirmed_on",
        "changed_at",
        "version",
    ),
    "provider_contacts": ("ended_at",),
    "bank_references": ("ended_at",),
    "staff_members": (
        "name",
        "duties",
        "regulated_activity",
        "started_on",
        "ended_on",
        "changed_at",
        "version",
    ),
    "documents": ("current_until", "withdrawn_at", "withdrawn_reason", "version"),
    "document_shares": ("revoked_at", "revoked_by"),
}
"""What signed-in work may change; everything else of a row stays as it was first said."""
OWNS = "owns_provider(provider_id)"
WRITES = "owns_provider(provider_id) OR judges_provider(provider_id)"
LOOKS = "owns_provider(provider_id) OR answers_for_provider(provider_id)"


def upgrade() -> None:
    add_matching_keys()
    add_bank_references()
    add_provider_contacts()
    add_provider_people()
    add_staff_members()
    add_documents()
    add_staff_checks()
    add_document_shares()
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )

    share_evidence()
    protect(*TABLES)
    allow_all_rows("operator", "sees adds changes", *TABLES)
    allow("publisher", "sees", "documents")
    allow("worker", "sees", "documents")
    let_the_app_write()
    grant()


def add_matching_keys() -> None:
    op.create_table(
        "matching_keys",
        sa.Column("purpose", sa.Text(), nullable=False, comment="bank-reference …"),
        sa.Column(
            "sealed_secret", sa.LargeBinary(), nullable=False, comment="Sealed under the keyring"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("matching_keys_pkey")),
    )


def add_bank_references() -> None:
    op.create_table(
        "bank_references",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "reference_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="HMAC-SHA-256 of sort code and account number under a matching key",
        ),
        sa.Column("given_by", sa.UUID(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "octet_length(reference_hash) = 32", name=op.f("bank_references_hash_length_check")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["people.id"], name=op.f("bank_references_given_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("bank_references_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_references_pkey")),
    )
    op.create_index(
        op.f("bank_references_given_by_idx"), "bank_references", ["given_by"], unique=False
    )
    op.create_index(
        op.f("bank_references_provider_id_idx"), "bank_references", ["provider_id"], unique=False
    )
    op.create_index(
        "bank_references_reference_hash_idx", "bank_references", ["reference_hash"], unique=False
    )


def add_provider_contacts() -> None:
    op.create_table(
        "provider_contacts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, comment="As it was given"),
        sa.Column(
            "canonical", sa.Text(), nullable=False, comment="In the one spelling it is compared by"
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('phone', 'email', 'address')", name=op.f("provider_contacts_kind_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_contacts_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_contacts_pkey")),
    )
    op.create_index(
        "provider_contacts_kind_canonical_idx",
        "provider_contacts",
        ["kind", "canonical"],
        unique=False,
    )
    op.create_index(
        op.f("provider_contacts_provider_id_idx"),
        "provider_contacts",
        ["provider_id"],
        unique=False,
    )


def add_provider_people() -> None:
    op.create_table(
        "provider_people",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="proprietor, director, trustee …"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "birth_month",
            sa.Date(),
            nullable=True,
            comment="First day of the month of birth, as Companies House shows it; no day",
        ),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True, comment="The owner's word, last given"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "kind IN ('proprietor', 'director', 'trustee', 'partner', 'manager', 'designated-safeguarding-lead', 'deputy-safeguarding-lead')",
            name=op.f("provider_people_kind_known_check"),
        ),
        sa.CheckConstraint(
            "source IN ('owner', 'authority', 'companies-house', 'charity-commission')",
            name=op.f("provider_people_source_known_check"),
        ),
        sa.CheckConstraint(
            "ended_on >= appointed_on", name=op.f("provider_people_ends_after_beginning_check")
        ),
        sa.CheckConstraint(
            "extract(day FROM birth_month) = 1", name=op.f("provider_people_birth_month_only_check")
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("provider_people_named_check")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("provider_people_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("provider_people_pkey")),
    )
    op.create_index(
        op.f("provider_people_provider_id_idx"), "provider_people", ["provider_id"], unique=False
    )


def add_staff_members() -> None:
    op.create_table(
        "staff_members",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "duties", sa.Text(), nullable=False, comment="What they do: tutor, driver, cook …"
        ),
        sa.Column(
            "regulated_activity",
            sa.Boolean(),
            nullable=False,
            comment="Safeguarding Vulnerable Groups Act 2006, schedule 4; decides which checks are due",
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "ended_on >= started_on", name=op.f("staff_members_ends_after_beginning_check")
        ),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("staff_members_named_check")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("staff_members_provider_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_members_pkey")),
    )
    op.create_index(
        op.f("staff_members_provider_id_idx"), "staff_members", ["provider_id"], unique=False
    )


def add_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "site_id", sa.UUID(), nullable=True, comment="Empty: for the provider as a whole"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="As the standards name evidence"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_id", sa.UUID(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True, comment="The last day it is good"),
        sa.Column(
            "current_until",
            sa.Date(),
            nullable=True,
            comment="The last day it counts as evidence: its expiry, or the standards' time",
        ),
        sa.Column("insurer", sa.Text(), nullable=True),
        sa.Column("limit_pence", sa.BigInteger(), nullable=True, comment="Cover for one claim"),
        sa.Column(
            "covers_abuse",
            sa.Boolean(),
            nullable=True,
            comment="Of an insurance: claims of abuse are not excluded",
        ),
        sa.Column("replaces_id", sa.UUID(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("added_by", sa.UUID(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("documents_withdrawn_with_reason_check"),
        ),
        sa.CheckConstraint(
            "current_until <= expires_on",
            name=op.f("documents_current_no_longer_than_it_lasts_check"),
        ),
        sa.CheckConstraint(
            "expires_on >= issued_on", name=op.f("documents_expires_after_issue_check")
        ),
        sa.CheckConstraint("length(btrim(title)) > 0", name=op.f("documents_titled_check")),
        sa.CheckConstraint("limit_pence > 0", name=op.f("documents_limit_positive_check")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("documents_added_by_fkey")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("documents_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("documents_file_id_fkey")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["documents.id"], name=op.f("documents_replaces_id_fkey")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("documents_site_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("documents_pkey")),
    )
    op.create_index(op.f("documents_added_by_idx"), "documents", ["added_by"], unique=False)
    op.create_index("documents_current_until_idx", "documents", ["current_until"], unique=False)
    op.create_index(op.f("documents_file_id_idx"), "documents", ["file_id"], unique=False)
    op.create_index(
        "documents_provider_id_kind_idx",
        "documents",
        ["provider_id", "kind", "current_until"],
        unique=False,
    )
    op.create_index(op.f("documents_replaces_id_idx"), "documents", ["replaces_id"], unique=False)
    op.create_index(op.f("documents_site_id_idx"), "documents", ["site_id"], unique=False)


def add_staff_checks() -> None:
    op.create_table(
        "staff_checks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("staff_member_id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column(
            "checked_by", sa.Text(), nullable=False, comment="What sort of body ran the check"
        ),
        sa.Column(
            "basis", sa.Text(), nullable=True, comment="On what ground; no number of any kind"
        ),
        sa.Column("recorded_by", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "checked_by IN ('provider', 'third-party', 'commissioner', 'local-authority')",
            name=op.f("staff_checks_checked_by_known_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('identity', 'right-to-work', 'enhanced-dbs', 'barred-list', 'prohibition', 'management-bar', 'references', 'overseas', 'qualifications', 'medical-fitness', 'safeguarding-training')",
            name=op.f("staff_checks_kind_known_check"),
        ),
        sa.CheckConstraint(
            "status IN ('clear', 'pending', 'risk-assessed', 'not-clear', 'not-required')",
            name=op.f("staff_checks_status_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["people.id"], name=op.f("staff_checks_recorded_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"],
            ["staff_members.id"],
            name=op.f("staff_checks_staff_member_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("staff_checks_pkey")),
    )
    op.create_index(
        op.f("staff_checks_recorded_by_idx"), "staff_checks", ["recorded_by"], unique=False
    )
    op.create_index(
        op.f("staff_checks_staff_member_id_idx"), "staff_checks", ["staff_member_id"], unique=False
    )


def add_document_shares() -> None:
    op.create_table(
        "document_shares",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("provider_id", sa.UUID(), nullable=False),
        sa.Column(
            "document_id",
            sa.UUID(),
            nullable=True,
            comment="Empty: everything, also what comes later",
        ),
        sa.Column(
            "organisation_id", sa.UUID(), nullable=False, comment="The commissioner who may see it"
        ),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day of the consent"),
        sa.Column("granted_by", sa.UUID(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.UUID(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("document_shares_document_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["people.id"], name=op.f("document_shares_granted_by_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("document_shares_organisation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["providers.id"], name=op.f("document_shares_provider_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["people.id"], name=op.f("document_shares_revoked_by_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("document_shares_pkey")),
    )
    op.create_index(
        op.f("document_shares_document_id_idx"), "document_shares", ["document_id"], unique=False
    )
    op.create_index(
        op.f("document_shares_granted_by_idx"), "document_shares", ["granted_by"], unique=False
    )
    op.create_index(
        "document_shares_organisation_id_idx",
        "document_shares",
        ["organisation_id", "provider_id"],
        unique=False,
        postgresql_where="revoked_at IS NULL",
    )
    op.create_index(
        op.f("document_shares_provider_id_idx"), "document_shares", ["provider_id"], unique=False
    )
    op.create_index(
        op.f("document_shares_revoked_by_idx"), "document_shares", ["revoked_by"], unique=False
    )


def share_evidence() -> None:
    function(
        "evidence_is_shared(provider uuid, document uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM document_shares d WHERE d.provider_id = provider
          AND (d.document_id IS NULL OR d.document_id = document) AND d.revoked_at IS NULL
          AND d.until >= (now() AT TIME ZONE 'Europe/London')::date
          AND d.organisation_id = ANY (organisations_acted_for()))
        """,
        "app",
    )
    see_providers_when(
        """
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR evidence_is_shared(provider, NULL)
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


def let_the_app_write() -> None:
    for table in ("provider_people", "provider_contacts"):
        allow("app", "sees", table, LOOKS)
        allow("app", "adds", table, WRITES)
        allow("app", "changes", table, WRITES)
    allow("app", "sees", "matching_keys", "acting_person() IS NOT NULL")
    allow("app", "adds", "matching_keys", "acting_person() IS NOT NULL")
    for table in ("bank_references", "staff_members", "documents", "document_shares"):
        allow("app", "adds", table, OWNS)
        allow("app", "changes", table, OWNS)
    allow("app", "sees", "bank_references", OWNS)
    allow("app", "sees", "staff_members", f"{LOOKS} OR evidence_is_shared(provider_id, NULL)")
    allow("app", "sees", "documents", f"{LOOKS} OR evidence_is_shared(provider_id, id)")
    shared = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "document_shares", f"{LOOKS} OR {shared}")
    member = "EXISTS (SELECT FROM staff_members m WHERE m.id = staff_member_id{})"
    allow("app", "sees", "staff_checks", member.format(""))
    allow("app", "adds", "staff_checks", member.format(" AND owns_provider(m.provider_id)"))


def grant() -> None:
    app, operator = role("app"), role("operator")
    everything = ", ".join(TABLES)
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {everything} TO {operator}")
    op.execute(f"GRANT INSERT ON {everything} TO {app}")
    seen = ", ".join(table for table in TABLES if table != "bank_references")
    op.execute(f"GRANT SELECT ON {seen} TO {app}")
    columns = "id, provider_id, given_by, given_at, ended_at"
    op.execute(f"GRANT SELECT ({columns}) ON bank_references TO {app}")
    for table, changed in CHANGED.items():
        op.execute(f"GRANT UPDATE ({', '.join(changed)}) ON {table} TO {app}")
    columns = "id, provider_id, site_id, kind, current_until, withdrawn_at"
    op.execute(f"GRANT SELECT ({columns}) ON documents TO {role('publisher')}")
    op.execute(f"GRANT SELECT ON documents TO {role('worker')}")


def downgrade() -> None:
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
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
    op.execute("DROP FUNCTION evidence_is_shared(uuid, uuid)")
