"""A marker said in every step of an assessment lies nowhere in clear, nor in what others read."""

import asyncpg
import pytest

from tests.assessments.asking import (
    ASSESSMENTS,
    an_option,
    begin,
    decide,
    fill,
    found,
    place,
    read,
    steps,
)
from tests.assessments.conftest import Browsers, World, members, world
from tests.privacy.planting import HALLMARK
from tests.providers.router.asking import at_version

__all__ = ["members", "world"]
WORDS = {"view", "why", "considered", "value", "english", "mathematics", "what", "met_by"}


def marked(said: object) -> object:
    """Return what is said in a step with the marker in every text that is a person's own words."""
    if isinstance(said, dict):
        return {
            name: f"{HALLMARK} {value}"
            if isinstance(value, str) and name in WORDS
            else marked(value)
            for name, value in said.items()
        }
    return [marked(one) for one in said] if isinstance(said, list) else said


async def test_what_is_said_of_a_child_lies_nowhere_in_clear(
    members: Browsers,
    world: World,
    owner: asyncpg.Connection,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = {name: marked(one) for name, one in steps().items()}
    words = {"gaps": HALLMARK, "reasons": HALLMARK}
    held = await fill(
        members["school"],
        await begin(members["school"]),
        world,
        option=an_option(world, **words),
        **said,  # type: ignore[arg-type]
    )
    refused = await decide(members["approver"], held, reasons=HALLMARK)
    bad = await members["school"].put(
        f"{ASSESSMENTS}/{held['id']}/steps/need",
        json={"step": "need", "why": HALLMARK, "purpose": HALLMARK},
        headers=at_version(held["version"]),
    )
    done = await decide(
        members["approver"], held, *found(held), reasons=HALLMARK, conditions=[HALLMARK]
    )
    urgent = {"reasons": HALLMARK}
    placed = await place(members["school"], world, held, assessment=None, urgent=urgent)

    told = (await read(members["school"], held)).text
    assert (refused.status_code, bad.status_code, done.status_code) == (409, 422, 201)
    assert placed.status_code == 201, placed.text
    assert told.count(HALLMARK) > len(WORDS)
    assert HALLMARK in placed.text
    assert HALLMARK not in refused.text + bad.text
    assert HALLMARK not in "".join(capsys.readouterr())
    tables = await owner.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p')"
    )
    assert len(tables) > 100
    for row in tables:
        held_there = await owner.fetchval(
            f"SELECT count(*) FROM {row['relname']} t WHERE t::text LIKE $1"  # noqa: S608
            " OR t::text LIKE '%' || encode(convert_to($2, 'UTF8'), 'hex') || '%'",
            *(f"%{HALLMARK}%", HALLMARK),
        )
        assert held_there == 0, row["relname"]
