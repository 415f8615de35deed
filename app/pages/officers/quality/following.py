"""The pages on which officers look at what follows: actions, appeals, visits asked for."""

from typing import Any

from fastapi import Response

from app.db.events import ReadSession, WriteSession
from app.inspections.errors import JudgementChangedError, JudgementsNotAcceptedError
from app.inspections.queries import inspections as queries
from app.inspections.router.showing import sheet_told
from app.inspections.schemas.following import (
    ActionLookedAt,
    AppealAsked,
    AppealDecided,
    RevisitAnswered,
)
from app.inspections.service import answering, appealing, revisiting
from app.inspections.terms import OPEN_STATES
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.officers.quality import following_view as view
from app.pages.officers.quality.forms import (
    CHECKS_LATELY,
    INSPECTION,
    INSPECTIONS,
    PLANS,
    SUBMITS,
    At,
    add_form,
)
from app.pages.officers.quality.judgements import at_their_fields, stated_in
from app.pages.officers.quality.read import read_inspection
from app.pages.questions import Offered
from app.pages.signed_in import own_router, understood

router = own_router()

_MOST = 100


async def _verifying(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.verify_form(read, read.action(at.id("action_id")))


async def _verify(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(ActionLookedAt, answers)
    await answering.look_at_action(session, at.actor, at.reference, at.id("action_id"), said)
    return f"{INSPECTIONS}/{at.reference}?done={'verified' if said.verified else 'sent-back'}"


async def _asking(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.ask_peer_form(read, read.appeal(at.id("appeal_id")))


async def _ask(session: WriteSession, at: At, answers: Answers) -> str:
    asked = understood(AppealAsked, answers)
    await appealing.ask_peer(session, at.actor, at.reference, at.id("appeal_id"), asked.body)
    return f"{INSPECTIONS}/{at.reference}?done=peer-asked"


async def _deciding(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    return view.decide_form(read, read.appeal(at.id("appeal_id")))


async def _decide(session: WriteSession, at: At, answers: Answers) -> str:
    items = (await sheet_told(session, at.reference, Response())).items
    stated = stated_in(items, answers, at.sent)
    said: dict[str, Any] = {"decision": answers["decision"], "reason": answers["reason"]}
    decided = understood(AppealDecided, said | {"judgements": stated})
    try:
        await appealing.decide(session, at.actor, at.reference, at.id("appeal_id"), decided)
    except (JudgementsNotAcceptedError, JudgementChangedError) as refused:
        raise at_their_fields(refused, stated, items) from refused
    return f"{INSPECTIONS}/{at.reference}?done=decided"


async def _answering(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    wanted = queries.Wanted(tuple(sorted(OPEN_STATES)), provider_number=read.told.provider)
    planned = await queries.list_inspections(session, wanted, None, _MOST)
    offered: list[Offered] = [
        (one.reference, view.planned_words(one)) for one in planned if one.id != read.row.id
    ]
    return view.revisit_form(read, read.revisit(at.id("revisit_id")), offered)


async def _answer(session: WriteSession, at: At, answers: Answers) -> str:
    stated = understood(RevisitAnswered, answers)
    await revisiting.answer(session, at.actor, at.reference, at.id("revisit_id"), stated)
    return f"{INSPECTIONS}/{at.reference}?done=revisit-answered"


_APPEAL = f"{INSPECTION}/appeals/{{appeal_id}}"
add_form(router, f"{INSPECTION}/actions/{{action_id}}/verify", SUBMITS, _verifying, _verify)
add_form(router, f"{_APPEAL}/ask", PLANS, _asking, _ask)
add_form(router, f"{_APPEAL}/decide", CHECKS_LATELY, _deciding, _decide)
add_form(router, f"{INSPECTION}/revisits/{{revisit_id}}/answer", PLANS, _answering, _answer)
