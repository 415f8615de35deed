"""Which rows of a provider list are really schools, and so do not belong on it.

A school has a unique reference number (URN) in the DfE's Get Information about Schools (GIAS); it
is linked by that number and never held here as a provider. A row is refused when

1. it carries a URN, or a possible URN whose school has, once put plainly, the provider's own name;
2. GIAS, when its files are given, has an establishment that is open (or does not say) in the same
   local authority under the same plain name, or at the same postcode under a similar one;
3. the list itself calls it a school (a pupil referral unit, an academy, a free school, registered
   with the DfE …) without a URN: then the cure is to find it.

Put plainly, a name has lost its case, accents and punctuation, legal forms, what many schools'
names have (`school`, `free`, `alternative provision` …), and the names of the place and the local
authority. `Academy`, `college` and `centre` stay, because they tell bodies apart.

A further education college is no school, but it is no non-school AP either: it is a public body,
inspected by Ofsted as a college, with a URN in GIAS. So it is refused like a school.

A possible URN of a school by another name, a school that has closed, and words such as "Ofsted
registered" or "school-led" only prompt a remark: they may be right or wrong. And a person who has
looked writes `none` as the URN; then the row is taken as what it says it is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.interchange.csv_files import ExaminedFile, open_table
from app.interchange.errors import ColumnsNotRightError
from app.interchange.schemas import Fault, Remark
from app.interchange.terms import Column
from app.places import facts
from app.places.errors import LocalAuthorityNotKnownError
from app.providers.likeness import THRESHOLD, name_likeness
from app.values.postcode import normalise_postcode
from app.values.words import STOP_WORDS, words

NOT_A_SCHOOL = "none"
"""What a person who has looked writes in place of a URN."""

_GIAS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "la": "LA (code)",
    "postcode": "Postcode",
    "status": "EstablishmentStatus (name)",
}
_NOT_NOW = ("closed", "proposed to open")
_SAID_OF_MANY = STOP_WORDS | frozenset(
    words(
        "alternative ap cic cio community company council free independent interest limited llp "
        " ltd plc provision pru pupil referral school trust unit"
    )
)
_DENIALS = frozenset({"unregistered", "non", "not", "former", "formerly"})
_SCHOOL_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "pru",
        "prus",
        "pupil referral unit",
        "academy",
        "free school",
        "independent school",
        "special school",
        "maintained school",
        "registered school",
        "hospital school",
        "dfe registered",
        "fe college",
        "further education",
        "sixth form college",
    )
)
_DOUBTFUL_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in ("registered", "school led", "school run", "school based", "college")
)
_LONGEST_CATEGORY = 4
"""A note of this many words at most is read as a category; a longer one is a sentence."""


@dataclass(frozen=True, slots=True)
class School:
    """An establishment in GIAS."""

    urn: str
    name: str
    la_code: str
    postcode: str
    open: bool


@dataclass(frozen=True, slots=True)
class Schools:
    """Establishments of GIAS, to be found by number, by plain name, and by postcode."""

    by_urn: Mapping[str, School] = field(default_factory=dict)
    by_name: Mapping[tuple[str, str], School] = field(default_factory=dict)
    by_postcode: Mapping[str, tuple[School, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a row says that tells whether it is a school.

    Attributes:
        line: of the file.
        name: the provider's.
        la_code: the local authority's.
        place: as the list names it; may be empty.
        postcode: canonical; empty if not given.
        listed_as: the list's own category.
        note: whatever else the list says.
        urn: the school's number, if the list says so outright.
        possible_urn: a school's number that may be the provider's.
        possible_name: that school's name.
    """

    line: int
    name: str
    la_code: str
    place: str = ""
    postcode: str = ""
    listed_as: str = ""
    note: str = ""
    urn: str = ""
    possible_urn: str = ""
    possible_name: str = ""


Verdict = tuple[Fault | None, tuple[Remark, ...]]
"""Why the row is refused, if it is, and what a person should look at."""


def read_schools(files: Iterable[ExaminedFile]) -> Schools:
    """Read establishments from files of GIAS; where two have a URN, the later file stands.

    Raises:
        FileNotReadableError: a file breaks off being CSV.
        ColumnsNotRightError: a file lacks a column of GIAS.
    """
    by_urn: dict[str, School] = {}
    for file in files:
        with open_table(file) as table:
            missing = [column for column in _GIAS.values() if column not in table.headings]
            if missing:
                raise ColumnsNotRightError(
                    f"{file.path.name} is not a file of schools as GIAS gives it: it has no column "
                    f"{' nor '.join(missing)}."
                )
            at = {what: table.headings.index(column) for what, column in _GIAS.items()}
            for _, cells in table.rows:
                school = _school(cells, at)
                if school is not None:
                    by_urn[school.urn] = school
    return _indexed(by_urn)


def judge(row: Candidate, schools: Schools) -> Verdict:
    """Say whether a row is really a school, and what a person should look at."""
    if NOT_A_SCHOOL in (row.urn.lower(), row.possible_urn.lower()):
        return None, ()
    named, remarks = _by_its_urn(row, schools)
    refused = named or _by_gias(row, schools) or _by_its_category(row)
    return refused, () if refused else (*remarks, *_doubts(row))


def plain_name(name: str, places: Iterable[str] = ()) -> str:
    """Return what is left of a name when everything is gone that many schools say.

    Args:
        name: of a provider or a school.
        places: names of the local authority and the place, whose words are left out too.
    """
    left_out = _SAID_OF_MANY | {word for place in places for word in words(place)}
    every = ["st" if word == "saint" else word for word in words(name)]
    telling = [word for word in every if word not in left_out]
    return " ".join(telling or [word for word in every if word not in STOP_WORDS] or every)


def _school(cells: list[str], at: Mapping[str, int]) -> School | None:
    if len(cells) <= max(at.values()):
        return None
    of = {what: cells[index].strip() for what, index in at.items()}
    la_code = _la_code(of["la"])
    if la_code is None or not of["urn"].isdecimal() or not of["name"]:
        return None  # Welsh and offshore schools, and rows that name nobody
    try:
        postcode = normalise_postcode(of["postcode"])
    except ValueError:
        postcode = ""
    still_open = not of["status"].lower().startswith(_NOT_NOW)
    return School(of["urn"], of["name"], la_code, postcode, still_open)


@lru_cache(maxsize=2_048)
def _la_code(code: str) -> str | None:
    try:
        return facts.la_code_now(code)
    except LocalAuthorityNotKnownError:
        return None


def _indexed(by_urn: Mapping[str, School]) -> Schools:
    by_name: dict[tuple[str, str], School] = {}
    by_postcode: dict[str, list[School]] = defaultdict(list)
    for school in by_urn.values():
        if school.open:
            area = facts.la_name(school.la_code)
            by_name.setdefault((school.la_code, plain_name(school.name, [area])), school)
            if school.postcode:
                by_postcode[school.postcode].append(school)
    return Schools(by_urn, by_name, {code: tuple(found) for code, found in by_postcode.items()})


def _by_its_urn(row: Candidate, schools: Schools) -> tuple[Fault | None, tuple[Remark, ...]]:
    """Judge by the URN the row carries, if it carries one."""
    if row.urn:
        return _refusal(row, Column.URN, row.urn, f"It carries the URN {row.urn}"), ()
    if not row.possible_urn:
        return None, ()
    held = schools.by_urn.get(row.possible_urn)
    name = row.possible_name or (held.name if held else "")
    school = f"URN {row.possible_urn} ({name or 'name not given'})"
    if name and _same_name(row, name):
        if held and not held.open:
            return None, (_remark(row, f"it has the name of a school that has closed, {school}"),)
        return _refusal(row, Column.POSSIBLE_URN, row.possible_urn, f"It is {school}"), ()
    alike = f"{name_likeness(row.name, name, [row.la_code]):.0%}" if name else "unknown"
    text = f"it may be the school {school}, whose name is another (likeness {alike})"
    return None, (_remark(row, text),)


def _by_gias(row: Candidate, schools: Schools) -> Fault | None:
    area = facts.la_name(row.la_code)
    for places in ([area], [area, row.place]):
        found = schools.by_name.get((row.la_code, plain_name(row.name, places)))
        if found is not None:
            why = f"It has the name of URN {found.urn} ({found.name}) in the same local authority"
            return _refusal(row, Column.NAME, row.name, why)
    for school in schools.by_postcode.get(row.postcode, ()):
        if name_likeness(row.name, school.name, [row.la_code]) >= THRESHOLD:
            why = f"It has a name like URN {school.urn} ({school.name}) at the same postcode"
            return _refusal(row, Column.NAME, row.name, why)
    return None


def _by_its_category(row: Candidate) -> Fault | None:
    for column, text in _categories(row):
        said = words(text)
        if not _DENIALS & {*said} and _says(said, _SCHOOL_PHRASES):
            possible = f" Look first at URN {row.possible_urn}." * bool(row.possible_urn)
            return Fault(
                row.line,
                column,
                text,
                "The list calls it a school or college, which are linked by URN, not listed here.",
                f"Find its URN in GIAS and leave the row out.{possible} If it is no school after "
                f"all, write {NOT_A_SCHOOL} in a column urn.",
            )
    return None


def _doubts(row: Candidate) -> tuple[Remark, ...]:
    for _, text in _categories(row):
        said = words(text)
        if not _DENIALS & {*said} and _says(said, _DOUBTFUL_PHRASES):
            return (_remark(row, f"the list says “{text}”: look whether it is a school"),)
    return ()


def _categories(row: Candidate) -> Iterable[tuple[Column, str]]:
    yield Column.LISTED_AS, row.listed_as
    if len(words(row.note)) <= _LONGEST_CATEGORY:
        yield Column.NOTE, row.note


def _says(said: list[str], phrases: Collection[tuple[str, ...]]) -> bool:
    return any(
        tuple(said[at : at + len(phrase)]) == phrase
        for phrase in phrases
        for at in range(len(said) - len(phrase) + 1)
    )


def _same_name(row: Candidate, school: str) -> bool:
    area = facts.la_name(row.la_code)
    return any(
        plain_name(row.name, places) == plain_name(school, places)
        for places in ([area], [area, row.place])
    )


def _refusal(row: Candidate, column: Column, value: str, why: str) -> Fault:
    return Fault(
        row.line,
        column,
        value,
        f"{why}: schools and colleges are linked by URN, not listed here.",
        f"Leave the row out. If it is another body, write {NOT_A_SCHOOL} in a column urn.",
    )


def _remark(row: Candidate, text: str) -> Remark:
    return Remark(row.line, row.name, text)
