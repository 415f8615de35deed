"""What the pages about who may be told of a child show and ask."""

from collections.abc import Iterator
from typing import Any

from app.notices.schemas.contacts import MOST_CONTACTS, ChildSafeContacts, SafeContact
from app.pages.commissioning.forms import COMMISSIONING, WRITTEN_DOWN
from app.pages.commissioning.notices_wording import RELATIONS, WAYS
from app.pages.filters import join_words
from app.pages.form_page_view import FormAsked, Part
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, yes_or_no
from app.pages.view_models import ActionLink

OFF = "off_the_list"
_YES_NO = (("yes", "Yes"), ("no", "No"))
_WHO = (
    Question("name", "Name", "Enter the name", needed=True),
    Question(
        "relation",
        "What are they to the child?",
        "Say what they are to the child",
        Kind.ONE,
        offered=tuple(RELATIONS.items()),
        needed=True,
    ),
    Question(
        "has_parental_responsibility",
        "Do they have parental responsibility?",
        "Say whether they have parental responsibility",
        Kind.ONE,
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
)
_SAFE = (
    Question(
        "to_be_told",
        "May they be told of the child's education?",
        "Say whether they may be told",
        Kind.ONE,
        "No, where a court has barred it or it is not safe: nothing is composed or sent to them",
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "ways",
        "By which ways are they reached safely?",
        "Choose at least one",
        Kind.ANY,
        "By others nothing may be sent",
        offered=tuple(WAYS.items()),
    ),
    Question(
        "post_to",
        "Where is it safe to write to?",
        kind=Kind.PROSE,
        hint="Street, town and postcode, each on a line. Leave it empty if post is not safe.",
    ),
    Question("email", "E-mail address that is safe", mode="email"),
    Question(
        "withhold_address",
        "Must the setting stay unknown to them?",
        "Say whether the setting must stay unknown to them",
        Kind.ONE,
        "Its name, its address and its people are then left out of what they are sent",
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
)
_NEEDS = (
    Question("language", "Language, where it is not English"),
    Question(
        "interpreter",
        "Do they need an interpreter?",
        "Say whether they need an interpreter",
        Kind.ONE,
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "easy_read",
        "Do they need easy read?",
        "Say whether they need easy read",
        Kind.ONE,
        offered=_YES_NO,
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "note",
        "What should whoever writes to them know?",
        kind=Kind.PROSE,
        hint="Court orders, safe hours. It is kept encrypted, and stands in no letter.",
    ),
)
_QUESTIONS = (*_WHO, *_SAFE, *_NEEDS)


def _here(child: Any) -> str:
    return f"{COMMISSIONING}/children/{child.id}/safe-contacts"


def contacts_part(child: Any, told: ChildSafeContacts, *, acts: bool) -> PartPage:
    """Return the page on which is told who may be told of a child."""
    add = (ActionLink("Add somebody", f"{_here(child)}/add"),)
    room = acts and len(told.contacts) < MOST_CONTACTS
    return PartPage(
        heading="Who may be told, and how",
        caption=child.reference or "No reference is left",
        back=ActionLink("The child's record", f"{COMMISSIONING}/children/{child.id}"),
        sections=(
            Section(
                "Contacts",
                tuple(_row(child, one, acts=acts) for one in told.contacts),
                when_empty="Nobody has said. Notices are then addressed without a name.",
                links=add if room else (),
            ),
        ),
        paragraphs=(
            (
                "Notices to parents honour this list when they are composed, and again when they "
                "are sent."
            ),
            WRITTEN_DOWN,
        ),
    )


def _row(child: Any, one: SafeContact, *, acts: bool) -> Row:
    link = (ActionLink(f"Change {one.name}", f"{_here(child)}/{one.number}"),) if acts else ()
    tag = None if one.to_be_told else TagView("Not to be told", "red")
    return Row(f"{one.number}: {one.name}", tuple(_lines(one)), link, tag)


def _lines(one: SafeContact) -> Iterator[str]:
    with_duty = "with" if one.has_parental_responsibility else "without"
    yield f"{RELATIONS[one.relation]}, {with_duty} parental responsibility"
    if one.to_be_told:
        yield f"Safe: {join_words([WAYS[way] for way in one.ways])}"
    if one.post_to:
        yield ", ".join(one.post_to)
    if one.email:
        yield one.email
    if one.withhold_address:
        yield "The setting is not named to them"
    needs = [one.language, one.interpreter and "interpreter", one.easy_read and "easy read"]
    if any(needs):
        yield f"Needs: {join_words([str(need) for need in needs if need])}"
    if one.note:
        yield one.note


def contact_form(child: Any, told: ChildSafeContacts, one: SafeContact | None) -> FormAsked:
    """Return the form on which somebody is added, changed, or taken off the list."""
    parts = [
        Part(_WHO, "Who they are"),
        Part(_SAFE, "What is safe"),
        Part(_NEEDS, "What they need"),
    ]
    if one is not None:
        off = Question(
            OFF,
            "Take them off the list?",
            kind=Kind.ONE,
            hint="Nothing more is sent to them. What was said before stays on record.",
            offered=(("yes", "Yes, take them off"),),
            reads=yes_or_no,
        )
        parts.append(Part((off,)))
    facts = one.model_dump(mode="json") if one else {}
    facts |= {"post_to": "\n".join(one.post_to)} if one else {"ways": list(WAYS)}
    return FormAsked(
        heading="Change what is said of somebody" if one else "Add somebody",
        button="Write it down",
        back=ActionLink("Who may be told, and how", _here(child)),
        parts=tuple(parts),
        paragraphs=("Everything is kept encrypted under the child's own key.",),
        typed=shown(_QUESTIONS, facts),
        version=told.version,
    )
