"""Which lines of a list are held already, and what they say otherwise now.

A line is known by its local authority, its list and its reference; where either side has no
reference, by the provider's name. Each line held answers for one line of the file, so that a name
that stands twice on a list stays two lines.

Of a line that is held, one thing alone is taken over: what the authority's own check found, if the
file's is of a later day. Everything else that differs is reported.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.interchange.local_results import contradicts, in_words, is_newer
from app.interchange.provider_lines import ListLine
from app.interchange.queries.provider_lists import HeldLine
from app.interchange.schemas import ChangedLine
from app.providers.schemas.recording import KnownBy
from app.values.words import sort_key


@dataclass(slots=True)
class Recognised:
    """What became of a file's lines when compared with those held.

    Attributes:
        new: lines not held yet.
        unchanged: how many are held and say the same.
        redated: how many are held and differ only in the date of the list.
        newer: those held of which the file has a newer local result: the file's and the held line.
        changed: those held that say something else now.
    """

    new: list[ListLine] = field(default_factory=list)
    unchanged: int = 0
    redated: int = 0
    newer: list[tuple[ListLine, HeldLine]] = field(default_factory=list)
    changed: list[ChangedLine] = field(default_factory=list)


Key = tuple[str, str, str]
"""Local authority, list, and reference or name, the latter two put plainly."""


def reference_key(line: KnownBy | HeldLine, reference: str) -> Key:
    """Return what a line is known by that has a reference."""
    return line.la_code, sort_key(line.list_name), " ".join(reference.casefold().split())


def name_key(line: KnownBy | HeldLine, name: str) -> Key:
    """Return what a line is known by that has no reference."""
    return line.la_code, sort_key(line.list_name), sort_key(name)


def recognise(lines: Sequence[ListLine], held: Iterable[HeldLine]) -> Recognised:
    """Tell new lines from those held, and what the latter say otherwise now.

    Args:
        lines: of the file, in its order.
        held: in the order of their import.
    """
    by_reference: dict[Key, HeldLine] = {}
    by_name: dict[Key, list[HeldLine]] = defaultdict(list)
    for line in held:
        if line.list_reference is not None:
            by_reference[reference_key(line, line.list_reference)] = line
        by_name[name_key(line, line.name)].append(line)
    found = Recognised()
    answered: set[object] = set()
    for incoming in lines:
        match = _match(incoming, by_reference, by_name, answered)
        if match is None:
            found.new.append(incoming)
        else:
            answered.add(match.id)
            _compare(incoming, match, found)
    return found


def _match(
    line: ListLine,
    by_reference: dict[Key, HeldLine],
    by_name: dict[Key, list[HeldLine]],
    answered: set[object],
) -> HeldLine | None:
    reference = line.known_by.list_reference
    if reference is not None:
        exact = by_reference.get(reference_key(line.known_by, reference))
        if exact is not None:
            return exact if exact.id not in answered else None
    for candidate in by_name.get(name_key(line.known_by, line.name), []):
        comparable = reference is None or candidate.list_reference is None
        if comparable and candidate.id not in answered:
            return candidate
    return None


def _compare(line: ListLine, held: HeldLine, found: Recognised) -> None:
    changes = tuple(_changes(line, held))
    newer = is_newer(line.known_by, held)
    if newer:
        found.newer.append((line, held))
    if changes:
        found.changed.append(ChangedLine(line.line, held.number, held.name, changes))
    elif newer:
        return
    elif line.known_by.list_date != held.list_date:
        found.redated += 1
    else:
        found.unchanged += 1


def _changes(line: ListLine, held: HeldLine) -> Iterable[tuple[str, str, str]]:
    """Yield what differs: column, as held, as the file has it now."""
    if sort_key(line.name) not in {sort_key(name) for name in (held.name, *held.other_names)}:
        yield "provider_name", held.name, line.name
    for column in ("list_reference", "listed_as", "source_url"):
        before, now = getattr(held, column), getattr(line.known_by, column)
        if before != now:
            yield column, before or "", now or ""
    if contradicts(line.known_by, held):
        yield "local_result", in_words(held), in_words(line.known_by)
    programmes = {offer.programme for site in line.sites for offer in site.offers}
    for column, before_all, now_all in (
        ("place", held.towns, {site.town for site in line.sites}),
        ("postcode", held.postcodes, {site.postcode for site in line.sites}),
        ("offer_tags", held.programmes, programmes),
        (
            "identifiers",
            held.identifiers,
            {f"{each.scheme}:{each.value}" for each in line.identifiers},
        ),
    ):
        lacking = sorted({each for each in now_all if each} - {*before_all})
        if lacking:
            yield column, "|".join(sorted(before_all)), "|".join(lacking)
