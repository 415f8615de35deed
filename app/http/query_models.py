"""Reading the whole query of a request into one model, at once.

FastAPI reads a model's parameters one by one, and asks of each anew what its annotation is: for the
eighteen of a search a fifth of all that is done for it. So a route that is asked often depends on
`query_reader(Model)`; what the document says of its parameters, and which are unknown, stays as
FastAPI would have it.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi._compat import field_annotation_is_sequence
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)

MODEL = "ap_register_query_model"
"""The attribute by which a reader is known, and its model."""


def query_reader(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """Return a dependency that reads a query into a model.

    It raises `RequestValidationError`, as FastAPI does, with every fault under its parameter.
    """
    repeatable = {
        name
        for name, field in model.model_fields.items()
        if field_annotation_is_sequence(field.annotation)
    }

    async def read(request: Request) -> Model:  # FastAPI runs others in a thread, which is slow
        sent = request.query_params
        given = {name: sent.getlist(name) if name in repeatable else sent[name] for name in sent}
        try:
            return model.model_validate(given)
        except ValidationError as error:
            faults = [{**fault, "loc": ("query", *fault["loc"])} for fault in error.errors()]
            raise RequestValidationError(faults) from None

    setattr(read, MODEL, model)
    return read


def model_of(call: Callable[..., Any] | None) -> type[BaseModel] | None:
    """Return the model that a dependency reads a query into, if it is a reader."""
    return getattr(call, MODEL, None)


@cache
def documented(model: type[BaseModel]) -> tuple[list[Any], dict[str, Any]]:
    """Return what an OpenAPI document says of a model's parameters, and the schemas they name."""
    app = FastAPI()

    @app.get("/")
    def asked(query: Annotated[model, Query()]) -> None:  # type: ignore[valid-type]
        del query

    document = app.openapi()
    return document["paths"]["/"]["get"]["parameters"], document["components"]["schemas"]
