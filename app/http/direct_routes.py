"""Routes that FastAPI finds and documents, but whose dependencies are called without it.

FastAPI asks of each dependency, at every request, what kind of function it is, what it depends on
in turn, and where its parameters are: for a search half of what the way to its function costs.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from app.http.routes import dependencies_of


class DirectRoute(APIRoute):
    """A route that calls what it depends on itself, in order; the checks of every route too.

    Its function and each dependency are asynchronous and take the request alone; the function takes
    besides what its dependencies give, and returns a response. They are declared as ever, so the
    document, the known parameters, and who may call are read off this route as off any other.

    Raises:
        TypeError: the function, or one of its dependencies, wants more than that.
    """

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request, whichever routers include this route."""
        if _takes_more(self.dependant) or any(map(wants_more, self.dependant.dependencies)):
            message = f"{self.path}: what a direct route calls can be given the request alone."
            raise TypeError(message)
        function: Callable[..., Awaitable[Response]] = self.endpoint

        async def answer(request: Request) -> Response:
            given: dict[str, Any] = {}
            for needed in dependencies_of(request.scope):
                call: Callable[[Request], Awaitable[Any]] = needed.call  # type: ignore[assignment]
                found = await call(request)
                if needed.name is not None:
                    given[needed.name] = found
            return await function(request, **given)

        return answer


def wants_more(needed: Dependant) -> bool:
    """Say whether a dependency wants anything but the request, whatever it depends on included."""
    return bool(needed.dependencies) or _takes_more(needed)


def _takes_more(dependant: Dependant) -> bool:
    taken = (
        *(dependant.path_params, dependant.query_params, dependant.header_params),
        *(dependant.cookie_params, dependant.body_params),
    )
    return any(taken) or dependant.request_param_name != "request"
