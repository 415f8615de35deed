"""What every later table leans on: who may enter the schema, and the guard of append-only tables."""

from alembic import op

from migrations.roles import role

revision = "0001"
down_revision = None


def upgrade() -> None:
    roles = ", ".join(role(name) for name in ("app", "operator", "publisher", "read"))
    op.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
    # Made by Alembic itself, as the owner, before this runs; whoever serves compares it.
    op.execute(f"GRANT SELECT ON alembic_version TO {roles}")
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )


def downgrade() -> None:
    roles = ", ".join(role(name) for name in ("app", "operator", "publisher", "read"))
    op.execute("DROP FUNCTION refuse_change()")
    op.execute(f"REVOKE SELECT ON alembic_version FROM {roles}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {roles}")
