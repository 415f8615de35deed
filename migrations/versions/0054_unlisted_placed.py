"""Places at providers that are not on the register: found by number, and seen by who places there."""

from alembic import op

from migrations.row_security import function

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    function(
        "sites_to_place_at(wanted text)",
        "TABLE(id uuid, reference smallint, la_code text, provider_id uuid, closed_on date, "
        "status text, number text)",
        """
        SELECT s.id, s.reference, s.la_code, p.id, s.closed_on, p.status, p.number
        FROM providers p JOIN sites s ON s.provider_id = p.id
        WHERE p.number = wanted AND p.merged_into IS NULL AND acts_for_commissioner()
        """,
        "app",
    )
    function(
        "open_sites_to_place_at(provider uuid)",
        "TABLE(reference smallint, id uuid)",
        """
        SELECT s.reference, s.id FROM sites s
        WHERE s.provider_id = provider AND s.closed_on IS NULL AND acts_for_commissioner()
        """,
        "app",
    )
    function(
        "places_at(provider uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM sites s JOIN placements p ON p.site_id = s.id
          WHERE s.provider_id = provider
            AND (p.commissioner_id = ANY ((SELECT organisations_acted_for())::uuid[])
                 OR is_responsible_for_child(p.child_id)))
        """,
    )
    see_providers_when("\n            OR places_at(provider)")


def downgrade() -> None:
    see_providers_when("")
    op.execute("DROP FUNCTION places_at(uuid)")
    op.execute("DROP FUNCTION open_sites_to_place_at(uuid)")
    op.execute("DROP FUNCTION sites_to_place_at(text)")


def see_providers_when(also: str) -> None:
    condition = f"""
        SELECT EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status <> 'known')
            OR EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider
                       AND k.la_code = NULLIF(current_setting('app.la_code', true), ''))
            OR owns_provider(provider) OR answers_for_provider(provider)
            OR some_evidence_is_shared(provider) OR has_part_in_inspections_of(provider)
            OR EXISTS (SELECT FROM claims c WHERE c.provider_id = provider
                       AND c.withdrawn_at IS NULL
                       AND c.organisation_id = ANY (organisations_acted_for())){also}
        """
    op.execute(
        "CREATE OR REPLACE FUNCTION may_see_provider(provider uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $${condition}$$"
    )
