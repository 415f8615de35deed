"""`ap-register administrator`: how an organisation comes by its first administrator."""

import asyncio
import uuid
from typing import Annotated, Any

import typer

from app.access import OPERATOR, Role
from app.cli.output import Exit, result, stop
from app.cli.surroundings import database, opened
from app.config import Settings
from app.db.events import WriteSession
from app.db.transactions import transaction
from app.keyring.ring import Keyring, KeyringError
from app.keyring.ring import load as load_keyring
from app.organisations.errors import OrganisationNotFoundError
from app.organisations.identifiers import canonical
from app.organisations.queries.organisations import find_by_identifiers
from app.organisations.service.administrators import invite_administrator
from app.organisations.service.invitations import Invited, NewInvitation
from app.organisations.terms import IdentifierScheme, SignInWay

app = typer.Typer(
    help="Who administers an organisation first; from then on they invite others themselves.",
    no_args_is_help=True,
)


@app.command()
def invite(  # noqa: PLR0913 - one parameter an option
    *,
    organisation: Annotated[
        str, typer.Option(help="Its id, or a number it is known by: la-code:937, urn:100001.")
    ],
    name: Annotated[str, typer.Option(help="Who is invited.")],
    email: Annotated[str, typer.Option(help="Where the link is sent.")],
    way: Annotated[
        SignInWay,
        typer.Option(help="How they sign in: `link` for who cannot have an account elsewhere."),
    ] = SignInWay.OPENID,
    role: Annotated[
        list[Role] | None,
        typer.Option(help="A further role; nobody gives themselves one. May be repeated."),
    ] = None,
    also: Annotated[
        bool, typer.Option("--also", help="Although the organisation has an administrator.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Invite somebody to administer an organisation.

    A link is mailed to them. Where no mail server is configured it is printed here instead; whoever
    has it can accept.
    """
    settings = Settings.load()
    roles = (Role.ADMINISTRATOR, *(role or ()))
    with database(settings) as reached:
        ring = _keyring(reached.settings)

        async def work() -> Invited:
            async with (
                opened(reached.settings) as held,
                transaction(held, OPERATOR) as session,
            ):
                found = await _find(session, organisation)
                new = NewInvitation(found, name, email, roles, way)
                return await invite_administrator(session, OPERATOR, ring, new, also=also)

        invited = asyncio.run(work())
    _report(settings, invited, as_json=as_json)


async def _find(session: WriteSession, text: str) -> uuid.UUID:
    """Return an organisation's id; that there is one of this id is for the service to see."""
    scheme, colon, number = text.partition(":")
    if not colon:
        try:
            return uuid.UUID(text)
        except ValueError:
            message = "Write an id, or a scheme and a number, such as la-code:937 or urn:100001."
            raise typer.BadParameter(message, param_hint="--organisation") from None
    try:
        wanted = IdentifierScheme(scheme)
        read = canonical(wanted, number)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--organisation") from None
    found = await find_by_identifiers(session, [(wanted.value, read)])
    if found is None:
        raise OrganisationNotFoundError(
            f"No organisation, or more than one, is known by {wanted} {read}."
        )
    return found


def _keyring(settings: Settings) -> Keyring:
    try:
        return load_keyring(settings.keyring_path)
    except KeyringError as error:
        stop(Exit.SURROUNDINGS, str(error))


def _report(settings: Settings, invited: Invited, *, as_json: bool) -> None:
    made = invited.invitation
    until = made.expires_at.isoformat(timespec="minutes")
    facts: dict[str, Any] = {
        "invitation_id": made.id,
        "organisation_id": made.organisation_id,
        "roles": made.roles,
        "expires_at": made.expires_at,
        "mailed": settings.smtp_url is not None,
    }
    if settings.smtp_url is not None:
        text = f"Invited {made.name}. The worker mails the link; it is good until {until}."
    else:
        facts["link"] = f"{settings.address}/invitations/{invited.token}"
        text = (
            f"Invited {made.name}. No mail server is configured (SMTP_URL), so hand them this "
            f"link yourself; it works once, until {until}, and whoever has it can accept:\n"
            f"{facts['link']}"
        )
    result(facts, as_json=as_json, text=text)
