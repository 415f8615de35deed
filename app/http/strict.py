"""Query parameters are taken at their word: an unknown or repeated one is an error.

A misspelt filter that is ignored answers a question nobody asked, and looks right.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice

from starlette.requests import Request

from app.errors import FieldFault, InvalidRequestError
from app.http.faults import MOST_FAULTS, shown, unknown_parameter
from app.http.routes import QueryParameter, is_api_path, plain_parameters_of, query_parameters_of


async def refuse_unknown_parameters(request: Request) -> None:
    """Refuse query parameters that the met route does not take, or takes only once.

    A dependency for the whole application, put on it before any route. A page overlooks what it
    does not know: people follow links to which others have added marks of their own.

    Raises:
        InvalidRequestError: a parameter is unknown, or is repeated though it has one value.
    """
    if not request.scope.get("query_string"):
        return
    names = [name for name, _ in request.query_params.multi_items()]
    distinct = set(names)
    if len(distinct) == len(names) and distinct <= plain_parameters_of(request.scope):
        return
    counts, known = Counter(names), query_parameters_of(request.scope)
    if not is_api_path(request.scope["path"]):
        taken = {name for parameter in known for name in parameter.names}
        counts = Counter({name: count for name, count in counts.items() if name in taken})
    # Lazily, and not to the end: likeness is slow to find, and names are the caller's to invent.
    faults = chain(
        (_fault(name, count, known) for name, count in counts.items()),
        (_two_names(parameter, counts) for parameter in known if len(parameter.names) > 1),
    )
    found = tuple(islice(filter(None, faults), MOST_FAULTS))
    if found:
        raise InvalidRequestError(
            "A query parameter is unknown or repeated; see errors.", errors=found
        )


def _fault(name: str, count: int, known: Sequence[QueryParameter]) -> FieldFault | None:
    meant = next((parameter for parameter in known if name in parameter.names), None)
    if meant is None:
        return unknown_parameter(name, known)
    if count > 1 and not meant.repeatable:
        name = shown(name)
        return FieldFault(
            f"The parameter “{name}” is given {count} times; give it once.", parameter=name
        )
    return None


def _two_names(parameter: QueryParameter, counts: Counter[str]) -> FieldFault | None:
    used = [name for name in parameter.names if name in counts]
    if len(used) < 2:  # noqa: PLR2004 - two names for one thing
        return None
    return FieldFault(
        f"The parameters {' and '.join(used)} mean the same; give one of them.", parameter=used[1]
    )
