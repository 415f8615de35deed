"""What Starlette and FastAPI refuse by themselves, put in our words."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.errors import AppError, NotFoundError
from app.http.errors import ContentTooLargeError, MethodNotAllowedError, UnreadableRequestError
from app.http.routes import allowed_methods

_KINDS: dict[int, type[AppError]] = {
    400: UnreadableRequestError,
    404: NotFoundError,
    405: MethodNotAllowedError,
    413: ContentTooLargeError,
}
_WORDS = {
    400: "The request cannot be read. Check that its body is complete, and encoded as UTF-8.",
    404: "There is nothing at this address. Check how it is spelt.",
}
_STOCK_PARSING = "There was an error parsing the body"


@dataclass(frozen=True, slots=True)
class FrameworkRefusal:
    """A refusal that no slice raised.

    Attributes:
        kind: our class for it, or `None` if its status says all there is to say.
        title: the status in words.
        detail: what is wrong, and how to mend it where we know.
        headers: what the answer must carry.
    """

    kind: type[AppError] | None
    title: str
    detail: str
    headers: dict[str, str]


def refusal_of(request: Request, failure: HTTPException) -> FrameworkRefusal:
    """Return what a framework's refusal says in our words; a programmer's own words stay."""
    status = failure.status_code
    title = _phrase(status)
    headers = dict(failure.headers or {})
    detail = str(failure.detail or title)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = ", ".join(allowed_methods(request.app, request.scope))
        headers["Allow"] = methods or headers.get("Allow", "")
        detail = f"This address takes only {headers['Allow']}."
    elif detail in {title, _STOCK_PARSING}:
        detail = _WORDS.get(status, detail)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = title
    return FrameworkRefusal(_KINDS.get(status), title, detail, headers)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Refused"
