"""What the developers' page and the page about the data are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.http.rate_limits import parse_limits
from app.pages import filters
from app.pages.view_models import Fact, Frame
from app.register.visits import PATH, Visits

DEVELOPERS = "/developers"
DATA = "/data"
EXAMPLE_NUMBER = "AP000001U"
"""Stands in examples where the register holds no provider yet."""


@dataclass(frozen=True, slots=True)
class CurlView:
    """A call that can be copied, and what comes of it.

    Attributes:
        words: what it is for.
        method: GET or POST.
        address: from the first slash on.
        body: what is sent, as JSON.
        command: the whole line for a shell.
    """

    words: str
    method: str
    address: str
    body: str | None
    command: str


@dataclass(frozen=True, slots=True)
class DevelopersView:
    """The developers' page."""

    frame: Frame
    title: str
    calls: tuple[CurlView, ...]
    limit: str


@dataclass(frozen=True, slots=True)
class VisitsView:
    """How visits stand over the whole register: the day, each count, and where it is as data."""

    on: str
    facts: tuple[Fact, ...]
    json_url: str


@dataclass(frozen=True, slots=True)
class DataView:
    """The page about the data."""

    frame: Frame
    title: str
    state: str
    providers: str
    entries: str
    taken_out: str
    epoch: str
    visits: VisitsView


def build_developers(
    base: str, limit: str, number: str | None, *, demonstration: bool
) -> DevelopersView:
    """Return the developers' page.

    Args:
        base: the address at which the register is reached, without a slash at its end.
        limit: how often one caller may ask, as the settings write it.
        number: a provider the register holds, for examples.
        demonstration: whether the register holds invented providers.
    """
    one = number or EXAMPLE_NUMBER
    calls = [
        ("Search by words", "/v1/providers?q=forest", None),
        ("Search near a postcode, and count", "/v1/providers?near=CV34&include=total", None),
        ("One provider's record", f"/v1/providers/{one}", None),
        ("What the register said of it, newest first", f"/v1/providers/{one}/history", None),
        ("Many at once", "/v1/providers/lookup", f'{{"numbers": ["{one}"]}}'),
        ("Where the register stands", "/v1/register", None),
        ("Follow every change, from the first", "/v1/register/entries?after=0&limit=2", None),
        ("The whole register as one file", "/v1/register/download?format=jsonl", None),
        ("What providers are asked", "/v1/standards", None),
        ("How many sites are overdue for a visit", "/v1/quality-assurance", None),
        ("This API as OpenAPI", "/openapi.json", None),
    ]
    return DevelopersView(
        frame=Frame(demonstration),
        title="For developers",
        calls=tuple(_call(base, *each) for each in calls),
        limit=_write_limit(limit),
    )


def build_data(head: Mapping[str, Any], visits: Visits) -> DataView:
    """Return the page about the data.

    Args:
        head: the newest entry, with counts.
        visits: how many sites are overdue for one.
    """
    state = "Nothing has been entered in the register yet."
    if head["recorded_at"]:
        moment = filters.format_moment(head["recorded_at"])
        state = f"The newest entry is number {head['entry']:,}, recorded on {moment}."
    return DataView(
        frame=Frame(head["demonstration"], json_url="/v1/register"),
        title="About the data",
        state=state,
        providers=filters.count(head["providers"], "provider"),
        entries=filters.count(head["entry"], "entry", "entries"),
        taken_out=_write_taken_out(head["tombstones"]),
        epoch=str(head["epoch"]),
        visits=_visits(visits),
    )


def _visits(visits: Visits) -> VisitsView:
    total = visits.total
    late = f" by more than {visits.overdue_days} days" if visits.overdue_days is not None else ""
    counts = (
        ("Sites on the register", "sites"),
        ("Never inspected through the register", "never_inspected"),
        (f"Overdue for a visit{late}", "overdue"),
        ("Due for one within three months", "due_within_3_months"),
    )
    return VisitsView(
        on=filters.format_day(visits.on),
        facts=tuple(Fact(label, (f"{total[name]:,}",)) for label, name in counts),
        json_url=PATH,
    )


def _write_taken_out(number: int) -> str:
    if number == 0:
        return "So far this has happened to none."
    return f"So far this has happened to {filters.count(number, 'entry', 'entries')}."


def _call(base: str, words: str, address: str, body: str | None) -> CurlView:
    if body is None:
        return CurlView(words, "GET", address, None, f"curl '{base}{address}'")
    command = f"curl '{base}{address}' -H 'Content-Type: application/json' --data '{body}'"
    return CurlView(words, "POST", address, body, command)


def _write_limit(limit: str) -> str:
    """Write limits such as `600/minute` in words: `600 requests a minute`."""
    words = []
    for item in parse_limits(limit):
        unit, many = item.GRANULARITY.name, item.multiples
        span = f"in {many} {unit}s" if many > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
        words.append(f"{item.amount:,} requests {span}")
    return filters.join_words(words)
