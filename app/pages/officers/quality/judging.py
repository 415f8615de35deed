"""The pages on which inspectors write down what they saw: one for each standard at each site."""

from collections.abc import Sequence

from fastapi import Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.inspections.errors import JudgementChangedError, JudgementsNotAcceptedError
from app.inspections.router.showing import sheet_told
from app.inspections.schemas.inspections import InspectionOut
from app.inspections.schemas.judgements import AskedAtSite
from app.inspections.service import judging as service
from app.inspections.terms import EvidenceMethod, InspectionKind
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.quality.forms import INSPECTION, INSPECTIONS, SUBMITS, At, add_form
from app.pages.officers.quality.judgements import (
    at_their_fields,
    carried_of,
    parts_of,
    seen_part,
    stated_in,
    still_typed,
    typed_of,
)
from app.pages.officers.quality.read import Read, read_inspection, standard_of
from app.pages.questions import Offered, Typed
from app.pages.signed_in import own_router

router = own_router()

STANDARD = "[1-4][.][0-9]{1,2}"
_JUDGED = (
    "Leave for later what you have not looked at yet.",
    "What you leave as it is stays as it is, also where a colleague writes meanwhile.",
)
_CORRECTED = (
    "The provider says that something here is factually wrong.",
    "Correct it, then accept the comment; or leave it, and tell the provider why.",
)
_SETTLED = (
    "Nothing here can be changed now: the provider reads the draft, and says nothing of it.",
)


async def _judging(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    site, standard = at.whole("site"), at.text("standard", STANDARD)
    items = read.items(site, standard)
    words: tuple[str, ...] = _JUDGED
    if not read.judged_now:
        items = [one for one in items if _is_questioned(read, one)]
        words = _CORRECTED if items else _SETTLED
    files: list[Offered] = [
        (str(one.InspectionFile.file_id), one.InspectionFile.title) for one in read.files
    ]
    parts, typed = parts_of(items, files), typed_of(items)
    if read.judged_now:
        seen, opens = _seen(read.told)
        parts, typed = (seen, *parts), {**typed, **opens}
    return FormAsked(
        heading=f"Standard {standard} at {read.site_name(site)}",
        button="Keep what I found" if items else None,
        back=read.back,
        parts=parts,
        paragraphs=words,
        typed=typed,
        carried=carried_of(items),
        still_typed=lambda typed: still_typed(items, typed),
        version=read.told.version,
    )


async def _judge(session: WriteSession, at: At, answers: Answers) -> str:
    items = await items_now(session, at)
    stated = stated_in(items, answers, at.sent)
    here = f"{INSPECTIONS}/{at.reference}"
    if not stated:
        return f"{here}?done=same"
    try:
        await service.judge(session, at.actor, at.reference, stated)
    except (JudgementsNotAcceptedError, JudgementChangedError) as refused:
        raise at_their_fields(refused, stated, items) from refused
    return f"{here}?done=judged"


async def items_now(session: WriteSession, at: At) -> Sequence[AskedAtSite]:
    """Return what is looked at of the page's standard at its site, as it is found now."""
    site, standard = at.whole("site"), at.text("standard", STANDARD)
    sheet = await sheet_told(session, at.reference, Response())
    return [
        one for one in sheet.items if one.site == site and standard_of(one.criterion) == standard
    ]


def _seen(told: InspectionOut) -> tuple[Part, Typed]:
    """Return how the evidence of an inspection is most likely seen: asked once for a page."""
    papers = told.kind is InspectionKind.ENTRY_DESKTOP
    method = EvidenceMethod.DESK if papers else EvidenceMethod.VISIT
    return seen_part(method, min(told.planned_on, clock.today()))


def _is_questioned(read: Read, one: AskedAtSite) -> bool:
    """Say whether the provider says that a judgement is wrong, and has no answer yet."""
    return any(
        (said.site, said.criterion) == (one.site, one.criterion) and said.answer is None
        for said in read.hearing.comments.items
    )


_FORM = f"{INSPECTION}/sites/{{site}}/standards/{{standard}}"
add_form(router, _FORM, SUBMITS, _judging, _judge)
