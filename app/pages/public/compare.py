"""The page that sets providers side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from app.db.read_pool import Reader
from app.pages import filters
from app.pages.public.compare_view import COMPARE, MOST, Chosen, build_compare
from app.pages.rendering import render
from app.providers.errors import ProviderNotFoundError
from app.register.numbers import read_number
from app.register.queries.documents import get_document, get_head
from app.register.queries.resolving import find_numbered

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_MOST_TYPED = 40
"""How many numbers an address may name before the rest is not even looked at."""
Typed = Annotated[list[Annotated[str, Query(max_length=60)]], Query()]


@router.get(COMPARE)
async def show_compare(request: Request, number: Typed = []) -> HTMLResponse:  # noqa: B006 - FastAPI copies it
    """Set up to four providers side by side."""
    typed = [" ".join(each.split()) for each in number[:_MOST_TYPED] if each.strip()]
    known, faults = _read(typed)
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
        request.state.demonstration = head["demonstration"]
        found = {each: await _find(connection, each) for each in known}
    chosen = [one for one in found.values() if one is not None]
    missing = [each for each, one in found.items() if one is None]
    if missing:
        faults.append(f"The register has no provider {filters.join_words(missing)}")
    if len(chosen) > MOST:
        left_out = filters.join_words([one.record["number"] for one in chosen[MOST:]])
        faults.append(f"Four can be compared at once, so these are left out: {left_out}")
    view = build_compare(chosen[:MOST], faults, demonstration=head["demonstration"])
    return render("compare.html", view, status_code=422 if faults else 200)


def _read(typed: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the numbers that can be providers', each once, and what is wrong with the rest."""
    read, faults = [], []
    for each in typed:
        try:
            read.append(read_number(each))
        except ProviderNotFoundError as error:
            faults.append(f"{each}: {error.detail}")
    twice = [number for number, times in Counter(read).items() if times > 1]
    if twice:
        faults.append(f"Named more than once, and shown once: {filters.join_words(twice)}")
    return list(dict.fromkeys(read)), faults


async def _find(connection: Reader, number: str) -> Chosen | None:
    held = await get_document(connection, number)
    summaries = (await find_numbered(connection, [number])).get(number)
    if held is None or not summaries:
        return None
    return Chosen(orjson.loads(held["document"]), orjson.loads(summaries[0]))
