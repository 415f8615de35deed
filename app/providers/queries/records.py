"""Statements on records as wholes: who is what to them, which there are, what they lack."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Text,
    Uuid,
    and_,
    column,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql

from app.db.events import ReadSession, WriteSession
from app.providers.completeness import RecordFacts, SiteFacts
from app.providers.models.ownership import ProviderConfirmation, ProviderConsent, ProviderOwner
from app.providers.models.people import ProviderContact, ProviderPerson
from app.providers.models.providers import (
    Provider,
    ProviderIdentifier,
    ProviderKnownBy,
    ProviderName,
)
from app.providers.models.sites import Offer, Site

AnySession = ReadSession | WriteSession

_OWNER = (column("organisation_id", Uuid), column("name", Text), column("since", DateTime(True)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are listed; what is empty narrows nothing.

    Attributes:
        words: each of which is in the name.
        statuses: any of these.
        owned: whether they are in an owner's hands.
    """

    words: Sequence[str] = ()
    statuses: Sequence[str] = ()
    owned: bool | None = None


def _owner_of(provider_id: Any) -> Any:
    """Whose the record is, for whoever owns it or answers for it."""
    return (
        func.owner_of_provider(provider_id)
        .table_valued(*_OWNER, name="owner")
        .render_derived()
        .lateral("owner")
    )


async def get_held(session: AnySession, number: str) -> Any | None:
    """Return a record by number, and what the actor is to it, if they see it.

    The row: `id`, `number`, `name`, `status`, `owns`, `answers` (their authority does), `judges`
    (they may, themselves), `owner_id`, `owner_name`, `owned_since`.
    """
    owner = _owner_of(Provider.id)
    statement = (
        select(
            Provider.id,
            Provider.number,
            Provider.name,
            Provider.status,
            func.owns_provider(Provider.id).label("owns"),
            func.coalesce(func.answers_for_provider(Provider.id), False).label("answers"),
            func.judges_provider(Provider.id).label("judges"),
            owner.c.organisation_id.label("owner_id"),
            owner.c.name.label("owner_name"),
            owner.c.since.label("owned_since"),
        )
        .join(owner, true(), isouter=True)
        .where(Provider.number == number)
    )
    return (await session.execute(statement)).one_or_none()


async def read_provider(session: AnySession, provider_id: uuid.UUID) -> Provider:
    """Return a provider that is known to be there, as it is now."""
    statement = select(Provider).where(Provider.id == provider_id)
    return (await session.scalars(statement.execution_options(populate_existing=True))).one()


async def list_records(
    session: AnySession, la_code: str | None, wanted: Wanted, after: str | None, most: int
) -> Sequence[Any]:
    """Return the records that the actor owns or answers for, by number, after one of them.

    Each row: `id`, `number`, `name`, `status`, `owner_id`, `owner_name`, `owned_since`.

    Args:
        session: the transaction.
        la_code: of the authority acted for, if any.
        wanted: which of them.
        after: the number of the last one before.
        most: how many.
    """
    owner = _owner_of(Provider.id)
    statement = (
        select(
            Provider.id,
            Provider.number,
            Provider.name,
            Provider.status,
            owner.c.organisation_id.label("owner_id"),
            owner.c.name.label("owner_name"),
            owner.c.since.label("owned_since"),
        )
        .join(owner, true(), isouter=True)
        .where(_mine(la_code), *_narrowed(wanted))
        .order_by(Provider.number)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(Provider.number > after)
    return (await session.execute(statement)).all()


def _mine(la_code: str | None) -> Any:
    """Say which records are whose, from the side of whoever asks: row by row would be slow."""
    owned = select(ProviderOwner.provider_id).where(
        ProviderOwner.ended_at.is_(None),
        ProviderOwner.organisation_id.in_(select(func.unnest(func.organisations_acted_for()))),
    )
    ways = [select(func.acts_for_department()).scalar_subquery(), Provider.id.in_(owned)]
    if la_code is not None:
        here = select(Site.provider_id).where(Site.la_code == la_code)
        on_list = select(ProviderKnownBy.provider_id).where(ProviderKnownBy.la_code == la_code)
        ways += [Provider.id.in_(here), Provider.id.in_(on_list)]
    return or_(*ways)


def _narrowed(wanted: Wanted) -> list[Any]:
    narrowed: list[Any] = [
        func.lower(Provider.name).contains(word.lower(), autoescape=True) for word in wanted.words
    ]
    if wanted.statuses:
        narrowed.append(Provider.status.in_(wanted.statuses))
    if wanted.owned is not None:
        held = exists().where(
            ProviderOwner.provider_id == Provider.id, ProviderOwner.ended_at.is_(None)
        )
        narrowed.append(held if wanted.owned else ~held)
    return narrowed


async def find_alike_by_words(
    session: WriteSession, words: Sequence[str], most: int
) -> Sequence[Any]:
    """Return records the actor may see of which some name has one of these words.

    Each row: `number`, `name`, `other_names`.
    """
    others = func.array(
        select(ProviderName.name)
        .where(ProviderName.provider_id == Provider.id, ProviderName.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    named = [func.lower(Provider.name).contains(word, autoescape=True) for word in words]
    also = [
        exists().where(
            ProviderName.provider_id == Provider.id,
            ProviderName.withdrawn_at.is_(None),
            func.lower(ProviderName.name).contains(word, autoescape=True),
        )
        for word in words
    ]
    statement = (
        select(Provider.number, Provider.name, others.label("other_names"))
        .where(or_(*named, *also), Provider.merged_into.is_(None))
        .order_by(Provider.number)
        .limit(most)
    )
    return (await session.execute(statement)).all()


async def take_number(session: WriteSession) -> int:
    """Take the next number; it is used up even if this transaction fails."""
    return int((await session.execute(select(func.take_provider_number()))).scalar_one())


async def facts_of(
    session: AnySession, rows: Sequence[Any], today: date
) -> dict[uuid.UUID, RecordFacts]:
    """Return what counts of records before they can apply.

    Args:
        session: the transaction.
        rows: of `list_records` or `get_held`.
        today: the day.
    """
    ids = [row.id for row in rows]
    providers = await session.scalars(select(Provider).where(Provider.id.in_(ids)))
    held = {provider.id: provider for provider in providers}
    schemes = await _gathered(
        session,
        select(ProviderIdentifier.provider_id, ProviderIdentifier.scheme).where(
            ProviderIdentifier.provider_id.in_(ids), ProviderIdentifier.withdrawn_at.is_(None)
        ),
    )
    people = await _gathered(
        session,
        select(ProviderPerson.provider_id, ProviderPerson.kind).where(
            ProviderPerson.provider_id.in_(ids),
            or_(ProviderPerson.ended_on.is_(None), ProviderPerson.ended_on > today),
        ),
    )
    contacts = await _gathered(
        session,
        select(ProviderContact.provider_id, ProviderContact.kind).where(
            ProviderContact.provider_id.in_(ids), ProviderContact.ended_at.is_(None)
        ),
    )
    sites = await _sites_of(session, ids, today)
    consents = await newest_consents(session, ids)
    return {
        row.id: RecordFacts(
            owned=row.owner_id is not None,
            legal_form=held[row.id].legal_form,
            staff_size=held[row.id].staff_size,
            reachable=bool(held[row.id].public_email or held[row.id].public_phone),
            schemes=frozenset(schemes[row.id]),
            people=frozenset(people[row.id]),
            contacts=frozenset(contacts[row.id]),
            consented=row.id in consents and consents[row.id].given,
            sites=tuple(sites[row.id]),
        )
        for row in rows
    }


def present_owner_said(word: type[ProviderConsent | ProviderConfirmation]) -> ColumnElement[bool]:
    """Return the condition that joins an owner's word to its owner, if that is the present one.

    A former owner's word does not bind the present one.
    """
    return and_(
        ProviderOwner.provider_id == word.provider_id,
        ProviderOwner.ended_at.is_(None),
        ProviderOwner.began_at <= word.recorded_at,
    )


async def newest_consents(
    session: AnySession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, ProviderConsent]:
    """Return the present owner's newest word on publication of each record that has one."""
    statement = (
        select(ProviderConsent)
        .join(ProviderOwner, present_owner_said(ProviderConsent))
        .where(ProviderConsent.provider_id.in_(ids))
        .ext(postgresql.distinct_on(ProviderConsent.provider_id))
        .order_by(
            ProviderConsent.provider_id,
            ProviderConsent.recorded_at.desc(),
            ProviderConsent.id.desc(),
        )
    )
    return {one.provider_id: one for one in await session.scalars(statement)}


async def _gathered(session: AnySession, statement: Any) -> defaultdict[uuid.UUID, set[str]]:
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for key, value in await session.execute(statement):
        found[key].add(value)
    return found


async def _sites_of(
    session: AnySession, ids: Collection[uuid.UUID], today: date
) -> defaultdict[uuid.UUID, list[SiteFacts]]:
    offers = (
        select(func.count())
        .where(Offer.site_id == Site.id, or_(Offer.ended_on.is_(None), Offer.ended_on > today))
        .scalar_subquery()
    )
    addressed = Site.postcode.is_not(None) & (func.cardinality(Site.address_lines) > 0)
    statement = select(
        Site.provider_id, Site.reference, Site.kind, addressed.label("addressed"), offers
    ).where(Site.provider_id.in_(ids), or_(Site.closed_on.is_(None), Site.closed_on > today))
    found: defaultdict[uuid.UUID, list[SiteFacts]] = defaultdict(list)
    for provider_id, *facts in await session.execute(statement):
        found[provider_id].append(SiteFacts(*facts))
    return found
