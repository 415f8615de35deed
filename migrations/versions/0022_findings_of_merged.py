"""Nobody claims a record that was merged; what was found of a thing goes where the thing goes."""

from alembic import op

from migrations.roles import role

revision = "0022"
down_revision = "0021"

FROZEN = ("claims", "provider_owners")


def upgrade() -> None:
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER not_to_merged BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_adding_to_merged()"
        )
    # Findings are never changed; so they are written once more, under the other record.
    op.execute(
        """
        CREATE FUNCTION carry_findings(merge uuid) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, public AS $$
        #variable_conflict use_column
        DECLARE m merges; source uuid; target uuid;
        BEGIN
          SELECT * INTO m FROM merges g WHERE g.id = merge FOR UPDATE;
          IF m.state = 'merged' AND m.settled_by = acting_person() THEN
            source := m.absorbed_id; target := m.kept_id;
          ELSIF m.state = 'undone' AND m.undo_settled_by = acting_person() THEN
            source := m.kept_id; target := m.absorbed_id;
          ELSE
            RAISE EXCEPTION 'no merge settled just now says so'
              USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          INSERT INTO provider_verifications (id, provider_id, subject_kind, subject_id, held, how,
              note, verified_on, person_id, person_name, organisation_id, recorded_at)
            SELECT gen_random_uuid(), target, f.subject_kind, f.subject_id, f.held, f.how, f.note,
              f.verified_on, f.person_id, f.person_name, f.organisation_id, f.recorded_at
            FROM provider_verifications f WHERE f.provider_id = source
            AND f.subject_id IN (SELECT v.row_id FROM merge_moves v
              WHERE v.merge_id = m.id AND v.table_name <> 'providers')
            AND NOT EXISTS (SELECT FROM provider_verifications k WHERE k.provider_id = target
              AND k.subject_id = f.subject_id AND k.recorded_at = f.recorded_at);
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION carry_findings(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION carry_findings(uuid) TO {role('app')}")


def downgrade() -> None:
    op.execute("DROP FUNCTION carry_findings(uuid)")
    for table in FROZEN:
        op.execute(f"DROP TRIGGER not_to_merged ON {table}")
