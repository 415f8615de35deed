"""Turn a refusal into a page that says what happened and what to do next."""

from http import HTTPStatus

from app.errors import VersionChangedError
from app.http.errors import (
    CrossSiteError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
)
from app.http.problems import Problem
from app.pages import wording
from app.pages.status_view import build_status
from app.pages.view_models import AboutView, ActionLink, Frame, ProblemView, SentForm
from app.providers.errors import ProviderNotFoundError

_HEADINGS = {
    404: "Page not found",
    422: "We could not understand what you asked for",
    429: "Too many pages at once",
    500: "Sorry, something went wrong here",
    503: "Sorry, the register cannot answer just now",
}
_KINDS = {
    ProviderNotFoundError().type: "Provider not found",
    NotSignedInError().type: "You are not signed in",
    SignInAgainError().type: "Show once more who you are",
    NotPermittedError().type: "Your roles do not allow this",
    OrganisationNotChosenError().type: "Choose for whom you act",
    VersionChangedError().type: "It was changed since you opened the page",
    CrossSiteError().type: "That came from another website",
}
"""Headings that say more than the status does."""
_DOORS = {
    NotSignedInError().type: ActionLink("Sign in", "/sign-in"),
    OrganisationNotChosenError().type: ActionLink(
        "Choose an organisation", "/account/organisation"
    ),
    SignInAgainError().type: ActionLink("Show who you are", "/sign-in/again"),
}
_ADVICE = {
    404: ("If you typed the web address, check it. If you pasted it, check that it is whole.",),
    412: ("Nothing was changed by you. Go back, load the page again, and look at it anew.",),
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
_NOTHING_LOST = "What you sent was not done, and nothing of it is lost: it waits on this page."


def door_to(problem: Problem) -> ActionLink | None:
    """Return where somebody can do what they were refused for the want of, if anywhere."""
    again = (problem.model_extra or {}).get("sign_in_again")
    if again:
        return ActionLink("Show who you are", str(again))
    return _DOORS.get(problem.type)


def build_problem(problem: Problem, *, frame: Frame, sent: SentForm | None = None) -> ProblemView:
    """Return the page for a refusal.

    Args:
        problem: what was refused.
        frame: what surrounds the page.
        sent: the form that was refused, where it can be sent again once something else is done.
    """
    heading = _KINDS.get(problem.type) or _HEADINGS.get(problem.status, problem.title)
    ours = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    own = () if problem.status in _IN_OUR_OWN_WORDS else (problem.detail,)
    words = (*own, *_ADVICE.get(problem.status, ()), *_wait(problem))
    return ProblemView(
        frame=frame,
        title=f"Error: {heading}",
        heading=heading,
        paragraphs=words if sent is None else (_NOTHING_LOST,),
        faults=tuple(fault.detail for fault in problem.errors or ()),
        reference=problem.instance.removeprefix("urn:request:") if ours else None,
        onward=_onward(frame),
        sent=sent,
    )


def build_about(*, frame: Frame) -> AboutView:
    """Return the page that says what the register is, and what each status means."""
    statuses = tuple(build_status({"code": code}) for code in wording.STATUSES)
    return AboutView(frame=frame, title="About this register", statuses=statuses)


def _onward(frame: Frame) -> ActionLink:
    if frame.visitor is not None:
        return ActionLink("Your account", "/account")
    return ActionLink("Find a provider", "/")


def _wait(problem: Problem) -> tuple[str, ...]:
    if problem.status != HTTPStatus.TOO_MANY_REQUESTS:
        return ()
    seconds = (problem.model_extra or {}).get("retry_after_seconds")
    return (f"Wait {f'{seconds} seconds' if seconds else 'a minute'}, then load the page again.",)
