"""The sites and offers that a line of a provider list speaks of.

A site is made only where the line says something about one (a place, a postcode, ages or what is
offered):

* Its kind follows from what is offered there: a farm or the outdoors, a workshop, online.
* Several places, parted by semicolons, are several sites; what is offered is said of each.
* Offers need ages; where the list gives none, compulsory school age (5 to 16) stands, without key
  stages.
"""

import re
from dataclasses import dataclass

from app.interchange.ages import AgeRange
from app.providers.schemas.recording import NewOffer, NewSite
from app.providers.terms import Need
from app.values.site_kind import SiteKind
from app.values.words import words

COMPULSORY_SCHOOL_AGE = AgeRange(5, 16, ())
"""For whom alternative provision is arranged (Education Act 1996, sections 8 and 19)."""
UNSPECIFIED = "alternative provision"
"""What is offered, where the list does not say."""

_KINDS: tuple[tuple[SiteKind, frozenset[str]], ...] = (
    (SiteKind.ONLINE, frozenset(words("online virtual remote"))),
    (
        SiteKind.FARM_OR_OUTDOOR,
        frozenset(
            words(
                "farm forest outdoor outdoors bushcraft equine land animal horticulture gardening "
                "woodland"
            )
        ),
    ),
    (
        SiteKind.WORKSHOP,
        frozenset(words("motor vehicle construction engineering woodwork bicycle carpentry")),
    ),
)
_LIST = re.compile(r"\s*[|;]\s*")
_NEEDS = frozenset(Need)


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says about where, what and for whom.

    Attributes:
        name: the provider's.
        la_code: the local authority's.
        place: as the list names it; may be empty, or several parted by semicolons.
        postcode: canonical; empty if not given.
        listed_as: the list's own category.
        tags: what is offered, in the list's words, among them codes of needs.
        ranges: the ages taken; empty if not given.
    """

    name: str
    la_code: str
    place: str = ""
    postcode: str = ""
    listed_as: str = ""
    tags: tuple[str, ...] = ()
    ranges: tuple[AgeRange, ...] = ()


def parts(text: str) -> list[str]:
    """Return the parts of a cell that holds several, parted by `|` or `;`; none if it is empty."""
    return [part for part in _LIST.split(text) if part]


def make_sites(said: Said) -> tuple[NewSite, ...]:
    """Return the sites a line speaks of, without locations; none if it speaks of none."""
    if not (said.postcode or said.ranges or said.tags or said.place):
        return ()
    kind = _kind(said)
    places = [said.place] if said.postcode else parts(said.place)
    return tuple(
        NewSite(
            name=place or said.name,
            kind=kind,
            la_code=said.la_code,
            town=place if place and kind is not SiteKind.ONLINE else None,
            postcode=said.postcode or None,
            offers=_offers(said),
        )
        for place in places or [""]
    )


def _offers(said: Said) -> tuple[NewOffer, ...]:
    needs = tuple(Need(tag.upper()) for tag in said.tags if tag.upper() in _NEEDS)
    programmes = [tag for tag in said.tags if tag.upper() not in _NEEDS]
    if not (said.tags or said.ranges):
        return ()
    return tuple(
        NewOffer(
            programme=programme,
            age_from=ages.age_from,
            age_to=ages.age_to,
            key_stages=ages.key_stages,
            needs=needs,
        )
        for programme in programmes or [UNSPECIFIED]
        for ages in said.ranges or (COMPULSORY_SCHOOL_AGE,)
    )


def _kind(said: Said) -> SiteKind:
    if words(said.place) == ["online"]:
        return SiteKind.ONLINE
    for tag in said.tags:
        for kind, telling in _KINDS:
            if telling & {*words(tag)}:
                return kind
    at_a_school = words(said.listed_as)[:2] == ["school", "based"]
    return SiteKind.SCHOOL_SITE if at_a_school else SiteKind.FIXED
