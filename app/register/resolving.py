"""Who bears a number: one provider or several, or why none; written from stored bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg
import orjson

from app.errors import AppError
from app.providers.errors import ProviderNotFoundError
from app.providers.identifiers import canonical
from app.providers.terms import Scheme
from app.register.numbers import read_number
from app.register.queries.resolving import find_bearing, find_numbered
from app.register.schemas.resolving import LookUp

_NOBODY = "No provider on the register has this number."
_NOBODY_BEARS = "No provider on the register bears this number."


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing asked for: as it was written, and as it is held or why it cannot be held."""

    asked: dict[str, str]
    key: str | None
    problem: AppError


async def look_up(connection: asyncpg.Connection, asked: LookUp) -> bytes:
    """Answer for each thing asked for, in the shape of `schemas.resolving.LookUpAnswer`."""
    numbers = [_number(typed) for typed in asked.numbers]
    identifiers = [_identifier(one.scheme, one.value) for one in asked.identifiers]
    numbered = await find_numbered(connection, _keys(numbers))
    borne = await find_bearing(connection, _keys(identifiers))
    items = [_item(one, numbered) for one in numbers] + [_item(one, borne) for one in identifiers]
    return b'{"items":[' + b",".join(items) + b"]}"


async def resolve(connection: asyncpg.Connection, scheme: Scheme, typed: str) -> bytes:
    """Return who bears a number, in the shape of `schemas.resolving.IdentifierAnswer`.

    Raises:
        ProviderNotFoundError: nobody does, or it can be no such number; the detail says which.
    """
    wanted = _identifier(scheme, typed)
    if wanted.key is None:
        raise wanted.problem
    found = (await find_bearing(connection, [wanted.key])).get(wanted.key)
    if not found:
        raise wanted.problem
    value = wanted.key.partition(":")[2]
    links = {"self": f"/v1/identifiers/{scheme}/{value}"}
    head = orjson.dumps({"scheme": scheme, "value": value, "links": links})
    return head[:-1] + b',"items":[' + b",".join(found) + b"]}"


def _number(typed: str) -> _Wanted:
    asked = {"number": typed}
    try:
        return _Wanted(asked, read_number(typed), ProviderNotFoundError(_NOBODY))
    except ProviderNotFoundError as error:
        return _Wanted(asked, None, error)


def _identifier(scheme: Scheme, typed: str) -> _Wanted:
    asked = {"scheme": scheme.value, "value": typed}
    try:
        held = f"{scheme}:{canonical(scheme, typed)}"
    except ValueError as error:
        return _Wanted(asked, None, ProviderNotFoundError(str(error)))
    return _Wanted(asked, held, ProviderNotFoundError(_NOBODY_BEARS))


def _keys(wanted: Sequence[_Wanted]) -> list[str]:
    return list({one.key: None for one in wanted if one.key is not None})


def _item(wanted: _Wanted, found: dict[str, list[bytes]]) -> bytes:
    providers = found.get(wanted.key, []) if wanted.key is not None else []
    problem = wanted.problem
    told = {"type": problem.type, "title": problem.title, "detail": problem.detail}
    facts = orjson.dumps({"asked": wanted.asked, "problem": None if providers else told})
    return facts[:-1] + b',"providers":[' + b",".join(providers) + b"]}"
