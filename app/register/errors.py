"""What the public's searches are refused for."""

from app.errors import InvalidRequestError


class SearchRefusedError(InvalidRequestError):
    """The search asks for what has no answer; `errors` names the parameter and the cure."""

    slug = "search-refused"
    title = "This search cannot be answered as asked"
