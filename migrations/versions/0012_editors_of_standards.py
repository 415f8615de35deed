"""A role for those who draft and publish standards, and a way to ask for the department."""

from alembic import op

from migrations.row_security import function

revision = "0012"
down_revision = "0011"

BEFORE = (
    "'administrator', 'commissioner', 'approver', 'finance-signatory', "
    "'designated-safeguarding-lead', 'inspector', 'second-officer', 'provider-manager', "
    "'assessor', 'analyst'"
)
TABLES = ("memberships", "invitations")


def upgrade() -> None:
    limit_roles_to(f"{BEFORE}, 'standards-editor'")
    function(
        "acts_for_department()",
        "boolean",
        "SELECT EXISTS (SELECT FROM organisations o WHERE o.id = acting_organisation() "
        "AND o.kind = 'department')",
        "app",
    )


def limit_roles_to(roles: str) -> None:
    for table in TABLES:
        name = op.f(f"{table}_roles_known_check")
        op.drop_constraint(name, table, type_="check")
        known = f"cardinality(roles) > 0 AND roles <@ ARRAY[{roles}]::text[]"
        op.create_check_constraint(name, table, known)


def downgrade() -> None:
    op.execute("DROP FUNCTION acts_for_department()")
    limit_roles_to(BEFORE)
