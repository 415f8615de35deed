"""The copy for a parent or carer, or a pupil of 18: short sentences and no terms of the trade."""

from app.notices.particulars import Particulars, Section
from app.notices.wording import REASONS_FOR, day_of, time_of, when, where, whom_to_call
from app.rules.clocks.law import OFF_SITE_REVIEWS
from app.rules.funding.rows import Route
from app.rules.notices.kinds import Recipient
from app.rules.notices.needing import DIRECTED

LGSCO = "Local Government and Social Care Ombudsman, telephone 0300 061 0614, www.lgo.org.uk"
DFE = "Department for Education: www.gov.uk/complain-about-school"


def parent_copy(told: Particulars) -> tuple[Section, ...]:
    """Return the parts of the copy, in the order in which people ask."""
    return (
        _what(told),
        where(told),
        when(told),
        _first_day(told),
        Section("Who to call", whom_to_call(told.lead, told.by)),
        _absence(told),
        _school(told),
        _review(told),
        _complaint(told),
        *_needs(told),
    )


def _who(told: Particulars) -> tuple[str, str, str]:
    """Return how the child is spoken of: you, or by the first name; with the verbs that fit."""
    if told.to is Recipient.PUPIL:
        return "you", "You", "are"
    return told.first_name, told.first_name, "is"


def _what(told: Particulars) -> Section:
    name, _, _ = _who(told)
    because = REASONS_FOR.get(told.route)
    lines = [f"{told.by} has arranged education for {name} outside school."]
    if because:
        lines.append(f"This is {because}.")
    if told.what_for:
        lines += ["This is what it is for:", *told.what_for.splitlines()]
    return Section("What this is about", tuple(lines))


def _first_day(told: Particulars) -> Section:
    if told.report_to and not told.withheld:
        return Section("On the first day", (f"Ask for {told.report_to}.",))
    caller = told.lead.name if told.lead else told.by
    return Section("On the first day", (f"If you do not know whom to ask for, call {caller}.",))


def _absence(told: Particulars) -> Section:
    _, name, verb = _who(told)
    lesson = told.weeks[0].lessons[0] if told.weeks and told.weeks[0].lessons else None
    by = f" before {time_of(lesson.starts)}" if lesson else ""
    lines = [f"If {name} {verb} ill or cannot go, call on that day{by}."]
    lines += whom_to_call(told.follow_up or told.lead, told.by)
    if told.to is Recipient.PUPIL:
        lines.append("If you do not arrive and nobody knows why, we will call you that day.")
    else:
        lines.append(f"If {name} does not arrive and nobody knows why, we will call you that day.")
    return Section("If there is a day off", tuple(lines))


def _school(told: Particulars) -> Section:
    _, name, _ = _who(told)
    verb = "stay" if told.to is Recipient.PUPIL else "stays"
    if told.school is None:
        lines: tuple[str, ...] = (f"{told.by} stays responsible for this education.",)
    else:
        lines = (
            f"{name} {verb} a pupil of {told.school}.",
            "The school still has a duty to keep its pupils safe.",
        )
    return Section("School", lines)


def _review(told: Particulars) -> Section:
    lines = [
        "We look at how it is going at least once every half term.",
        "You can tell us what you think each time.",
        "You can ask for a review at any other time. Write to us, or call the person above.",
    ]
    if told.route in DIRECTED:
        weeks = OFF_SITE_REVIEWS[-1].figures["weeks"]
        lines += [
            "If you ask in writing, we must hold one soon.",
            f"We need not, if there was one in the last {weeks} weeks.",
        ]
    return Section("How to ask for a review", tuple(lines))


def _complaint(told: Particulars) -> Section:
    lines = ["First, tell the person above. Most things can be put right quickly."]
    if told.withheld:
        lines.append("If it is about the place itself, ask us to pass it on to them.")
    else:
        lines.append(f"If it is about the place itself, you can also complain to {told.provider}.")
    if told.by_authority:
        lines += [
            f"Then use the complaints procedure of {told.by}.",
            f"If you are still not content: {LGSCO}.",
        ]
    else:
        lines.append(f"Then use the complaints procedure of {told.by}. Ask for a copy.")
        if told.home_la:
            lines.append(f"You can also tell {told.home_la}, your local authority.")
        lines.append(f"If you are still not content: {DFE}.")
    if told.route is Route.SUSPENSION:
        lines.append("The letter about the suspension says how to ask the governors to look at it.")
    lines.append("If you think a child is in danger, call the police on 999 at once.")
    return Section("How to complain", tuple(lines))


def _needs(told: Particulars) -> tuple[Section, ...]:
    one = told.addressee
    if one is None or not (one.language or one.interpreter or one.easy_read):
        return ()
    lines = []
    if one.language:
        lines.append(f"You can have this letter in {one.language}. Call the person above.")
    if one.interpreter:
        lines.append("We will get an interpreter when we talk. It costs you nothing.")
    if one.easy_read:
        lines.append("You can have this letter in easy read. Call the person above.")
    return (Section("If you need this in another way", tuple(lines)),)


def heading_of(told: Particulars) -> str:
    """Return the title of the copy: whose place, from when."""
    if told.to is Recipient.PUPIL:
        return f"About your place from {day_of(told.starts_on)}"
    return f"About {told.first_name}'s place from {day_of(told.starts_on)}"
