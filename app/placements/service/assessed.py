"""A placement rests on an approved assessment, or says why it could not wait for one."""

import uuid
from typing import Any

from app.access import Actor
from app.assessments.service.approved import Placed, approved_for
from app.children import personal_parts
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.placements.errors import (
    AssessmentNeededError,
    AssessmentUsedError,
    ProviderSuspendedError,
)
from app.placements.queries import placements as queries
from app.placements.schemas import NewPlacement, UrgentStart
from app.rules.suitability.facts import Listed
from app.rules.suitability.law import ASSESSED_FIRST

URGENCY = "placements.encrypted_urgency"


async def check_assessed(
    session: WriteSession,
    actor: Actor,
    new: NewPlacement,
    of: tuple[Any, int],
    *,
    runs: bool,
) -> None:
    """See that a placement that has yet to begin was assessed, or cannot wait.

    Args:
        session: the transaction; of two that would rest on one assessment the second waits.
        actor: of the commissioner.
        new: the placement.
        of: its site, and its minutes a week.
        runs: whether it began already; then it is assessed later.

    Raises:
        AssessmentNeededError: it rests on neither.
        AssessmentNotFoundError, AssessmentNotYoursError, NotApprovedError, AssessedOtherwiseError:
            as for `approved_for`.
        AssessmentUsedError: another placement rests on the assessment.
        ProviderSuspendedError: on its first day the setting is suspended, removed or closed.
    """
    if new.assessment is None:
        if not runs and new.urgent is None:
            raise AssessmentNeededError(
                "It has yet to begin. Send `assessment`, the approved assessment it rests on; or, "
                "where the start cannot wait, `urgent` with its reasons, and have it assessed "
                "within the time for places that run already.",
                basis=ASSESSED_FIRST.basis.value,
            )
        return
    site, minutes = of
    days = (None, None) if runs else (new.starts_on, new.planned_end_on)
    placed = Placed(new.child, site.id, new.route, days, minutes)
    listed = await approved_for(session, actor, new.assessment, placed)
    await check_unused(session, new.assessment)
    if not runs and listed in {Listed.SUSPENDED, Listed.GONE}:
        raise ProviderSuspendedError(
            f"It was approved, and since then the setting is {listed}: on the first day no place "
            "begins there. Its page says since when, and what would end it."
        )


def encrypt_urgency(
    ring: Keyring, child: Any, placement_id: uuid.UUID, urgent: UrgentStart | None
) -> bytes | None:
    """Return why a place could not wait, encrypted under the child's own key."""
    if urgent is None:
        return None
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    return personal_parts.encrypt(key, context_of(URGENCY, placement_id), urgent.model_dump())


async def urgency_of(
    session: ReadSession | WriteSession, ring: Keyring, placement: Any
) -> str | None:
    """Return why a place could not wait; nothing where it was not so, or once it is erased."""
    if placement.encrypted_urgency is None:
        return None
    child = await get_child(session, placement.child_id)
    if child is None or child.sealed_key is None:
        return None
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    context = context_of(URGENCY, placement.id)
    reasons: str = personal_parts.decrypt(key, context, placement.encrypted_urgency)["reasons"]
    return reasons


async def check_unused(session: WriteSession, assessment_id: uuid.UUID) -> None:
    """Refuse a second placement on one assessment.

    Raises:
        AssessmentUsedError: another placement rests on it.
    """
    other = await queries.rests_on(session, assessment_id)
    if other is not None:
        raise AssessmentUsedError(
            "Another placement rests on this assessment. A further place is assessed by itself.",
            placement=str(other),
        )
