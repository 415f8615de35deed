"""`ap-register organisation`: add what nobody else can, and look up ids."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import typer

from app.access import OPERATOR
from app.cli.output import result
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import transaction
from app.organisations.identifiers import canonical
from app.organisations.queries import organisations as queries
from app.organisations.service.organisations import (
    OperatorsOrganisation,
    add_as_operator,
    get_organisation,
)
from app.organisations.terms import IdentifierScheme, OrganisationKind
from app.places.facts import find_la
from app.values.words import search_words

app = typer.Typer(
    help="Organisations: schools and trusts come by `import`; this is for the others.",
    no_args_is_help=True,
)

_Found = TypeVar("_Found")

Kind = Annotated[OrganisationKind, typer.Option("--kind", help="What it is.")]
Kinds = Annotated[
    list[OrganisationKind] | None, typer.Option("--kind", help="Any of these; may be repeated.")
]
Authority = Annotated[
    str | None, typer.Option("--la", help="Its local authority: DfE code, GSS code or name.")
]
AsJson = Annotated[bool, typer.Option("--json")]


@app.command()
def add(
    *,
    kind: Kind,
    name: Annotated[str, typer.Option("--name", help="What it is called.")],
    la: Authority = None,
    identifier: Annotated[
        list[str] | None,
        typer.Option("--identifier", help="scheme:number in another register; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add an organisation: a quality-assuring body, a provider's owner, an authority's team."""
    new = OperatorsOrganisation(
        kind=kind,
        name=" ".join(name.split()),
        la_code=find_la(la).la_code if la else None,
        identifiers=tuple(_split(one) for one in identifier or ()),
    )

    async def work(session: WriteSession) -> Any:
        return await get_organisation(session, await add_as_operator(session, OPERATOR, new))

    _show([_as_operator(work)], as_json=as_json)


@app.command("list")
def list_them(
    *,
    q: Annotated[
        str | None, typer.Option("--q", help="Words of the name; each may be cut short.")
    ] = None,
    kind: Kinds = None,
    la: Authority = None,
    identifier: Annotated[
        str | None, typer.Option("--identifier", help="scheme:number in another register.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Look organisations up: their id, kind and name, in the order of their names."""
    wanted = queries.Wanted(
        kinds=tuple(one.value for one in kind or ()),
        la_code=find_la(la).la_code if la else None,
        words=_words(q) if q else (),
        identifier=_spelled(identifier) if identifier else None,
    )

    async def work(session: WriteSession) -> Any:
        return await queries.list_organisations(session, wanted, None, limit)

    _show(_as_operator(work), as_json=as_json)


def _split(text: str) -> tuple[IdentifierScheme, str]:
    scheme, _, number = text.partition(":")
    try:
        return IdentifierScheme(scheme.strip().lower()), number
    except ValueError:
        schemes = ", ".join(one.value for one in IdentifierScheme)
        message = f"“{text}” is not scheme:number. The schemes are {schemes}."
        raise typer.BadParameter(message, param_hint="--identifier") from None


def _spelled(text: str) -> tuple[str, str]:
    scheme, number = _split(text)
    try:
        return scheme.value, canonical(scheme, number)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--identifier") from None


def _words(text: str) -> tuple[str, ...]:
    found = tuple(search_words(text))
    if not found:
        raise typer.BadParameter("Give letters or digits.", param_hint="--q")
    return found


def _as_operator(work: Callable[[WriteSession], Awaitable[_Found]]) -> _Found:
    async def run(settings: Settings) -> _Found:
        async with opened(settings) as held, transaction(held, OPERATOR) as session:
            return await work(session)

    with database(Settings.load()) as reached:
        return asyncio.run(run(reached.settings))


def _show(rows: Any, *, as_json: bool) -> None:
    found = [
        {
            "id": str(row.id),
            "kind": row.kind,
            "name": row.name,
            "la_code": row.la_code,
            "closed_on": str(row.closed_on) if row.closed_on else None,
        }
        for row in rows
    ]
    lines = [f"{one['id']}  {one['kind']:<20}  {one['name']}{_closed(one)}" for one in found]
    text = "\n".join(lines) or "No organisation is held of which all that is true."
    result({"organisations": found}, as_json=as_json, text=text)


def _closed(facts: dict[str, Any]) -> str:
    return f" (closed {facts['closed_on']})" if facts["closed_on"] else ""
