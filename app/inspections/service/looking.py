"""Looking at an inspection, and holding it still: what everything done to one has in common."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    InspectionNotFoundError,
    NotYourInspectionError,
)
from app.inspections.queries import inspections as queries
from app.inspections.terms import STATE_MOVES, InspectionState
from app.standards.models import Criterion
from app.standards.policies import applicable
from app.standards.queries.versions import list_criteria
from app.values.site_kind import SiteKind, StaffSize

AnySession = ReadSession | WriteSession


async def look_at(session: AnySession, reference: str) -> Any:
    """Return an inspection that the actor may see; see `queries.get_inspection`.

    Raises:
        InspectionNotFoundError: there is none, or it is none of their business.
    """
    return _found(await queries.get_inspection(session, reference.upper()))


async def hold(session: WriteSession, reference: str) -> Any:
    """Return an inspection as it is while nobody else can change it.

    It is locked before anything of its provider is, everywhere.

    Raises:
        InspectionNotFoundError: as for `look_at`.
    """
    return _found(await queries.get_inspection(session, reference.upper(), lock=True))


def check_version(inspection: Any, expected: int) -> None:
    """Keep somebody from undoing, unseen, what another did meanwhile.

    Raises:
        VersionChangedError: the inspection was changed since they read it.
    """
    if inspection.version != expected:
        raise VersionChangedError(
            f"{inspection.reference} was changed since you read it. Read it again, then decide "
            "anew.",
            version=inspection.version,
        )


def check_body(inspection: Any) -> None:
    """Refuse whoever does not act for the body that inspects.

    Raises:
        NotYourInspectionError: another body inspects, or they have a stake in the provider.
    """
    if not inspection.inspects:
        raise NotYourInspectionError(
            f"{inspection.reference} is for the inspectors of {inspection.body_name}, who have "
            "never worked for the provider."
        )


def check_move(inspection: Any, to_state: InspectionState, words: str) -> None:
    """Refuse a move that the inspection's state does not allow.

    Args:
        inspection: its row.
        to_state: where to.
        words: what can be done only elsewhere, as the start of a sentence: `It is published`.

    Raises:
        InspectionMoveNotAllowedError: from where it stands there is no such move.
    """
    if to_state not in STATE_MOVES[InspectionState(inspection.state)]:
        raise InspectionMoveNotAllowedError(
            f"{inspection.reference} is {inspection.state}. {words}", state=inspection.state
        )


def subject_of(inspection: Any) -> Subject:
    """Return what the record of acts calls an inspection."""
    label = f"{inspection.reference} of {inspection.provider_name} ({inspection.provider_number})"
    return Subject("inspection", inspection.id, label, inspection.body_id, inspection.body_name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is looked at in an inspection.

    Attributes:
        sites: rows, by reference.
        asked: by a site's reference, the criteria looked at there, by number and in order.
    """

    sites: dict[int, Any]
    asked: dict[int, dict[str, Criterion]]

    @property
    def count(self) -> int:
        """How many judgements there will be."""
        return sum(len(criteria) for criteria in self.asked.values())


async def sheet_of(session: AnySession, inspection: Any) -> Sheet:
    """Return what is looked at: what the standards ask of each site, or the criteria named."""
    sites = await queries.list_sites(session, [inspection.id])
    criteria = await list_criteria(session, inspection.standards_version_id)
    return make_sheet(sites, criteria, inspection.criteria, inspection.staff_size)


def make_sheet(
    sites: Sequence[Any],
    criteria: Sequence[Criterion],
    named: Collection[str],
    staff_size: str | None,
) -> Sheet:
    """Put together what is looked at where.

    Args:
        sites: rows with `reference` and `kind`.
        criteria: of the version, in the order they are shown.
        named: the only numbers looked at; none is all.
        staff_size: of the provider.
    """
    size = StaffSize(staff_size) if staff_size else None
    return Sheet(
        sites={site.reference: site for site in sites},
        asked={
            site.reference: {
                one.number: one
                for one in applicable(criteria, SiteKind(site.kind), size)
                if not named or one.number in named
            }
            for site in sites
        },
    )


def _found(inspection: Any) -> Any:
    if inspection is None:
        raise InspectionNotFoundError(
            "No inspection has this reference, or none that you plan, inspect, check or were told "
            "of. Published ones are at /v1/providers/{number}/inspections."
        )
    return inspection
