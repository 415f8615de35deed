"""Everything an officer is told of one inspection, gathered for its page and its forms."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from fastapi import Response

from app.access import Actor
from app.db.events import ReadSession
from app.errors import NotFoundError
from app.inspections.errors import InspectionNotFoundError
from app.inspections.independence import Part, Why
from app.inspections.queries import files
from app.inspections.queries.publications import list_versions
from app.inspections.router.amendments import list_amendments
from app.inspections.router.follow_up import follow_up_told
from app.inspections.router.hearing import get_hearing
from app.inspections.router.showing import inspection_told, is_owner, sheet_told
from app.inspections.schemas.amendments import AmendmentOut
from app.inspections.schemas.following import ActionOut, AppealOut, FollowUp, RevisitOut
from app.inspections.schemas.hearing import CommentOut, HearingOut
from app.inspections.schemas.inspections import InspectionOut
from app.inspections.schemas.judgements import AskedAtSite, JudgementSheet
from app.inspections.service.appealing import why_not_decide
from app.inspections.service.impartial import why_not_here
from app.inspections.service.looking import look_at
from app.inspections.terms import JUDGED_IN, InspectionState, InspectorPart
from app.pages.officers.quality.forms import INSPECTIONS
from app.pages.view_models import ActionLink

MOST_FILES = 200
_GONE = "The inspection has no such part. Go back, and follow the link again."


class _Part(Protocol):
    @property
    def id(self) -> uuid.UUID: ...


PartT = TypeVar("PartT", bound=_Part)


@dataclass(frozen=True, slots=True)
class Read:
    """An inspection, and everything that came of it.

    Attributes:
        actor: who looks.
        row: what they are to it: `inspects`, `plans`, `checks`.
        told: the inspection.
        sheet: what is looked at, and what was found.
        hearing: comments, checks, and where somebody could check.
        follow_up: what followed its publication, and every clock.
        amendments: what was proposed to be put right.
        versions: what was published.
        files: photos and papers.
        why_not_check: why they may not check it, if they may not.
        why_not_decide: why they may not decide an appeal about it.
        why_not_amend: why they may not decide on an amendment.
    """

    actor: Actor
    row: Any
    told: InspectionOut
    sheet: JudgementSheet
    hearing: HearingOut
    follow_up: FollowUp
    amendments: Sequence[AmendmentOut]
    versions: Sequence[Any]
    files: Sequence[Any]
    why_not_check: Why | None
    why_not_decide: Why | None
    why_not_amend: Why | None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"{INSPECTIONS}/{self.told.reference}"

    @property
    def back(self) -> ActionLink:
        """The way back to its page."""
        return ActionLink(f"Inspection {self.told.reference}", self.address)

    @property
    def state(self) -> InspectionState:
        """Where it stands."""
        return self.told.state

    @property
    def judged_now(self) -> bool:
        """Whether inspectors write down what they see."""
        return self.state in JUDGED_IN

    @property
    def part(self) -> InspectorPart | None:
        """What whoever looks is in it, if they inspect it."""
        parts = {one.person: one.part for one in self.told.inspectors}
        return parts.get(self.actor.id) if self.actor.id is not None else None

    @property
    def standards(self) -> list[str]:
        """The numbers of the standards that are looked at, in order."""
        return list(dict.fromkeys(standard_of(one.criterion) for one in self.sheet.items))

    def items(self, site: int, standard: str) -> list[AskedAtSite]:
        """Return what is looked at of one standard at one site.

        Raises:
            NotFoundError: nothing is.
        """
        found = [
            one
            for one in self.sheet.items
            if one.site == site and standard_of(one.criterion) == standard
        ]
        if not found:
            raise NotFoundError("The inspection looks at nothing of that standard at that site.")
        return found

    def comment(self, comment_id: uuid.UUID) -> CommentOut:
        """Return a comment of the provider's."""
        return _one(self.hearing.comments.items, comment_id)

    def action(self, action_id: uuid.UUID) -> ActionOut:
        """Return an action of the provider's."""
        return _one(self.follow_up.actions, action_id)

    def appeal(self, appeal_id: uuid.UUID) -> AppealOut:
        """Return an appeal."""
        return _one(self.follow_up.appeals, appeal_id)

    def revisit(self, revisit_id: uuid.UUID) -> RevisitOut:
        """Return a visit that was asked for."""
        return _one(self.follow_up.revisits, revisit_id)

    def amendment(self, amendment_id: uuid.UUID) -> AmendmentOut:
        """Return an amendment."""
        return _one(self.amendments, amendment_id)

    def site_name(self, site: int) -> str:
        """Return what a site is called."""
        return next((one.name for one in self.told.sites if one.site == site), f"Site {site}")


async def read_inspection(session: ReadSession, actor: Actor, reference: str) -> Read:
    """Return an inspection that an officer may see; who is inspected has pages of their own.

    Raises:
        InspectionNotFoundError: there is none such.
    """
    row = await look_at(session, reference)
    if is_owner(row):
        raise InspectionNotFoundError(
            "No inspection that you plan, make or check has this number. What was found at your "
            "own provider is among its records."
        )
    unsent = Response()
    return Read(
        actor=actor,
        row=row,
        told=await inspection_told(session, reference, unsent),
        sheet=await sheet_told(session, reference, unsent),
        hearing=await get_hearing(session, actor, unsent, reference),
        follow_up=await follow_up_told(session, reference, unsent),
        amendments=(await list_amendments(session, actor, unsent, reference)).items,
        versions=await list_versions(session, row.id),
        files=await files.list_files(session, row.id, None, MOST_FILES),
        why_not_check=await why_not_here(session, actor, row, Part.CHECK),
        why_not_decide=await why_not_decide(session, actor, row),
        why_not_amend=await why_not_here(session, actor, row, Part.CHECK, anybody=True),
    )


def standard_of(criterion: str) -> str:
    """Return the number of the standard a criterion is of: `1.1` of `1.1a`."""
    return criterion.rstrip("abcdefghijklmnopqrstuvwxyz")


def _one(found: Sequence[PartT], wanted: uuid.UUID) -> PartT:
    for one in found:
        if one.id == wanted:
            return one
    raise NotFoundError(_GONE)
