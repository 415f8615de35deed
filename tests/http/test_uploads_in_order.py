"""Every route that takes a file asks who sends it first, and opens its transaction last."""

from collections.abc import Callable
from typing import Any

from app.config import Settings
from app.http.routes import Operation, operations_of
from app.http.security import current_actor
from app.http.sessions import write_session
from app.http.uploads import TakesFile
from app.main import create_app
from tests.http.support import make_app
from tests.http.test_uploads import router


def out_of_order(operation: Operation) -> bool:
    """Say whether a form is read before its sender is known, or within a transaction."""
    needs: tuple[Callable[..., Any], ...] = operation.needs
    forms = [place for place, need in enumerate(needs) if isinstance(need, TakesFile)]
    if not forms:
        return False
    known = [place for place, need in enumerate(needs) if need is current_actor]
    opened = [place for place, need in enumerate(needs) if need is write_session]
    return not known or min(known) > forms[0] or bool(opened and min(opened) < forms[0])


def test_every_route_that_takes_a_file_reads_it_in_its_turn() -> None:
    assert [one.path for one in operations_of(create_app(Settings())) if out_of_order(one)] == []


def test_the_order_can_be_told() -> None:
    app = make_app()
    app.include_router(router)
    (one,) = [one for one in operations_of(app) if one.path == "/v1/papers"]
    turned = Operation(one.method, one.path, 201, one.needs[::-1], False, True)

    assert (out_of_order(one), out_of_order(turned)) == (False, True)
