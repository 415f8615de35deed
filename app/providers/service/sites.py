"""Sites: added, changed, closed from a day on. What has closed is never reopened."""

from typing import Any

from pydantic import ValidationError

from app import clock
from app.access import Actor
from app.audit.fields import changed
from app.audit.service import record
from app.db.events import WriteSession, announce
from app.errors import AppError, FieldFault, InvalidRequestError
from app.places import facts
from app.places.terms import Precision
from app.providers.errors import PartEndedError, SiteNotFoundError
from app.providers.events import ProviderChanged
from app.providers.models.providers import Provider
from app.providers.models.sites import Site
from app.providers.queries import parts
from app.providers.queries.places import Placed, place_postcode
from app.providers.queries.recording import last_site_references
from app.providers.schemas.sites import Closing, Point, SiteChange, SiteStated
from app.providers.service.records import Held, check_version, keep, part_of
from app.values.uuid7 import uuid7

_GIVEN = "given"
_PLACE = frozenset({"postcode", "la", "point"})


async def add_site(session: WriteSession, actor: Actor, number: str, new: SiteStated) -> int:
    """Add a site to a record of the actor's own; return its reference.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        InvalidRequestError: nothing says where it is, or its postcode lies elsewhere.
    """
    held, _ = await keep(session, number)
    reference = (await last_site_references(session, {held.id})).get(held.id, 0) + 1
    row = {
        **_plain(new),
        **await _placed(session, new),
        "id": uuid7(),
        "provider_id": held.id,
        "reference": reference,
        "changed_at": clock.now(),
        "version": 1,
    }
    site = Site(**row)
    await parts.add_row(session, site)
    announce(session, ProviderChanged(held.id))
    after = {name: getattr(site, name) for name in (*_plain(new), "la_code")}
    subject = part_of(held, "site", site.id, site.name)
    await record(session, actor, "site.added", subject, after={"reference": reference, **after})
    return reference


async def change_site(
    session: WriteSession,
    actor: Actor,
    number: str,
    reference: int,
    asked: SiteChange,
    expected: int,
) -> None:
    """Change a site that is open.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartEndedError: the site has closed.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: what results does not hang together.
    """
    held, _, site = await kept_site(session, number, reference)
    check_version(site.version, expected, site.name)
    whole = merged(_stated(site), asked, SiteStated)
    columns = _plain(whole)
    if asked.model_fields_set & _PLACE:
        columns |= await _placed(session, whole)
    was, now = changed({name: getattr(site, name) for name in columns}, columns)
    if not now:
        return
    for name in now:
        setattr(site, name, columns[name])
    site.version += 1
    site.changed_at = clock.now()
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "site", site.id, site.name)
    await record(session, actor, "site.changed", subject, before=was, after=now)


async def close_site(
    session: WriteSession,
    actor: Actor,
    number: str,
    reference: int,
    closing: Closing,
    expected: int,
) -> None:
    """Close a site from a day on; until a day to come it stays open, and the day can be moved.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartEndedError: the site has closed.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: it would close before it opened.
    """
    held, _, site = await kept_site(session, number, reference)
    check_version(site.version, expected, site.name)
    if site.opened_on is not None and closing.on < site.opened_on:
        raise _fault(f"It opened on {site.opened_on}; give that day or a later one.", "/on")
    before = site.closed_on
    if before == closing.on:
        return
    site.closed_on = closing.on
    site.version += 1
    site.changed_at = clock.now()
    await session.flush()
    announce(session, ProviderChanged(held.id))
    subject = part_of(held, "site", site.id, site.name)
    was, now = {"closed_on": before}, {"closed_on": closing.on}
    await record(session, actor, "site.closed", subject, before=was, after=now)


async def kept_site(
    session: WriteSession, number: str, reference: int
) -> tuple[Held, Provider, Site]:
    """Return a site of a record of the actor's own that has not closed, its provider locked.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        SiteNotFoundError: it has no such site.
        PartEndedError: the site has closed.
    """
    held, provider = await keep(session, number)
    site = await parts.get_site(session, held.id, reference)
    if site is None:
        raise no_site(held, reference)
    if site.closed_on is not None and site.closed_on <= clock.today():
        raise PartEndedError(
            f"{site.name} closed on {site.closed_on}. It stays on record as it was; if the place "
            "is used again, add it as a new site."
        )
    return held, provider, site


def no_site(held: Held, reference: int) -> SiteNotFoundError:
    """Return the refusal of a site that a record does not have."""
    return SiteNotFoundError(f"{held.name} has no site {reference}. Read the record for its sites.")


def merged(present: dict[str, Any], asked: Any, whole: Any) -> Any:
    """Return what is said of a thing once a change is made to it, checked as a whole.

    Args:
        present: what is said of it now, by the members of `whole`.
        asked: the members to change.
        whole: the schema of all that is said.

    Raises:
        InvalidRequestError: what results does not hang together.
    """
    stated = present | {name: getattr(asked, name) for name in asked.model_fields_set}
    try:
        return whole.model_validate(stated)
    except ValidationError as error:
        faults = tuple(
            FieldFault(one["msg"], "".join(f"/{part}" for part in one["loc"]))
            for one in error.errors(include_input=False, include_url=False)
        )
        raise InvalidRequestError(
            "With this change the record would not hang together; see errors.", errors=faults
        ) from None


def _plain(site: SiteStated) -> dict[str, Any]:
    stated = site.model_dump(exclude={"la", "point"})
    return stated | {"address_lines": list(site.address_lines), "kind": site.kind.value}


def _stated(site: Site) -> dict[str, Any]:
    """Return what is said of a site now; a point only where it was given rather than found."""
    names = set(SiteStated.model_fields) - {"la", "point"}
    stated: dict[str, Any] = {name: getattr(site, name) for name in names}
    point = None
    if site.location_precision == _GIVEN and site.easting and site.northing:
        point = Point(easting=site.easting, northing=site.northing)
    return stated | {"la": site.la_code, "point": point}


async def _placed(session: WriteSession, site: SiteStated) -> dict[str, Any]:
    """Return the columns that say where a site lies, by what is given and what is held."""
    found = await place_postcode(session, site.postcode) if site.postcode else None
    la_code = _la_code(site, found)
    if site.point is not None:
        easting, northing, precision = site.point.easting, site.point.northing, _GIVEN
    elif found is not None:
        easting, northing, precision = found.easting, found.northing, found.precision.value
    else:
        return {
            "la_code": la_code,
            "easting": None,
            "northing": None,
            "location_precision": None,
        }
    return {
        "la_code": la_code,
        "easting": easting,
        "northing": northing,
        "location_precision": precision,
    }


def _la_code(site: SiteStated, found: Placed | None) -> str:
    given = None
    if site.la is not None:
        try:
            given = facts.find_la(site.la).la_code
        except AppError as error:
            raise _fault(error.detail, "/la") from None
    if found is None or found.la_code is None:
        if given is None:
            raise _fault(
                f"Where {site.postcode} lies is not known here. Say in la which local authority's "
                "area it is.",
                "/la",
            )
        return given
    if given is None or given == found.la_code:
        return found.la_code
    if found.precision is not Precision.POSTCODE:
        return given  # a district reaches into several areas; whoever works there knows
    raise _fault(
        f"{site.postcode} lies in {facts.la_name(found.la_code)} ({found.la_code}), not in "
        f"{facts.la_name(given)}. Correct the postcode, or leave la out.",
        "/la",
    )


def _fault(detail: str, pointer: str) -> InvalidRequestError:
    return InvalidRequestError(detail, errors=(FieldFault(detail, pointer),))
