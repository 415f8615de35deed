"""The read model of the public register."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.db.columns import Point
from migrations.roles import role

revision = "0005"
down_revision = "0004"

TABLES = ("register_search", "register_documents", "register_sites", "register_words")


def upgrade() -> None:
    op.create_table(
        "register_search",
        sa.Column(
            "id",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="The six digits of the number",
        ),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column(
            "sort_name", sa.Text(collation="C"), nullable=False, comment="Plain lower-case words"
        ),
        sa.Column(
            "words",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="A: name and number, B: other names, C: programmes, D: towns; plain words",
        ),
        sa.Column(
            "vocabulary",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="The same words, to keep register_words true",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("register_search_pkey")),
    )
    op.create_index(
        "register_search_sort_name_id_idx", "register_search", ["sort_name", "id"], unique=False
    )
    op.create_index("register_search_status_idx", "register_search", ["status"], unique=False)
    op.create_index(
        "register_search_words_idx",
        "register_search",
        ["words"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "register_documents",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "entry", sa.BigInteger(), nullable=False, comment="The ledger entry these bytes render"
        ),
        sa.Column(
            "format",
            sa.SmallInteger(),
            nullable=False,
            comment="Rendering format; see rendering.py",
        ),
        sa.Column("summary", sa.LargeBinary(), nullable=False, comment="JSON for a list item"),
        sa.Column("document", sa.LargeBinary(), nullable=False, comment="JSON of the whole record"),
        sa.ForeignKeyConstraint(
            ["id"],
            ["register_search.id"],
            name=op.f("register_documents_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("register_documents_pkey")),
        sa.UniqueConstraint("number", name=op.f("register_documents_number_key")),
    )
    op.create_table(
        "register_sites",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.SmallInteger(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.Column("place", Point(), nullable=True, comment="Metres, British National Grid"),
        sa.Column(
            "ages",
            postgresql.ARRAY(sa.SmallInteger()),
            nullable=False,
            comment="Every age in any offer",
        ),
        sa.Column(
            "needs", postgresql.ARRAY(sa.Text()), nullable=False, comment="Every need in any offer"
        ),
        sa.Column(
            "summary", sa.LargeBinary(), nullable=False, comment="JSON for a list item's site"
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["register_search.id"],
            name=op.f("register_sites_provider_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("provider_id", "reference", name=op.f("register_sites_pkey")),
    )
    op.create_index("register_sites_la_code_idx", "register_sites", ["la_code"], unique=False)
    op.create_index(
        "register_sites_needs_idx",
        "register_sites",
        ["needs"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "register_sites_place_idx",
        "register_sites",
        ["place"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_table(
        "register_words",
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "documents", sa.Integer(), nullable=False, comment="Providers it occurs in; from 1"
        ),
        sa.PrimaryKeyConstraint("word", name=op.f("register_words_pkey")),
    )
    op.create_index(
        "register_words_word_idx",
        "register_words",
        ["word"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    # What the public may read may also be read by whoever signs in, and by operators.
    tables = ", ".join(TABLES)
    readers = ", ".join(role(name) for name in ("read", "app", "operator"))
    op.execute(f"GRANT SELECT ON {tables} TO {readers}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {role('publisher')}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
