"""What is shown of a refusal: a page that says what to mend, the form again, or the way in."""

from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.http.problems import Problem
from app.pages.problem_view import build_problem, door_to
from app.pages.public.search_form import MANY, SEARCH_URL, read_search_form
from app.pages.public.search_view import build_refused_search
from app.pages.rendering import authority_choices, render, visitor_of
from app.pages.view_models import ActionLink, Frame, SentForm


def render_problem(request: Request, problem: Problem) -> Response:
    """Return the page of a refusal; a search that was refused comes back with its fields to mend.

    Whoever only has to sign in, or to say for whom they act, is led there and back again. A form
    that was refused for that comes back to be sent again, so that nothing typed is lost.

    Args:
        request: its `state.demonstration` says whether the register is invented, where that is
            known by then; `state.actor` who asks; `state.sent_fields` what a form held.
        problem: what was refused.
    """
    door = door_to(problem)
    if door is not None and request.method in {"GET", "HEAD"}:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{door.href}?{urlencode({'return_to': back})}", status_code=303)
    demonstration = bool(getattr(request.state, "demonstration", False))
    if request.url.path == SEARCH_URL and problem.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        view = build_refused_search(
            read_search_form({**request.query_params, **_several(request)}),
            problem,
            authorities=authority_choices(),
            demonstration=demonstration,
        )
        return render("search.html", view, status_code=problem.status)
    frame = Frame(demonstration, visitor=visitor_of(request))
    page = build_problem(problem, frame=frame, sent=_sent_form(request, door))
    return render("problem.html", page, status_code=problem.status)


def _several(request: Request) -> dict[str, list[str]]:
    """Return the search page's fields of which several can be chosen."""
    return {name: request.query_params.getlist(name) for name in MANY}


def _sent_form(request: Request, door: ActionLink | None) -> SentForm | None:
    """Return the form that was refused for the want of something that is quickly mended."""
    fields = getattr(request.state, "sent_fields", None)
    if door is None or not fields:
        return None
    return SentForm(request.url.path, tuple(fields), door.href, door.text)
