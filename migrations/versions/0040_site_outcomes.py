"""Where each site stands by its inspections, and what searches ask of that.

The read model is rebuilt: see FORMAT. Who is public is looked at anew by the service: see below.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, protect

revision = "0040"
down_revision = "0039"

OUTCOMES = "'meets-standards', 'meets-with-actions', 'does-not-yet-meet', 'not-yet-assessed'"

DUE_WHOLE = "(due_on IS NULL) = (due_kind IS NULL) AND (due_on IS NULL) = (due_because IS NULL)"


def upgrade() -> None:
    add_site_outcomes()
    protect("site_outcomes")
    allow_all_rows("publisher", "sees adds changes", "site_outcomes")
    allow_all_rows("operator", "sees", "site_outcomes")
    allow("app", "sees", "site_outcomes", "EXISTS (SELECT FROM sites s WHERE s.id = site_id)")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON site_outcomes TO {role('publisher')}")
    op.execute(f"GRANT SELECT ON site_outcomes TO {role('operator')}, {role('app')}")
    for table in ("register_sites", "register_past_sites"):
        op.add_column(table, sa.Column("outcome", sa.Text(), nullable=True))
    op.add_column(
        "register_sites",
        sa.Column(
            "due_on",
            sa.Date(),
            nullable=True,
            comment="By when it is visited next; empty where it is not on the register",
        ),
    )
    op.add_column(
        "register_sites",
        sa.Column(
            "inspected",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Whether an inspection of it is published",
        ),
    )
    op.alter_column("register_sites", "inspected", server_default=None)
    op.alter_column(
        "register_sites",
        "outcome",
        comment="What follows from its inspections; empty where nothing is told of it",
    )
    op.alter_column(
        "register_sites",
        "seen_on",
        comment="When evidence that counts was last seen; without an inspection, for listing",
    )
    # The service looks at whoever has something due: at everybody once, whose outcome is unsaid.
    op.execute(
        "UPDATE providers SET changes_on = (now() AT TIME ZONE 'Europe/London')::date "
        "WHERE status <> 'known'"
    )


def add_site_outcomes() -> None:
    op.create_table(
        "site_outcomes",
        sa.Column("site_id", sa.UUID(), nullable=False),
        sa.Column(
            "outcome", sa.Text(), nullable=False, comment="meets-standards, meets-with-actions …"
        ),
        sa.Column("since", sa.Date(), nullable=False, comment="The first day of it"),
        sa.Column(
            "valid_until",
            sa.Date(),
            nullable=True,
            comment="The last day on which it holds by itself; empty: until somebody acts",
        ),
        sa.Column("next_outcome", sa.Text(), nullable=True, comment="What it is on the day after"),
        sa.Column(
            "decided_by",
            postgresql.JSONB(),
            nullable=False,
            comment="The criteria that decided: number, judgement, because",
        ),
        sa.Column(
            "seen_from",
            sa.Date(),
            nullable=True,
            comment="When the oldest evidence that counts was seen",
        ),
        sa.Column("seen_to", sa.Date(), nullable=True, comment="When the newest was"),
        sa.Column(
            "asked",
            sa.SmallInteger(),
            nullable=True,
            comment="Criteria that count for it there; empty where none was ever judged",
        ),
        sa.Column(
            "judged",
            sa.SmallInteger(),
            nullable=True,
            comment="Of them, those of which a judgement counts",
        ),
        sa.Column(
            "due_kind", sa.Text(), nullable=True, comment="Of the next visit that comes round"
        ),
        sa.Column("due_on", sa.Date(), nullable=True, comment="By when it is due"),
        sa.Column("due_because", sa.Text(), nullable=True, comment="first-after-listing or yearly"),
        sa.Column(
            "publication_id",
            sa.UUID(),
            nullable=True,
            comment="The newest inspection there, in its newest version",
        ),
        sa.Column(
            "site_kind",
            sa.Text(),
            nullable=False,
            comment="By which it was found what is asked",
        ),
        sa.Column("staff_size", sa.Text(), nullable=True, comment="Likewise, of the provider"),
        sa.Column(
            "changes_on",
            sa.Date(),
            nullable=True,
            comment="The first day on which time alone changes anything of it",
        ),
        sa.Column(
            "computed_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="When it was last found to be otherwise",
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"site_outcomes_{name}_check"))
            for name, condition in (
                ("outcome_known", f"outcome IN ({OUTCOMES})"),
                ("next_outcome_known", f"next_outcome IN ({OUTCOMES})"),
                ("next_is_another", "next_outcome <> outcome"),
                ("ends_as_another", "(valid_until IS NULL) = (next_outcome IS NULL)"),
                ("changes_by_its_end", "changes_on <= valid_until + 1"),
                ("seen_in_order", "seen_from <= seen_to"),
                ("seen_both", "(seen_from IS NULL) = (seen_to IS NULL)"),
                ("judged_of_those_asked", "judged BETWEEN 0 AND asked"),
                ("due_whole", DUE_WHOLE),
            )
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["inspection_publications.id"],
            name=op.f("site_outcomes_publication_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("site_outcomes_site_id_fkey")),
        sa.PrimaryKeyConstraint("site_id", name=op.f("site_outcomes_pkey")),
    )
    op.create_index(op.f("site_outcomes_publication_id_idx"), "site_outcomes", ["publication_id"])
    op.create_index(
        "site_outcomes_changes_on_idx",
        "site_outcomes",
        ["changes_on"],
        postgresql_where="changes_on IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_column("register_sites", "inspected")
    op.drop_column("register_sites", "due_on")
    for table in ("register_past_sites", "register_sites"):
        op.drop_column(table, "outcome")
    op.alter_column("register_sites", "seen_on", comment="When it was seen for its listing")
    op.drop_table("site_outcomes")
