"""Local authorities, postcode areas and districts, postcodes; everyone reads, operators import."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role

revision = "0002"
down_revision = "0001"

TABLES = (
    "local_authorities",
    "former_local_authorities",
    "former_local_authority_successors",
    "postcode_areas",
    "postcode_districts",
    "postcodes",
)


def upgrade() -> None:
    op.create_table(
        "former_local_authorities",
        sa.Column(
            "gss_code",
            sa.Text(),
            nullable=False,
            comment="ONS nine-character code, never used again",
        ),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=False,
            comment="DfE three-digit code; sometimes kept by the successor",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Its name then (DfE)"),
        sa.Column(
            "last_year",
            sa.SmallInteger(),
            nullable=False,
            comment="The last year in which the DfE's list of areas has it",
        ),
        sa.PrimaryKeyConstraint("gss_code", name=op.f("former_local_authorities_pkey")),
    )
    op.create_table(
        "local_authorities",
        sa.Column("la_code", sa.Text(), nullable=False, comment="DfE three-digit code"),
        sa.Column("gss_code", sa.Text(), nullable=False, comment="ONS nine-character code"),
        sa.Column("name", sa.Text(), nullable=False, comment="As the ONS writes it"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What sort of council it is"),
        sa.Column(
            "region", sa.Text(), nullable=False, comment="One of the nine regions of England (ONS)"
        ),
        sa.Column(
            "centre_easting",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of its live postcodes, to 100 m (OS)",
        ),
        sa.Column(
            "centre_northing",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of its live postcodes, to 100 m (OS)",
        ),
        sa.Column(
            "spread_metres",
            sa.Integer(),
            nullable=False,
            comment="Root mean square distance of its postcodes from the centre, to 100 m (OS)",
        ),
        sa.CheckConstraint(
            "gss_code ~ '^E[0-9]{8}$'", name=op.f("local_authorities_gss_code_form_check")
        ),
        sa.CheckConstraint(
            "kind IN ('county-council', 'london-borough', 'metropolitan-district', 'sui-generis', 'unitary-authority')",
            name=op.f("local_authorities_kind_known_check"),
        ),
        sa.CheckConstraint(
            "la_code ~ '^[0-9]{3}$'", name=op.f("local_authorities_la_code_form_check")
        ),
        sa.PrimaryKeyConstraint("la_code", name=op.f("local_authorities_pkey")),
        sa.UniqueConstraint("gss_code", name=op.f("local_authorities_gss_code_key")),
    )
    op.create_table(
        "postcode_areas",
        sa.Column("area", sa.Text(), nullable=False, comment="CV of CV1 2WT"),
        sa.Column(
            "centre_easting",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of English postcodes, to 1 km (OS)",
        ),
        sa.Column(
            "centre_northing",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of English postcodes, to 1 km (OS)",
        ),
        sa.Column(
            "english_postcodes",
            sa.Integer(),
            nullable=False,
            comment="How many live postcodes it had in England in October 2025 (OS)",
        ),
        sa.PrimaryKeyConstraint("area", name=op.f("postcode_areas_pkey")),
    )
    op.create_table(
        "former_local_authority_successors",
        sa.Column("former_gss_code", sa.Text(), nullable=False, comment="The former authority"),
        sa.Column(
            "successor_la_code",
            sa.Text(),
            nullable=False,
            comment="An authority that has its area, or part of it, now",
        ),
        sa.ForeignKeyConstraint(
            ["former_gss_code"],
            ["former_local_authorities.gss_code"],
            name=op.f("former_local_authority_successors_former_gss_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_la_code"],
            ["local_authorities.la_code"],
            name=op.f("former_local_authority_successors_successor_la_code_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "former_gss_code",
            "successor_la_code",
            name=op.f("former_local_authority_successors_pkey"),
        ),
    )
    op.create_index(
        op.f("former_local_authority_successors_successor_la_code_idx"),
        "former_local_authority_successors",
        ["successor_la_code"],
        unique=False,
    )
    op.create_table(
        "postcode_districts",
        sa.Column("outcode", sa.Text(), nullable=False, comment="CV1 of CV1 2WT"),
        sa.Column(
            "centre_easting",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of its postcodes, to 100 m (OS)",
        ),
        sa.Column(
            "centre_northing",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid: mean of its postcodes, to 100 m (OS)",
        ),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=False,
            comment="The local authority with most of its postcodes; it may reach into others",
        ),
        sa.Column(
            "postcodes",
            sa.Integer(),
            nullable=False,
            comment="How many live postcodes it had in October 2025 (OS)",
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("postcode_districts_la_code_fkey")
        ),
        sa.PrimaryKeyConstraint("outcode", name=op.f("postcode_districts_pkey")),
    )
    op.create_index(
        op.f("postcode_districts_la_code_idx"), "postcode_districts", ["la_code"], unique=False
    )
    op.create_table(
        "postcodes",
        sa.Column("postcode", sa.Text(), nullable=False, comment="Upper case, one space: CV1 2WT"),
        sa.Column(
            "la_code",
            sa.Text(),
            nullable=True,
            comment="The local authority it lies in; empty where the source does not say",
        ),
        sa.Column(
            "easting",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid, of the middle of its addresses",
        ),
        sa.Column(
            "northing",
            sa.Integer(),
            nullable=False,
            comment="Metres, British National Grid, of the middle of its addresses",
        ),
        sa.ForeignKeyConstraint(
            ["la_code"], ["local_authorities.la_code"], name=op.f("postcodes_la_code_fkey")
        ),
        sa.PrimaryKeyConstraint("postcode", name=op.f("postcodes_pkey")),
    )
    op.create_index(op.f("postcodes_la_code_idx"), "postcodes", ["la_code"], unique=False)
    readers = ", ".join(role(name) for name in ("app", "operator", "publisher", "read"))
    op.execute(f"GRANT SELECT ON {', '.join(TABLES)} TO {readers}")
    op.execute(f"GRANT INSERT, UPDATE, DELETE, TRUNCATE ON postcodes TO {role('operator')}")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
