"""What the pages on the people behind a provider, and how they are reached, show and ask."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from app.pages import records_wording as words
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink

PEOPLE = "people"
NEVER_PUBLIC = (
    "Nothing on this page is ever public. Only your organisation and the councils that answer for "
    "the provider see it, so that nobody who was removed from the register comes back unseen."
)


def birth_month(text: str) -> str:
    """Read a month of birth, typed as `3 1979`, as the schema takes it."""
    month, _, year = text.replace("/", " ").replace("-", " ").partition(" ")
    year = year.strip()
    if not (month.isdigit() and year.isdigit() and len(year) == len("1979")):
        message = "Enter the month and the year, like 3 1979"
        raise ValueError(message)
    return f"{year}-{int(month):02d}"


_PERSON = (
    Question(
        "kind",
        "What they are there",
        "Choose what they are there",
        Kind.ONE,
        offered=tuple(words.PERSON_KINDS.items()),
        needed=True,
    ),
    Question("name", "Their full name", "Enter their full name", needed=True),
    Question(
        "birth_month",
        "Month and year of birth",
        "Enter the month and the year, like 3 1979",
        hint="For example 3 1979. The day is not needed. Leave it empty if you would rather not "
        "say; it helps to tell people of the same name apart.",
        reads=birth_month,
        classes="govuk-input--width-5",
    ),
    Question(
        "appointed_on",
        "Since when",
        "Enter a day with its month and year, like 27 3 2026",
        Kind.DAY,
        hint="Leave it empty if you do not know.",
    ),
)
_ENDS = Question(
    "on",
    "The first day they no longer are",
    "Enter a day with its month and year, like 27 3 2026",
    Kind.DAY,
    needed=True,
)
_CONTACT = (
    Question(
        "kind",
        "What it is",
        "Choose what it is",
        Kind.ONE,
        offered=tuple(words.CONTACT_KINDS.items()),
        needed=True,
    ),
    Question(
        "value",
        "The number or address",
        "Enter the number or address",
        hint="An address in one line, with its postcode.",
        needed=True,
    ),
)
_BANK = (
    Question(
        "sort_code",
        "Sort code",
        "Enter the six digits of the sort code, like 00-00-00",
        needed=True,
        mode="numeric",
        classes="govuk-input--width-5",
    ),
    Question(
        "account_number",
        "Account number",
        "Enter the account number, six to eight digits",
        needed=True,
        mode="numeric",
        classes="govuk-input--width-10",
    ),
)


def person_asked(own: Own) -> FormAsked:
    """Return the form on which somebody is named."""
    return FormAsked(
        heading="Add somebody",
        parts=(Part(_PERSON),),
        button="Add them",
        back=_back(own),
        paragraphs=(NEVER_PUBLIC,),
    )


def person_change_asked(own: Own, person: Any) -> FormAsked:
    """Return the form on which what is said of somebody is changed."""
    born = person.birth_month
    facts = {
        "kind": person.kind,
        "name": person.name,
        "birth_month": f"{born.month} {born.year}" if born else None,
        "appointed_on": person.appointed_on,
    }
    return FormAsked(
        heading=f"Change what is said of {person.name}",
        parts=(Part(_PERSON),),
        button="Save",
        back=_back(own),
        typed=shown(_PERSON, facts),
        version=person.version,
    )


def person_end_asked(own: Own, person: Any) -> FormAsked:
    """Return the form on which somebody's time is ended."""
    return FormAsked(
        heading=f"{person.name} is no longer {words.PERSON_KINDS[person.kind].lower()}",
        parts=(Part((_ENDS,)),),
        button="Save the day",
        back=_back(own),
        paragraphs=("They stay on record, with that day.",),
        version=person.version,
    )


def contact_asked(own: Own) -> FormAsked:
    """Return the form on which a way to reach the people is added."""
    return FormAsked(
        heading="Add how you can be reached",
        parts=(Part(_CONTACT),),
        button="Add it",
        back=_back(own),
        paragraphs=(
            "For the council's officers alone. What the public sees is under Names and numbers.",
        ),
    )


def contact_ending(own: Own, contact: Any) -> FormAsked:
    """Return what is asked before a contact is taken out."""
    return FormAsked(
        heading=f"Take out {contact.value}",
        paragraphs=("Officers will no longer try to reach you there.",),
        button="Take it out",
        back=_back(own),
    )


def bank_asked(own: Own) -> FormAsked:
    """Return the form on which the account is named."""
    return FormAsked(
        heading="Name the account the provider is paid into",
        parts=(Part(_BANK),),
        button="Note the account",
        back=_back(own),
        paragraphs=(
            (
                "From the two numbers a code is made that tells the same account again, and only "
                "that code is kept: the numbers are not. If the account of somebody who was "
                "removed from the register turns up again, this shows it."
            ),
            "Nobody is paid through this service.",
        ),
    )


def people_page(
    own: Own, people: Sequence[Any], contacts: Sequence[Any], banked: datetime | None, day: date
) -> PartPage:
    """Return the page of the people behind a provider.

    Args:
        own: the record.
        people: who is or was behind it.
        contacts: how they can be reached.
        banked: since when an account is named, if one is.
        day: today.
    """
    present = [one for one in people if one.ended_on is None or one.ended_on > day]
    former = [one for one in people if one not in present]
    here = f"{own.address}/{PEOPLE}"
    sections = [
        Section(
            "Who is behind it",
            tuple(_person_row(own, one) for one in present),
            (
                (
                    "Name the owner, directors, trustees or partners, and whoever leads on "
                    "safeguarding."
                ),
            ),
            "Nobody is named yet.",
            (ActionLink("Add somebody", f"{here}/add"),) if own.keeps else (),
        ),
        Section(
            "How you can be reached",
            tuple(_contact_row(own, one) for one in contacts),
            when_empty="Nothing is said yet.",
            links=(ActionLink("Add a phone number or address", f"{here}/contacts/add"),)
            if own.keeps
            else (),
        ),
        Section(
            "The account it is paid into",
            (Row("Named", (format_day(banked),)),) if banked else (),
            when_empty="No account is named. You do not have to name one.",
            links=(
                ActionLink(
                    "Name another account" if banked else "Name the account", f"{here}/bank"
                ),
            )
            if own.keeps
            else (),
        ),
    ]
    if former:
        sections.append(
            Section("Who was behind it", tuple(_person_row(own, one, over=True) for one in former))
        )
    return PartPage(
        heading="People and how to reach them",
        caption=own.held.name,
        back=own.back,
        sections=tuple(sections),
        paragraphs=(NEVER_PUBLIC,),
    )


def _back(own: Own) -> ActionLink:
    return ActionLink("People and how to reach them", f"{own.address}/{PEOPLE}")


def _person_row(own: Own, person: Any, *, over: bool = False) -> Row:
    values = [words.PERSON_KINDS[person.kind]]
    if person.appointed_on:
        values.append(f"Since {format_day(person.appointed_on)}")
    if person.ended_on:
        values.append(f"Until {format_day(person.ended_on)}")
    here = f"{own.address}/{PEOPLE}/{person.id}"
    links = (ActionLink("Change", f"{here}/change"), ActionLink("End", f"{here}/end"))
    return Row(person.name, tuple(values), links if own.keeps and not over else ())


def _contact_row(own: Own, contact: Any) -> Row:
    href = f"{own.address}/{PEOPLE}/contacts/{contact.id}/end"
    links = (ActionLink("Take out", href),) if own.keeps else ()
    return Row(words.CONTACT_KINDS[contact.kind], (contact.value,), links)
