"""Other dates of terms may make a notice due on another day: its placement is looked at anew."""

from alembic import op

revision = "0059"
down_revision = "0064"


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION touch_by_calendar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
        BEGIN
          PERFORM touch_statuses(ARRAY(SELECT s.placement_id FROM safeguarding_statuses s
            JOIN organisations o ON o.id = s.commissioner_id
            JOIN organisations c ON c.id = NEW.organisation_id
            WHERE o.id = c.id OR (c.kind = 'local-authority' AND o.la_code = c.la_code)));
          RETURN NULL;
        END $$""")
    op.execute("REVOKE ALL ON FUNCTION touch_by_calendar() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER safeguarding_touched AFTER INSERT OR UPDATE ON school_calendars "
        "FOR EACH ROW EXECUTE FUNCTION touch_by_calendar()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER safeguarding_touched ON school_calendars")
    op.execute("DROP FUNCTION touch_by_calendar()")
