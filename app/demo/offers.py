"""What invented providers offer, for whom, and at which sites."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from app.demo import places
from app.demo.kinds import Kind
from app.providers.schemas.recording import Location, NewOffer, NewSite
from app.providers.terms import Need
from app.values.site_kind import SiteKind

KEY_STAGE_AGES = {1: (5, 7), 2: (7, 11), 3: (11, 14), 4: (14, 16), 5: (16, 19)}
"""At what age pupils begin and end each key stage."""

_SITE_COUNTS, _SITE_WEIGHTS = (1, 2, 3, 4), (63, 24, 9, 4)
_OFFER_COUNTS, _OFFER_WEIGHTS = (1, 2, 3), (40, 40, 20)
_ONLY_ONE = frozenset({SiteKind.ONLINE, SiteKind.HOME_VISITS})
"""Ways of working rather than places: a provider has each at most once."""
_NARROWER_SHARE, _HOURS_STATED, _OPENING_STATED = 0.25, 0.88, 0.7
_HOURS = tuple(map(Decimal, ("1.5", "2", "3", "4.5", "5", "6", "7.5", "10", "12", "12.5", "15")))
"""All below the 18 hours a week at which a setting may have to register as a school."""
_LONGEST_OPEN = 15 * 365
_NARROW = 2
"""A span of no more years than this is not made narrower."""

_NEED_SHARES: dict[Need, float] = {
    Need.SEMH: 0.8,
    Need.ASD: 0.5,
    Need.SLCN: 0.3,
    Need.MLD: 0.3,
    Need.SPLD: 0.25,
    Need.OTH: 0.1,
    Need.PD: 0.08,
    Need.SLD: 0.06,
    Need.HI: 0.04,
    Need.VI: 0.04,
    Need.PMLD: 0.015,
    Need.MSI: 0.01,
}


def key_stages_of(age_from: int, age_to: int) -> tuple[int, ...]:
    """Return the key stages of which pupils between two ages spend at least a year."""
    return tuple(
        stage
        for stage, (first, last) in KEY_STAGE_AGES.items()
        if min(age_to, last) > max(age_from, first)
    )


def draw_sites(random: Random, kind: Kind, recorded_on: date) -> tuple[NewSite, ...]:
    """Draw a provider's sites, near one another, none opened after it was recorded."""
    first = places.draw_district(random)
    sites: list[NewSite] = []
    for number in range(random.choices(_SITE_COUNTS, _SITE_WEIGHTS)[0]):
        used = {site.kind for site in sites}
        fitting = [one for one in kind.sites if one not in _ONLY_ONE or one not in used]
        if not fitting:
            break
        site_kind = random.choices(fitting, weights=range(len(fitting), 0, -1))[0]
        district = places.draw_neighbour(random, first) if number else first
        sites.append(_draw_site(random, kind, site_kind, district, recorded_on))
    return tuple(sites)


def _draw_site(
    random: Random, kind: Kind, site_kind: SiteKind, district: places.District, recorded_on: date
) -> NewSite:
    door = places.draw_door(random, district, site_kind)
    opened_on = recorded_on - timedelta(days=random.randint(0, _LONGEST_OPEN))
    return NewSite(
        name=places.draw_site_name(random, site_kind, door.town),
        kind=site_kind,
        la_code=door.la_code,
        address_lines=door.lines,
        town=door.town,
        postcode=door.postcode,
        location=Location(easting=door.easting, northing=door.northing, precision="given"),
        opened_on=opened_on if random.random() < _OPENING_STATED else None,
        offers=_draw_offers(random, kind),
    )


def _draw_offers(random: Random, kind: Kind) -> tuple[NewOffer, ...]:
    count = random.choices(_OFFER_COUNTS, _OFFER_WEIGHTS)[0]
    programmes = random.sample(kind.programmes, min(count, len(kind.programmes)))
    return tuple(_draw_offer(random, kind, programme) for programme in programmes)


def _draw_offer(random: Random, kind: Kind, programme: str) -> NewOffer:
    age_from, age_to = random.choice(kind.ages).value
    if age_to - age_from > _NARROW and random.random() < _NARROWER_SHARE:
        age_from += 1
    hours = [hours for hours in _HOURS if hours <= kind.most_hours]
    return NewOffer(
        programme=programme,
        age_from=age_from,
        age_to=age_to,
        key_stages=key_stages_of(age_from, age_to),
        needs=tuple(need for need, share in _NEED_SHARES.items() if random.random() < share),
        hours_per_week=random.choice(hours) if random.random() < _HOURS_STATED else None,
    )
