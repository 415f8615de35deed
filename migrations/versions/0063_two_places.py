"""A child whom two commissioners have in two places at once is a question for a person."""

from alembic import op

from migrations.row_security import function

revision = "0063"
down_revision = "0057"

METHOD = "match_questions_method_known_check"
OF_IDENTITY = ("upn-alone", "name-and-birth")


def upgrade() -> None:
    ask_by(*OF_IDENTITY, "two-places-at-once")
    say_of_method("By what it came up; see terms.MatchMethod")
    function(
        "linked_elsewhere_at_once(child uuid, today date)",
        "SETOF uuid",
        """
        WITH linked AS (SELECT o.child_id FROM child_links c JOIN child_links o
            ON o.link_id = c.link_id WHERE c.child_id = child),
        weeks AS (SELECT p.child_id, n.weekday, n.starts, n.ends, t.since,
            least(t.following - 1, coalesce(p.ended_on,
              CASE WHEN p.planned_end_on >= today THEN p.planned_end_on END)) AS until
          FROM linked l JOIN placements p ON p.child_id = l.child_id
          JOIN LATERAL (SELECT w.id, w.since, lead(w.since) OVER (ORDER BY w.since) AS following
            FROM placement_timetables w WHERE w.placement_id = p.id) t ON true
          JOIN placement_sessions n ON n.timetable_id = t.id)
        SELECT DISTINCT o.child_id FROM weeks w JOIN weeks o ON o.child_id <> w.child_id
          AND o.weekday = w.weekday AND o.starts < w.ends AND w.starts < o.ends
          AND o.since <= coalesce(w.until, 'infinity') AND w.since <= coalesce(o.until, 'infinity')
        WHERE w.child_id = child
          AND coalesce(w.until, 'infinity') >= today AND coalesce(o.until, 'infinity') >= today
        """,
        "matcher",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION linked_elsewhere_at_once(uuid, date)")
    op.execute("DELETE FROM match_questions WHERE method = 'two-places-at-once'")
    ask_by(*OF_IDENTITY)
    say_of_method("upn-alone or name-and-birth")


def ask_by(*methods: str) -> None:
    op.drop_constraint(METHOD, "match_questions")
    known = ", ".join(f"'{one}'" for one in methods)
    op.create_check_constraint(op.f(METHOD), "match_questions", f"method IN ({known})")


def say_of_method(words: str) -> None:
    op.execute(f"COMMENT ON COLUMN match_questions.method IS '{words}'")
