"""The answers of the calculators, in the words of a page."""

from collections.abc import Iterable, Sequence

from app.calculators.schemas.attendance import AttendanceCodeAnswer
from app.calculators.schemas.clocks import ClockAnswer
from app.calculators.schemas.paying import CellOut, WhoPaysAnswer
from app.calculators.schemas.registration import RegistrationTestAnswer
from app.calculators.schemas.stated import RuleReason
from app.pages.filters import humanise
from app.pages.public.calculator_view import AnswerPart, AnswerView, line_of, plain_line
from app.rules.registration.limbs import Light

_LIGHTS = {
    Light.GREEN: ("Below the limit", "green", "By what you entered it is below the limit."),
    Light.AMBER: ("Near the limit", "orange", "It is near the limit, or a person must judge it."),
    Light.INCOMPLETE: ("Incomplete", "grey", "Facts are wanting, so nobody can say yet."),
    Light.RED: ("Over the limit", "red", "It should be registered as an independent school."),
}


def show_who_pays(found: WhoPaysAnswer) -> AnswerView:
    """Return who commissions and who pays first, or that a person must decide."""
    why = (
        *_reasons("Why", found.reasons),
        *_reasons("What does not go with it", found.conflicts),
    )
    row = found.row
    if row is None:
        return AnswerView(
            "A person must decide", None, "grey", "No route fits what you entered.", why
        )
    return AnswerView(
        heading=row.title,
        label=None,
        colour="grey",
        lead=f"Commissioner: {humanise(row.commissioner)}. "
        f"Pays first: {humanise(row.first_payer)}.",
        parts=(
            *why,
            *_cells("Who", (row.duty, row.payment, row.budget)),
            *_cells("What may be moved or got back", row.recoveries),
            *_cells("Roll and register", (row.roll, row.code)),
            *_cells("When it starts", (row.starts,)),
            *_cells("Reviews", row.reviews),
            *_cells("Whom to tell or ask", row.notices),
            *_cells("On every route", found.besides),
            *_reasons("Rules that are not in force", [one.reason for one in found.warnings]),
        ),
    )


def show_registration(found: RegistrationTestAnswer) -> AnswerView:
    """Return how near a setting is to the limit."""
    label, colour, lead = _LIGHTS[found.light]
    warning = () if found.warning is None else (found.warning,)
    return AnswerView(
        heading="The test in force",
        label=label,
        colour=colour,
        lead=lead,
        parts=(
            *_reasons("Why", [limb.reason for limb in found.regimes[0].limbs]),
            *_reasons("What follows", found.reasons),
            *_reasons("The test to come", warning),
        ),
    )


def show_attendance(found: AttendanceCodeAnswer) -> AnswerView:
    """Return the code that fits, and which do not."""
    code = found.proposed.code
    heading = "A person must decide" if code is None else f"Code {code}: {found.proposed.means}"
    verdicts = {True: ("Right", "green"), False: ("Wrong", "red"), None: (None, "grey")}
    label, colour = verdicts[found.right]
    return AnswerView(
        heading=heading,
        label=label,
        colour=colour,
        lead=found.proposed.reason.because,
        parts=(
            *_reasons("Why", [found.proposed.reason]),
            *_reasons("Codes that do not fit", [one.reason for one in found.wrong]),
            *_reasons("Besides", found.besides),
        ),
    )


def show_clock(found: ClockAnswer) -> AnswerView:
    """Return the day, and how it was counted."""
    day = found.due_on
    note = () if found.note is None else (AnswerPart("Note", (plain_line(found.note),)),)
    return AnswerView(
        heading=f"{day.day} {day:%B %Y}",
        label="Approximate" if found.approximate else None,
        colour="orange",
        lead=found.reasons[0].because,
        parts=(*_reasons("How it was counted", found.reasons), *note),
    )


def _reasons(heading: str, reasons: Sequence[RuleReason]) -> Iterable[AnswerPart]:
    if reasons:
        lines = (line_of(one.because, one.rule, one.rule.provenance) for one in reasons)
        yield AnswerPart(heading, tuple(lines))


def _cells(heading: str, cells: Sequence[CellOut]) -> Iterable[AnswerPart]:
    if cells:
        lines = (line_of(cell.says, cell.rule, cell.provenance) for cell in cells)
        yield AnswerPart(heading, tuple(lines))
