import os
from datetime import timedelta

import pytest

from app import clock
from app.files import caring, store
from app.files.caring import sweep
from app.values.uuid7 import uuid7
from tests.files.clamd import Clamd
from tests.files.sending import Desk

LONG_AGO = timedelta(days=1, minutes=1)


async def add_orphan(desk: Desk, age: timedelta) -> None:
    source = desk.folder / "source"
    source.write_bytes(b"orphan")
    file_id = uuid7()
    await store.put(desk.filing.store, file_id, source)
    make_older(desk, age)


def make_older(desk: Desk, age: timedelta) -> None:
    moment = (clock.now() - age).timestamp()
    for path in desk.objects():
        os.utime(path, (moment, moment))


async def test_what_belongs_to_a_file_stays_and_old_orphans_go(desk: Desk) -> None:
    facts = await desk.send()
    await add_orphan(desk, LONG_AGO)
    (desk.objects()[0].parent / "no-id-at-all").write_bytes(b"stray")
    make_older(desk, LONG_AGO)
    await desk.do(sweep(desk.filing))

    assert [path.name for path in desk.objects()] == [str(facts.id)]


async def test_young_ones_may_belong_to_a_transaction_that_is_not_over(desk: Desk) -> None:
    await desk.send()
    await add_orphan(desk, timedelta(hours=23))
    await desk.do(sweep(desk.filing))

    assert len(desk.objects()) == 2


async def test_what_is_left_of_an_infected_file_goes(desk: Desk) -> None:
    await desk.send()
    await desk.owner.execute(
        "UPDATE files SET state = 'infected', finding = 'x', scanned_at = now(), scanner = 'test'"
    )
    make_older(desk, LONG_AGO)
    await desk.do(sweep(desk.filing))

    assert desk.objects() == []


async def test_a_long_sweep_asks_for_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_orphan(desk, LONG_AGO)
    monkeypatch.setattr(caring, "SWEEP_SECONDS", -1.0)
    await desk.do(sweep(desk.filing))
    payload = await desk.owner.fetchval("SELECT payload FROM jobs")

    assert await desk.jobs() == ["files.sweep"]
    assert payload == '{"from": 1}'
    await desk.do(sweep(desk.filing), **{"from": 255})
    assert await desk.jobs() == ["files.sweep"]


async def test_files_from_before_there_was_a_scanner_are_scanned_once_there_is(
    desk: Desk, scanner: Clamd
) -> None:
    await desk.send()
    await desk.do(sweep(desk.filing))
    assert await desk.jobs() == []

    for _ in range(2):
        await desk.do(sweep(desk.with_scanner(scanner.address).filing))

    assert await desk.jobs() == ["files.scan"]
