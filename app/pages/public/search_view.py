"""Turn a search and its answer into the search page."""

from collections.abc import Mapping
from typing import Any

from app.http.problems import Problem
from app.pages import filters
from app.pages.public.chosen_view import build_chosen, build_sorts, write_as_at
from app.pages.public.form_view import Choices, build_errors, build_form
from app.pages.public.map_view import areas_json
from app.pages.public.result_view import build_result
from app.pages.public.search_form import ANY_STATUS, MILES, SearchForm, read_cursor
from app.pages.public.search_models import CorrectionView, NearView, SearchView, Suggestion
from app.pages.status_view import build_register_note
from app.pages.view_models import Frame
from app.places.terms import Precision

TITLE = "Find a provider"

_COARSE = {
    Precision.POSTCODE_DISTRICT: "a few miles",
    Precision.POSTCODE_AREA: "many miles",
}
"""How far out a distance may be that is measured from the middle of an area."""

Json = Mapping[str, Any]


def build_search(
    form: SearchForm, answer: Json, *, authorities: Choices, demonstration: bool
) -> SearchView:
    """Return the page for a search that was answered.

    Args:
        form: what was asked.
        answer: the body of `GET /v1/providers` for it.
        authorities: every local authority as (code, name), in the order to show them.
        demonstration: whether the register holds invented providers.
    """
    results = tuple(
        build_result(item, position, form.as_at) for position, item in enumerate(answer["items"], 1)
    )
    cursor = read_cursor(answer["links"].get("next"))
    return SearchView(
        frame=Frame(demonstration, json_url=form.api_url()),
        title=_name(form, answer),
        form=build_form(form, authorities, facets=answer.get("facets")),
        errors=(),
        heading=_build_heading(answer),
        then=write_as_at(form.as_at) if form.as_at else None,
        chosen=build_chosen(form, authorities),
        sorts=build_sorts(form) if len(results) > 1 or form.cursor else (),
        results=results,
        map_areas=areas_json() if any(result.point for result in results) else None,
        suggestions=() if results else _suggest(form),
        near=_build_near(form, answer.get("near")),
        corrections=tuple(
            CorrectionView(typed, used) for typed, used in (answer.get("corrections") or {}).items()
        ),
        moved=bool(answer["register"].get("moved_since_first_page")),
        first_url=form.change().url() if form.cursor else None,
        next_url=form.change(cursor=cursor).url() if cursor else None,
        register_note=build_register_note(answer["register"]),
    )


def build_refused_search(
    form: SearchForm, problem: Problem, *, authorities: Choices, demonstration: bool
) -> SearchView:
    """Return the page for a search that could not be answered: what to mend, field by field."""
    return SearchView(
        frame=Frame(demonstration),
        title=f"Error: {TITLE}",
        form=build_form(form, authorities, problem),
        errors=build_errors(form, problem),
        heading=None,
        then=None,
        chosen=(),
        sorts=(),
        results=(),
        map_areas=None,
        suggestions=(),
        near=None,
        corrections=(),
        moved=False,
        first_url=None,
        next_url=None,
        register_note=None,
    )


def _build_heading(answer: Json) -> str:
    if not answer["items"]:
        return "No providers found"
    total = answer.get("total")
    return "Providers" if total is None else filters.count(total, "provider")


def _name(form: SearchForm, answer: Json) -> str:
    """Name the page in the browser's tab, so that two searches can be told apart."""
    if form.is_empty:
        return TITLE
    asked = ", ".join(word for word in (form.q, form.near and f"near {form.near}") if word)
    what = f"{asked}: " if asked else ""
    return f"{what}{_build_heading(answer)}{', further page' if form.cursor else ''}"


def _build_near(form: SearchForm, near: Json | None) -> NearView | None:
    """Return where distances are measured from, and whether that is what was asked for."""
    if near is None:
        return None
    label = near["label"].removesuffix(" (approximate)")
    error = _COARSE.get(near["precision"])
    stands_in = error is not None and _squeeze(form.near) != _squeeze(label)
    return NearView(label, error, replaces=form.near if stands_in else None)


def _squeeze(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _suggest(form: SearchForm) -> tuple[Suggestion, ...]:
    """Say what to try next, most promising first, each with the search that tries it."""
    if form.cursor:
        return (Suggestion("Go back to the first page", form.change().url()),)
    suggestions = []
    wider = next((miles for miles in MILES if _is_wider(miles, form.within_miles)), None)
    if form.near and wider:
        url = form.change(within_miles=wider).url()
        suggestions.append(Suggestion(f"Look within {wider} miles", url))
    if form.age or form.need or form.key_stage:
        url = form.change(age="", need=(), key_stage=()).url()
        suggestions.append(Suggestion("Look for any age and need", url))
    if form.la:
        suggestions.append(Suggestion("Look in all of England", form.change(la="").url()))
    if form.q:
        suggestions.append(Suggestion("Use fewer words, or check how they are spelt", None))
    if not form.is_empty and form.status != ANY_STATUS:
        url = form.change(status=ANY_STATUS).url()
        suggestions.append(Suggestion("Include providers that were removed or have closed", url))
    if not form.is_empty:
        suggestions.append(Suggestion("See every provider on the register", SearchForm().url()))
    return tuple(suggestions)


def _is_wider(miles: str, asked: str) -> bool:
    try:
        return float(miles) > float(asked)
    except ValueError:
        return False
