"""When schools meet: terms and closures of each school year, as an authority or a school states them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.roles import role
from migrations.row_security import allow, function, protect

revision = "0064"
down_revision = "0058"


def upgrade() -> None:
    op.create_table(
        "school_calendars",
        sa.Column("organisation_id", sa.UUID(), nullable=False),
        sa.Column(
            "school_year",
            sa.SmallInteger(),
            nullable=False,
            comment="In which it begins: 2026 for 2026/27",
        ),
        sa.Column("terms", postgresql.DATEMULTIRANGE(), nullable=False),
        sa.Column(
            "closures",
            postgresql.DATEMULTIRANGE(),
            nullable=False,
            comment="Days in terms without school",
        ),
        sa.Column(
            "stated_by_name", sa.Text(), nullable=False, comment="Person or machine, as named then"
        ),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Counts changes; the entity tag"
        ),
        sa.CheckConstraint(
            "closures <@ terms", name=op.f("school_calendars_closures_within_terms_check")
        ),
        sa.CheckConstraint(
            "school_year BETWEEN 2000 AND 2100",
            name=op.f("school_calendars_school_year_range_check"),
        ),
        sa.CheckConstraint("NOT isempty(terms)", name=op.f("school_calendars_some_term_check")),
        sa.CheckConstraint(
            "range_merge(terms) <@ daterange(make_date(school_year, 8, 1), "
            "make_date(school_year + 1, 8, 1))",
            name=op.f("school_calendars_terms_within_the_year_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("school_calendars_organisation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "school_year", name=op.f("school_calendars_pkey")
        ),
    )
    function(
        "school_calendars_for(organisation uuid)",
        "TABLE(school_year smallint, terms datemultirange, closures datemultirange)",
        """
        SELECT DISTINCT ON (c.school_year) c.school_year, c.terms, c.closures
        FROM organisations o JOIN school_calendars c ON c.organisation_id = o.id
          OR c.organisation_id IN (SELECT a.id FROM organisations a
            WHERE a.kind = 'local-authority' AND a.la_code = o.la_code)
        WHERE o.id = organisation
        ORDER BY c.school_year, (c.organisation_id = o.id) DESC
        """,
        "app",
        "worker",
    )
    protect("school_calendars")
    own = "organisation_id = (SELECT acting_organisation())"
    allow("app", "sees", "school_calendars")
    allow("app", "adds", "school_calendars", own)
    allow("app", "changes", "school_calendars", own)
    app = role("app")
    op.execute(f"GRANT SELECT, INSERT ON school_calendars TO {app}")
    op.execute(
        "GRANT UPDATE (terms, closures, stated_by_name, stated_at, version) "
        f"ON school_calendars TO {app}"
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION school_calendars_for(uuid)")
    op.drop_table("school_calendars")
