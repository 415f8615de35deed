"""Turn a refusal into a page that says what happened and what to do next."""

from http import HTTPStatus

from app.http.problems import Problem
from app.pages import wording
from app.pages.status_view import build_status
from app.pages.view_models import AboutView, Frame, ProblemView
from app.providers.errors import ProviderNotFoundError

_HEADINGS = {
    404: "Page not found",
    422: "We could not understand what you asked for",
    429: "Too many pages at once",
    500: "Sorry, something went wrong here",
    503: "Sorry, the register cannot answer just now",
}
_ADVICE = {
    404: ("If you typed the web address, check it. If you pasted it, check that it is whole.",),
    422: ("Check the web address, or start again from the search page.",),
    429: ("Your network asked for more pages than we can give to one network at a time.",),
    500: (
        "Nothing you did caused this. Try again in a minute.",
        "If it keeps happening, tell whoever runs this register, and quote the reference below.",
    ),
    503: ("Nothing you did caused this. Wait a minute, then load the page again.",),
}
_IN_OUR_OWN_WORDS = frozenset({429, 500, 503})
"""Statuses whose advice says all that helps; the problem's own words are for programs."""


def build_problem(problem: Problem, *, frame: Frame) -> ProblemView:
    """Return the page for a refusal.

    Args:
        problem: what was refused.
        frame: what surrounds the page.
    """
    heading = _HEADINGS.get(problem.status, problem.title)
    if problem.type == ProviderNotFoundError().type:
        heading = "Provider not found"
    ours = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    own = () if problem.status in _IN_OUR_OWN_WORDS else (problem.detail,)
    return ProblemView(
        frame=frame,
        title=f"Error: {heading}",
        heading=heading,
        paragraphs=(*own, *_ADVICE.get(problem.status, ()), *_wait(problem)),
        faults=tuple(fault.detail for fault in problem.errors or ()),
        reference=problem.instance.removeprefix("urn:request:") if ours else None,
    )


def build_about(*, frame: Frame) -> AboutView:
    """Return the page that says what the register is, and what each status means."""
    statuses = tuple(build_status({"code": code}) for code in wording.STATUSES)
    return AboutView(frame=frame, title="About this register", statuses=statuses)


def _wait(problem: Problem) -> tuple[str, ...]:
    if problem.status != HTTPStatus.TOO_MANY_REQUESTS:
        return ()
    seconds = (problem.model_extra or {}).get("retry_after_seconds")
    return (f"Wait {f'{seconds} seconds' if seconds else 'a minute'}, then load the page again.",)
