"""Turn the OpenAPI document into pages: every operation, who may call it, and what it answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.errors import PROBLEM_BASE
from app.pages.filters import humanise
from app.pages.public.api_schema import (
    MemberView,
    describe_kind,
    list_members,
    resolve,
    write_example,
)
from app.pages.view_models import Frame

Json = Mapping[str, Any]

REFERENCE = "/developers/api"
DOCUMENT = "/openapi.json"
EVERYBODY = "Everybody, without a key"
_METHODS = ("get", "post", "put", "patch", "delete")
_FIRST = ("register", "standards")
"""Subjects that most people come for."""
_PLACES = {
    "path": "in the path",
    "query": "in the query",
    "header": "a header",
    "cookie": "a cookie",
}


@dataclass(frozen=True, slots=True)
class OperationLink:
    """One line of the index: what is called, and what it does."""

    method: str
    path: str
    href: str
    summary: str
    who: str


@dataclass(frozen=True, slots=True)
class SubjectView:
    """The operations about one thing."""

    name: str
    href: str
    operations: tuple[OperationLink, ...]


@dataclass(frozen=True, slots=True)
class WayIn:
    """How somebody shows who they are."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """The index of the reference: what everybody may call first."""

    frame: Frame
    title: str
    version: str
    document_url: str
    open: tuple[SubjectView, ...]
    kept: tuple[SubjectView, ...]
    ways_in: tuple[WayIn, ...]


@dataclass(frozen=True, slots=True)
class ParameterView:
    """Something that an operation may be told in its address or a header."""

    name: str
    place: str
    needed: bool
    kind: str
    meaning: str
    example: str | None


@dataclass(frozen=True, slots=True)
class BodyView:
    """What is sent or answered: its media type, an example, and each member."""

    media_type: str
    example: str | None
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What comes back when all goes well."""

    status: str
    words: str
    headers: tuple[str, ...]
    bodies: tuple[BodyView, ...]


@dataclass(frozen=True, slots=True)
class RefusalView:
    """One kind of problem that may come back: its status, its type and its title."""

    status: str
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """Everything about one operation."""

    anchor: str
    method: str
    path: str
    summary: str
    paragraphs: tuple[str, ...]
    who: str
    parameters: tuple[ParameterView, ...]
    sent: tuple[BodyView, ...]
    call: str
    answers: tuple[AnswerView, ...]
    refusals: tuple[RefusalView, ...]


@dataclass(frozen=True, slots=True)
class ApiPartView:
    """The operations about one thing, in full."""

    frame: Frame
    title: str
    heading: str
    operations: tuple[OperationView, ...]


def build_api(document: Json, *, demonstration: bool) -> ApiView:
    """Return the index of the reference.

    Args:
        document: the OpenAPI document.
        demonstration: whether the register holds invented providers.
    """
    kept: dict[str, list[OperationLink]] = {}
    open_: dict[str, list[OperationLink]] = {}
    for subject, path, method, operation in _operations(document):
        held = open_ if not operation.get("security") else kept
        held.setdefault(subject, []).append(_link(subject, path, method, operation))
    schemes = document.get("components", {}).get("securitySchemes", {})
    return ApiView(
        frame=Frame(demonstration, json_url=DOCUMENT),
        title="The API, call by call",
        version=document["info"]["version"],
        document_url=DOCUMENT,
        open=_subjects(open_),
        kept=_subjects(kept),
        ways_in=tuple(
            WayIn(_WAYS.get(name, name), str(scheme.get("description", "")))
            for name, scheme in schemes.items()
        ),
    )


def build_api_part(
    document: Json, slug: str, base: str, *, demonstration: bool
) -> ApiPartView | None:
    """Return the page about one subject of the reference; `None` where there is none such.

    Args:
        document: the OpenAPI document.
        slug: the subject, as its address writes it.
        base: the address at which the register is reached, without a slash at its end.
        demonstration: whether the register holds invented providers.
    """
    found = [each for each in _operations(document) if _slug(each[0]) == slug]
    if not found:
        return None
    found.sort(key=lambda each: bool(each[3].get("security")))
    heading = humanise(found[0][0])
    return ApiPartView(
        frame=Frame(demonstration, json_url=DOCUMENT),
        title=f"{heading}: the API, call by call",
        heading=heading,
        operations=tuple(
            _operation(document, base, path, method, operation)
            for _, path, method, operation in found
        ),
    )


_WAYS = {
    "machineToken": "A machine's token",
    "personToken": "A person's token",
    "session": "Signed in on the pages",
}


def _operations(document: Json) -> Iterator[tuple[str, str, str, Json]]:
    for path, held in document["paths"].items():
        for method in _METHODS:
            if method in held:
                yield (held[method].get("tags") or ["other"])[0], path, method, held[method]


def _subjects(by_name: Mapping[str, list[OperationLink]]) -> tuple[SubjectView, ...]:
    names = sorted(by_name, key=lambda name: (name not in _FIRST, name))
    return tuple(
        SubjectView(humanise(name), f"{REFERENCE}/{_slug(name)}", tuple(by_name[name]))
        for name in names
    )


def _link(subject: str, path: str, method: str, operation: Json) -> OperationLink:
    href = f"{REFERENCE}/{_slug(subject)}#{quote(operation['operationId'], safe='')}"
    return OperationLink(method.upper(), path, href, _summary(operation), _who(operation))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _summary(operation: Json) -> str:
    described = str(operation.get("description") or operation.get("summary") or "")
    return " ".join(described.split("\n\n", maxsplit=1)[0].split())


def _paragraphs(operation: Json) -> tuple[str, ...]:
    described = str(operation.get("description") or "")
    return tuple(" ".join(each.split()) for each in described.split("\n\n")[1:] if each.strip())


def _who(operation: Json) -> str:
    ways = operation.get("security")
    if not ways:
        return EVERYBODY
    names = {name for way in ways for name in way}
    needed = sorted({scope for way in ways for scopes in way.values() for scope in scopes})
    whom = "People and machines" if "machineToken" in names else "People, signed in"
    return f"{whom} with `{'`, `'.join(needed)}`" if needed else f"{whom}, for what is their own"


def _operation(document: Json, base: str, path: str, method: str, operation: Json) -> OperationView:
    parameters = [resolve(document, each) for each in operation.get("parameters", ())]
    responses = {status: resolve(document, each) for status, each in operation["responses"].items()}
    return OperationView(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=_summary(operation),
        paragraphs=_paragraphs(operation),
        who=_who(operation),
        parameters=tuple(_parameter(document, each) for each in parameters),
        sent=_bodies(document, resolve(document, operation.get("requestBody", {}))),
        call=_call(document, f"{base}{path}", method, operation, parameters),
        answers=tuple(
            AnswerView(
                status,
                _answer_words(status, response),
                tuple(response.get("headers", {})),
                _bodies(document, response),
            )
            for status, response in responses.items()
            if status[:1] in {"2", "3"}
        ),
        refusals=tuple(
            RefusalView(status, type_, title)
            for status, response in responses.items()
            for type_, title in _problems(document, response)
        ),
    )


def _answer_words(status: str, response: Json) -> str:
    said = str(response.get("description", ""))
    if said != "Successful Response":
        return said
    return {"200": "Done", "201": "Made", "202": "Taken up", "204": "Done; no body"}.get(status, "")


def _parameter(document: Json, parameter: Json) -> ParameterView:
    schema = resolve(document, parameter.get("schema", {}))
    examples = parameter.get("examples") or schema.get("examples") or []
    example = str(examples[0]) if isinstance(examples, list) and examples else None
    return ParameterView(
        parameter["name"],
        _PLACES.get(parameter["in"], str(parameter["in"])),
        bool(parameter.get("required")),
        describe_kind(document, schema).removesuffix(" or null"),
        str(parameter.get("description") or schema.get("description") or ""),
        example,
    )


def _bodies(document: Json, held: Json) -> tuple[BodyView, ...]:
    return tuple(
        BodyView(
            media_type,
            write_example(document, content["schema"]) if "json" in media_type else None,
            list_members(document, content["schema"]),
        )
        for media_type, content in held.get("content", {}).items()
        if content.get("schema")
    )


def _problems(document: Json, response: Json) -> Iterator[tuple[str, str]]:
    examples = response.get("content", {}).get("application/problem+json", {}).get("examples", {})
    for slug, example in examples.items():
        yield PROBLEM_BASE + slug, str(resolve(document, example)["value"]["title"])


def _call(document: Json, url: str, method: str, operation: Json, parameters: list[Json]) -> str:
    """Write how a program would call it, as a line for a shell."""
    for parameter in parameters:
        if parameter["in"] == "path":
            view = _parameter(document, parameter)
            url = url.replace(f"{{{view.name}}}", view.example or _sample_of(view))
    options = [] if method == "get" else [f"-X {method.upper()}"]
    if operation.get("security"):
        options.append("-H 'Authorization: Bearer TOKEN'")
    for parameter in parameters:
        if parameter["in"] == "header" and parameter.get("required"):
            view = _parameter(document, parameter)
            options.append(f"-H '{view.name}: {view.example or 'text'}'")
    sent = resolve(document, operation.get("requestBody", {})).get("content", {})
    if sent:
        media_type = next(iter(sent))
        options.append(f"-H 'Content-Type: {media_type}'")
        options.append("--data @body.json" if "json" in media_type else "--data-binary @body")
    return " ".join(["curl", *options, f"'{url}'"])


def _sample_of(view: ParameterView) -> str:
    return "AP000001U" if view.name == "number" else f"{{{view.name}}}"
