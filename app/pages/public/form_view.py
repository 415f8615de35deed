"""Turn the search form, and what was wrong with it, into fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.http.problems import Problem, ProblemFault
from app.pages import filters, inspection_wording, record_wording, wording
from app.pages.public.search_form import ANY_STATUS, DEFAULT_MILES, MILES, SearchForm
from app.pages.view_models import Choice, ErrorLink, FormView, SelectField, TextField

MORE = (
    *("age", "key_stage", "need", "offer", "places", "status", "evidence"),
    *("outcome", "assessed_after", "as_at"),
)
"""Fields that are folded away until one of them is used."""

Choices = Sequence[tuple[str, str]]
Facets = Mapping[str, Sequence[Mapping[str, Any]]]
"""For each filter, how many providers each of its values would find."""


def build_form(
    form: SearchForm,
    authorities: Choices,
    problem: Problem | None = None,
    facets: Facets | None = None,
) -> FormView:
    """Return the fields of the search form, as sent.

    Args:
        form: what was sent.
        authorities: every local authority as (code, name), in the order to show them.
        problem: why it was refused, if it was.
        facets: `facets` of the answer, if there is one.
    """
    told = (problem.errors or ()) if problem else ()
    faults = {_field(fault): _in_words(fault) for fault in reversed(told)}  # the first one stands

    def text(name: str) -> TextField:
        return TextField(name, getattr(form, name), faults.get(name))

    def select(name: str, offered: Choices, *, zeros: bool = True) -> SelectField:
        held = getattr(form, name)
        asked = held if isinstance(held, tuple) else (held,)
        known = {value for value, _ in offered}
        every = (*offered, *((each, each) for each in asked if each not in known))
        counts = _counts(facets, name)
        choices = tuple(
            Choice(value, _with_count(words, value, counts, zeros=zeros), value in asked)
            for value, words in every
        )
        return SelectField(name, choices, faults.get(name))

    return FormView(
        q=text("q"),
        near=text("near"),
        within_miles=_distance(form, faults.get("within_miles")),
        la=select("la", (("", "All of England"), *authorities), zeros=False),
        age=text("age"),
        key_stage=select("key_stage", _stages()),
        need=select("need", tuple(wording.NEEDS.items())),
        offer=text("offer"),
        places=select("places", tuple(record_wording.AVAILABILITY.items())),
        status=select("status", _statuses()),
        evidence=select("evidence", (("", "Any"), *record_wording.EVIDENCE_SHORT.items())),
        outcome=select("outcome", _outcomes()),
        assessed_after=text("assessed_after"),
        as_at=text("as_at"),
        sort=form.sort,
        more_open=any(getattr(form, name) or name in faults for name in MORE),
    )


def build_errors(form: SearchForm, problem: Problem) -> tuple[ErrorLink, ...]:
    """List what to mend, in the order of the fields on the page; the rest comes last."""
    targets: Mapping[str, str] = {
        **{name: f"#{name}" for name in ("q", "near", "within_miles", "la", *MORE)},
        "cursor": form.change().url(),
        "sort": form.change(sort="").url(),
    }
    order = list(targets)
    faults = sorted(
        problem.errors or (),
        key=lambda fault: order.index(_field(fault)) if _field(fault) in order else len(order),
    )
    links = tuple(
        dict.fromkeys(ErrorLink(_in_words(fault), targets.get(_field(fault))) for fault in faults)
    )
    return links or (ErrorLink(problem.detail, None),)


def _distance(form: SearchForm, error: str | None) -> SelectField:
    asked = form.within_miles or DEFAULT_MILES
    offered = [(miles, filters.count(int(miles), "mile")) for miles in MILES]
    every = offered if asked in MILES else [*offered, (asked, asked)]
    choices = tuple(Choice(value, words, value == asked) for value, words in every)
    return SelectField("within_miles", choices, error)


def _counts(facets: Facets | None, name: str) -> Mapping[str, int] | None:
    if facets is None or name not in facets:
        return None
    return {str(each["value"]): each["count"] for each in facets[name]}


def _with_count(words: str, value: str, counts: Mapping[str, int] | None, *, zeros: bool) -> str:
    """Add how many a choice would find, if that is known; nothing to the choice of any."""
    if counts is None or value in {"", ANY_STATUS} or (value not in counts and not zeros):
        return words
    return f"{words} ({counts.get(value, 0):,})"


def _stages() -> Choices:
    return tuple((str(stage), f"Key stage {stage}") for stage in range(1, 6))


def _statuses() -> Choices:
    each = tuple((code, words.label) for code, words in wording.STATUSES.items())
    return (("", "On the register now"), (ANY_STATUS, "Any, even removed or closed"), *each)


def _outcomes() -> Choices:
    return tuple((code, words.label) for code, words in inspection_wording.OUTCOMES.items())


def _field(fault: ProblemFault) -> str:
    """Return the field a fault is about; a list's fault names the place in the list too."""
    return (fault.parameter or "").split(".")[0]


def _in_words(fault: ProblemFault) -> str:
    """Say what to mend as the page names it: the API's "It must be …" begins with the field."""
    field = wording.FIELDS.get(_field(fault))
    if field is None:
        return fault.detail
    if field.instead:
        return field.instead
    return fault.detail.replace("It must", f"{field.label} must", 1)
