"""What officers' pages on a record have in common: which it is, and where its parts are."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.pages.officers.desk import RECORDS as HERE
from app.pages.part_view import PartPage, PartView
from app.pages.signed_in import own_frame, own_page
from app.pages.view_models import ActionLink
from app.providers.errors import ProviderNotFoundError
from app.providers.queries import parts
from app.providers.record_terms import VerifiedSubject
from app.providers.router.showing import told_to
from app.providers.schemas.vouching import Verified
from app.providers.service.records import Held, look_at

RECORDS = "/provider-records"
RECORD = f"{RECORDS}/{{number}}"
Done = Annotated[str | None, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Answered:
    """A record that an officer's organisation answers for.

    Attributes:
        held: the record.
        sites: what its sites are called, by their references.
        verified: who last made sure of which part, by its kind and id.
        verifies: whether the officer may say what they found of it.
    """

    held: Held
    sites: Mapping[int, str]
    verified: Mapping[tuple[str, uuid.UUID], Verified]
    verifies: bool

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{RECORDS}/{self.held.number}"

    @property
    def back(self) -> ActionLink:
        """The way back to the record itself."""
        return ActionLink(self.held.name, self.address)

    def verify(self, kind: VerifiedSubject, part: uuid.UUID | None = None) -> str | None:
        """Return where to say what one found of a part; nothing where that is for another."""
        if not self.verifies:
            return None
        end = f"&part={part}" if part else ""
        return f"{self.address}/verify?kind={kind}{end}"

    def site(self, reference: int) -> str:
        """Return what a site is called."""
        return self.sites.get(reference, f"Site {reference}")


async def answered_held(session: ReadSession | WriteSession, number: str) -> Held:
    """Return a record one's organisation answers for; its owner has pages of its own.

    Raises:
        ProviderNotFoundError: there is none such.
    """
    held = await look_at(session, number)
    if not held.answers:
        raise ProviderNotFoundError(f"There is no record {number} that you answer for.")
    return held


async def answered_record(
    session: ReadSession | WriteSession, actor: Actor, number: str
) -> Answered:
    """Return a record one's organisation answers for, its sites, and who made sure of what.

    Raises:
        ProviderNotFoundError: as for `answered_held`.
    """
    held = await answered_held(session, number)
    sites = await parts.list_sites(session, held.id)
    newest = await parts.newest_verifications(session, held.id)
    told = {part: told_to(held, row) for part, row in newest.items()}
    return Answered(
        held,
        {one.reference: one.name for one in sites},
        {part: verified for part, verified in told.items() if verified is not None},
        may_verify(actor, held),
    )


def may_verify(actor: Actor, held: Held) -> bool:
    """Say whether an officer may say what they found of a record: only without a stake in it."""
    return held.judges and Permission.PROVIDERS_VERIFY in actor.permissions


async def show_part(request: Request, part: PartPage, done: str | None = None) -> Response:
    """Show a page about one part of a record; `done` says what the form that led here did."""
    frame = await own_frame(request, HERE)
    view = PartView(frame, part.title, part, done)
    return own_page("record_part.html", view)
