"""Turn a provider's entries into a timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.pages import filters
from app.pages.public.changes_view import ChangeView, build_changes
from app.pages.public.provider_view import build_urls
from app.pages.status_view import build_status
from app.pages.view_models import Frame, StatusView, TextField
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
    """

    entry: int
    recorded_at: datetime
    effective_on: date
    record: Json | None
    redacted_at: datetime | None
    redaction_reason: str | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the timeline.

    Attributes:
        anchor: names it within the page.
        heading: when it was recorded.
        number: its own, in the register.
        holds: from when it holds, where that is another day.
        status: where the provider stood from then on; `None` where that was taken out.
        words: what there is to say of the entry as a whole.
        changes: what it changed.
        then_url: the record at the end of that day.
        then_text: what that is called.
    """

    anchor: str
    heading: str
    number: str
    holds: str | None
    status: StatusView | None
    words: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    then_url: str | None
    then_text: str


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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which part of a history a page shows.

    Attributes:
        cursor: where it begins, if it is not the first.
        following: where the next one begins, if there is one.
        limit: how many entries are shown.
    """

    cursor: str | None
    following: str | None
    limit: int


def build_history(
    number: str, name: str, told: Sequence[Told], stretch: Stretch, *, demonstration: bool
) -> HistoryView:
    """Return the timeline of a provider.

    Args:
        number: the provider's.
        name: the one it goes by now.
        told: its entries, newest first; one more than are shown, where there is one.
        stretch: which part of the history they are.
        demonstration: whether the register holds invented providers.
    """
    cursor, following = stretch.cursor, stretch.following
    urls = build_urls(number)
    olders: list[Told | None] = [*told[1:], None]
    shown = list(zip(told, olders, strict=True))[: stretch.limit]
    query = f"?cursor={cursor}" if cursor else ""
    return HistoryView(
        frame=Frame(demonstration, json_url=f"/v1{urls.history}{query}"),
        title=f"{name}: what the register said{', further page' if cursor else ''}",
        name=name,
        number=number,
        present_url=urls.present,
        day=TextField("as_at", "", None),
        entries=tuple(_entry(one, older, urls.present) for one, older in shown),
        first_url=urls.history if cursor else None,
        next_url=f"{urls.history}?cursor={following}" if following else None,
    )


def _entry(one: Told, older: Told | None, present: str) -> EntryView:
    day = one.recorded_at.astimezone(clock.LONDON).date()
    holds = None
    if one.effective_on != day:
        holds = f"It holds from {filters.format_day(one.effective_on)}."
    changes: tuple[ChangeView, ...] = ()
    if one.record is not None and older is not None and older.record is not None:
        changes = build_changes(older.record, one.record, day)
    return EntryView(
        anchor=f"entry-{one.entry}",
        heading=filters.format_moment(one.recorded_at),
        number=f"{one.entry:,}",
        holds=holds,
        status=build_status(one.record["status"]) if one.record else None,
        words=_words(one, older),
        changes=changes,
        then_url=f"{present}?as_at={day.isoformat()}" if one.record else None,
        then_text=f"The record as it was at the end of {filters.format_day(day)}",
    )


def _words(one: Told, older: Told | None) -> tuple[str, ...]:
    if one.record is None:
        when = filters.format_day(one.redacted_at)
        return (
            f"What this entry said was taken out of the register on {when}, because it should not "
            f"have been published. {_reason(one.redaction_reason or '')}".strip(),
        )
    if older is None:
        return ("The provider came onto the register.",)
    if older.record is None:
        return ("What changed cannot be shown: the entry before this one was taken out.",)
    return ()


def _reason(told: str) -> str:
    """Return the words of a redaction without the code of its grounds."""
    grounds, _, words = told.partition(": ")
    return words if grounds in set(RedactionGrounds) else told
