"""Searching at any size, and as the register stood: packed filters, and rows of the past.

The read model is rebuilt: see FORMAT.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.db.columns import Point
from migrations.roles import role

revision = "0032"
down_revision = "0031"

FILTERS = (
    ("provider_status", sa.Text(), "''", "Where its provider stands"),
    ("sort_name", sa.Text(collation="C"), "''", "Its provider's"),
    ("age_bits", sa.Integer(), "0", "Bit n is age n, of any offer its listing covers"),
    ("stage_bits", sa.SmallInteger(), "0", "Bit n is key stage n, of the same offers"),
    ("need_bits", sa.Integer(), "0", "Bit n is the nth need, of the same offers"),
    ("place_bits", sa.SmallInteger(), "0", "Bit n is the nth band of places, of the same offers"),
    ("tags", postgresql.ARRAY(sa.Text()), "'{}'", "All that one can filter by, as kind:value"),
    ("several", sa.Boolean(), "false", "Whether its provider has further rows"),
)


def upgrade() -> None:
    op.drop_column("register_sites", "ages")
    op.drop_column("register_sites", "needs")
    for name, kind, empty, comment in FILTERS:
        op.add_column(
            "register_sites",
            sa.Column(name, kind, server_default=sa.text(empty), nullable=False, comment=comment),
        )
        op.alter_column("register_sites", name, server_default=None)
    op.add_column(
        "register_sites",
        sa.Column("seen_on", sa.Date(), nullable=True, comment="When it was seen for its listing"),
    )
    op.drop_index("register_sites_la_code_idx", table_name="register_sites")
    op.create_index(
        "register_sites_la_code_sort_name_provider_id_reference_idx",
        "register_sites",
        ["la_code", "sort_name", "provider_id", "reference"],
    )
    op.create_index("register_sites_tags_idx", "register_sites", ["tags"], postgresql_using="gin")
    op.create_index("register_documents_entry_idx", "register_documents", ["entry"])
    op.add_column(
        "register_words",
        sa.Column(
            "entry",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="The ledger entry with which its count last changed",
        ),
    )
    op.create_index("register_words_entry_idx", "register_words", ["entry"])
    create_past()
    tables = "register_past, register_past_sites"
    readers = ", ".join(role(name) for name in ("read", "app", "operator"))
    op.execute(f"GRANT SELECT ON {tables} TO {readers}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {role('publisher')}")


def create_past() -> None:
    op.create_table(
        "register_past",
        sa.Column("id", sa.Integer(), nullable=False, comment="The six digits of the number"),
        sa.Column("from_entry", sa.BigInteger(), nullable=False, comment="The entry it renders"),
        sa.Column(
            "until_entry",
            sa.BigInteger(),
            nullable=True,
            comment="The provider's next entry; empty for the newest",
        ),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(collation="C"), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("id", "from_entry", name=op.f("register_past_pkey")),
    )
    op.create_table(
        "register_past_sites",
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("from_entry", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("la_code", sa.Text(), nullable=False),
        sa.Column("place", Point(), nullable=True, comment="Metres, British National Grid"),
        sa.Column("age_bits", sa.Integer(), nullable=False),
        sa.Column("stage_bits", sa.SmallInteger(), nullable=False),
        sa.Column("need_bits", sa.Integer(), nullable=False),
        sa.Column("place_bits", sa.SmallInteger(), nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["provider_id", "from_entry"],
            ["register_past.id", "register_past.from_entry"],
            name=op.f("register_past_sites_provider_id_from_entry_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "provider_id", "from_entry", "reference", name=op.f("register_past_sites_pkey")
        ),
    )


def downgrade() -> None:
    op.drop_table("register_past_sites")
    op.drop_table("register_past")
    op.drop_column("register_words", "entry")
    op.drop_index("register_documents_entry_idx", table_name="register_documents")
    op.drop_index("register_sites_tags_idx", table_name="register_sites")
    op.drop_index(
        "register_sites_la_code_sort_name_provider_id_reference_idx", table_name="register_sites"
    )
    op.create_index("register_sites_la_code_idx", "register_sites", ["la_code"])
    for name in ("seen_on", *(name for name, *_ in FILTERS)):
        op.drop_column("register_sites", name)
    for name, kind in (("ages", sa.SmallInteger()), ("needs", sa.Text())):
        op.add_column(
            "register_sites",
            sa.Column(
                name,
                postgresql.ARRAY(kind),
                server_default=sa.text("'{}'"),
                nullable=False,
                comment=f"Every {name[:-1]} in any offer, as far as its listing covers it",
            ),
        )
        op.alter_column("register_sites", name, server_default=None)
    op.create_index("register_sites_needs_idx", "register_sites", ["needs"], postgresql_using="gin")
