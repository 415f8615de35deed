"""Who may call what, as the OpenAPI document says it; read off the routes, so it is never wrong."""

from copy import deepcopy
from typing import Any, TypeAlias

from fastapi import FastAPI

from app.access import SCOPES
from app.errors import AppError, VersionChangedError
from app.http.conditions import expected_version
from app.http.errors import (
    CrossSiteError,
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.origins import refuse_cross_site
from app.http.problems import MEDIA_TYPE, problems
from app.http.repeats import REPLAYED
from app.http.routes import SAFE_METHODS, Operation, operations_of
from app.http.security import RECENTLY, Requires, current_actor
from app.http.sessions import IDEMPOTENCY_KEY, write_session

Described: TypeAlias = dict[str, Any]
"""Some part of an OpenAPI document."""

MACHINE, PERSON, SESSION = "machineToken", "personToken", "session"

_SCHEMES: Described = {
    MACHINE: {
        "type": "oauth2",
        "description": "A machine's access token, by its client credentials (RFC 6749 §4.4).",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/oauth/token",
                "scopes": {
                    scope.value: " ".join(reversed(scope.split(":"))).capitalize()
                    for scope in sorted(SCOPES)
                },
            }
        },
    },
    PERSON: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A person's access token of the OpenID Connect provider that the register "
        "trusts. The names beside it are the permissions that their roles must give.",
    },
    SESSION: {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-session",
        "description": "Somebody signed in on the pages; the cookie is called `session` where the "
        "register is tried out without HTTPS. Changes must come from the register's own pages.",
    },
}
_ORGANISATION: Described = {
    "name": "Register-Organisation",
    "in": "header",
    "required": False,
    "description": "The id of the organisation you act for, where a person's token alone does not "
    "say which of theirs it is.",
    "schema": {"type": "string", "format": "uuid"},
}
_HEADERS: Described = {
    "ETag": {
        "description": "Names this version; an edit sends it back as `If-Match`.",
        "schema": {"type": "string", "examples": ['"3"']},
    },
    "Location": {
        "description": "Where the outcome can be read.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    REPLAYED: {
        "description": "The request was done before; this is its outcome, read again.",
        "schema": {"type": "string", "const": "true"},
    },
    "WWW-Authenticate": {
        "description": "How to show who you are (RFC 9110 §11.6.1).",
        "schema": {"type": "string"},
    },
}


def describe_access(app: FastAPI, document: Described) -> None:
    """Add to a document who may call each operation, and what an edit or a repeat needs.

    Read off the dependencies of each route. A route that says more of itself keeps its words.
    """
    operations = [one for one in operations_of(app) if one.documented]
    editable = {one.path for one in operations if expected_version in one.needs}
    for one in operations:
        described: Described = document["paths"][one.path][one.method.lower()]
        private = current_actor in one.needs
        described.setdefault("security", _security(one) if private else [])
        if private:
            _describe_needs(one, described)
        _describe_repeats(one, described)
        if one.path in editable:
            _describe_versions(one, described)
        if one.status == 201:  # noqa: PLR2004 - the status itself
            _add_header(described, one, "Location")
    if any(current_actor in one.needs for one in operations):
        document["components"]["securitySchemes"] = deepcopy(_SCHEMES)
        document["components"]["parameters"] = {"Organisation": deepcopy(_ORGANISATION)}
    used = str(document["paths"])
    headers = {name: held for name, held in _HEADERS.items() if str(_ref(name)) in used}
    if headers:
        document["components"]["headers"] = deepcopy(headers)


def _requirements(one: Operation) -> list[Requires]:
    return [need for need in one.needs if isinstance(need, Requires)]


def _security(one: Operation) -> list[Described]:
    """Return the ways in, each by itself enough."""
    needed = _requirements(one)
    names = sorted({need.permission.value for need in needed})
    machine = [{MACHINE: names}] if all(need.open_to_machines for need in needed) else []
    return [*machine, {PERSON: names}, {SESSION: names}]


def _describe_needs(one: Operation, described: Described) -> None:
    needed = _requirements(one)
    words = [f"Needs the permission `{need.permission}`." for need in needed]
    refusals: list[type[AppError]] = [NotSignedInError, TokenRefusedError]
    if needed:
        refusals += [OrganisationNotChosenError, NotPermittedError]
    if any(need.recently for need in needed):
        minutes = RECENTLY.seconds // 60
        words.append(f"Needs somebody who showed who they are within the last {minutes} minutes.")
        refusals.append(SignInAgainError)
    if refuse_cross_site in one.needs and one.method not in SAFE_METHODS:
        refusals.append(CrossSiteError)
    described["description"] = "\n\n".join(filter(None, [described.get("description"), *words]))
    described.setdefault("parameters", []).append({"$ref": "#/components/parameters/Organisation"})
    _add_problems(described, *refusals)
    described["responses"]["401"].setdefault("headers", {})["WWW-Authenticate"] = _ref(
        "WWW-Authenticate"
    )


def _describe_repeats(one: Operation, described: Described) -> None:
    if write_session not in one.needs:
        return
    if one.method in SAFE_METHODS or one.answers_itself:
        _drop_parameter(described, IDEMPOTENCY_KEY)
        return
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    _restate(described, IDEMPOTENCY_KEY, required=False, schema=schema)
    _add_problems(described, KeyReusedError)
    _add_header(described, one, REPLAYED)


def _describe_versions(one: Operation, described: Described) -> None:
    """Say what an edit sends and answers; whoever reads what can be edited gets its tag, too."""
    edits = expected_version in one.needs
    if edits or one.method == "GET":
        _add_header(described, one, "ETag")
    if not edits:
        return
    _restate(described, "If-Match", required=True, schema={"type": "string", "examples": ['"3"']})
    _add_problems(described, VersionChangedError, VersionNeededError)


def _add_problems(described: Described, *errors: type[AppError]) -> None:
    """Add refusals to those that an operation lists already."""
    for status, entry in problems(*errors).items():
        held = described["responses"].setdefault(str(status), {"description": "", "content": {}})
        content = held.setdefault("content", {}).setdefault(MEDIA_TYPE, {})
        added = entry["content"][MEDIA_TYPE]
        content.setdefault("schema", added["schema"])
        examples = content.setdefault("examples", {})
        new = {slug: example for slug, example in added["examples"].items() if slug not in examples}
        examples |= new
        titles = [example["value"]["title"] for example in new.values()]
        held["description"] = "; ".join(filter(None, [held["description"], *titles]))


def _add_header(described: Described, one: Operation, name: str) -> None:
    answer = described["responses"].get(str(one.status))
    if answer is not None:
        answer.setdefault("headers", {}).setdefault(name, _ref(name))


def _restate(described: Described, name: str, *, required: bool, schema: Described) -> None:
    """Say of a header what FastAPI cannot know: that it must be there, and what it looks like."""
    for parameter in described["parameters"]:
        if _is_named(parameter, name):
            parameter |= {"name": name, "required": required, "schema": schema}


def _drop_parameter(described: Described, name: str) -> None:
    held = described.get("parameters", [])
    described["parameters"] = [one for one in held if not _is_named(one, name)]


def _is_named(parameter: Described, name: str) -> bool:
    return str(parameter.get("name", "")).lower() == name.lower()


def _ref(name: str) -> Described:
    return {"$ref": f"#/components/headers/{name}"}
