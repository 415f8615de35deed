"""Reliances: one QA body uses what another saw."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, allow_all_rows, function, protect

revision = "0038"
down_revision = "0036"


def upgrade() -> None:
    add_reliances()
    say_what_is_published()
    protect_rows()
    grant()


def add_reliances() -> None:
    op.create_table(
        "reliances",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("inspection_id", sa.UUID(), nullable=False),
        sa.Column(
            "organisation_id", sa.UUID(), nullable=False, comment="The QA body that relies on it"
        ),
        sa.Column(
            "criteria",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="For which, by number; none named is all",
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False, comment="The last day"),
        sa.Column("made_by", sa.UUID(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="The first day it holds no more"),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "ended_because IN ('withdrawn', 'lapsed', 'inspection-withdrawn')",
            name=op.f("reliances_ended_because_known_check"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_because IS NULL)",
            name=op.f("reliances_ended_for_some_reason_check"),
        ),
        sa.CheckConstraint("until >= since", name=op.f("reliances_until_after_beginning_check")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("reliances_inspection_id_fkey")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("reliances_made_by_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("reliances_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("reliances_pkey")),
    )
    op.create_index(op.f("reliances_made_by_idx"), "reliances", ["made_by"], unique=False)
    op.create_index(
        op.f("reliances_organisation_id_idx"), "reliances", ["organisation_id"], unique=False
    )
    op.create_index(
        "reliances_present_key",
        "reliances",
        ["inspection_id", "organisation_id"],
        unique=True,
        postgresql_where="ended_on IS NULL",
    )
    op.create_index(
        "reliances_until_idx",
        "reliances",
        ["until"],
        unique=False,
        postgresql_where="ended_on IS NULL",
    )


def say_what_is_published() -> None:
    # What is published is no secret, but its inspection is seen by those alone who have a part in it.
    function(
        "inspection_told(inspection uuid)",
        "text",
        """
        SELECT i.reference FROM inspections i
        WHERE i.id = inspection AND i.state = 'published'
        """,
        "app",
    )
    function(
        "published_inspection(wanted text)",
        "TABLE (id uuid, body_id uuid, planned_on date, standards_version_id uuid, stands boolean)",
        """
        SELECT i.id, i.body_id, i.planned_on, i.standards_version_id,
          (SELECT p.document IS NOT NULL FROM inspection_publications p
           WHERE p.inspection_id = i.id ORDER BY p.version DESC LIMIT 1)
        FROM inspections i WHERE i.reference = wanted AND i.state = 'published'
          AND may_see_provider(i.provider_id)
        """,
        "app",
    )


def protect_rows() -> None:
    protect("reliances")
    allow_all_rows("operator", "sees adds changes", "reliances")
    allow_all_rows("worker", "sees changes", "reliances")
    own = "organisation_id = ANY ((SELECT organisations_acted_for())::uuid[])"
    allow("app", "sees", "reliances", f"{own} OR may_see_inspection(inspection_id)")
    acts = "organisation_id = acting_organisation() AND acting_person() IS NOT NULL"
    allow("app", "adds", "reliances", f"made_by = acting_person() AND {acts}")
    allow("app", "changes", "reliances", f"acting_person() IS NOT NULL AND {own}")


def grant() -> None:
    app, worker = role("app"), role("worker")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON reliances TO {role('operator')}")
    op.execute(f"GRANT SELECT, INSERT ON reliances TO {app}")
    op.execute(f"GRANT SELECT ON reliances TO {worker}")
    for somebody in (app, worker):
        op.execute(f"GRANT UPDATE (ended_on, ended_because, version) ON reliances TO {somebody}")


def downgrade() -> None:
    op.drop_table("reliances")
    op.execute("DROP FUNCTION published_inspection(text)")
    op.execute("DROP FUNCTION inspection_told(uuid)")
