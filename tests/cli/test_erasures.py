"""`ap-register erasures`: what was erased is erased anew after a backup came back."""

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from app.children.journal import Erased, append, line_of
from app.children.terms import ErasureReason
from app.cli.output import Exit
from tests.cli.running import Here
from tests.cli.test_doctor import addressed, look
from tests.factories.children import add_child_row, add_commissioners

__all__ = ["addressed"]

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


async def test_a_backup_that_came_back_is_told_by_doctor_and_erased_anew(
    owner: asyncpg.Connection, addressed: dict[str, str], here: Here, tmp_path: Path
) -> None:
    school = (await add_commissioners(owner)).school.organisation_id
    back, kept = await add_child_row(owner, school), await add_child_row(owner, school)
    journal = tmp_path / "beside" / "erasures.jsonl"
    for child_id in (back, uuid.uuid4()):
        append(journal, Erased(child_id, AT, ErasureReason.SUBJECT_REQUEST))
    named = addressed | {"ERASURE_JOURNAL_FILE": str(journal)}

    _, before = await look(here, named)
    first = await here("erasures", "replay", "--json", **named)
    second = await here("erasures", "replay", journal, "--json", **addressed)
    _, after = await look(here, named)
    written = await here("erasures", "export", "-o", tmp_path / "whole.jsonl", **addressed)

    assert before["erasures"]["fine"] is False
    assert before["erasures"]["detail"].startswith("1 records are here again")
    assert [json.loads(one.out)["erased"] for one in (first, second)] == [1, 0]
    assert after["erasures"]["fine"] is True
    assert written.code == Exit.DONE
    assert (tmp_path / "whole.jsonl").read_text(encoding="utf-8") == (
        line_of(Erased(back, AT, ErasureReason.SUBJECT_REQUEST)) + "\n"
    )
    erased = await owner.fetch("SELECT id FROM children WHERE erased_at IS NOT NULL")
    assert [row["id"] for row in erased] == [back]
    assert kept != back


async def test_no_journal_or_another_file_erases_nothing(
    addressed: dict[str, str], here: Here, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("no journal\n")

    missing = await here("erasures", "replay", **addressed)
    wrong = await here("erasures", "replay", other, **addressed)

    assert (missing.code, wrong.code) == (Exit.REFUSED, Exit.REFUSED)
    assert "There is no journal at" in missing.err
    assert "Line 1 is no erasure" in wrong.err
