"""What the pages on a provider's names, numbers and public contact details show and ask."""

from collections.abc import Mapping

from app.pages import records_wording as words
from app.pages.filters import NOT_STATED, format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink
from app.pages.wording import NAME_KINDS
from app.providers.schemas.record import NumberOut, OtherNameOut
from app.providers.terms import NameKind

DETAILS = "details"


def web_address(text: str) -> str:
    """Return a web address as typed, with what people leave out in front."""
    return text if "://" in text else f"https://{text}"


_NAME = Question(
    "name",
    "What the provider is called",
    "Enter the name",
    hint="The name on your letters and signs. A former name stays on record.",
    needed=True,
)
_LEGAL_FORM = Question(
    "legal_form",
    "What it is in law",
    "Choose what it is in law",
    Kind.ONE,
    offered=tuple(words.LEGAL_FORMS.items()),
)
_STAFF_SIZE = Question(
    "staff_size",
    "How many adults work for it",
    "Choose how many adults work for it",
    Kind.ONE,
    hint="Count everybody who works with children or could: yourself, staff and volunteers. Less "
    "is asked of somebody who works alone.",
    offered=tuple(words.STAFF_SIZES.items()),
)
_PUBLIC = (
    Question(
        "website",
        "Website",
        "Enter a web address, like www.example.org",
        hint="If there is one.",
        reads=web_address,
        mode="url",
    ),
    Question(
        "public_email",
        "E-mail address for enquiries",
        "Enter an e-mail address, like name@example.org",
        mode="email",
    ),
    Question(
        "public_phone",
        "Phone number for enquiries",
        "Enter a phone number, like 01632 960101",
        mode="tel",
        classes="govuk-input--width-20",
    ),
)
_OTHER_NAME = Question("name", "The other name", "Enter the name", needed=True)
_NUMBER = (
    Question(
        "scheme",
        "Which number it is",
        "Choose which number it is",
        Kind.ONE,
        offered=tuple(words.SCHEMES.items()),
        needed=True,
    ),
    Question(
        "value",
        "The number",
        "Enter the number",
        needed=True,
        classes="govuk-input--width-20",
    ),
)


def new_record_asked() -> FormAsked:
    """Return what is asked of a provider that has no record yet."""
    return FormAsked(
        heading="Add a provider of yours",
        parts=(Part((_NAME, _LEGAL_FORM, _STAFF_SIZE)),),
        button="Begin the record",
        back=ActionLink("Providers", "/records"),
        paragraphs=(
            (
                "If a council has invited you to take over a record, accept that invitation "
                "instead: the provider would be on the register twice."
            ),
        ),
    )


def details_asked(own: Own) -> FormAsked:
    """Return the form on which a provider's details are changed."""
    questions = (_NAME, _LEGAL_FORM, _STAFF_SIZE, *_PUBLIC)
    facts: Mapping[str, object] = {one.name: getattr(own.told, one.name) for one in questions}
    return FormAsked(
        heading="Change the details",
        parts=(
            Part((_NAME, _LEGAL_FORM, _STAFF_SIZE)),
            Part(
                _PUBLIC,
                "How the public can reach it",
                "These are shown to everybody once you have agreed to publication. Give an e-mail "
                "address or a phone number, or both.",
            ),
        ),
        button="Save",
        back=_back(own),
        typed=shown(questions, facts),
        version=own.told.version,
    )


def other_name_asked(own: Own) -> FormAsked:
    """Return the form on which another name is added."""
    return FormAsked(
        heading="Add another name it trades under",
        parts=(Part((_OTHER_NAME,)),),
        button="Add the name",
        back=_back(own),
        paragraphs=("People who search for this name find the provider too.",),
    )


def number_asked(own: Own) -> FormAsked:
    """Return the form on which a number of another register is added."""
    return FormAsked(
        heading="Add a number",
        parts=(Part(_NUMBER),),
        button="Add the number",
        back=_back(own),
        paragraphs=("It shows who is behind the provider. A council may check it.",),
    )


def withdrawing_name(own: Own, name: OtherNameOut) -> FormAsked:
    """Return what is asked before a name is taken out."""
    return FormAsked(
        heading=f"Take out the name {name.name}",
        paragraphs=(
            (
                "Do this if it was a mistake, or is used no more. What was published before stays "
                "in the register's history."
            ),
        ),
        button="Take it out",
        back=_back(own),
    )


def withdrawing_number(own: Own, number: NumberOut) -> FormAsked:
    """Return what is asked before a number is taken out."""
    return FormAsked(
        heading=f"Take out the number {number.value}",
        paragraphs=("Do this if it was a mistake. You can add the right one afterwards.",),
        button="Take it out",
        back=_back(own),
    )


def details_page(own: Own) -> PartPage:
    """Return the page of a provider's details."""
    told = own.told
    facts = (
        ("Name", told.name),
        ("What it is in law", words.LEGAL_FORMS.get(told.legal_form or "", NOT_STATED)),
        ("Adults who work for it", words.STAFF_SIZES.get(told.staff_size or "", NOT_STATED)),
        ("Website", told.website or NOT_STATED),
        ("E-mail address for enquiries", told.public_email or NOT_STATED),
        ("Phone number for enquiries", told.public_phone or NOT_STATED),
    )
    here = f"{own.address}/{DETAILS}"
    return PartPage(
        heading="Names and numbers",
        caption=told.name,
        back=own.back,
        sections=(
            Section(
                "The provider",
                tuple(Row(label, (value,)) for label, value in facts),
                links=(ActionLink("Change these details", f"{here}/change"),) if own.keeps else (),
            ),
            Section(
                "Other names",
                tuple(_name_row(own, one) for one in told.other_names),
                when_empty="None.",
                links=(ActionLink("Add another name", f"{here}/names/add"),) if own.keeps else (),
            ),
            Section(
                "Numbers on other registers",
                tuple(_number_row(own, one) for one in told.identifiers),
                when_empty="None yet.",
                links=(ActionLink("Add a number", f"{here}/numbers/add"),) if own.keeps else (),
            ),
        ),
    )


def _back(own: Own) -> ActionLink:
    return ActionLink("Names and numbers", f"{own.address}/{DETAILS}")


def _name_row(own: Own, name: OtherNameOut) -> Row:
    until = f", until {format_day(name.until)}" if name.kind is NameKind.FORMER else ""
    href = f"{own.address}/{DETAILS}/names/{name.id}/withdraw"
    links = (ActionLink("Take out", href),) if own.keeps else ()
    return Row(name.name, (f"{NAME_KINDS[name.kind].capitalize()}{until}",), links)


def _number_row(own: Own, number: NumberOut) -> Row:
    verified = number.times.verified
    checked = "Nobody has checked it yet"
    if verified is not None:
        who = verified.organisation or "an authority"
        found = "Checked by" if verified.held else "Found wrong by"
        checked = f"{found} {who} on {format_day(verified.verified_on)}"
    href = f"{own.address}/{DETAILS}/numbers/{number.id}/withdraw"
    links = (ActionLink("Take out", href),) if own.keeps else ()
    return Row(words.SCHEMES[number.scheme], (number.value, checked), links)
