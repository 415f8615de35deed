"""What the page of providers that authorities' own lists name is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.errors import AppError
from app.pages.filters import format_day
from app.pages.form_parts import Faults, read_faults, select_field, text_field
from app.pages.view_models import ErrorLink, Frame, SelectField, TextField
from app.pages.wording import status_words
from app.providers.schemas.known_providers import (
    CAUTION,
    KnownProvider,
    KnownProviderList,
    ListLine,
)
from app.providers.terms import Status

KNOWN_PROVIDERS = "/known-providers"
FIELDS = {
    "q": "Enter words of a name",
    "la": "Choose a local authority from the list",
    "checked_since": "Enter a day, such as 2026-06-01",
}
NOT_LISTED = "Not on the register"
_TITLE = "Providers on local authorities’ own lists"  # noqa: RUF001 - as pages write it


@dataclass(frozen=True, slots=True)
class LineView:
    """How a provider stands on one list.

    Attributes:
        whose: the authority.
        result: what its own check found.
        day: of that check; empty where there is no result.
        told: the list's name, date and category.
    """

    whose: str
    result: str
    day: str
    told: str


@dataclass(frozen=True, slots=True)
class KnownView:
    """One provider: its name, number and standing, where it works, and what lists say.

    Attributes:
        href: leads to its public record, if it has one.
    """

    name: str
    number: str
    standing: str
    href: str | None
    places: tuple[str, ...]
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class KnownProvidersView:
    """The page: a form, and what it found; `rows` is nothing where it was refused."""

    frame: Frame
    title: str
    heading: str
    caution: str
    q: TextField
    la: SelectField
    checked_since: TextField
    rows: tuple[KnownView, ...] | None
    next_url: str | None
    first_url: str | None
    errors: tuple[ErrorLink, ...]


def build_known_providers(
    frame: Frame,
    typed: Mapping[str, str],
    authorities: Sequence[tuple[str, str]],
    found: KnownProviderList | None,
    refused: AppError | None,
    *,
    further: bool,
) -> KnownProvidersView:
    """Return the page.

    Args:
        frame: what surrounds the page.
        typed: the form as sent.
        authorities: code and name of each, by name.
        found: the providers; nothing, if the form was refused.
        refused: why it was.
        further: whether this is another page than the first.
    """
    faults = read_faults(refused, FIELDS)
    asked = urlencode({name: value for name, value in typed.items() if value})
    first = f"{KNOWN_PROVIDERS}?{asked}" if asked else KNOWN_PROVIDERS
    return KnownProvidersView(
        frame=frame,
        title=faults.title(_TITLE),
        heading=_TITLE,
        caution=CAUTION,
        q=text_field("q", typed["q"], faults),
        la=_authority(typed["la"], authorities, faults),
        checked_since=text_field("checked_since", typed["checked_since"], faults),
        rows=tuple(_row(one) for one in found.items) if found else None,
        next_url=found.links.next if found else None,
        first_url=first if further else None,
        errors=faults.links,
    )


def _authority(typed: str, authorities: Sequence[tuple[str, str]], faults: Faults) -> SelectField:
    offered = [("", "Any"), *authorities]
    if typed and typed not in dict(authorities):
        offered.append((typed, typed))
    return select_field("la", offered, typed, faults)


def _row(one: KnownProvider) -> KnownView:
    known = one.status is Status.KNOWN
    places = (
        ", ".join(dict.fromkeys(filter(None, (site.town, site.la_name)))) for site in one.sites
    )
    return KnownView(
        name=one.name,
        number=one.number,
        standing=NOT_LISTED if known else f"On the register: {status_words(one.status).label}",
        href=None if known else f"/providers/{one.number}",
        places=tuple(dict.fromkeys(places)),
        lines=tuple(_line(line) for line in one.lists),
    )


def _line(line: ListLine) -> LineView:
    day = ""
    if line.local_result is not None:
        on = line.local_result_on
        day = f"checked on {format_day(on)}" if on else "the list does not say when"
    dated = f"{line.list_name}, {line.list_date}" if line.list_date else line.list_name
    return LineView(
        whose=line.la_name,
        result=line.local_result or "No result is given",
        day=day,
        told="; ".join(filter(None, (dated, line.listed_as))),
    )
