"""What the pages on which inspections are planned ask and show."""

import re
from collections.abc import Sequence
from typing import Any

from app.access import Actor, Permission
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.answered_records import Answered
from app.pages.officers.quality.forms import INSPECTIONS
from app.pages.officers.quality.read import Read
from app.pages.officers.quality.wording import KINDS, PARTS, STATES, kind_words
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Offered, Question, shown
from app.pages.view_models import ActionLink, Fact

_DAY = Question("planned_on", "On which day?", "Enter the day", Kind.DAY, needed=True)
_REASON = Question(
    "reason", "Why now?", "Say why", Kind.PROSE, "For officers; never public.", needed=True
)


def read_numbers(text: str) -> list[str]:
    """Read the numbers of criteria, however they are set apart."""
    return re.findall(r"[^\s,;]+", text)


def _criteria(hint: str) -> Question:
    empty = "Enter numbers of criteria, such as 1.1a, 2.1b"
    return Question("criteria", "Which criteria?", empty, hint=hint, reads=read_numbers)


_ONLY_NAMED = "Only for a themed inspection or a follow-up. Their numbers, such as 1.1a, 2.1b."


def record_part(actor: Actor, record: Answered, found: Sequence[Any]) -> PartPage:
    """Return the page that lists the inspections of one provider, the latest first."""
    here = f"{record.address}/inspections"
    plans = Permission.INSPECTIONS_PLAN in actor.permissions
    rows = tuple(
        Row(
            one.reference,
            (
                kind_words(one.kind),
                f"Planned for {format_day(one.planned_on)}",
                f"By {one.body_name}",
            ),
            (ActionLink("Open it", f"{INSPECTIONS}/{one.reference}"),),
            STATES[one.state],
        )
        for one in reversed(found)
    )
    links = [ActionLink("Plan an inspection", f"{here}/plan")] if plans else []
    if plans:
        about = f"provider={record.held.number}"
        links.append(ActionLink("Declare an interest", f"/declared-interests/add?{about}"))
    if Permission.CONCERNS_READ in actor.permissions:
        about = f"provider={record.held.number}"
        links.append(ActionLink("Concerns about it", f"/concerns?{about}"))
    return PartPage(
        heading="Inspections",
        caption=record.held.name,
        back=record.back,
        sections=(
            Section(
                "All of them",
                rows,
                when_empty="None is planned or was made yet.",
                links=tuple(links),
            ),
        ),
    )


def plan_form(
    record: Answered, people: Sequence[Offered], bodies: Sequence[Offered], site: str
) -> FormAsked:
    """Return the form on which an inspection is planned.

    Args:
        record: of the provider.
        people: who of one's own organisation may inspect.
        bodies: other bodies that could be asked to.
        site: the reference of a site that was chosen already, if one was.
    """
    offered = [(str(reference), name) for reference, name in record.sites.items()]
    chosen = [site] if site in dict(offered) else [code for code, _ in offered[:1]]
    what = (
        Question(
            "kind",
            "What is it?",
            "Choose what it is",
            Kind.ONE,
            offered=[(code, *words) for code, words in KINDS.items()],
            needed=True,
        ),
        _criteria(_ONLY_NAMED),
        Question(
            "sites",
            "Which sites?",
            "Choose a site",
            Kind.ANY,
            offered=offered,
            needed=True,
            reads=int,
        ),
        _DAY,
        _REASON,
    )
    who = (
        Question("inspectors", "Who inspects?", "Choose from the list", Kind.ANY, offered=people),
        Question(
            "lead",
            "Who leads?",
            "Choose from the list",
            Kind.LIST,
            "The first of those chosen, unless you say.",
            offered=people,
            none="The first of those chosen",
        ),
        Question(
            "body",
            "Does another body inspect?",
            "Choose from the list",
            Kind.LIST,
            "It then names its own inspectors: choose none above.",
            offered=bodies,
            none="No, we do",
        ),
    )
    return FormAsked(
        heading="Plan an inspection",
        button="Plan it",
        back=ActionLink("Inspections", f"{record.address}/inspections"),
        parts=(Part(what), Part(who, "Inspectors")),
        facts=(Fact("Provider", (f"{record.held.name} ({record.held.number})",)),),
        paragraphs=(
            "It is held against the standards that are in force on its day.",
            "Whoever has an interest in the provider, or worked there, does not inspect it.",
        ),
        typed={"sites": chosen},
    )


def change_form(read: Read) -> FormAsked:
    """Return the form on which a plan is changed."""
    told = read.told
    named = [_criteria("Their numbers, such as 1.1a, 2.1b.")] if told.criteria else []
    questions = (_DAY, *named, _REASON)
    held = {"planned_on": told.planned_on, "reason": told.reason}
    held["criteria"] = ", ".join(told.criteria)
    return _about(
        read,
        "Change the plan",
        "Change it",
        questions,
        typed=shown(questions, held),
        words=("The standards in force on the new day hold.",),
    )


def cancel_form(read: Read) -> FormAsked:
    """Return the form on which an inspection is given up."""
    why = Question("reason", "Why?", "Say why", Kind.PROSE, needed=True)
    warning = "It cannot be taken up again. What was judged stays on record, and is not published."
    return _about(read, "Give the inspection up", "Give it up", (why,), warning=warning)


def name_form(read: Read, people: Sequence[Offered]) -> FormAsked:
    """Return the form on which an inspector is named."""
    named = {str(one.person): one.part for one in read.told.inspectors}
    who = Question("person", "Who?", "Choose somebody", Kind.ONE, offered=people, needed=True)
    part = Question(
        "part",
        "What are they in it?",
        "Choose what they are",
        Kind.ONE,
        offered=(("lead", "They lead it"), ("inspector", "They inspect it with others")),
        needed=True,
    )
    facts = tuple(f"{one.name} {PARTS[one.part]}" for one in read.told.inspectors)
    words = "" if people else "Nobody of your organisation has the role of an inspector."
    return _about(
        read,
        "Name an inspector",
        "Name them" if people else None,
        (who, part) if people else (),
        typed={"part": ["inspector" if named else "lead"]},
        words=(words,) if words else (),
        facts=(Fact("So far", facts or ("Nobody",)),),
    )


def take_off_form(read: Read) -> FormAsked:
    """Return the form on which an inspector is taken off."""
    people = [(str(one.person), one.name) for one in read.told.inspectors]
    who = Question("person", "Who?", "Choose somebody", Kind.ONE, offered=people, needed=True)
    words = "Whoever judged something stays, so that somebody else checks what they found."
    return _about(
        read,
        "Take an inspector off",
        "Take them off" if people else None,
        (who,) if people else (),
        words=(words,),
    )


def _about(  # noqa: PLR0913 - what a form of a plan may have
    read: Read,
    heading: str,
    button: str | None,
    questions: Sequence[Question],
    *,
    typed: Any = None,
    words: tuple[str, ...] = (),
    warning: str | None = None,
    facts: tuple[Fact, ...] = (),
) -> FormAsked:
    told = read.told
    return FormAsked(
        heading=heading,
        button=button,
        back=read.back,
        parts=(Part(tuple(questions)),) if questions else (),
        paragraphs=words,
        facts=(
            Fact("Provider", (f"{told.provider_name} ({told.provider})",)),
            Fact("Inspection", (f"{kind_words(told.kind)}, {format_day(told.planned_on)}",)),
            *facts,
        ),
        warning=warning,
        typed=typed or {},
        version=told.version,
    )
