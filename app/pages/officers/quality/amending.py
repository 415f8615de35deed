"""The pages on which something published is put right: two officers for each."""

from fastapi import Request
from starlette.responses import Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.inspections.errors import JudgementChangedError, JudgementsNotAcceptedError
from app.inspections.schemas.amendments import AmendmentProposed, AmendmentRefused
from app.inspections.service import amending as service
from app.inspections.terms import AmendmentKind
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.officers.quality import amending_view as view
from app.pages.officers.quality.forms import (
    CHECKS_LATELY,
    INSPECTION,
    INSPECTIONS,
    PLANS,
    At,
    Planner,
    add_form,
    at_of,
    show_page,
)
from app.pages.officers.quality.judgements import at_their_fields, stated_in
from app.pages.officers.quality.judging import STANDARD, items_now
from app.pages.officers.quality.read import read_inspection
from app.pages.signed_in import own_router, understood

router = own_router()


@router.get(f"{INSPECTION}/correct")
async def show_correctable(request: Request, session: Reading, actor: Planner) -> Response:
    """Show what was published, standard by standard, each with its form for corrections."""
    at = at_of(request, actor)
    return await show_page(
        request, view.correct_part(await read_inspection(session, actor, at.reference))
    )


async def _correcting(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    site, standard = at.whole("site"), at.text("standard", STANDARD)
    return view.correct_form(read, read.items(site, standard))


async def _correct(session: WriteSession, at: At, answers: Answers) -> str:
    items = await items_now(session, at)
    stated = stated_in(items, answers, at.sent)
    proposed = {
        "kind": AmendmentKind.CORRECTION,
        "of_version": at.version,
        "reason": answers["reason"],
        "judgements": stated,
    }
    try:
        wanted = understood(AmendmentProposed, proposed)
        await service.propose(session, at.actor, at.reference, wanted)
    except (JudgementsNotAcceptedError, JudgementChangedError) as refused:
        raise at_their_fields(refused, stated, items) from refused
    return f"{INSPECTIONS}/{at.reference}?done=amendment-proposed"


async def _redacting(session: ReadSession, at: At) -> FormAsked:
    return view.redact_form(await read_inspection(session, at.actor, at.reference))


async def _redact(session: WriteSession, at: At, answers: Answers) -> str:
    wanted = understood(AmendmentProposed, answers | {"kind": AmendmentKind.REDACTION})
    await service.propose(session, at.actor, at.reference, wanted)
    return f"{INSPECTIONS}/{at.reference}?done=amendment-proposed"


async def _deciding(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.decide_form(read, read.amendment(at.id("amendment_id")))


async def _decide(session: WriteSession, at: At, answers: Answers) -> str:
    here, which = f"{INSPECTIONS}/{at.reference}", at.id("amendment_id")
    if answers["decision"] == "confirm":
        await service.confirm(session, at.actor, at.reference, which)
        return f"{here}?done=amendment-confirmed"
    refused = understood(AmendmentRefused, {"reason": answers["reason"]})
    await service.refuse(session, at.actor, at.reference, which, refused.reason)
    return f"{here}?done=amendment-refused"


async def _withdrawing(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.withdraw_form(read, read.amendment(at.id("amendment_id")))


async def _withdraw(session: WriteSession, at: At, _: Answers) -> str:
    await service.withdraw(session, at.actor, at.reference, at.id("amendment_id"))
    return f"{INSPECTIONS}/{at.reference}?done=amendment-withdrawn"


_ONE = f"{INSPECTION}/amendments/{{amendment_id}}"
_OF_STANDARD = f"{INSPECTION}/sites/{{site}}/standards/{{standard}}/correct"
add_form(router, _OF_STANDARD, PLANS, _correcting, _correct)
add_form(router, f"{INSPECTION}/redact", PLANS, _redacting, _redact)
add_form(router, f"{_ONE}/decide", CHECKS_LATELY, _deciding, _decide)
add_form(router, f"{_ONE}/withdraw", PLANS, _withdrawing, _withdraw)
