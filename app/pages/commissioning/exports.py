"""The page on which placements are handed out: for an inspector's planning call, or the census."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from starlette.responses import Response

from app.audit.terms import ExportFormat, Purpose
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Looking
from app.oversight.router import exports as api
from app.oversight.terms import ExportKind
from app.pages.commissioning.forms import COMMISSIONING, READS, At, Reader, add_form, at_of
from app.pages.commissioning.placing_view import LIST
from app.pages.form_page import Answers
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.people_wording import PURPOSES
from app.pages.questions import Kind, Question
from app.pages.signed_in import own_router

router = own_router()

EXPORTS = f"{COMMISSIONING}/exports"
_KINDS = (
    (
        ExportKind.PLANNING_CALL.value,
        "For an inspector's planning call",
        "Those that run on a day: who, where, why, hours, since when, who checked the setting",
    ),
    (
        ExportKind.CENSUS.value,
        "For the census",
        "Those that ran within some days, in the items of the census",
    ),
)
_QUESTIONS = (
    Question(
        "kind", "What is it for?", "Choose what it is for", Kind.ONE, offered=_KINDS, needed=True
    ),
    Question(
        "on",
        "Of a planning call: the day",
        "Enter the day",
        Kind.DAY,
        "Today if you leave it empty.",
    ),
    Question("since", "Of a census: the first day", "Enter the first day", Kind.DAY),
    Question("until", "Of a census: the last day", "Enter the last day", Kind.DAY),
    Question(
        "format",
        "In which shape?",
        "Choose the shape",
        Kind.ONE,
        offered=(
            (ExportFormat.CSV.value, "A table, for a spreadsheet (CSV)"),
            (ExportFormat.JSONL.value, "One line each, for a program (JSON Lines)"),
        ),
        needed=True,
    ),
    Question(
        "purpose",
        "What do you read it for?",
        "Choose what you read it for",
        Kind.LIST,
        "It is written down beside your name.",
        offered=tuple((str(code), words) for code, words in PURPOSES.items()),
        needed=True,
    ),
)
_CENSUS = ExportKind.CENSUS.value


async def _asking(_: ReadSession, __: At) -> FormAsked:
    return FormAsked(
        heading="Hand placements out",
        button="Download",
        back=LIST,
        parts=(Part(_QUESTIONS),),
        paragraphs=(
            (
                "The file names children. Keep it as you keep their records, and no longer than it "
                "is needed. That it was made is written down, with how many rows it had."
            ),
        ),
        typed={"format": [ExportFormat.CSV.value]},
        checks=(
            Check(
                "since",
                "Of a census: enter its first day",
                lambda said: said["kind"] == _CENSUS and said["since"] is None,
            ),
            Check(
                "until",
                "Of a census: enter its last day",
                lambda said: said["kind"] == _CENSUS and said["until"] is None,
            ),
        ),
    )


async def _lead(_: WriteSession, __: At, answers: Answers) -> str:
    days = ("since", "until") if answers["kind"] == _CENSUS else ("on",)
    asked = {name: str(answers[name]) for name in days if answers[name] is not None}
    if answers["kind"] == _CENSUS:
        first, last = (date.fromisoformat(asked[name]) for name in days)
        if not 0 <= (last - first).days < api.MOST_DAYS:
            words = f"Ask for 1 to {api.MOST_DAYS} days, the first before the last"
            raise InvalidRequestError(words, errors=(FieldFault(words, "/until"),))
    named = {name: str(answers[name]) for name in ("kind", "format", "purpose")}
    return f"{EXPORTS}/file?{urlencode(named | asked)}"


add_form(router, EXPORTS, READS, _asking, _lead)


@router.get(f"{EXPORTS}/file")
async def download(  # noqa: PLR0913, PLR0917 - each is named in the address
    request: Request,
    session: Looking,
    actor: Reader,
    kind: ExportKind,
    purpose: Purpose,
    format_: Annotated[ExportFormat, Query(alias="format")] = ExportFormat.CSV,
    on: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Response:
    """Hand the file out; that it was made is written down."""
    ring = at_of(request, actor).ring
    return await api.export_placements(
        session, actor, ring, purpose, kind, format_, on, since, until
    )
