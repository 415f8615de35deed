"""What a person asked for on the search page, as it stands in the page's own address."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlencode, urlsplit

from app.register.schemas.records import PublicStatus

SEARCH_URL = "/"
API_URL = "/v1/providers"
ANY_STATUS = "any"
"""The page's word for every status, removed and closed ones too; the API has no such word."""
DEFAULT_MILES = "10"
MILES = ("1", "3", "5", "10", "15", "20", "30", "50")
"""The distances the page offers; an address may ask for another."""
MANY = ("need", "key_stage", "places", "outcome")
"""Fields of which several can be chosen."""
_LISTS = (*MANY, "evidence", "status")
"""Parameters that the API takes several of."""

Query: TypeAlias = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The fields as typed, without needless spaces; empty when not asked for."""

    q: str = ""
    near: str = ""
    within_miles: str = ""
    la: str = ""
    age: str = ""
    need: tuple[str, ...] = ()
    status: str = ""
    cursor: str = ""
    key_stage: tuple[str, ...] = ()
    offer: str = ""
    places: tuple[str, ...] = ()
    evidence: str = ""
    outcome: tuple[str, ...] = ()
    assessed_after: str = ""
    as_at: str = ""
    sort: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for, so that the whole register is the answer."""
        return self == SearchForm(sort=self.sort)

    def parameters(self) -> dict[str, Any]:
        """Return what to ask `GET /v1/providers` for this form; empty fields are left out."""
        given: dict[str, Any] = {name: value for name, value in asdict(self).items() if value}
        for name in _LISTS:
            if name in given:
                held = given[name]
                given[name] = [held] if isinstance(held, str) else list(held)
        if self.status == ANY_STATUS:
            given["status"] = list(PublicStatus)
        return given

    def url(self) -> str:
        """Return the address of this search on the page."""
        query = urlencode(
            {name: value for name, value in asdict(self).items() if value}, doseq=True
        )
        return f"{SEARCH_URL}?{query}" if query else SEARCH_URL

    def api_url(self) -> str:
        """Return the address of the same search as JSON."""
        query = urlencode(self.parameters(), doseq=True)
        return f"{API_URL}?{query}" if query else API_URL

    def change(self, **fields: str | tuple[str, ...]) -> "SearchForm":
        """Return the same search, from its first page, with some fields changed."""
        return replace(self, **{"cursor": "", **fields})  # type: ignore[arg-type]

    def without(self, name: str, value: str) -> "SearchForm":
        """Return the same search without one thing that was chosen."""
        held = getattr(self, name)
        if isinstance(held, tuple):
            return self.change(**{name: tuple(each for each in held if each != value)})
        if name == "near":
            return self.change(near="", within_miles="", sort="")
        return self.change(**{name: ""})


def read_search_form(query: Query) -> SearchForm:
    """Read the page's query; an empty field is one that was not asked for.

    A distance without a place means nothing and is dropped: the form always sends one. A place
    without a distance is searched within ten miles.
    """
    typed: dict[str, Any] = {}
    for name in SearchForm.__dataclass_fields__:
        sent = query.get(name, "")
        values = [sent] if isinstance(sent, str) else list(sent)
        tidied = [words for each in values if (words := " ".join(each.split()))]
        typed[name] = tuple(dict.fromkeys(tidied)) if name in MANY else "".join(tidied[:1])
    typed["within_miles"] = (typed["within_miles"] or DEFAULT_MILES) if typed["near"] else ""
    return SearchForm(**typed)


def read_cursor(next_url: str | None) -> str | None:
    """Return the place to go on from, out of the address of an answer's next page."""
    if not next_url:
        return None
    return parse_qs(urlsplit(next_url).query).get("cursor", [None])[0]
