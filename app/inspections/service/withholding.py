"""Withholding a provider's reply: what must not be public is not shown, and that it is not, is.

A reply is public at once, and nobody reads it first. An uninvolved second officer of the body, or
of the authority that answers there, takes out of sight what a child, or somebody else, could be
recognised by. The provider may say it otherwise: a further version is shown like any other.
"""

from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    NotYourInspectionError,
    ReplyNotFoundError,
)
from app.inspections.independence import Part
from app.inspections.models.following import WithheldReply
from app.inspections.queries import following as queries
from app.inspections.schemas.following import ReplyWithheld
from app.inspections.service.answering import newest_replies
from app.inspections.service.drafting import tell_owner
from app.inspections.service.impartial import check_impartial
from app.inspections.service.looking import hold, subject_of
from app.inspections.terms import InspectionState, Notice
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7


async def withhold(
    session: WriteSession, actor: Actor, reference: str, stated: ReplyWithheld
) -> None:
    """Show a version of a reply to the public no more; the same again changes nothing.

    Raises:
        PersonNeededError: a machine asks.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they act neither for its bodies nor for who answers there.
        InspectionMoveNotAllowedError: nothing is published yet.
        NotIndependentError: they inspected, or have a tie to the provider.
        ReplyNotFoundError: there is none to this finding, or another version is shown.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    _check_amends(held)
    await check_impartial(session, actor, held, Part.CHECK, anybody=True)
    found = newest_replies(await queries.list_replies(session, held.id))
    newest = found.get((stated.site, stated.criterion))
    if newest is None or newest.withdrawn_at is not None or newest.version != stated.version:
        raise ReplyNotFoundError(
            f"Version {stated.version} of a reply to {stated.criterion} at site {stated.site} is "
            "not shown. Read what is, then say which version it is."
        )
    if newest.withheld_at is not None:
        return
    row: dict[str, Any] = {"id": uuid7(), "reply_id": newest.id, "inspection_id": held.id}
    row |= {name: getattr(newest, name) for name in ("provider_id", "site", "criterion", "version")}
    row |= {"because": stated.because.value, "reason": stated.reason, "withheld_by": person_id}
    row |= {"organisation_id": actor.organisation_id, "withheld_at": clock.now()}
    await queries.insert_rows(session, WithheldReply, [row])
    await tell_owner(session, actor, held, Notice.REPLY_WITHHELD)
    after = {"reply": f"{stated.site}: {stated.criterion}", "because": stated.because}
    act, subject = "inspection.reply_withheld", subject_of(held)
    await record(session, actor, act, subject, reason=stated.reason, after=after)


def _check_amends(held: Any) -> None:
    if not (held.inspects or held.checks or held.plans):
        raise NotYourInspectionError(
            f"A reply is withheld by {held.body_name} or by the authority that answers there. You "
            "may take your own reply back."
        )
    if held.state != InspectionState.PUBLISHED:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: nothing of it is public yet.", state=held.state
        )
