"""The invented garage's record: owned, half filled in, not applied for; a visitor goes on from it.

Written as its manager would, through the services that the pages and the API use.
"""

from datetime import date
from decimal import Decimal

from app.access import Actor
from app.db.events import WriteSession
from app.db.transactions import Database, reading, transaction
from app.demo.people import GARAGE, acting
from app.providers.queries import records as queries
from app.providers.record_terms import Availability, ContactKind, LegalForm, PersonKind
from app.providers.schemas.offers import OfferStated, Session
from app.providers.schemas.people import NewContact, ProviderPersonStated
from app.providers.schemas.record import NewRecord
from app.providers.schemas.sites import SiteStated
from app.providers.service import offers, people, records, sites
from app.providers.terms import Need
from app.values.site_kind import SiteKind, StaffSize

MANAGER = "Harry Example"
_WEEKDAYS = range(1, 6)


async def add_garage(database: Database) -> str:
    """Let the garage's record be, unless it keeps one; return the number of the record."""
    actor = acting(MANAGER)
    async with reading(database, actor) as session:
        if held := await queries.list_records(session, None, queries.Wanted(owned=True), None, 1):
            return str(held[0].number)
    async with transaction(database, actor) as session:
        number, _ = await records.begin(session, actor, _GARAGE)
        for person in _PEOPLE:
            await people.add_person(session, actor, number, person)
        await people.add_contact(session, actor, number, _CONTACT)
        await _add_workshop(session, actor, number)
    return number


async def _add_workshop(session: WriteSession, actor: Actor, number: str) -> None:
    reference = await sites.add_site(session, actor, number, _WORKSHOP)
    for offer in _OFFERS:
        await offers.add_offer(session, actor, (number, reference), offer)


_GARAGE = NewRecord(
    name=GARAGE,
    legal_form=LegalForm.COMPANY,
    staff_size=StaffSize.SMALL,
    website="https://garage.example.org",
    public_email="hello@garage.example.org",
    public_phone="024 7601 0101",
)
_PEOPLE = (
    ProviderPersonStated(
        kind=PersonKind.DIRECTOR,
        name="Harry Example",
        birth_month="1979-03",
        appointed_on=date(2019, 4, 1),
    ),
    ProviderPersonStated(kind=PersonKind.SAFEGUARDING_LEAD, name="Wren Example"),
)
_CONTACT = NewContact(kind=ContactKind.PHONE, value="024 7601 0102")
_WORKSHOP = SiteStated(
    name="Main workshop",
    kind=SiteKind.WORKSHOP,
    address_lines=("Unit 3", "1 Example Lane"),
    town="Coventry",
    postcode="CV1 2WT",
    la="331",
    opened_on=date(2019, 9, 2),
)
_OFFERS = (
    OfferStated(
        programme="Motor vehicle repair",
        age_from=14,
        age_to=16,
        key_stages=(4,),
        needs=(Need.SEMH, Need.ASD),
        sessions=tuple(
            Session.model_validate({"day": day, "from": "09:30", "to": "15:00"})
            for day in _WEEKDAYS
        ),
        hours_per_week=Decimal(18),
        group_from=1,
        group_to=4,
        price_half_day_pence=4500,
        price_day_pence=8500,
        availability=Availability.PLACES_NOW,
    ),
    OfferStated(
        programme="Bicycle workshop",
        age_from=11,
        age_to=14,
        key_stages=(3,),
        needs=(Need.SEMH,),
        sessions=(
            Session.model_validate({"day": 2, "from": "13:00", "to": "15:00"}),
            Session.model_validate({"day": 4, "from": "13:00", "to": "15:00"}),
        ),
        group_from=2,
        group_to=6,
        price_half_day_pence=3000,
    ),
)
