"""The facts about places that ship with the product, and which local authority a word means.

The files lie in the folder `facts` beside this module; `SOURCES.md` there names their sources.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from app.places.errors import LocalAuthorityDividedError, LocalAuthorityNotKnownError
from app.places.terms import LaKind
from app.values.words import words


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """A council with education duties, as it is now.

    Attributes:
        la_code: the DfE's three digits.
        gss_code: the ONS's nine characters.
        name: as the ONS writes it.
        kind: what sort of council it is.
        region: one of the nine regions of England.
        centre_easting: mean of its live postcodes, metres, rounded to 100.
        centre_northing: likewise.
        spread_metres: how far its postcodes lie from there (root mean square), rounded to 100.
    """

    la_code: str
    gss_code: str
    name: str
    kind: LaKind
    region: str
    centre_easting: int
    centre_northing: int
    spread_metres: int


@dataclass(frozen=True, slots=True)
class FormerLocalAuthority:
    """A pair of codes that no longer stands for a local authority.

    Attributes:
        gss_code: never used again.
        la_code: sometimes kept by the successor.
        name: its name then.
        last_year: the last year in which the source lists it.
        successors: DfE codes of the authorities that have its area now; at least one.
    """

    gss_code: str
    la_code: str
    name: str
    last_year: int
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """The letters a postcode begins with, where any such postcode is in England."""

    area: str
    centre_easting: int
    centre_northing: int
    english_postcodes: int


@dataclass(frozen=True, slots=True)
class PostcodeDistrict:
    """The first half of a postcode, where most such postcodes are in England."""

    outcode: str
    centre_easting: int
    centre_northing: int
    la_code: str
    postcodes: int


_OF_COUNCILS = frozenset(
    {"borough", "city", "council", "county", "london", "metropolitan", "of", "the"}
)
_FRONT = _OF_COUNCILS | {"and", "royal"}
_BACK = _OF_COUNCILS | {"authority", "corporation", "district", "local", "unitary"}
"""Words that a council's name carries or not, as the writer likes."""
_COMMON_NAMES = {"hull": "810", "bcp": "839"}
"""What two councils call themselves beside their legal names."""


@cache
def local_authorities() -> tuple[LocalAuthority, ...]:
    """Return all 153, by DfE code."""
    return tuple(
        LocalAuthority(
            la_code=row["la_code"],
            gss_code=row["gss_code"],
            name=row["name"],
            kind=LaKind(row["kind"]),
            region=row["region"],
            centre_easting=int(row["centre_easting"]),
            centre_northing=int(row["centre_northing"]),
            spread_metres=int(row["spread_metres"]),
        )
        for row in _rows("local_authorities")
    )


@cache
def former_local_authorities() -> tuple[FormerLocalAuthority, ...]:
    """Return those whose codes were retired since 2017, by GSS code."""
    code_of = {la.gss_code: la.la_code for la in local_authorities()}
    return tuple(
        FormerLocalAuthority(
            gss_code=row["gss_code"],
            la_code=row["la_code"],
            name=row["name"],
            last_year=int(row["last_year"]),
            successors=tuple(sorted(code_of[gss] for gss in row["successor_gss_codes"].split())),
        )
        for row in _rows("former_local_authorities")
    )


@cache
def postcode_areas() -> tuple[PostcodeArea, ...]:
    """Return every area with a postcode in England, in alphabetical order."""
    return tuple(
        PostcodeArea(
            area=row["area"],
            centre_easting=int(row["centre_easting"]),
            centre_northing=int(row["centre_northing"]),
            english_postcodes=int(row["english_postcodes"]),
        )
        for row in _rows("postcode_areas")
    )


@cache
def postcode_districts() -> tuple[PostcodeDistrict, ...]:
    """Return every district mainly in England, by area and number."""
    return tuple(
        PostcodeDistrict(
            outcode=row["outcode"],
            centre_easting=int(row["centre_easting"]),
            centre_northing=int(row["centre_northing"]),
            la_code=row["la_code"],
            postcodes=int(row["postcodes"]),
        )
        for row in _rows("postcode_districts")
    )


@cache
def la_codes_by_gss() -> Mapping[str, str]:
    """Return the DfE code for each GSS code of a present LA or district, and of a former LA.

    A former LA that was divided is left out: its GSS code does not say which successor is meant.
    """
    codes = {row["lad_code"]: row["la_code"] for row in _rows("districts")}
    codes |= {
        former.gss_code: former.successors[0]
        for former in former_local_authorities()
        if len(former.successors) == 1
    }
    return codes | {la.gss_code: la.la_code for la in local_authorities()}


def la_name(la_code: str) -> str:
    """Return the name of a present local authority.

    Raises:
        LocalAuthorityNotKnownError: no present local authority has this DfE code.
    """
    la = _by_code().get(la_code)
    if la is None:
        raise _not_known(la_code, list(_by_code()))
    return la.name


def la_code_now(code_or_gss: str) -> str:
    """Return the present DfE code for a DfE or GSS code of any time.

    Raises:
        LocalAuthorityDividedError: the former authority has several successors; they are named.
        LocalAuthorityNotKnownError: nobody ever had the code; the nearest are named.
    """
    code = code_or_gss.strip().upper()
    found = _by_code().get(code) or _former_by_code().get(code)
    if found is None:
        raise _not_known(code_or_gss, [*_by_code(), *_former_by_code()])
    return _now(found).la_code


def find_la(text: str) -> LocalAuthority:
    """Return the local authority that a DfE code, a GSS code or a name means.

    Case, accents, punctuation and trimmings do not matter: "Bristol, City of", "Bristol" and
    "Bristol City Council" are one. The name of a former authority leads to its successor.

    Raises:
        LocalAuthorityDividedError: the former authority has several successors; they are named.
        LocalAuthorityNotKnownError: nobody has that code or name; the nearest are named.
    """
    code = text.strip().upper()
    found = _by_code().get(code) or _former_by_code().get(code) or _by_name().get(_name_key(text))
    if found is None:
        raise _not_known(text, [*_by_code(), *_former_by_code(), *_by_name()])
    return _now(found)


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("app.places").joinpath("facts", f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@cache
def _by_code() -> dict[str, LocalAuthority]:
    codes = {la.la_code: la for la in local_authorities()}
    return codes | {la.gss_code: la for la in local_authorities()}


@cache
def _former_by_code() -> dict[str, FormerLocalAuthority]:
    codes = {former.la_code: former for former in former_local_authorities()}
    return codes | {former.gss_code: former for former in former_local_authorities()}


@cache
def _by_name() -> dict[str, LocalAuthority | FormerLocalAuthority]:
    """A present authority wins over a former one of the same name."""
    names: dict[str, LocalAuthority | FormerLocalAuthority] = {}
    names |= {_name_key(former.name): former for former in former_local_authorities()}
    names |= {_name_key(la.name): la for la in local_authorities()}
    return names | {name: _by_code()[code] for name, code in _COMMON_NAMES.items()}


def _now(found: LocalAuthority | FormerLocalAuthority) -> LocalAuthority:
    if isinstance(found, LocalAuthority):
        return found
    successors = [_by_code()[code] for code in found.successors]
    if len(successors) > 1:
        named = " and ".join(f"{la.name} ({la.la_code})" for la in successors)
        raise LocalAuthorityDividedError(
            f"{found.name} ({found.la_code}, {found.gss_code}) has been divided: its area lies in "
            f"{named} now. Give one of those.",
            successors=list(found.successors),
        )
    return successors[0]


def _not_known(text: str, candidates: list[str]) -> LocalAuthorityNotKnownError:
    wanted = text.strip().upper() if text.strip()[-1:].isdigit() else _name_key(text)
    near = get_close_matches(wanted, candidates, n=3, cutoff=0.5)
    described = "; ".join(dict.fromkeys(_described(candidate) for candidate in near))
    cure = (
        f"The nearest are {described}."
        if near
        else ("Give a DfE three-digit code such as 331, a GSS code such as E08000026, or a name.")
    )
    return LocalAuthorityNotKnownError(f"“{text}” is no local authority known here. {cure}")


def _described(candidate: str) -> str:
    by_code = _by_code().get(candidate) or _former_by_code().get(candidate)
    found = by_code or _by_name()[candidate]
    return f"{found.name} ({found.la_code}, {found.gss_code})"


def _name_key(text: str) -> str:
    """Reduce a name to the words that tell it from others.

    Of "City of London" nothing would be left; such a name keeps what makes it a council, in
    alphabetical order, so that "London" alone does not mean it.
    """
    every = ["st" if word == "saint" else word for word in words(text)]
    first, last = 0, len(every)
    while first < last and every[first] in _FRONT:
        first += 1
    while first < last and every[last - 1] in _BACK:
        last -= 1
    return " ".join(every[first:last] or sorted({*every} - {"of", "the", "council", "corporation"}))
