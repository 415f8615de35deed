"""What every page on a private record has in common: whose it is, and where its parts are."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.pages.part_view import PartPage, build_part
from app.pages.signed_in import RECORDS_PART, own_frame, own_page
from app.pages.view_models import ActionLink
from app.providers.errors import ProviderNotFoundError
from app.providers.router.showing import record_shown
from app.providers.schemas.record import PrivateRecord
from app.providers.service.records import Held, look_at

RECORDS = "/records"
RECORD = f"{RECORDS}/{{number}}"

Number = Annotated[str, Path(pattern="^[A-Za-z0-9]{1,20}$")]
Reference = Annotated[int, Path(ge=1, le=32_767)]
Done = Annotated[str | None, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Own:
    """A record in the hands of the organisation that somebody acts for.

    Attributes:
        held: the record, and what they are to it.
        told: everything it tells.
        keeps: whether their roles let them change it.
        signs: whether they let them speak for the owner.
    """

    held: Held
    told: PrivateRecord
    keeps: bool
    signs: bool

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{RECORDS}/{self.held.number}"

    @property
    def back(self) -> ActionLink:
        """The way back to the record itself."""
        return ActionLink(self.held.name, self.address)


async def own_held(session: ReadSession | WriteSession, number: str) -> Held:
    """Return a record in the hands of the actor's organisation.

    Raises:
        ProviderNotFoundError: there is none; whoever only answers for it has pages of their own.
    """
    held = await look_at(session, number)
    if not held.owns:
        raise ProviderNotFoundError(
            "Your organisation keeps no record with this number. Your records are at /records."
        )
    return held


async def own_record(session: ReadSession | WriteSession, actor: Actor, number: str) -> Own:
    """Return a record in the hands of the actor's organisation, and all it tells.

    Raises:
        ProviderNotFoundError: as for `own_held`.
    """
    held = await own_held(session, number)
    return Own(
        held,
        await record_shown(session, held),
        keeps=Permission.PROVIDER_RECORDS_MANAGE in actor.permissions,
        signs=Permission.PROVIDER_RECORDS_SIGN in actor.permissions,
    )


async def show_part(request: Request, part: PartPage, done: str | None = None) -> Response:
    """Show a page about one part of a record."""
    frame = await own_frame(request, RECORDS_PART)
    return own_page("record_part.html", build_part(frame, part, done))
