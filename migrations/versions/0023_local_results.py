"""Commissioners see what authorities' lists say of providers, results of their checks included."""

from alembic import op

from migrations.roles import role
from migrations.row_security import function

revision = "0023"
down_revision = "0022"

NAMED = {"providers": "id", "provider_names": "provider_id", "sites": "provider_id"}
NAMED |= {"provider_identifiers": "provider_id"}
"""Tables that show who a provider is, and the column that says which provider."""
OWN_LIST = "la_code = NULLIF(current_setting('app.la_code', true), '')"
COLUMNS = "local_result, local_result_on"


def upgrade() -> None:
    # Whoever places children, or answers for those who do; neither owners nor who assures quality.
    function(
        "acts_for_commissioner()",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = acting_organisation()
          AND o.kind IN ('local-authority', 'local-authority-team', 'school', 'trust',
                         'federation', 'department'))
        """,
        "app",
    )
    # In brackets, it is asked once for a statement and not once for a row.
    op.execute(
        f"ALTER POLICY app_sees ON provider_known_by USING ({OWN_LIST} "
        "OR (SELECT acts_for_commissioner()))"
    )
    for table, provider in NAMED.items():
        listed = (
            f"EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = {table}.{provider})"
        )
        op.execute(
            f"ALTER POLICY app_sees ON {table} USING (((SELECT acts_for_commissioner()) "
            f"AND {listed}) OR may_see_provider({provider}))"
        )
    op.create_index("providers_name_idx", "providers", ["name", "id"])
    op.create_check_constraint(
        op.f("provider_known_by_result_of_its_day_check"),
        "provider_known_by",
        "local_result_on IS NULL OR local_result IS NOT NULL",
    )
    op.execute(f"GRANT UPDATE ({COLUMNS}) ON provider_known_by TO {role('operator')}")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE ({COLUMNS}) ON provider_known_by FROM {role('operator')}")
    op.drop_constraint(
        op.f("provider_known_by_result_of_its_day_check"), "provider_known_by", type_="check"
    )
    op.drop_index("providers_name_idx", table_name="providers")
    for table, provider in NAMED.items():
        op.execute(f"ALTER POLICY app_sees ON {table} USING (may_see_provider({provider}))")
    op.execute(f"ALTER POLICY app_sees ON provider_known_by USING ({OWN_LIST})")
    op.execute("DROP FUNCTION acts_for_commissioner()")
