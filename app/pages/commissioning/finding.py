"""Looking for a setting on the register, by name or number, for a form that is about one."""

from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import Request
from starlette.responses import Response

from app.pages.commissioning.forms import HERE
from app.pages.filters import count
from app.pages.part_view import TagView
from app.pages.records_wording import RECORD_STATUSES
from app.pages.signed_in import own_frame, own_page
from app.pages.view_models import ActionLink, Frame
from app.register.queries.documents import get_document
from app.register.schemas.search import SearchQuery
from app.register.searching.present import search
from app.values.provider_number import parse_provider_number

MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A site that was found: which, where, how its provider stands, and the way to choose it."""

    name: str
    words: str
    tag: TagView
    href: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """The page: what is looked for, what was found, and what to say of it."""

    frame: Frame
    title: str
    back: ActionLink
    q: str
    note: str | None
    found: tuple[Found, ...]
    unlisted: ActionLink | None


async def show_finding(request: Request, q: str, choose: str, back: ActionLink) -> Response:
    """Show a search of the register whose results lead on with provider and site.

    Args:
        request: the page's.
        q: what was typed: words of a name, or a number.
        choose: the address that is gone on to; `provider` and `site` are put behind it.
        back: where to go instead.
    """
    found, note, unlisted = await _find(request, " ".join(q.split()), choose)
    frame = await own_frame(request, HERE)
    view = FindingView(frame, "Find the setting", back, q, note, found, unlisted)
    return own_page("find_setting.html", view)


async def _find(
    request: Request, q: str, choose: str
) -> tuple[tuple[Found, ...], str | None, ActionLink | None]:
    if not q:
        return (), None, None
    number = _number(q)
    async with request.app.state.read_pool.acquire() as connection:
        if number is not None:
            numbers = [number]
        else:
            hits = await search(connection, SearchQuery(q=q), request.app.state.memory)
            numbers = [orjson.loads(one["summary"])["number"] for one in hits.hits]
        records = [await get_document(connection, one) for one in numbers[:MOST]]
    found = tuple(
        one
        for record in records
        if record is not None
        for one in _sites(orjson.loads(record["document"]), choose)
    )
    if number is not None and not found:
        words = "The register shows no open site under this number."
        return (
            (),
            words,
            ActionLink("Use this number all the same", f"{choose}provider={number}&site=1"),
        )
    note = None if found else "The register shows nothing of that name."
    if len(numbers) > MOST:
        note = f"These are the first {count(MOST, 'provider')}. Type more of the name."
    return found, note, None


def _sites(record: dict[str, Any], choose: str) -> list[Found]:
    label, colour = RECORD_STATUSES[record["status"]["code"]]
    return [
        Found(
            f"{record['name']}: {site['name']}",
            ", ".join(
                part
                for part in (record["number"], f"site {site['reference']}", site.get("town"))
                if part
            ),
            TagView(label, colour),
            f"{choose}provider={record['number']}&site={site['reference']}",
        )
        for site in record["sites"]
        if site["closed_on"] is None
    ]


def _number(q: str) -> str | None:
    try:
        return parse_provider_number(q)
    except ValueError:
        return None
