"""What the reads benchmark serves beside our application, each by uvicorn in a process of its own.

`by_orm` is what one writes first: rows loaded as objects, and an answer made of models. It is given
the page by our own statement, so only the loading and rendering are compared, to its advantage.
`bare` answers the same number of bytes, always, and does nothing.
"""

import gc
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI, Query
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app import log
from app.config import Settings
from app.db.engine import open_engine
from app.db.read_pool import open_read_pool
from app.main import create_app
from app.places.facts import la_name
from app.providers.models.listings import Listing
from app.providers.models.providers import Provider, ProviderName
from app.providers.models.sites import Offer, Site
from app.register.schemas.search import SearchAnswer, SearchQuery
from app.register.searching.memory import Memory
from app.register.searching.present import search
from app.values.national_grid import to_wgs84

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def ours() -> FastAPI:
    """Return our application as an operator's settings make it."""
    gc.freeze()  # as the command line does: what is loaded stays
    settings = Settings.load()
    log.set_up(settings.log_format, settings.log_level)
    return create_app(settings)


def bare() -> Callable[[Any, Any, Send], Awaitable[None]]:
    """Return an application that answers `ANSWER_BYTES` bytes."""
    body = b"x" * int(os.environ["ANSWER_BYTES"])
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]

    async def answer(scope: Any, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def by_orm() -> FastAPI:
    """Return an application that answers searches by the ORM and `response_model`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.engine = open_engine(os.environ["DATABASE_OWNER_URL"], pool_size=8)
        url = os.environ["DATABASE_READ_URL"]
        app.state.pool = await open_read_pool(url, size=8, timeout_ms=60_000)
        app.state.memory = Memory()
        yield
        await app.state.pool.close()
        await app.state.engine.dispose()

    app = FastAPI(openapi_url=None, lifespan=lifespan)

    @app.get("/v1/providers", response_model=SearchAnswer)
    async def search_providers(query: Annotated[SearchQuery, Query()]) -> dict[str, Any]:
        async with app.state.pool.acquire() as connection:
            found = await search(connection, query, app.state.memory)
        return await _answer(app.state.engine, found)

    return app


async def _answer(engine: AsyncEngine, found: Any) -> dict[str, Any]:
    hits = [(hit["summary"][11:20].decode(), hit) for hit in found.hits]  # the number comes first
    async with AsyncSession(engine) as session:
        asked = select(Provider).where(Provider.number.in_([number for number, _ in hits]))
        shown = {one.number: one for one in await session.scalars(asked)}
        ids = [one.id for one in shown.values()]
        names = await _grouped(session, ProviderName, ProviderName.provider_id, ids)
        sites = await _grouped(session, Site, Site.provider_id, ids)
        of_sites = [site.id for held in sites.values() for site in held]
        offers = await _grouped(session, Offer, Offer.site_id, of_sites)
        listings = await _grouped(session, Listing, Listing.site_id, of_sites)
    items = []
    for number, hit in hits:
        provider = shown[number]
        there = sites[provider.id]
        offered = [offer for site in there for offer in offers[site.id]]
        items.append(
            {
                "provider": _provider(provider, names[provider.id], there, offered),
                "distance_metres": None if hit["away"] is None else round(hit["away"]),
                "site": _site(there[0], listings[there[0].id]) if hit["site"] else None,
                "matched": [*hit["matched"], *found.reasons],
            }
        )
    return {
        "items": items,
        "links": {"self": "/v1/providers", "next": found.cursor},
        "register": {
            "entry": found.entry,
            "recorded_at": str(found.recorded_at),
            "moved_since_first_page": False,
        },
        "near": None,
        "corrections": found.corrections,
    }


async def _grouped(
    session: AsyncSession, entity: Any, column: Any, ids: list[Any]
) -> dict[Any, list[Any]]:
    """Load what belongs to some rows, as an ORM's `selectinload` does."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in await session.scalars(select(entity).where(column.in_(ids))):
        found[getattr(row, column.key)].append(row)
    return found


def _provider(one: Any, names: list[Any], sites: list[Any], offers: list[Any]) -> dict[str, Any]:
    ages = sorted(age for offer in offers for age in (offer.age_from, offer.age_to))
    authorities = sorted({site.la_code for site in sites})
    return {
        "number": one.number,
        "name": one.name,
        "other_names": [name.name for name in names],
        "status": {"code": one.status, "since": str(one.status_since)},
        **dict.fromkeys(("evidence", "outcome", "seen")),  # not loaded: to its advantage
        "local_authorities": [{"la_code": code, "name": la_name(code)} for code in authorities],
        "towns": sorted({site.town for site in sites if site.town}),
        "programmes": sorted({offer.programme for offer in offers}),
        "ages": {"from": ages[0], "to": ages[-1]} if ages else None,
        "key_stages": sorted({stage for offer in offers for stage in offer.key_stages}),
        "needs": sorted({need for offer in offers for need in offer.needs}),
        "site_count": len(sites),
        "links": {"self": f"/v1/providers/{one.number}"},
    }


def _site(site: Any, listings: list[Any]) -> dict[str, Any]:
    latitude, longitude = to_wgs84(site.easting, site.northing) if site.easting else (0.0, 0.0)
    listing = listings[0]
    return {
        "reference": site.reference,
        "name": site.name,
        "kind": site.kind,
        "town": site.town,
        "postcode": site.postcode,
        "local_authority": {"la_code": site.la_code, "name": la_name(site.la_code)},
        "location": {"latitude": latitude, "longitude": longitude},
        "status": {"code": listing.state, "since": str(listing.state_since)},
        **dict.fromkeys(("outcome", "seen")),
    }
