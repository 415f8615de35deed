"""What the pages on which many placements are recorded from a file show."""

from app.pages.commissioning.forms import PLACEMENTS
from app.pages.commissioning.placing_view import LIST
from app.pages.filters import count, format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Row, Section
from app.pages.plain_codes import plain
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink
from app.placements.schemas import PlacementBatchOutcome, PlacementBatchRow
from app.placements.terms import MOST_ROWS, LoadOutcome

_FILE = Question(
    "file",
    "The file",
    "Choose the file",
    Kind.FILE,
    hint=f"CSV in UTF-8 with the headings of the template, at most {MOST_ROWS} rows.",
)


def file_form(here: str) -> FormAsked:
    """Return the form on which a file of placements is sent."""
    return FormAsked(
        heading="Record many placements from a file",
        button="Record them",
        back=LIST,
        parts=(Part((_FILE,)),),
        paragraphs=(
            (
                "One row is one placement, of a child named by your own reference; with the "
                "child’s record where you hold none yet. A weekday’s cell holds its sessions: "  # noqa: RUF001
                "09:00-12:00, 13:00-15:00. Where one is at another site, 09:00-12:00 at 2."
            ),
            (
                "Each row is kept or refused by itself. Put right what was refused and send the "
                "whole file again: nothing is added twice."
            ),
        ),
        further=ActionLink("Download the template", f"{PLACEMENTS}/file-template"),
        here=here,
    )


def outcome_part(told: PlacementBatchOutcome) -> PartPage:
    """Return the page that says what became of each row of a file."""
    refused = [one for one in told.rows if one.outcome is LoadOutcome.REFUSED]
    recorded = [one for one in told.rows if one.outcome is LoadOutcome.RECORDED]
    already = [one for one in told.rows if one.outcome is LoadOutcome.HELD_ALREADY]
    return PartPage(
        heading="What became of the file",
        caption=(
            f"{count(told.recorded, 'placement')} recorded, {told.refused} refused, "
            f"{told.held_already} held already"
        ),
        back=ActionLink("Send another file", f"{PLACEMENTS}/file"),
        sections=(
            Section(
                "Refused",
                tuple(_refused(one) for one in refused),
                ("Put these right, and send the file again.",) if refused else (),
                "No row was refused.",
            ),
            Section("Recorded", tuple(_kept(one) for one in recorded), when_empty="None."),
            Section("Held already", tuple(_kept(one) for one in already), when_empty="None."),
        ),
        others=(LIST,),
    )


def _label(one: PlacementBatchRow) -> str:
    return f"Line {one.row}" + (f": {one.reference}" if one.reference else "")


def _refused(one: PlacementBatchRow) -> Row:
    told = tuple(
        f"{problem.column}: {plain(problem.detail)}" if problem.column else plain(problem.detail)
        for problem in one.problems
    )
    return Row(_label(one), told)


def _kept(one: PlacementBatchRow) -> Row:
    told = [f"To be assessed by {format_day(one.assess_by)}"] if one.assess_by else []
    told += [warning.because for warning in one.warnings]
    link = ActionLink("Open it", f"{PLACEMENTS}/{one.placement}")
    return Row(_label(one), tuple(told) or ("Rests on its assessment",), (link,))
