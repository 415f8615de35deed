"""How people show who they are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0009"
down_revision = "0008"

TABLES = ("sign_in_sessions", "sign_in_attempts", "sign_in_steps", "passkeys", "authenticators")
PASSING = ("sign_in_attempts", "sign_in_steps")
"""Of no use to anybody once their time is over; the worker clears them away."""


def upgrade() -> None:
    op.create_table(
        "sign_in_sessions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of a cookie"),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column(
            "membership_id",
            sa.UUID(),
            nullable=True,
            comment="For whom they act now; empty until they chose",
        ),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False, comment="To the minute"),
        sa.Column(
            "authenticated_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When they last showed who they are",
        ),
        sa.Column(
            "ends_at", sa.DateTime(timezone=True), nullable=False, comment="However busy it is"
        ),
        sa.Column(
            "sealed_id_token",
            sa.LargeBinary(),
            nullable=True,
            comment="For signing out at the OpenID provider too",
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "method IN ('openid', 'link+passkey', 'link+code', 'demonstration')",
            name=op.f("sign_in_sessions_method_known_check"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_because IS NULL)",
            name=op.f("sign_in_sessions_ended_for_a_reason_check"),
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("sign_in_sessions_membership_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("sign_in_sessions_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_sessions_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("sign_in_sessions_token_hash_key")),
    )
    op.create_index(
        op.f("sign_in_sessions_person_id_idx"), "sign_in_sessions", ["person_id"], unique=False
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("state_hash", sa.LargeBinary(), nullable=False, comment="SHA-256"),
        sa.Column(
            "browser_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of the cookie that ties it to one browser",
        ),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("code_verifier", sa.Text(), nullable=False, comment="PKCE (RFC 7636)"),
        sa.Column("return_to", sa.Text(), nullable=False, comment="An address of ours"),
        sa.Column(
            "link_id", sa.UUID(), nullable=True, comment="The invitation being accepted, if any"
        ),
        sa.Column(
            "session_id",
            sa.UUID(),
            nullable=True,
            comment="Whose holder shows who they are again, if any",
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["emailed_links.id"], name=op.f("sign_in_attempts_link_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sign_in_sessions.id"], name=op.f("sign_in_attempts_session_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_attempts_pkey")),
        sa.UniqueConstraint("state_hash", name=op.f("sign_in_attempts_state_hash_key")),
    )
    op.create_index(
        op.f("sign_in_attempts_session_id_idx"), "sign_in_attempts", ["session_id"], unique=False
    )
    op.create_index(
        op.f("sign_in_attempts_link_id_idx"), "sign_in_attempts", ["link_id"], unique=False
    )
    op.create_table(
        "sign_in_steps",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False, comment="SHA-256 of a cookie"),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("session_id", sa.UUID(), nullable=True),
        sa.Column(
            "challenge",
            sa.LargeBinary(),
            nullable=True,
            comment="What a passkey must sign (WebAuthn)",
        ),
        sa.Column(
            "sealed_secret",
            sa.LargeBinary(),
            nullable=True,
            comment="Of an authenticator that is being set up",
        ),
        sa.Column("return_to", sa.Text(), nullable=False, comment="An address of ours"),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('second-factor', 'enrolment', 'again')",
            name=op.f("sign_in_steps_kind_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("sign_in_steps_person_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sign_in_sessions.id"], name=op.f("sign_in_steps_session_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_steps_pkey")),
        sa.UniqueConstraint("token_hash", name=op.f("sign_in_steps_token_hash_key")),
    )
    op.create_index(
        op.f("sign_in_steps_session_id_idx"), "sign_in_steps", ["session_id"], unique=False
    )
    op.create_index(
        op.f("sign_in_steps_person_id_idx"), "sign_in_steps", ["person_id"], unique=False
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False, comment="COSE"),
        sa.Column(
            "sign_count", sa.BigInteger(), nullable=False, comment="Falls back only on a copy"
        ),
        sa.Column("transports", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="What its holder calls it"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("passkeys_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("passkeys_pkey")),
        sa.UniqueConstraint("credential_id", name=op.f("passkeys_credential_id_key")),
    )
    op.create_index(op.f("passkeys_person_id_idx"), "passkeys", ["person_id"], unique=False)
    op.create_table(
        "authenticators",
        sa.Column("person_id", sa.UUID(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column(
            "last_counter",
            sa.BigInteger(),
            nullable=False,
            comment="The newest half minute whose code was used; none is taken twice",
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("authenticators_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("authenticators_pkey")),
    )
    protect_rows()
    grant()


def protect_rows() -> None:
    protect(*TABLES)
    allow_all_rows("sign_in", "sees adds changes removes", *TABLES)
    allow_all_rows("worker", "sees removes", *PASSING, "sign_in_sessions")
    allow_all_rows(
        "operator", "sees changes", "authenticators", "sign_in_steps", "sign_in_sessions"
    )
    for verb in ("sees", "changes"):
        allow("app", verb, "sign_in_sessions", "person_id = acting_person()")
    allow("app", "sees", "passkeys", "person_id = acting_person()")
    allow("app", "sees", "authenticators", "person_id = acting_person()")


def grant() -> None:
    app, worker = role("app"), role("worker")
    # The doorkeeper must know whether the register is invented before it lets invented people in.
    op.execute(f"GRANT SELECT ON ledger_head TO {role('sign_in')}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(TABLES)} TO {role('sign_in')}")
    op.execute(
        "GRANT SELECT (id, person_id, membership_id, method, began_at, seen_at, authenticated_at, "
        f"ends_at, ended_at, ended_because) ON sign_in_sessions TO {app}"
    )
    op.execute(f"GRANT UPDATE (ended_at, ended_because) ON sign_in_sessions TO {app}")
    op.execute(
        f"GRANT SELECT (id, person_id, name, added_at, used_at, removed_at) ON passkeys TO {app}"
    )
    op.execute(f"GRANT SELECT (person_id, added_at) ON authenticators TO {app}")
    op.execute(
        "GRANT SELECT (id, link_id, session_id, expires_at), DELETE ON sign_in_attempts "
        f"TO {worker}"
    )
    op.execute(f"GRANT SELECT (id, session_id, expires_at), DELETE ON sign_in_steps TO {worker}")
    op.execute(f"GRANT SELECT (id, ends_at, ended_at), DELETE ON sign_in_sessions TO {worker}")
    # Turning the keyring wraps what is sealed anew; its key and the sealed column are all it needs.
    for table, key, column in (
        ("authenticators", "person_id", "sealed_secret"),
        ("sign_in_steps", "id", "sealed_secret"),
        ("sign_in_sessions", "id", "sealed_id_token"),
    ):
        op.execute(
            f"GRANT SELECT ({key}, {column}), UPDATE ({column}) ON {table} TO {role('operator')}"
        )


def downgrade() -> None:
    op.execute(f"REVOKE SELECT ON ledger_head FROM {role('sign_in')}")
    for table in ("authenticators", "passkeys", "sign_in_steps", "sign_in_attempts"):
        op.drop_table(table)
    op.drop_table("sign_in_sessions")
