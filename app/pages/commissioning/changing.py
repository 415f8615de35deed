"""The pages on which a placement is changed: its week, its end, its assessment, its last day."""

from app.assessments.errors import AssessmentNotFoundError, AssessmentNotYoursError
from app.assessments.queries.assessments import Wanted, list_assessments
from app.assessments.terms import AssessmentState
from app.audit.service import record_read
from app.children.queries.children import organisations_within
from app.db.events import ReadSession, WriteSession
from app.errors import AppError
from app.pages.commissioning import changing_view as view
from app.pages.commissioning.forms import (
    PLACEMENTS,
    PURPOSE,
    RECORDS,
    AnySession,
    At,
    add_form,
)
from app.pages.commissioning.placements import PLACEMENT
from app.pages.commissioning.week import at_cells, read_week
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.plain_codes import plain
from app.pages.signed_in import own_router, understood
from app.placements.errors import LimitReachedError, PlacementNotYoursError
from app.placements.queries import placements as queries
from app.placements.schemas import (
    EndingCorrected,
    PlacementAssessed,
    PlacementEnding,
    TimetableChange,
)
from app.placements.service import changing, ending, linking, recording
from app.reviews.queries.reviews import get_due
from app.reviews.schemas import PlacementExtension
from app.reviews.service import extending

router = own_router()
MOST = 100


async def look(session: WriteSession, at: At) -> None:
    """Write down that somebody looks at a placement, to do something with it."""
    placement = await recording.look_at(session, at.id("placement_id"))
    subject = recording.subject_of(placement.id, placement.commissioner_id)
    await record_read(session, at.actor, "placement.read", subject, PURPOSE)


async def held(session: AnySession, at: At) -> view.Held:
    """Return a placement of one's own, with its weeks.

    Raises:
        PlacementNotFoundError: there is none that may be seen.
        PlacementNotYoursError: it is another commissioner's.
    """
    row = await recording.look_at(session, at.id("placement_id"))
    if row.commissioner_id != at.actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is changes it.")
    timetables = await queries.list_timetables(session, row.id)
    sessions = await queries.list_sessions(session, row.id)
    own = [one for one in sessions if one.timetable_id == timetables[0].id]
    sites = await queries.list_sites(session, row.provider)
    return view.Held(row, timetables[0], own, sites)


def _here(at: At, done: str) -> str:
    return f"{PLACEMENTS}/{at.id('placement_id')}?done={done}"


async def _weekly(session: ReadSession, at: At) -> FormAsked:
    return view.week_form(await held(session, at))


async def _change_week(session: WriteSession, at: At, answers: Answers) -> str:
    sessions, cells = read_week(answers)
    given = {"since": answers["since"], "sessions": sessions}
    if answers.get("minutes_elsewhere") is not None:
        given["minutes_elsewhere"] = answers["minutes_elsewhere"]
    of = (at.id("placement_id"), at.version)
    try:
        change = understood(TimetableChange, given)
        await changing.change_timetable(session, at.actor, of, change)
    except AppError as refused:
        raise in_words(at_cells(refused, cells)) from None
    return _here(at, "timetable")


async def _ending(session: ReadSession, at: At) -> FormAsked:
    return view.end_form(await held(session, at))


async def _end(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(PlacementEnding, answers)
    await ending.end(session, at.actor, (at.id("placement_id"), at.version), said)
    return _here(at, "ended")


async def _correcting(session: ReadSession, at: At) -> FormAsked:
    return view.correction_form(await held(session, at))


async def _correct(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(EndingCorrected, answers)
    await ending.correct_end(session, at.actor, (at.id("placement_id"), at.version), said)
    return _here(at, "end-corrected")


async def _linking(session: ReadSession, at: At) -> FormAsked:
    own = await held(session, at)
    within = await organisations_within(session)
    wanted = Wanted(within, own.row.child_id, AssessmentState.APPROVED)
    return view.link_form(own, await list_assessments(session, wanted, None, MOST))


async def _link(session: WriteSession, at: At, answers: Answers) -> str:
    said = understood(PlacementAssessed, answers)
    of = (at.id("placement_id"), at.version)
    try:
        await linking.link_assessment(session, at.actor, of, said)
    except AppError as refused:
        refused.errors = tuple(view.in_a_line(one) for one in refused.errors)
        raise
    return _here(at, "assessed")


async def _extending(session: ReadSession, at: At) -> FormAsked:
    own = await held(session, at)
    return view.extension_form(own, await get_due(session, own.row.id))


async def _extend(session: WriteSession, at: At, answers: Answers) -> str:
    asked = understood(PlacementExtension, answers)
    of = (at.id("placement_id"), at.version)
    try:
        await extending.extend(session, at.actor, of, asked)
    except LimitReachedError as refused:
        raise in_words(refused) from None
    return _here(at, "extended")


def in_words(refused: AppError) -> AppError:
    """Let the days of a refusal be written as people write them."""
    refused.detail = plain(refused.detail)
    return refused


_NOT_THERE = (AssessmentNotFoundError, AssessmentNotYoursError)
add_form(router, f"{PLACEMENT}/timetable", RECORDS, _weekly, _change_week, looks=look)
add_form(router, f"{PLACEMENT}/end", RECORDS, _ending, _end, looks=look)
add_form(router, f"{PLACEMENT}/end/correct", RECORDS, _correcting, _correct, looks=look)
add_form(
    router, f"{PLACEMENT}/assessment", RECORDS, _linking, _link, looks=look, mendable=_NOT_THERE
)
add_form(router, f"{PLACEMENT}/extension", RECORDS, _extending, _extend, looks=look)
