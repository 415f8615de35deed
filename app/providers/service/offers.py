"""What a provider offers at a site: added, changed, ended; whether there are places, confirmed."""

import uuid
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.fields import changed
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.providers.errors import PartEndedError, PartNotFoundError
from app.providers.events import ProviderChanged
from app.providers.models.sites import Offer
from app.providers.queries import parts
from app.providers.schemas.offers import AvailabilityStated, Ending, OfferChange, OfferStated
from app.providers.service.records import Held, check_version, part_of
from app.providers.service.sites import kept_site, merged
from app.values.uuid7 import uuid7


async def add_offer(
    session: WriteSession, actor: Actor, at: tuple[str, int], new: OfferStated
) -> uuid.UUID:
    """Add a programme at a site, named by record and reference; return the offer's id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartEndedError: the site has closed.
    """
    held, _, site = await kept_site(session, *at)
    columns = _columns(new)
    if new.availability is not None:
        columns["availability_confirmed_on"] = clock.today()
    row = Offer(id=uuid7(), site_id=site.id, changed_at=clock.now(), version=1, **columns)
    await parts.add_row(session, row)
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "offer", row.id, new.programme)
    after = {"site": site.reference, **columns}
    await record(session, actor, "offer.added", subject, after=after)
    return row.id


async def change_offer(
    session: WriteSession,
    actor: Actor,
    at: tuple[str, int],
    offer_id: uuid.UUID,
    asked: OfferChange,
    expected: int,
) -> None:
    """Change an offer that has not ended; what it was stays in the public history.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartNotFoundError: the site has no such offer.
        PartEndedError: the site has closed, or the offer ended.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: what results does not hang together.
    """
    held, offer = await _kept(session, at, offer_id)
    check_version(offer.version, expected, offer.programme)
    present = {name: getattr(offer, name) for name in OfferStated.model_fields}
    columns = _columns(merged(present, asked, OfferStated))
    if "availability" in asked.model_fields_set:
        columns["availability_confirmed_on"] = clock.today() if asked.availability else None
    await _changed(session, actor, held, offer, columns, "offer.changed")


async def end_offer(
    session: WriteSession,
    actor: Actor,
    at: tuple[str, int],
    offer_id: uuid.UUID,
    ending: Ending,
    expected: int,
) -> None:
    """End an offer from a day on; it stays on record. A day to come can be moved.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartNotFoundError: the site has no such offer.
        PartEndedError: the site has closed, or the offer ended.
        VersionChangedError: somebody changed it since the actor read it.
    """
    held, offer = await _kept(session, at, offer_id)
    check_version(offer.version, expected, offer.programme)
    await _changed(session, actor, held, offer, {"ended_on": ending.on}, "offer.ended")


async def confirm_availability(
    session: WriteSession,
    actor: Actor,
    at: tuple[str, int],
    offer_id: uuid.UUID,
    stated: AvailabilityStated,
) -> None:
    """Say whether an offer has places today; the latest word holds, so no version is asked for.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartNotFoundError: the site has no such offer.
        PartEndedError: the site has closed, or the offer ended.
    """
    held, offer = await _kept(session, at, offer_id)
    columns = {
        "availability": stated.availability.value,
        "availability_confirmed_on": clock.today(),
    }
    await _changed(session, actor, held, offer, columns, "offer.availability_confirmed")


async def _changed(
    session: WriteSession,
    actor: Actor,
    held: Held,
    offer: Offer,
    columns: dict[str, Any],
    act: str,
) -> None:
    was, now = changed({name: getattr(offer, name) for name in columns}, columns)
    if not now:
        return
    for name in now:
        setattr(offer, name, columns[name])
    offer.version += 1
    offer.changed_at = clock.now()
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "offer", offer.id, offer.programme)
    await record(session, actor, act, subject, before=was, after=now)


async def _kept(
    session: WriteSession, at: tuple[str, int], offer_id: uuid.UUID
) -> tuple[Held, Offer]:
    held, _, site = await kept_site(session, *at)
    offer = await parts.get_offer(session, site.id, offer_id)
    if offer is None:
        raise PartNotFoundError(f"{site.name} has no offer of that id. Read the site again.")
    if _is_over(offer.ended_on):
        raise PartEndedError(
            f"{offer.programme} ended on {offer.ended_on}. It stays on record as it was; add it "
            "again if it is offered again."
        )
    return held, offer


def _is_over(ended_on: date | None) -> bool:
    return ended_on is not None and ended_on <= clock.today()


def _columns(offer: OfferStated) -> dict[str, Any]:
    columns = offer.model_dump(exclude={"sessions"})
    return columns | {
        "availability": offer.availability.value if offer.availability else None,
        "key_stages": list(offer.key_stages),
        "needs": [need.value for need in offer.needs],
        "sessions": [one.model_dump(mode="json", by_alias=True) for one in offer.sessions],
    }
