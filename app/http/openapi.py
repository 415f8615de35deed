"""The OpenAPI document: refusals and rights as they really are, served like any public answer."""

import asyncio
import json
from copy import deepcopy
from typing import Any, TypeAlias

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.http import etag
from app.http.openapi_access import describe_access
from app.http.openapi_sharing import share
from app.http.problems import MEDIA_TYPE, SCHEMA_REF, Problem
from app.http.query_models import documented
from app.http.routes import query_models_of

Document: TypeAlias = dict[str, Any]

_REF_TEMPLATE = "#/components/schemas/{model}"
_REPLACED = ("HTTPValidationError", "ValidationError")


def document_problems(app: FastAPI) -> None:
    """Let the application's OpenAPI document say what is refused how, and who may call what.

    FastAPI can describe further answers only under the media type of the good one, and describes
    refused requests in a shape of its own that this service never answers with.
    """
    made = app.openapi

    def openapi() -> Document:
        document = made()
        if "Problem" not in document.get("components", {}).get("schemas", {}):
            _amend(document)
            _add_queries(app, document)
            describe_access(app, document)
            share(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend it


async def document_of(app: FastAPI) -> Document:
    """Return the application's document: made when first asked for, while others are answered.

    Making it takes a second or two; `add_openapi` comes before.
    """
    making: asyncio.Lock = app.state.document_making
    async with making:
        return await asyncio.to_thread(app.openapi)


def add_openapi(app: FastAPI) -> None:
    """Add the route that serves the document."""
    app.state.document_making = asyncio.Lock()
    written: list[tuple[Document, bytes]] = []

    @app.get("/openapi.json", include_in_schema=False)
    async def read_openapi(request: Request) -> Response:
        """Return this document."""
        document = await document_of(request.app)
        if not written or written[0][0] is not document:
            written[:] = [(document, json.dumps(document, ensure_ascii=False).encode())]
        body = written[0][1]
        headers = {"Cache-Control": "public, no-cache", "ETag": etag.strong_etag(body)}
        return etag.not_modified(request, headers["ETag"], headers) or Response(
            body, headers=headers, media_type="application/json"
        )


def _add_queries(app: FastAPI, document: Document) -> None:
    """Say which parameters are read that FastAPI does not read itself."""
    schemas = document["components"]["schemas"]
    for path, method, model in query_models_of(app):
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            parameters, named = documented(model)
            operation["parameters"] = [*operation.get("parameters", []), *deepcopy(parameters)]
            for name, schema in named.items():
                if name not in _REPLACED:
                    schemas.setdefault(name, deepcopy(schema))
    document["components"]["schemas"] = dict(sorted(schemas.items()))


def _amend(document: Document) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=_REF_TEMPLATE)
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for name in _REPLACED:
        schemas.pop(name, None)
    for path in document.get("paths", {}).values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                _amend_responses(operation["responses"])


def _amend_responses(responses: Document) -> None:
    stock = responses.get("422", {}).get("content", {}).get("application/json", {})
    if stock.get("schema", {}).get("$ref", "").endswith("/HTTPValidationError"):
        responses["422"] = _problem("The request cannot be understood")
    responses.setdefault("default", _problem("Any other refusal"))
    for response in responses.values():
        answer = response.get("content", {}).get("application/json", {})
        if isinstance(answer.get("example"), str):  # written out, so that what is null is kept
            answer["example"] = json.loads(answer["example"])


def _problem(description: str) -> Document:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": SCHEMA_REF}}}
