"""What the new lines of a list become, and whom they may be already."""

from collections.abc import Mapping, Sequence

from app.db.events import ReadSession, WriteSession
from app.interchange.provider_lines import ListLine
from app.interchange.queries import provider_lists as queries
from app.interchange.queries.provider_lists import HeldPostcode
from app.interchange.schemas import LikelyDuplicate, Remark
from app.places import facts
from app.providers.likeness import Likened, find_likely
from app.providers.queries import recording as provider_queries
from app.providers.schemas.recording import Location, NewProvider, NewSite


async def place(
    session: WriteSession, lines: Sequence[ListLine]
) -> tuple[list[NewProvider], list[Remark]]:
    """Return lines as new providers, their sites placed by the postcodes held, and what is odd."""
    postcodes = {site.postcode for line in lines for site in line.sites if site.postcode}
    held = await queries.find_postcodes(session, postcodes)
    remarks = [remark for line in lines for remark in _remarks_on_places(line, held)]
    new = [
        NewProvider(
            name=line.name,
            other_names=line.other_names,
            identifiers=line.identifiers,
            known_by=(line.known_by,),
            sites=tuple(_placed(site, held) for site in line.sites),
        )
        for line in lines
    ]
    return new, remarks


def _placed(site: NewSite, held: Mapping[str, HeldPostcode]) -> NewSite:
    """A site with a held postcode lies there, whichever local authority's list names it."""
    found = held.get(site.postcode or "")
    if found is None:
        return site
    location = Location(easting=found.easting, northing=found.northing, precision="postcode")
    return site.model_copy(update={"location": location, "la_code": found.la_code or site.la_code})


def _remarks_on_places(line: ListLine, held: Mapping[str, HeldPostcode]) -> list[Remark]:
    remarks = []
    for site in line.sites:
        found = held.get(site.postcode or "")
        if site.postcode and found is None:
            text = f"{site.postcode} is not among the postcodes held: its site is not placed"
            remarks.append(Remark(line.line, line.name, text))
        elif found and found.la_code and found.la_code != site.la_code:
            areas = f"{facts.la_name(found.la_code)}, not in {facts.la_name(site.la_code)}"
            text = f"{site.postcode} lies in {areas}: its site is held there"
            remarks.append(Remark(line.line, line.name, text))
    return remarks


async def find_duplicates(
    session: WriteSession, lines: Sequence[ListLine], new: Sequence[NewProvider]
) -> list[LikelyDuplicate]:
    """Return which new lines may be providers held, or earlier lines; likeliest first."""
    held = [
        Likened(
            key=row.number,
            names=(row.name, *row.other_names),
            la_codes=frozenset(row.la_codes),
            postcodes=frozenset(row.postcodes),
            identifiers=frozenset(row.identifiers),
        )
        for row in await provider_queries.find_names(ReadSession(session))
    ]
    incoming = [_likened(line, provider) for line, provider in zip(lines, new, strict=True)]
    lines_by_key = {likened.key: line for likened, line in zip(incoming, lines, strict=True)}
    return [
        LikelyDuplicate(
            line=lines_by_key[pair.one.key].line,
            name=pair.one.names[0],
            other=pair.other.key,
            other_name=pair.other.names[0],
            score=pair.score,
        )
        for pair in find_likely(incoming, held)
    ]


def _likened(line: ListLine, provider: NewProvider) -> Likened:
    return Likened(
        key=f"line {line.line}",
        names=(provider.name, *(other.name for other in provider.other_names)),
        la_codes=frozenset({line.known_by.la_code, *(site.la_code for site in provider.sites)}),
        postcodes=frozenset(site.postcode for site in provider.sites if site.postcode),
        identifiers=frozenset(f"{each.scheme}:{each.value}" for each in provider.identifiers),
    )
