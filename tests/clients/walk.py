"""The walk of a generated Python client; run by an interpreter that has it, not by ours.

Told the register's address, it tells what it saw as JSON. It knows no address of the API.
"""

import datetime as dt
import json
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

from register_client import Client
from register_client.api.register import (
    follow_register,
    get_provider,
    get_provider_history,
    look_up_providers,
    resolve_identifier,
    search_providers,
)
from register_client.models import (
    FeedAnswer,
    HistoryAnswer,
    IdentifierAnswer,
    Include,
    LookUp,
    LookUpAnswer,
    Problem,
    ProviderRecord,
    PublicStatus,
    SearchAnswer,
    Sort,
)

PAGE = 7


def main(base: str) -> dict[str, Any]:
    """Walk: search, every further page, records, a history, a number, a look-up, the feed."""
    client = Client(base_url=base, raise_on_unexpected_status=True)
    total, numbers = _search(client)
    records = [_record(client, number) for number in numbers]
    known = next(one for one in records if one.identifiers)
    history = get_provider_history.sync(known.number, client=client, limit=100)
    assert isinstance(history, HistoryAnswer)
    number = known.identifiers[0]
    resolved = resolve_identifier.sync(number.scheme, number.value, client=client)
    assert isinstance(resolved, IdentifierAnswer)
    asked = LookUp(numbers=[known.number, "AP999999Q"])
    looked_up = look_up_providers.sync(client=client, body=asked)
    assert isinstance(looked_up, LookUpAnswer)
    refused = get_provider.sync("nothing", client=client)
    assert isinstance(refused, Problem)
    assert isinstance(known.status.since, dt.date)
    return {
        "total": total,
        "numbers": numbers,
        "names": [one.name for one in records],
        "history_ends_with": history.items[0].entry == known.register.entry,
        "resolved": known.number in [one.number for one in resolved.items],
        "looked_up": [[one.number for one in item.providers] for item in looked_up.items]
        == [[known.number], []],
        "refused": refused.type_,
        **_feed(client),
    }


def _search(client: Client) -> tuple[int, list[str]]:
    numbers: list[str] = []
    cursor: dict[str, str] = {}
    total = -1
    while True:
        found = search_providers.sync(
            client=client,
            status=list(PublicStatus),
            sort=Sort.NAME,
            limit=PAGE,
            include=[Include.TOTAL],
            **cursor,
        )
        assert isinstance(found, SearchAnswer), found
        total = found.total if isinstance(found.total, int) else total
        numbers += [item.provider.number for item in found.items]
        if found.links.next_ is None:
            return total, numbers
        cursor = {"cursor": parse_qs(urlsplit(found.links.next_).query)["cursor"][0]}


def _record(client: Client, number: str) -> ProviderRecord:
    record = get_provider.sync(number, client=client)
    assert isinstance(record, ProviderRecord)
    return record


def _feed(client: Client) -> dict[str, Any]:
    entries: list[int] = []
    while True:
        after = entries[-1] if entries else 0
        page = follow_register.sync(client=client, after=after, limit=PAGE)
        assert isinstance(page, FeedAnswer)
        entries += [item.entry for item in page.items]
        if not page.items:
            return {"entries": entries, "head": page.register.entry}


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
