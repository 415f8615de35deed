"""Whether two names of officers may be one person's, as a weight from 0 to 1; pure.

Names are read as people write them: `Fenwick, Jane A`, `Mrs Jane Fenwick`. Titles, letters after
the name, accents and hyphens say nothing. A short form stands for the whole forename (`Joe`,
`Joseph`), an initial for any forename that begins with it, and one slip of the pen is allowed in a
long enough surname. A name taken in marriage is not guessed at.

A month of birth that agrees settles most doubts; without one a name tells as much as it is rare.
"""

from dataclasses import dataclass
from functools import lru_cache

from app.providers.likeness import same_word
from app.values.words import words

SURE, LIKELY, WEAK, HARDLY = 0.9, 0.65, 0.3, 0.2
_BIRTH_AND_INITIAL, _BIRTH_AND_CONFLICT = 0.75, 0.5
_COMMON = {True: WEAK, False: HARDLY}
_RARE = {
    (True, False): LIKELY,
    (True, True): 0.5,
    (False, False): 0.35,
    (False, True): HARDLY,
}
"""Of a rare name without a month of birth: whether a whole forename agrees, and a slip in it."""

_BESIDE_A_NAME = frozenset(
    words(
        "mr mrs ms miss mx dr prof professor rev reverend sir dame lady lord councillor cllr "
        "jnr jr snr obe mbe cbe phd ba bsc ma msc bed med qts pgce jp dl"
    )
)
_PARTICLES = frozenset(words("al ap bin da de del den der di du el ibn la le o van von"))
_COMMON_SURNAMES = frozenset(
    words(
        "adams ahmed akhtar ali allen anderson bailey baker begum bell bennett bibi brown campbell "
        "carter chapman clark clarke collins cook cooper cox davies davis edwards ellis evans "
        "foster graham gray green griffiths hall harris harrison hill holmes hughes hunt hussain "
        "jackson james johnson jones kaur kelly khan king knight lee lewis marshall martin mason "
        "miller mills mitchell moore morgan morris murphy murray palmer parker patel phillips "
        "powell price rahman reid richards richardson roberts robinson rogers russell scott shah "
        "shaw simpson singh smith stevens stewart taylor thomas thompson turner walker walsh ward "
        "watson webb white wilkinson williams wilson wood wright young"
    )
)
"""Among the most usual surnames of England; a name with one of them tells little by itself."""
_SHORT_FORMS = tuple(
    frozenset(group.split())
    for group in (
        "alexander alex sandy",
        "andrew andy",
        "anthony antony tony",
        "benjamin ben",
        "catherine katherine kathryn kate kathy cathy katie",
        "christopher chris",
        "daniel dan danny",
        "david dave",
        "deborah debbie debra",
        "edward ed eddie ted",
        "elizabeth liz beth lizzie",
        "gregory greg",
        "james jim jimmy jamie",
        "jennifer jenny",
        "john jon jonathan",
        "joseph joe",
        "margaret maggie peggy",
        "matthew matt",
        "michael mike mick",
        "mohammed mohammad muhammad mohamed",
        "nicholas nick",
        "patricia pat",
        "peter pete",
        "philip phillip phil",
        "rebecca becky",
        "richard rick dick",
        "robert rob bob bobby",
        "samuel sam",
        "samantha sam",
        "sarah sara",
        "stephen steven steve",
        "susan sue",
        "thomas tom",
        "timothy tim",
        "victoria vicky",
        "william will bill billy",
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who runs, owns or oversees a provider.

    Attributes:
        name: as written; `Surname, Forenames` or `Forenames Surname`.
        birth_month: `1979-03`, where it is known.
    """

    name: str
    birth_month: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    surname: str
    given: tuple[str, ...]
    guessed: bool = False

    @property
    def common(self) -> bool:
        return self.surname in _COMMON_SURNAMES


def likeness_of_persons(one: Person, other: Person) -> float:
    """Return how much two names and months of birth say for one person, from 0 to 1."""
    score = 0.0
    for name in _readings(one.name):
        for another in _readings(other.name):
            if not (name.guessed and another.guessed):
                score = max(score, _weighed(name, another, _born(one, other)))
    return score


def is_common(person: Person) -> bool:
    """Return whether many people have this surname, so that the name by itself tells little."""
    return any(name.common for name in _readings(person.name) if not name.guessed)


def _born(one: Person, other: Person) -> bool | None:
    """Return whether the months of birth agree; none where one is not known."""
    if not one.birth_month or not other.birth_month:
        return None
    return one.birth_month == other.birth_month


def _weighed(name: _Name, other: _Name, born: bool | None) -> float:
    misspelt = name.surname != other.surname
    given = _likeness_given(name.given, other.given)
    if given is None or (misspelt and not same_word(name.surname, other.surname)):
        return 0.0
    exact, conflict = given
    common = name.common or other.common
    if born:
        return _weight_of_birth(exact=exact, conflict=conflict, misspelt=misspelt, common=common)
    if conflict:
        return 0.0
    if common:
        return _COMMON[exact] if born is None and not misspelt else 0.0
    if born is False:
        return HARDLY if exact and not misspelt else 0.0
    return _RARE[exact, misspelt]


def _weight_of_birth(*, exact: bool, conflict: bool, misspelt: bool, common: bool) -> float:
    if conflict:
        return _BIRTH_AND_CONFLICT
    if misspelt and common:
        return HARDLY
    return SURE if exact and not misspelt else _BIRTH_AND_INITIAL


def _likeness_given(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[bool, bool] | None:
    """Return whether a whole forename agrees and whether the next ones conflict; none if apart."""
    if not one or not other:
        return (False, False)
    first = _same_given(one[0], other[0])
    if first is None:
        shared = _goes_by_another(one, other) or _goes_by_another(other, one)
        return (False, False) if shared else None
    conflict = any(_same_given(a, b) is None for a, b in zip(one[1:], other[1:], strict=False))
    return first, conflict


def _goes_by_another(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether somebody of one forename may be using another's second one."""
    return len(one) == 1 and any(_same_given(one[0], later) for later in other[1:])


def _same_given(one: str, other: str) -> bool | None:
    """Return true for one forename, false for one that an initial may stand for, or none."""
    if one == other:
        return len(one) > 1
    if min(len(one), len(other)) == 1:
        return False if one[0] == other[0] else None
    if any(one in group and other in group for group in _SHORT_FORMS) or same_word(one, other):
        return True
    return None


@lru_cache(maxsize=50_000)
def _readings(name: str) -> tuple[_Name, ...]:
    """Return what a name may mean: where no comma says, the surname is the last word or words."""
    before, comma, after = name.partition(",")
    if comma and _told(after):
        surname = _told(before)
        return (_Name("".join(surname), tuple(_told(after))),) if surname else ()
    told = _told(before)
    if not told:
        return ()
    start = len(told) - 1
    while start > 1 and told[start - 1] in _PARTICLES:
        start -= 1
    whole = _Name("".join(told[start:]), tuple(told[:start]))
    if start < len(told) - 1 or len(told) <= len(("forename", "surname")):
        return (whole,)
    return (whole, _Name("".join(told[-2:]), tuple(told[:-2]), guessed=True))


def _told(text: str) -> list[str]:
    read = words(text)
    return [word for word in read if word not in _BESIDE_A_NAME] or read
