"""Notices other than the parent's copy: what an enactment prescribes, and what bodies need."""

from collections.abc import Callable, Mapping

from app.notices.parent_copy import heading_of, parent_copy
from app.notices.particulars import Document, Particulars, Section
from app.notices.terms import TITLES, Lacking
from app.notices.wording import (
    REASONS_FOR,
    addressed,
    day_of,
    hours_a_week,
    number_of_days,
    when,
    where,
    whom_to_call,
)
from app.rules.clocks.law import OFF_SITE_NOTICE, OFF_SITE_REVIEWS, SUSPENSION_PLACE_NOTICE
from app.rules.funding.rows import Route
from app.rules.notices.kinds import TO_THE_PARENT, NoticeKind, Recipient

_WITHHELD_PERSON = "Ask the lead contact above to whom to go on the first day."


def compose(told: Particulars) -> Document:
    """Compose a notice from what is known; it says itself what it lacks."""
    copy = told.kind is NoticeKind.PARENT_COPY
    signatures: tuple[str, ...] = ()
    if told.kind is NoticeKind.SERVICE_AGREEMENT:
        signatures = (f"For {told.by}", f"For {told.provider}", "Seen by the parent or carer")
    return Document(
        title=heading_of(told) if copy else TITLES[told.kind],
        on=told.on,
        by=told.by,
        to=addressed(told),
        sections=_SECTIONS[told.kind](told),
        signatures=signatures,
        lacking=tuple(_lacking(told)),
    )


def _pupil(told: Particulars) -> Section:
    return Section("Pupil", (told.child, f"Born on {day_of(told.born_on)}."))


def _lead(told: Particulars) -> Section:
    return Section("Lead contact", whom_to_call(told.lead, told.by))


def _report(told: Particulars) -> Section:
    if told.withheld:
        return Section("On the first day", (_WITHHELD_PERSON,))
    whom = told.report_to or "Not said yet."
    return Section("To whom to report on the first day", (whom,))


def _direction(told: Particulars) -> tuple[Section, ...]:
    rule = OFF_SITE_NOTICE.citation
    binding = told.route is Route.OFF_SITE_DIRECTION
    whom = "you" if told.to is Recipient.PUPIL else told.first_name
    power = (
        f"under section 29A of the Education Act 2002 ({rule.source}, {rule.provision})"
        if binding
        else "under its articles, following what binds maintained schools"
    )
    who = "The governing body" if binding else "The academy trust"
    weeks = OFF_SITE_REVIEWS[-1].figures["weeks"]
    return (
        _pupil(told),
        Section("Requirement", (f"{who} of {told.by} requires {whom} to attend, {power}:",)),
        where(told),
        when(told),
        Section("For how long", (number_of_days(told) or "No last day is set yet.",)),
        _report(told),
        Section("Reasons", tuple((told.reasons or "Not said yet.").splitlines())),
        Section("Objectives", tuple((told.what_for or "Not said yet.").splitlines())),
        Section(
            "Reviews",
            (
                "The requirement is kept under review, and you are asked to each review meeting.",
                "You may ask for a review meeting in writing.",
                f"It is held soon, unless one was held in the {weeks} weeks before.",
            ),
        ),
        _lead(told),
    )


def _suspension_place(told: Particulars) -> tuple[Section, ...]:
    rule = SUSPENSION_PLACE_NOTICE.citation
    return (
        _pupil(told),
        Section(
            "Education during the suspension",
            (f"{told.by} has arranged full-time education ({rule.source}, {rule.provision}).",),
        ),
        where(told),
        when(told),
        _report(told),
        _lead(told),
    )


def _to_a_body(told: Particulars) -> tuple[Section, ...]:
    why = REASONS_FOR.get(told.route, told.route.replace("-", " "))
    lines = [f"{told.by} places this child at {told.provider}.", f"It is {why}."]
    lines += [f"{hours_a_week(told.weeks[0])} hours a week."] if told.weeks else []
    return (
        Section("Child", (told.child, f"Born on {day_of(told.born_on)}.")),
        Section("Placement", tuple(lines)),
        where(told),
        when(told),
        *((Section("What for", tuple(told.what_for.splitlines())),) if told.what_for else ()),
        _lead(told),
    )


def _to_plan_authority(told: Particulars) -> tuple[Section, ...]:
    """Give the authority the notice itself, where an enactment asks for that."""
    if told.route is Route.OFF_SITE_DIRECTION:
        return _direction(told)
    return _to_a_body(told)


def _agreement(told: Particulars) -> tuple[Section, ...]:
    weekly = f"{hours_a_week(told.weeks[0])} hours a week." if told.weeks else ""
    return (
        Section("Between", (f"{told.by}, which commissions", f"{told.provider}, which provides")),
        Section("Child", (told.child, f"Born on {day_of(told.born_on)}.")),
        where(told),
        Section("When", (*when(told).lines, weekly)),
        *((Section("What for", tuple(told.what_for.splitlines())),) if told.what_for else ()),
        _lead(told),
        Section(
            "The provider",
            (
                "reports who came, each session, on the same day;",
                "tells the lead contact at once of any worry, accident or absence nobody expected;",
                "tells the commissioner of any change that may put the child at risk;",
                "has new staff checked before they work with the child;",
                "does not exclude the child, and stops nothing without agreeing it first;",
                "takes part in each review, at least once in each half term.",
            ),
        ),
        Section(
            "The commissioner",
            (
                "stays responsible for the child's safety and education;",
                "has told the provider what it needs to know to keep the child safe;",
                "answers the provider through the lead contact.",
            ),
        ),
    )


_SECTIONS: Mapping[NoticeKind, Callable[[Particulars], tuple[Section, ...]]] = {
    NoticeKind.DIRECTION: _direction,
    NoticeKind.SUSPENSION_PLACE: _suspension_place,
    NoticeKind.PARENT_COPY: parent_copy,
    NoticeKind.HOME_AUTHORITY: _to_a_body,
    NoticeKind.PLAN_AUTHORITY: _to_plan_authority,
    NoticeKind.SOCIAL_WORKER: _to_a_body,
    NoticeKind.VIRTUAL_SCHOOL_HEAD: _to_a_body,
    NoticeKind.HOME_SCHOOL: _to_a_body,
    NoticeKind.SERVICE_AGREEMENT: _agreement,
}


def _lacking(told: Particulars) -> list[Lacking]:
    prescribed = told.kind in {NoticeKind.DIRECTION, NoticeKind.SUSPENSION_PLACE}
    directed = told.kind is NoticeKind.DIRECTION
    wanted = {
        Lacking.REPORT_TO: prescribed and not told.report_to,
        Lacking.REASONS: directed and not told.reasons,
        Lacking.WHAT_FOR: (directed or told.kind is NoticeKind.PARENT_COPY) and not told.what_for,
        Lacking.LAST_DAY: directed and told.planned_end_on is None,
        Lacking.ADDRESS: not told.withheld and not any(one.lines for one in told.places),
        Lacking.LEAD_CONTACT: told.lead is None or not told.lead.reached,
        Lacking.SAFE_CONTACTS: told.kind in TO_THE_PARENT
        and told.to is Recipient.PARENT
        and not told.contacts_held,
    }
    return [one for one, lacks in wanted.items() if lacks]
