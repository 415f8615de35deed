"""A private record as it is told: put together from its parts, for whoever may look."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.db.events import ReadSession, WriteSession
from app.places import facts
from app.providers.completeness import RecordFacts, missing_from
from app.providers.queries import links, parts
from app.providers.queries import records as queries
from app.providers.record_terms import VerifiedSubject
from app.providers.schemas.offers import PrivateOffer
from app.providers.schemas.record import (
    ConfirmationOut,
    ConsentOut,
    InstitutionSiteOut,
    LocalResultOut,
    MissingOut,
    NumberOut,
    OtherNameOut,
    OtherRecordOut,
    OwnerOut,
    PrivateRecord,
)
from app.providers.schemas.sites import AuthorityOut, Point, PrivateSite
from app.providers.schemas.vouching import Times, VerificationOut, Verified
from app.providers.service.records import Held
from app.providers.service.vouching import confirmation_due, effect_of
from app.providers.terms import Scheme

AnySession = ReadSession | WriteSession
_FACTS = (
    *("number", "name", "status", "status_since", "version", "legal_form", "staff_size"),
    *("website", "public_email", "public_phone"),
)


async def record_told(session: AnySession, held: Held) -> dict[str, Any]:
    """Return everything that the private record tells, by the names of `PrivateRecord`."""
    provider = await queries.read_provider(session, held.id)
    verified = await parts.newest_verifications(session, held.id)
    confirmed = await parts.newest_confirmation(session, held.id)
    confirmed_on = confirmed.confirmed_on if confirmed else None
    consents = await queries.newest_consents(session, [held.id])
    counted = (await queries.facts_of(session, [held], clock.today()))[held.id]
    linked = await links.list_links(session, held.id)
    told: dict[str, Any] = {name: getattr(provider, name) for name in _FACTS}
    return told | {
        "times": Times(
            changed_at=provider.changed_at,
            confirmed_on=confirmed_on,
            verified=told_to(held, verified.get((VerifiedSubject.PROVIDER, held.id))),
        ),
        "other_names": [
            OtherNameOut.model_validate(one) for one in await parts.list_names(session, held.id)
        ],
        "identifiers": [
            NumberOut(
                id=one.id,
                scheme=Scheme(one.scheme),
                value=one.value,
                times=Times(
                    changed_at=one.recorded_at,
                    confirmed_on=confirmed_on,
                    verified=told_to(held, verified.get((VerifiedSubject.IDENTIFIER, one.id))),
                ),
            )
            for one in await parts.list_identifiers(session, held.id)
        ],
        "owner": owner_told(held),
        "consent": consent_told(held, consents.get(held.id)),
        "confirmation": await confirmation_told(session, held, confirmed_on),
        "sites": await sites_told(session, held, verified, confirmed_on),
        "predecessors": [_other(row) for row in linked if row.predecessor_id != held.id],
        "successors": [_other(row) for row in linked if row.predecessor_id == held.id],
        "institution": [
            InstitutionSiteOut.model_validate(row)
            for row in await links.list_institution(session, held.id)
        ],
        "known_by": [
            LocalResultOut.model_validate(one)
            for one in await parts.list_known_by(session, held.id)
        ],
        "missing": missing_told(counted),
    }


async def record_shown(session: AnySession, held: Held) -> PrivateRecord:
    """Return the private record as it is told."""
    return PrivateRecord(**await record_told(session, held))


def owner_told(row: Any) -> OwnerOut | None:
    """Return whose a record is, from a row with `owner_id`, `owner_name` and `owned_since`."""
    if row.owner_id is None:
        return None
    return OwnerOut(organisation_id=row.owner_id, name=row.owner_name, since=row.owned_since)


def missing_told(counted: RecordFacts) -> list[MissingOut]:
    """Return what is missing before a provider can apply."""
    return [MissingOut.model_validate(one) for one in missing_from(counted)]


def told_to(held: Held, row: Any | None) -> Verified | None:
    """Return a verification as it is told: officers' names to authorities alone."""
    if row is None:
        return None
    return Verified(
        held=row.held,
        how=row.how,
        verified_on=row.verified_on,
        organisation=row.organisation,
        person=row.person_name if held.answers else None,
    )


def verification_told(held: Held, row: Any) -> VerificationOut:
    """Return one look at one part, with what was seen for authorities alone."""
    verified = told_to(held, row)
    said = verified.model_dump() if verified else {}
    return VerificationOut(
        **said,
        id=row.id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        note=row.note if held.answers else None,
        recorded_at=row.recorded_at,
    )


def consent_told(held: Held, consent: Any | None) -> ConsentOut | None:
    """Return the present owner's word on publication, if they gave it."""
    if consent is None:
        return None
    return ConsentOut(
        given=consent.given,
        recorded_at=consent.recorded_at,
        person=consent.person_name,
        effect=effect_of(consent.given, held.status),
    )


async def confirmation_told(
    session: AnySession, held: Held, confirmed_on: date | None
) -> ConfirmationOut:
    """Return when the owner last stood by the record, and when that is next due."""
    due_on = None
    if held.owned_since is not None:
        begun_on = held.owned_since.astimezone(clock.LONDON).date()
        due_on = await confirmation_due(session, confirmed_on, begun_on)
    overdue = due_on is not None and due_on < clock.today()
    return ConfirmationOut(confirmed_on=confirmed_on, due_on=due_on, overdue=overdue)


async def sites_told(
    session: AnySession,
    held: Held,
    verified: Mapping[tuple[str, uuid.UUID], Any],
    confirmed_on: date | None,
) -> list[PrivateSite]:
    """Return a record's sites, closed ones too, each with its offers, ended ones too."""
    sites = await parts.list_sites(session, held.id)
    offers: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for offer in await parts.list_offers(session, [site.id for site in sites]):
        offers[offer.site_id].append(offer)
    return [
        site_told(
            site,
            offers[site.id],
            told_to(held, verified.get((VerifiedSubject.SITE, site.id))),
            confirmed_on,
        )
        for site in sites
    ]


def site_told(
    site: Any, offers: Sequence[Any], verified: Verified | None, confirmed_on: date | None
) -> PrivateSite:
    """Return a site as its owner and the authorities see it."""
    point = None
    if site.easting is not None and site.northing is not None:
        point = Point(easting=site.easting, northing=site.northing)
    area = AuthorityOut(code=site.la_code, name=facts.la_name(site.la_code))
    named = ("id", "reference", "name", "kind", "address_lines", "town", "postcode", "opened_on")
    also = ("location_precision", "closed_on", "someones_home", "run_by", "version")
    return PrivateSite(
        **{name: getattr(site, name) for name in (*named, *also)},
        local_authority=area,
        point=point,
        offers=[PrivateOffer.model_validate(one) for one in offers],
        times=Times(changed_at=site.changed_at, confirmed_on=confirmed_on, verified=verified),
    )


def _other(row: Any) -> OtherRecordOut:
    return OtherRecordOut(id=row.id, number=row.other_number, name=row.other_name, since=row.since)
