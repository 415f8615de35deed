"""Which other records may be of the same provider; a person decides, and merges go by two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.access import Actor
from app.db.events import ReadSession
from app.providers.errors import ProviderNotFoundError
from app.providers.likeness import Likened, beginnings, find_likely
from app.providers.queries import merges as queries


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """A record that may be of the same provider: what is known of it, and how likely it is."""

    number: str
    name: str
    score: float


async def find_duplicates(
    session: ReadSession, actor: Actor, number: str
) -> Sequence[LikelyDuplicate]:
    """Return the records that may be of the same provider as one, likeliest first.

    Only records that the actor may see are compared; merged ones are not.

    Raises:
        ProviderNotFoundError: there is none with this number that the actor may see.
    """
    held = await queries.get_record(session, number)
    if held is None:
        raise ProviderNotFoundError
    one = _likened(await queries.get_names(session, held.id))
    rows = await queries.find_alike(
        session, held.id, beginnings(one), one.postcodes, one.identifiers
    )
    likely = find_likely([one], [_likened(row) for row in rows])
    return [LikelyDuplicate(each.other.key, each.other.names[0], each.score) for each in likely]


def _likened(row: Any) -> Likened:
    return Likened(
        row.number,
        (row.name, *row.other_names),
        frozenset(row.la_codes),
        frozenset(row.postcodes),
        frozenset(row.identifiers),
    )
