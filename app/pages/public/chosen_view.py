"""What a search was narrowed by, each thing with the search without it; and the ways to sort it."""

from collections.abc import Iterator
from datetime import date

from app.pages import filters, inspection_wording, record_wording, wording
from app.pages.public.form_view import Choices
from app.pages.public.search_form import ANY_STATUS, SearchForm
from app.pages.public.search_models import ChosenView, SortView


def build_chosen(form: SearchForm, authorities: Choices) -> tuple[ChosenView, ...]:
    """Return each thing that was chosen, and the search without it."""
    return tuple(
        ChosenView(words, form.without(name, value).url())
        for name, value, words in _chosen(form, dict(authorities))
    )


def build_sorts(form: SearchForm) -> tuple[SortView, ...]:
    """Return the orders to choose from; none where there is nothing to choose."""
    offered = {"distance": "Distance"} if form.near else {}
    if form.q or form.offer:
        offered["relevance"] = "Best match"
    offered["name"] = "Name"
    if len(offered) == 1:
        return ()
    now = form.sort or next(iter(offered))
    return tuple(
        SortView(words, form.change(sort=name).url(), current=name == now)
        for name, words in offered.items()
    )


def _chosen(form: SearchForm, authorities: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if form.q:
        yield "q", form.q, f"“{form.q}”"
    if form.near:
        yield "near", form.near, f"Within {form.within_miles} miles of {form.near}"
    if form.la:
        yield "la", form.la, authorities.get(form.la, form.la)
    yield from _chosen_of_offers(form)
    yield from _chosen_of_register(form)


def _chosen_of_offers(form: SearchForm) -> Iterator[tuple[str, str, str]]:
    if form.age:
        yield "age", form.age, f"Age {form.age}"
    for stage in form.key_stage:
        yield "key_stage", stage, f"Key stage {stage}"
    for need in form.need:
        yield "need", need, wording.need_label(need)
    if form.offer:
        yield "offer", form.offer, f"Programme: {form.offer}"
    for band in form.places:
        yield "places", band, wording.label(record_wording.AVAILABILITY, band)


def _chosen_of_register(form: SearchForm) -> Iterator[tuple[str, str, str]]:
    if form.status:
        any_status = form.status == ANY_STATUS
        label = "Any status" if any_status else wording.status_words(form.status).label
        yield "status", form.status, label
    if form.evidence:
        label = wording.label(record_wording.EVIDENCE_SHORT, form.evidence)
        yield "evidence", form.evidence, f"Evidence: {label.lower()}"
    for outcome in form.outcome:
        known = inspection_wording.OUTCOMES.get(outcome)
        yield "outcome", outcome, f"Inspections: {known.label.lower() if known else outcome}"
    if form.assessed_after:
        yield "assessed_after", form.assessed_after, f"Seen on or after {_day(form.assessed_after)}"
    if form.as_at:
        yield "as_at", form.as_at, f"As the register stood {write_as_at(form.as_at)}"


def write_as_at(typed: str) -> str:
    """Say in words which time of the log was asked for: a day, or an entry."""
    return f"with entry {int(typed):,}" if typed.isdecimal() else f"on {_day(typed)}"


def _day(typed: str) -> str:
    try:
        return filters.format_day(date.fromisoformat(typed))
    except ValueError:
        return typed
