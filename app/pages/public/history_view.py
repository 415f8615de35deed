"""Turn a provider's entries into a timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.pages import filters
from app.pages.public.changes_view import ChangeView, build_changes
from app.pages.public.provider_view import build_urls
from app.pages.record_wording import CAUSES, REASONS
from app.pages.status_view import build_status
from app.pages.view_models import Frame, StatusView, TextField
from app.pages.wording import label
from app.register.terms import RedactionGrounds

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the log, as the timeline is given it.

    Attributes:
        entry: its number.
        recorded_at: when the log learned it.
        effective_on: the London day from which it holds.
        record: as the body of `GET /v1/providers/{number}`; `None` where it was taken out.
        redacted_at: when it was taken out.
        redaction_reason: why, in words for everybody.
        is_first: whether it is the provider's first.
        before: the record up to then; `None` for a first entry, or where that was taken out.
        by: in which part somebody caused it, where that is known.
        reason: the public one for which listings moved, if they did for one.
    """

    entry: int
    recorded_at: datetime
    effective_on: date
    record: Json | None
    redacted_at: datetime | None
    redaction_reason: str | None
    is_first: bool
    before: Json | None
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the timeline.

    Attributes:
        anchor: names it within the page.
        heading: when it was recorded.
        number: its own, in the register.
        holds: from when it holds, where that is another day.
        by: in which part somebody caused it.
        status: where the provider stood from then on; `None` where that was taken out.
        words: what there is to say of the entry as a whole.
        changes: what it changed.
        then_url: the record with this entry.
    """

    anchor: str
    heading: str
    number: str
    holds: str | None
    by: str | None
    status: StatusView | None
    words: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    then_url: str | None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What the register said of a provider, newest first."""

    frame: Frame
    title: str
    name: str
    number: str
    present_url: str
    day: TextField
    entries: tuple[EntryView, ...]
    first_url: str | None
    next_url: str | None
    read_on: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of a history a page shows.

    Attributes:
        cursor: where it begins, if it is not the first.
        following: where the next one begins, if there is one.
    """

    cursor: str | None
    following: str | None


def build_history(
    number: str, name: str, told: Sequence[Told], stretch: Stretch, *, demonstration: bool
) -> HistoryView:
    """Return the timeline of a provider.

    Args:
        number: the provider's.
        name: the one it goes by now.
        told: its entries, newest first.
        stretch: which part of the history they are.
        demonstration: whether the register holds invented providers.
    """
    cursor, following = stretch.cursor, stretch.following
    urls = build_urls(number)
    query = f"?cursor={cursor}" if cursor else ""
    return HistoryView(
        frame=Frame(demonstration, json_url=f"/v1{urls.history}{query}"),
        title=f"{name}: what the register said{', further page' if cursor else ''}",
        name=name,
        number=number,
        present_url=urls.present,
        day=TextField("as_at", "", None),
        entries=tuple(_entry(one, urls.present) for one in told),
        first_url=urls.history if cursor else None,
        next_url=f"{urls.history}?cursor={following}" if following else None,
        read_on=filters.format_day(clock.today()),
    )


def _entry(one: Told, present: str) -> EntryView:
    day = one.recorded_at.astimezone(clock.LONDON).date()
    holds = None
    if one.effective_on != day:
        holds = f"It holds from {filters.format_day(one.effective_on)}."
    changes: tuple[ChangeView, ...] = ()
    if one.record is not None and one.before is not None:
        changes = build_changes(one.before, one.record, day)
    return EntryView(
        anchor=f"entry-{one.entry}",
        heading=filters.format_moment(one.recorded_at),
        number=f"{one.entry:,}",
        holds=holds,
        by=f"By {label(CAUSES, one.by)}" if one.by else None,
        status=build_status(one.record["status"]) if one.record else None,
        words=_words(one),
        changes=changes,
        then_url=f"{present}?as_at={one.entry}" if one.record else None,
    )


def _words(one: Told) -> tuple[str, ...]:
    if one.record is None:
        when = filters.format_day(one.redacted_at)
        return (
            f"What this entry said was taken out of the register on {when}, because it should not "
            f"have been published. {_reason(one.redaction_reason or '')}".strip(),
        )
    if one.is_first:
        return ("The provider came onto the register.",)
    if one.before is None:
        return ("What changed cannot be shown: the entry before this one was taken out.",)
    return (label(REASONS, one.reason),) if one.reason else ()


def _reason(told: str) -> str:
    """Return the words of a redaction without the code of its grounds."""
    grounds, _, words = told.partition(": ")
    return words if grounds in set(RedactionGrounds) else told
