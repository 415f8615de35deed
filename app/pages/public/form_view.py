"""Turn the search form, and what was wrong with it, into fields."""

from collections.abc import Mapping, Sequence

from app.http.problems import Problem, ProblemFault
from app.pages import filters, wording
from app.pages.public.search_form import ANY_STATUS, DEFAULT_MILES, MILES, SearchForm
from app.pages.view_models import Choice, ErrorLink, FormView, SelectField, TextField

MORE = ("age", "need", "status")
"""Fields that are folded away until one of them is used."""

Choices = Sequence[tuple[str, str]]


def build_form(form: SearchForm, authorities: Choices, problem: Problem | None = None) -> FormView:
    """Return the fields of the search form, as sent.

    Args:
        form: what was sent.
        authorities: every local authority as (code, name), in the order to show them.
        problem: why it was refused, if it was.
    """
    told = (problem.errors or ()) if problem else ()
    faults = {_field(fault): _in_words(fault) for fault in reversed(told)}  # the first one stands

    def text(name: str) -> TextField:
        return TextField(name, getattr(form, name), faults.get(name))

    def select(name: str, offered: Choices, asked: str) -> SelectField:
        known = asked in {value for value, _ in offered}
        every = offered if known else (*offered, (asked, asked))
        choices = tuple(Choice(value, words, value == asked) for value, words in every)
        return SelectField(name, choices, faults.get(name))

    return FormView(
        q=text("q"),
        near=text("near"),
        within_miles=select("within_miles", _miles(), form.within_miles or DEFAULT_MILES),
        la=select("la", (("", "All of England"), *authorities), form.la),
        age=text("age"),
        need=select("need", (("", "Any need"), *wording.NEEDS.items()), form.need),
        status=select("status", _statuses(), form.status),
        more_open=any(getattr(form, name) or name in faults for name in MORE),
    )


def build_errors(form: SearchForm, problem: Problem) -> tuple[ErrorLink, ...]:
    """List what to mend, in the order of the fields on the page; the rest comes last."""
    targets: Mapping[str, str] = {
        **{name: f"#{name}" for name in SearchForm.__dataclass_fields__},
        "cursor": form.change().url(),
    }
    order = list(targets)
    faults = sorted(
        problem.errors or (),
        key=lambda fault: order.index(_field(fault)) if _field(fault) in order else len(order),
    )
    links = tuple(ErrorLink(_in_words(fault), targets.get(_field(fault))) for fault in faults)
    return links or (ErrorLink(problem.detail, None),)


def _miles() -> Choices:
    return tuple((miles, filters.count(int(miles), "mile")) for miles in MILES)


def _statuses() -> Choices:
    each = tuple((code, words.label) for code, words in wording.STATUSES.items())
    return (("", "On the register now"), (ANY_STATUS, "Any, even removed or closed"), *each)


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
