"""Who invites a provider's owner, who ends an ownership, and since when an identifier is held."""

import sqlalchemy as sa
from alembic import op

from migrations.roles import role
from migrations.row_security import allow, function

revision = "0026"
down_revision = "0025"

OWNERS_ADDED_BY_ADMINISTRATORS = """
    administers(acting_organisation()) AND introduced_by = acting_organisation()
    AND source = 'people' AND (
      (kind = 'provider-owner' AND parent_id IS NULL)
      OR (kind = 'local-authority-team' AND parent_id = acting_organisation()))
"""
OWNERS_ADDED_BY_OFFICERS = """
    invites_providers() AND introduced_by = acting_organisation()
    AND source = 'people' AND kind = 'provider-owner' AND parent_id IS NULL
"""
FIRST_INVITATION = "administers(organisation_id) OR welcomes(organisation_id)"
TAKEN_BY_CLAIM = """
        SELECT CASE WHEN claim IS NOT NULL THEN
          EXISTS (SELECT FROM claims c WHERE c.id = claim AND c.provider_id = provider
                  AND c.organisation_id = acting_organisation() AND c.withdrawn_at IS NULL{})
        ELSE
          EXISTS (SELECT FROM providers p WHERE p.id = provider AND p.status = 'known')
          AND NOT EXISTS (SELECT FROM provider_known_by k WHERE k.provider_id = provider)
          AND NOT EXISTS (SELECT FROM provider_owners o WHERE o.provider_id = provider)
        END
        """
"""Spaced as it was first written, so that going back leaves nothing different."""


def upgrade() -> None:
    op.add_column(
        "provider_identifiers",
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="When the record gained it",
        ),
    )
    op.execute(
        "UPDATE provider_identifiers i SET recorded_at = p.recorded_at "
        "FROM providers p WHERE p.id = i.provider_id"
    )
    say_who_invites()
    let_officers_invite()
    say_whose_it_is()
    allow("app", "changes", "provider_owners", "judges_provider(provider_id)")
    op.execute(f"GRANT UPDATE (ended_at) ON provider_owners TO {role('app')}")
    # A former name that was taken out comes back when it is given up once more.
    op.execute(f"GRANT UPDATE (withdrawn_at) ON provider_names TO {role('operator')}")
    op.execute(
        "CREATE POLICY app_sees_own_site ON institution_sites FOR SELECT "
        f"TO {role('app')} USING (owns_site(site_id))"
    )
    # What was accepted once is no way in for ever after.
    take_providers_when(TAKEN_BY_CLAIM.format(" AND c.accepted_at IS NULL"))


def say_who_invites() -> None:
    function(
        "invites_providers()",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM memberships m JOIN organisations o ON o.id = m.organisation_id
          WHERE m.person_id = acting_person() AND m.ended_at IS NULL
            AND o.id = acting_organisation()
            AND o.kind IN ('local-authority', 'local-authority-team', 'department')
            AND m.roles && ARRAY['administrator', 'assessor'])
        """,
        "app",
    )
    # Until somebody works there, whoever brought an owner onto the service lets the first one in.
    function(
        "welcomes(organisation uuid)",
        "boolean",
        """
        SELECT invites_providers() AND EXISTS (SELECT FROM organisations o
            WHERE o.id = organisation AND o.kind = 'provider-owner'
              AND o.introduced_by = acting_organisation())
          AND NOT EXISTS (SELECT FROM memberships m WHERE m.organisation_id = organisation)
        """,
        "app",
    )
    function(
        "welcomes_by(invitation uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM invitations i WHERE i.id = invitation
          AND welcomes(i.organisation_id))
        """,
        "app",
    )


def let_officers_invite() -> None:
    either = f"({OWNERS_ADDED_BY_ADMINISTRATORS}) OR ({OWNERS_ADDED_BY_OFFICERS})"
    op.execute(f"ALTER POLICY app_adds ON organisations WITH CHECK ({either})")
    op.execute(f"ALTER POLICY app_adds ON invitations WITH CHECK ({FIRST_INVITATION})")
    op.execute(
        f"ALTER POLICY app_changes ON invitations USING ({FIRST_INVITATION}) "
        f"WITH CHECK ({FIRST_INVITATION})"
    )
    op.execute(f"ALTER POLICY app_sees ON invitations USING ({FIRST_INVITATION})")
    op.execute(
        "ALTER POLICY app_adds ON emailed_links "
        "WITH CHECK (administers_invitation(invitation_id) OR welcomes_by(invitation_id))"
    )


def say_whose_it_is() -> None:
    function(
        "owner_of_provider(provider uuid)",
        "TABLE (organisation_id uuid, name text, since timestamptz)",
        """
        SELECT g.id, g.name, o.began_at FROM provider_owners o
        JOIN organisations g ON g.id = o.organisation_id
        WHERE o.provider_id = provider AND o.ended_at IS NULL
          AND (owns_provider(provider) OR answers_for_provider(provider))
        """,
        "app",
    )
    # The invited owner by name, for both sides of a claim.
    function(
        "claimant_of(claim uuid)",
        "text",
        """
        SELECT g.name FROM claims c JOIN organisations g ON g.id = c.organisation_id
        WHERE c.id = claim AND (answers_for_provider(c.provider_id)
          OR c.organisation_id = ANY (organisations_acted_for()))
        """,
        "app",
    )
    function(
        "may_own_providers(organisation uuid)",
        "boolean",
        """
        SELECT EXISTS (SELECT FROM organisations o WHERE o.id = organisation
          AND o.kind = 'provider-owner')
        """,
        "app",
    )


def take_providers_when(condition: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION may_take_provider(provider uuid, claim uuid) RETURNS boolean "
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public "
        f"AS $$ {condition} $$"
    )


def downgrade() -> None:
    take_providers_when(TAKEN_BY_CLAIM.format(""))
    op.execute("DROP POLICY app_sees_own_site ON institution_sites")
    op.execute(f"REVOKE UPDATE (ended_at) ON provider_owners FROM {role('app')}")
    op.execute(f"REVOKE UPDATE (withdrawn_at) ON provider_names FROM {role('operator')}")
    op.execute("DROP POLICY app_changes ON provider_owners")
    op.execute(
        f"ALTER POLICY app_adds ON organisations WITH CHECK ({OWNERS_ADDED_BY_ADMINISTRATORS})"
    )
    administered = "administers(organisation_id)"
    op.execute(f"ALTER POLICY app_adds ON invitations WITH CHECK ({administered})")
    op.execute(
        f"ALTER POLICY app_changes ON invitations USING ({administered}) "
        f"WITH CHECK ({administered})"
    )
    op.execute(f"ALTER POLICY app_sees ON invitations USING ({administered})")
    op.execute(
        "ALTER POLICY app_adds ON emailed_links WITH CHECK (administers_invitation(invitation_id))"
    )
    for name in (
        "may_own_providers(uuid)",
        "claimant_of(uuid)",
        "owner_of_provider(uuid)",
        "welcomes_by(uuid)",
        "welcomes(uuid)",
        "invites_providers()",
    ):
        op.execute(f"DROP FUNCTION {name}")
    op.drop_column("provider_identifiers", "recorded_at")
