from pathlib import Path

import pytest

from app.cli.output import Exit
from tests.cli.running import Here
from tests.cli.test_doctor import addressed, look
from tests.files.clamd import VERSION, clamd

__all__ = ["addressed"]


async def test_a_folder_that_can_be_written_and_no_scanner_are_well_enough_for_trying_out(
    addressed: dict[str, str], here: Here
) -> None:
    code, found = await look(here, addressed)

    assert (code, found["files"]["fine"], found["scanner"]["fine"]) == (Exit.DONE, True, True)
    assert "CLAMD_ADDRESS is not set" in found["scanner"]["detail"]


async def test_a_folder_that_cannot_be_is_told(
    addressed: dict[str, str], here: Here, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    code, found = await look(here, addressed | {"FILES_URL": str(tmp_path / "taken" / "files")})

    assert (code, found["files"]["fine"]) == (Exit.REFUSED, False)
    assert "FILES_URL" in found["files"]["detail"]


async def test_production_without_a_scanner_is_a_fault(
    addressed: dict[str, str], here: Here
) -> None:
    code, found = await look(here, addressed | {"ENVIRONMENT": "production"})

    assert (code, found["scanner"]["fine"]) == (Exit.REFUSED, False)
    assert "production hands no file out" in found["scanner"]["detail"]


async def test_a_scanner_that_answers_is_named(
    addressed: dict[str, str], here: Here, tmp_path: Path
) -> None:
    async with clamd(tmp_path / "clamd.sock") as made:
        _, found = await look(here, addressed | {"CLAMD_ADDRESS": made.address})

    assert found["scanner"] == {"about": "scanner", "fine": True, "detail": VERSION}


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock"])
async def test_a_scanner_that_does_not_answer_is_told(
    addressed: dict[str, str], here: Here, address: str
) -> None:
    code, found = await look(here, addressed | {"CLAMD_ADDRESS": address})

    assert (code, found["scanner"]["fine"]) == (Exit.REFUSED, False)
    assert "does not answer" in found["scanner"]["detail"]
