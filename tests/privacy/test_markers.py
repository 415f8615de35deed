"""A marker planted in every private column appears in nothing that is public."""

import io
import logging
import re
import sys
from collections.abc import Mapping

import asyncpg
import httpx
import pytest

from app import clock, log
from app.db.transactions import Database
from tests.privacy.furnishing import furnish, publish_all, take_out_the_first_entry
from tests.privacy.planting import keys_and_closed_lists, plant, private_keys
from tests.privacy.public_face import Answered, fetch_all, markers_in

PUBLIC_BY_DESIGN: Mapping[str, str] = {
    "offers.programme": "what is offered",
    "provider_identifiers.value": "numbers in other public registers",
    "provider_names.name": "other names the provider goes by",
    "providers.name": "what the provider is called",
    "providers.public_email": "given to be published, by whoever may consent",
    "providers.public_phone": "the same",
    "providers.website": "the same",
    "sites.address_lines": "where a site is, unless it is somebody's home",
    "sites.name": "what the site is called",
    "sites.postcode": "where a site is, unless it is somebody's home",
    "sites.run_by": "who runs what happens there",
    "sites.town": "where a site is",
}
"""Columns of private tables whose words are published, each by the allow-list, and why."""

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
BROKEN = {422, *range(500, 600)}
"""What no address of this test may answer: it would show nothing."""

FORMED: Mapping[str, str] = {
    "attendance_codes.code": "one or two characters of a school's register",
    "criteria.number": "a number such as 1.2a",
    "criteria.standard": "a number such as 1.2",
    "provider_safeguarding_items.item": "the same",
    "providers.number": "AP, six digits and a letter",
    "safeguarding_items.item": "a number such as SG14",
    "schools.urn": "six digits",
}
"""Columns that take only short numbers of a fixed form, which no marker can have."""


async def test_nothing_private_is_public(
    database: Database,
    owner: asyncpg.Connection,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await furnish(database, owner)
    planted = await plant(owner)
    numbers = await publish_all(database, owner)
    await take_out_the_first_entry(database, owner)
    assert len(numbers) == 4, "every public provider says something else than before"
    asked, lines = await _values(owner, numbers), io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", lines)
        log.set_up("json", "INFO")
        patched.setattr(logging.getLogger("httpx"), "disabled", True)  # the client's own
        answered = await fetch_all(client, await _values(owner, numbers))
    log.set_up("text", "WARNING")

    assert [(one.status, one.address) for one in answered if one.status in BROKEN] == []
    logged = Answered("the log", 0, lines.getvalue())
    assert logged.text.count('"event": "request"') == len(answered)
    found: dict[str, set[str]] = {}
    for each in [*answered, logged]:
        for marker in markers_in(each.text):
            found.setdefault(str(planted.markers[marker]), set()).add(each.address)
    leaks = {column: where for column, where in found.items() if column not in PUBLIC_BY_DESIGN}
    assert leaks == {}
    assert found.keys() == PUBLIC_BY_DESIGN.keys(), "what is said to be public was not seen"
    assert not any(where & {"the log", "/metrics"} for where in found.values())
    shown = {one for each in answered for one in re.findall(UUID, each.text)}
    assert shown & await private_keys(owner) <= set(asked["id"])


async def test_every_private_column_holds_a_marker_or_the_database_says_why_not(
    database: Database, owner: asyncpg.Connection
) -> None:
    await furnish(database, owner)

    planted = await plant(owner)

    known = await keys_and_closed_lists(owner)
    print(*(f"{column}: {why}" for column, why in planted.refused.items()), sep="\n")  # noqa: T201 - shown when it differs
    refused = {str(column) for column in planted.refused if column not in known}
    assert refused == set(FORMED)
    assert {str(one) for one in planted.markers.values()} >= set(PUBLIC_BY_DESIGN)


async def test_a_leak_would_be_found(
    database: Database, owner: asyncpg.Connection, client: httpx.AsyncClient
) -> None:
    await furnish(database, owner)
    planted = await plant(owner)
    await owner.execute("UPDATE sites SET town = (SELECT name FROM provider_people LIMIT 1)")
    number, *_ = await publish_all(database, owner)

    found = markers_in((await client.get(f"/v1/providers/{number}")).text)

    columns = {str(planted.markers[marker]) for marker in found}
    assert columns - PUBLIC_BY_DESIGN.keys() == {"provider_people.name"}


@pytest.mark.parametrize(
    "text",
    [
        "ZQJXZQ123x1",
        "/?q=%7A%71%6A%78%7A%71%31%32%33",
        b"?zqjxzq123x".hex(),
        "W3pxanh6cTEyM3gx",
    ],
)
def test_a_marker_is_known_in_whatever_it_is_wrapped(text: str) -> None:
    assert markers_in(f"before {text}, after") == {"zqjxzq123"}


async def _values(owner: asyncpg.Connection, numbers: list[str]) -> dict[str, list[str]]:
    some = await owner.fetchval("SELECT id FROM listings LIMIT 1")
    inspection = await owner.fetchval(
        "SELECT reference FROM inspections WHERE state = 'published' LIMIT 1"
    )
    value = await owner.fetchval("SELECT value FROM provider_identifiers WHERE scheme = 'ukprn'")
    return {
        "number": numbers,
        "today": [clock.today().isoformat()],
        "code": ["working-set-1"],
        "id": [str(some)],
        "scheme": ["ukprn"],
        "value": [value],
        "reference": [inspection],
        "subject": ["register"],
    }
