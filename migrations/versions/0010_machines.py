"""Machines, their secrets, and the keys their tokens are signed with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0010"
down_revision = "0009"

TABLES = ("machines", "machine_secrets", "signing_keys")


def upgrade() -> None:
    op.create_table(
        "machines",
        sa.Column("id", sa.UUID(), nullable=False, comment="Its client_id"),
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="What its organisation calls it"),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("added_by", sa.UUID(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("machines_may_do_something_check")),
        sa.CheckConstraint("length(btrim(name)) > 0", name=op.f("machines_named_check")),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name=op.f("machines_added_by_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("machines_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("machines_pkey")),
    )
    op.create_index(
        op.f("machines_organisation_id_idx"), "machines", ["organisation_id"], unique=False
    )
    op.create_table(
        "machine_secrets",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("machine_id", sa.UUID(), nullable=False),
        sa.Column(
            "secret_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256; the secret is 256 random bits, so this is enough",
        ),
        sa.Column(
            "ending", sa.Text(), nullable=False, comment="Its last four characters, to tell it by"
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "used_at", sa.DateTime(timezone=True), nullable=True, comment="Last, to the minute"
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "octet_length(secret_hash) = 32", name=op.f("machine_secrets_hash_length_check")
        ),
        sa.ForeignKeyConstraint(
            ["machine_id"], ["machines.id"], name=op.f("machine_secrets_machine_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("machine_secrets_pkey")),
        sa.UniqueConstraint("secret_hash", name=op.f("machine_secrets_secret_hash_key")),
    )
    op.create_index(
        op.f("machine_secrets_machine_id_idx"), "machine_secrets", ["machine_id"], unique=False
    )
    op.create_table(
        "signing_keys",
        sa.Column("kid", sa.Text(), nullable=False, comment="RFC 7638 thumbprint"),
        sa.Column("algorithm", sa.Text(), nullable=False, comment="ES256"),
        sa.Column("public_jwk", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_private_jwk", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "signs_from < signs_until", name=op.f("signing_keys_signs_for_a_while_check")
        ),
        sa.CheckConstraint(
            "signs_until <= published_until", name=op.f("signing_keys_published_while_used_check")
        ),
        sa.PrimaryKeyConstraint("kid", name=op.f("signing_keys_pkey")),
    )
    function(
        "administers_machine(machine uuid)",
        "boolean",
        "SELECT EXISTS (SELECT FROM machines m WHERE m.id = machine AND administers(m.organisation_id))",
        "app",
    )
    protect_rows()
    grant()


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("sign_in", "sees", *TABLES)
    allow_all_rows("sign_in", "changes", "machine_secrets")
    allow_all_rows("sign_in", "adds", "signing_keys")
    allow_all_rows("worker", "sees adds changes removes", "signing_keys")
    allow_all_rows("operator", "sees adds changes", "signing_keys")
    for verb in ("sees", "adds", "changes"):
        allow("app", verb, "machines", "administers(organisation_id)")
        allow("app", verb, "machine_secrets", "administers_machine(machine_id)")


def grant() -> None:
    app, sign_in = role("app"), role("sign_in")
    op.execute(f"GRANT SELECT ON machines, machine_secrets, signing_keys TO {sign_in}")
    op.execute(f"GRANT UPDATE (used_at) ON machine_secrets TO {sign_in}")
    op.execute(f"GRANT INSERT ON signing_keys TO {sign_in}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON signing_keys TO {role('worker')}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON signing_keys TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON machines TO {app}")
    op.execute(f"GRANT UPDATE (name, revoked_at, version) ON machines TO {app}")
    op.execute(f"GRANT INSERT ON machine_secrets TO {app}")
    op.execute(
        "GRANT SELECT (id, machine_id, ending, made_at, expires_at, used_at, revoked_at) "
        f"ON machine_secrets TO {app}"
    )
    op.execute(f"GRANT UPDATE (revoked_at, expires_at) ON machine_secrets TO {app}")


def downgrade() -> None:
    op.execute("DROP FUNCTION administers_machine(uuid) CASCADE")
    for table in reversed(TABLES):
        op.drop_table(table)
