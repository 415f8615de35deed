"""Whether two records are likely to be one provider, as a score from 0 to 1.

A shared company, charity or UKPRN number settles it (1). Otherwise names decide, and where they
are from adjusts:

* Each name is a bag of words. Words that many providers' names have (`Ltd`, `Training`, `Centre`)
  and the name of the record's own local authority weigh little; two words also match when one is a
  likely misspelling of the other, and two that one name joins (`Sport Works`, `Sportworks`) are
  joined. The likeness of names is twice the weight in common over the weight of both (Dice), with
  a quarter taken from the three-letter sequences (trigrams) of the words that tell.
* What stands in brackets may be left out, or stand alone, where only one name has brackets: `JAMES
  (Motor Education)` may be `JAMES`, but `Vineyard (Leamington)` is not `Vineyard (Rugby)`.
* Names that differ in a number or a direction, or by which stage or sex they serve, stay apart.
* The same local authority adds 0.05, the same postcode 0.12; different postcodes take 0.05, and
  different local authorities 0.10, or 0.25 where the names have only one word that tells.
* Two different numbers from one register take 0.40.

A pair that scores `THRESHOLD` or more is shown to a person. Nothing is merged by machine.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.values.words import STOP_WORDS, words

THRESHOLD = 0.80
"""From here on a pair is reported; chosen on the labelled pairs of `tests/providers`."""

_LEGAL_WEIGHT, _LIGHT_WEIGHT, _PLACE_WEIGHT, _FULL_WEIGHT = 0.05, 0.25, 0.25, 1.0
_LEGAL = STOP_WORDS | frozenset(
    words(
        "ltd limited cic cio plc llp lp co company community interest incorporated inc trust "
        "charity charitable foundation association organisation partnership group trading as "
        "uk"
    )
)
_LIGHT = frozenset(
    words(
        "academy alternative ap boys centre club college course courses development education "
        "enterprise enterprises farm free girls hub independent initiative junior learning "
        "outreach placement placements primary programme programmes project projects "
        "provision provisions pru school schools scheme secondary senior service services "
        "skill skills social solutions studio support team training tuition tutors unit "
        "vocational workshop youth"
    )
)
_CONTRASTS = tuple(
    frozenset(group.split())
    for group in (
        "north south east west northern southern eastern western central",
        "primary secondary",
        "junior senior",
        "boys girls",
        "first next",
    )
)
_SPELLINGS = {"center": "centre", "saint": "st", "educational": "education", "tutoring": "tuition"}
_BRACKETED = re.compile(r"\(([^()]*)\)")

_TRIGRAM_SHARE = 0.25
_APART_AT_MOST = 0.6
_SAME_LA, _SAME_POSTCODE = 0.05, 0.12
_OTHER_LA, _OTHER_LA_ONE_WORD, _OTHER_POSTCODE, _OTHER_NUMBER = 0.10, 0.25, 0.05, 0.40
_A_NAME_BY_ITSELF = 1.5
"""What stands in brackets must weigh this much to be taken for another name."""
_TELLING = 0.5
"""From this weight on a word tells one provider from another."""
_SHORTEST_MISSPELT, _TWO_SLIPS_FROM = 5, 9
_PREFIX, _MOST_PAIRED = 4, 6
_COMMON_KEY = 100
"""A key that more records share finds nobody in particular, unless a record has no rarer one."""


@dataclass(frozen=True, slots=True)
class Likened:
    """What one record says that likeness is judged by.

    Attributes:
        key: what to call the record: a provider number, or a line of a file.
        names: every name it goes by; the first is the one it uses.
        la_codes: of its sites and of the lists it stands on.
        postcodes: of its sites, in canonical form.
        identifiers: `scheme:value`.
    """

    key: str
    names: tuple[str, ...]
    la_codes: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that a person should look at.

    Attributes:
        one: the record that is new.
        other: the one it is like.
        score: from `THRESHOLD` to 1.
    """

    one: Likened
    other: Likened
    score: float


@dataclass(frozen=True, slots=True)
class _Name:
    tokens: tuple[str, ...]
    weights: Mapping[str, float]

    @property
    def weight(self) -> float:
        return sum(self.weights[token] for token in self.tokens)

    @property
    def telling(self) -> tuple[str, ...]:
        return tuple(t for t in self.tokens if self.weights[t] >= _TELLING) or self.tokens


def likeness(one: Likened, other: Likened) -> float:
    """Return how likely two records are one provider, from 0 to 1."""
    if one.identifiers & other.identifiers:
        return 1.0
    best, telling = 0.0, 1
    places = (frozenset(one.la_codes), frozenset(other.la_codes))
    for name in one.names:
        for another in other.names:
            score, words_that_tell = _likeness_of_names(name, another, places)
            if score > best:
                best, telling = score, words_that_tell
    adjusted = best + _adjustment(one, other, telling)
    return round(min(1.0, max(0.0, adjusted)), 3)


def name_likeness(name: str, other: str, la_codes: Collection[str] = ()) -> float:
    """Return how alike two names are by themselves, from 0 to 1.

    Args:
        name: one name.
        other: another.
        la_codes: of the area both are in; the words of its name weigh little.
    """
    area = frozenset(la_codes)
    return round(_likeness_of_names(name, other, (area, area))[0], 3)


def beginnings(record: Likened) -> set[str]:
    """Return how the words begin that tell a record's names from others, joined ones included.

    Where a name is likely to be the same, it holds one of them, once its spaces and marks are gone;
    so that a database can leave out most names before any two are compared.
    """
    found: set[str] = set()
    for name in record.names:
        for version, _ in _versions(name):
            found |= {token[:_PREFIX] for token in _read(version, record.la_codes).telling}
    return found


def find_likely(new: Sequence[Likened], held: Sequence[Likened]) -> list[Likely]:
    """Return pairs of a new record with a held one, or with an earlier new one; likeliest first.

    Only records that share an identifier, a postcode, or a word (or its beginning) that few others
    have are compared, so that a thousand new ones are compared with tens of thousands in seconds.
    """
    everyone = [*held, *new]
    sharing: dict[str, list[int]] = defaultdict(list)
    keys_of = [_keys(record) for record in everyone]
    for number, keys in enumerate(keys_of):
        for key in keys:
            sharing[key].append(number)
    found: list[Likely] = []
    for number in range(len(held), len(everyone)):
        for candidate in _candidates(number, keys_of[number], sharing):
            score = likeness(everyone[number], everyone[candidate])
            if score >= THRESHOLD:
                found.append(Likely(everyone[number], everyone[candidate], score))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.key, pair.other.key))


def _candidates(number: int, keys: Iterable[str], sharing: Mapping[str, list[int]]) -> list[int]:
    telling = [key for key in keys if len(sharing[key]) <= _COMMON_KEY]
    chosen = telling or sorted(keys, key=lambda key: len(sharing[key]))[:1]
    earlier = {other for key in chosen for other in sharing[key] if other < number}
    return sorted(earlier)


def _keys(record: Likened) -> set[str]:
    keys = {f"i {value}" for value in record.identifiers} | {f"p {pc}" for pc in record.postcodes}
    for name in record.names:
        for version, _ in _versions(name):
            read = _read(version, record.la_codes)
            keys |= {f"w {token}" for token in read.telling}
            keys |= {f"b {token[:_PREFIX]}" for token in read.telling if len(token) > _PREFIX}
            keys |= {f"w {a}{b}" for a, b in pairwise(read.tokens)}
            keys |= {f"c {a} {b}" for a, b in combinations(sorted(read.telling)[:_MOST_PAIRED], 2)}
            keys.add(f"j {''.join(read.telling)[: _PREFIX + 2]}")
    return keys


def _likeness_of_names(
    name: str, other: str, places: tuple[frozenset[str], frozenset[str]]
) -> tuple[float, int]:
    """Return the likeness of two names, and how many words tell in the one that has fewer."""
    best, fewest = 0.0, 1
    both_bracketed = len(_versions(name)) > 1 and len(_versions(other)) > 1
    for version, whole in _versions(name):
        for another, other_whole in _versions(other):
            if both_bracketed and not (whole and other_whole):
                continue
            one, two = _joined(_read(version, places[0]), _read(another, places[1]))
            score = _dice(one, two) * (1 - _TRIGRAM_SHARE) + _trigrams(one, two) * _TRIGRAM_SHARE
            if _stand_apart(one, two):
                score = min(score, _APART_AT_MOST)
            if score > best:
                best, fewest = score, min(len(one.telling), len(two.telling))
    return best, fewest


@lru_cache(maxsize=100_000)
def _versions(name: str) -> tuple[tuple[str, bool], ...]:
    """Return the name, without what is in brackets, and that alone; and which is the whole."""
    inside = " ".join(_BRACKETED.findall(name))
    without = _BRACKETED.sub(" ", name).strip()
    versions = [(name, True)]
    if inside and without:
        versions.append((without, False))
        if _read(inside, ()).weight >= _A_NAME_BY_ITSELF:
            versions.append((inside, False))
    return tuple(versions)


def _read(name: str, la_codes: Iterable[str]) -> _Name:
    return _read_in(name, frozenset(la_codes))


@lru_cache(maxsize=100_000)
def _read_in(name: str, la_codes: frozenset[str]) -> _Name:
    initials_joined = re.sub(r"\b(?:\w\.){2,}", lambda m: m[0].replace(".", "") + " ", name)
    tokens = tuple(dict.fromkeys(_SPELLINGS.get(w, w) for w in words(initials_joined)))
    places = {word for code in la_codes for word in _place_words(code)}
    return _Name(tokens, {token: _weight(token, places) for token in tokens})


def _weight(token: str, places: Collection[str]) -> float:
    if token in _LEGAL:
        return _LEGAL_WEIGHT
    if token in places:
        return _PLACE_WEIGHT
    return _LIGHT_WEIGHT if token in _LIGHT else _FULL_WEIGHT


@lru_cache(maxsize=512)
def _place_words(la_code: str) -> frozenset[str]:
    try:
        return frozenset(words(facts.la_name(la_code)))
    except LocalAuthorityNotKnownError:
        return frozenset()


def _joined(one: _Name, other: _Name) -> tuple[_Name, _Name]:
    """Join neighbouring words on either side where the other side writes them as one."""
    return _join_as(one, other.tokens), _join_as(other, one.tokens)


def _join_as(name: _Name, others: Collection[str]) -> _Name:
    for first, second in pairwise(name.tokens):
        both = first + second
        if both in others:
            at = name.tokens.index(first)
            tokens = (*name.tokens[:at], both, *name.tokens[at + 2 :])
            return _Name(tokens, {**name.weights, both: _FULL_WEIGHT})
    return name


def _dice(one: _Name, other: _Name) -> float:
    left = list(other.tokens)
    common = 0.0
    for token in sorted(one.tokens, key=lambda token: token not in left):
        match = next((each for each in left if same_word(token, each)), None)
        if match is not None:
            left.remove(match)
            common += min(one.weights[token], other.weights[match])
    total = one.weight + other.weight
    return 2 * common / total if total else 0.0


@lru_cache(maxsize=200_000)
def same_word(one: str, other: str) -> bool:
    """Return whether two words are the same, or one may be a slip of the pen for the other."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST_MISSPELT or one[0] != other[0]:
        return False
    allowed = 2 if len(shorter) >= _TWO_SLIPS_FROM else 1
    return len(longer) - len(shorter) <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out or changed to make one word the other."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, another in enumerate(other, start=1):
            changed = before + (letter != another)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, changed)
    return row[-1]


def _trigrams(one: _Name, other: _Name) -> float:
    a, b = _trigrams_of(one.telling), _trigrams_of(other.telling)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


@lru_cache(maxsize=100_000)
def _trigrams_of(tokens: tuple[str, ...]) -> Counter[str]:
    padded = (f"  {token} " for token in tokens)
    return Counter(text[at : at + 3] for text in padded for at in range(len(text) - 2))


def _stand_apart(one: _Name, other: _Name) -> bool:
    """Return whether the names differ in a number, a direction, a stage or a sex."""
    sides = frozenset(one.tokens), frozenset(other.tokens)
    numbers = frozenset(token for side in sides for token in side if token.isdigit())
    for group in (*_CONTRASTS, numbers):
        a, b = sides[0] & group, sides[1] & group
        if a and b and not a & b:
            return True
    return False


def _adjustment(one: Likened, other: Likened, telling: int) -> float:
    adjustment = 0.0
    if one.la_codes and other.la_codes:
        apart = _OTHER_LA_ONE_WORD if telling <= 1 else _OTHER_LA
        adjustment += _SAME_LA if one.la_codes & other.la_codes else -apart
    if one.postcodes and other.postcodes:
        same = bool(one.postcodes & other.postcodes)
        adjustment += _SAME_POSTCODE if same else -_OTHER_POSTCODE
    if _schemes(one) & _schemes(other):
        adjustment -= _OTHER_NUMBER
    return adjustment


def _schemes(record: Likened) -> set[str]:
    return {identifier.partition(":")[0] for identifier in record.identifiers}
