"""What each template is given: finished words and addresses, so that a template decides nothing."""

from dataclasses import dataclass

from app.pages.wording import NOT_CLEARANCE


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is signed in, as the top of their own pages names them.

    Attributes:
        name: theirs.
        organisation: the one they act for; `None` until they chose.
        here: which part of the navigation the page belongs to, if any.
        officer: whether they look after providers for an authority or the department.
        keeps_records: whether they keep the records of an owner's providers.
        inspects: whether they plan, make or check inspections.
        places: whether they place children, or answer for some who are placed.
        oversees: whether they watch over placements for an authority or the department.
        signs_money: whether they sign for what is paid, and place nobody.
    """

    name: str
    organisation: str | None
    here: str | None = None
    officer: bool = False
    keeps_records: bool = False
    inspects: bool = False
    places: bool = False
    oversees: bool = False
    signs_money: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page.

    Attributes:
        demonstration: whether every provider shown is invented; said on each page.
        json_url: where the same facts are as JSON.
        visitor: who is signed in, on their own pages; public pages are the same for everybody.
    """

    demonstration: bool
    json_url: str = "/v1/providers"
    visitor: Visitor | None = None


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary; `href` leads to the field to mend, when there is one."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a select."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True, slots=True)
class TextField:
    """A text box: its name is also its id. `error` says how to mend what was typed."""

    name: str
    value: str
    error: str | None


@dataclass(frozen=True, slots=True)
class SelectField:
    """A select: its name is also its id; the first choice is "any"."""

    name: str
    choices: tuple[Choice, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class FormView:
    """The search form as it was sent; `more_open` when a field that is folded away is in use."""

    q: TextField
    near: TextField
    within_miles: SelectField
    la: SelectField
    age: TextField
    key_stage: SelectField
    need: SelectField
    offer: TextField
    places: SelectField
    status: SelectField
    evidence: SelectField
    outcome: SelectField
    assessed_after: TextField
    as_at: TextField
    sort: str
    more_open: bool


@dataclass(frozen=True, slots=True)
class StatusView:
    """A provider's status: a tag, since when, what it means and what it does not mean."""

    label: str
    colour: str
    since: str
    meaning: str
    caution: str
    not_clearance: str = NOT_CLEARANCE


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """What follows from inspections: a tag, what it means and what it does not mean."""

    label: str
    colour: str
    meaning: str
    caution: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary list; several values are shown one under the other."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionLink:
    """Where a page leads on, and what that is called."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """One row of what a site offers.

    Attributes:
        programme: what is done.
        ends: that it ends, and when.
        ages: ages, and key stages after them.
        needs: needs supported.
        when: times of the week, and hours.
        group: how many pupils together.
        prices: for one pupil.
        places: whether there are any, and when the provider said so.
    """

    programme: str
    ends: str | None
    ages: tuple[str, ...]
    needs: tuple[str, ...]
    when: tuple[str, ...]
    group: str
    prices: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """One place children go.

    Attributes:
        anchor: names it within the page.
        name: its own.
        closed: it no longer takes children.
        status: where its listing stands; `None` where it is not listed.
        notes: what there is to say of that.
        facts: where and what it is, and what its listing covers.
        offers: what is offered there.
        links: where to read more of it.
    """

    anchor: str
    name: str
    closed: bool
    status: StatusView | None
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    offers: tuple[OfferView, ...]
    links: tuple[ActionLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ThenView:
    """The time of the past that a page shows: for its heading, and in a sentence."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class ProviderUrls:
    """Where a provider's page leads: its present record, its past, and others beside it."""

    present: str
    history: str
    compare: str


@dataclass(frozen=True, slots=True)
class ProviderView:
    """One provider's page; `sites` has open ones first and may be empty.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        errors: why the day that was asked for cannot be shown.
        name: the provider's.
        number: its register number.
        then: the time of the past that is shown; `None` for the present.
        day: the field in which a day is asked for.
        status: where it stands.
        outcome: what follows from its inspections; `None` where nothing is told of any.
        notes: what holds of the provider as a whole beside its status.
        ahead: days on which something is known to change, and what.
        related: records it goes on from or that go on from it.
        facts: names, numbers and how to reach it.
        sites_heading: how many there are.
        sites: open ones first; may be none.
        urls: where the page leads.
        register_note: which entry published this.
        read_on: the day on which the page was read, for paper.
    """

    frame: Frame
    title: str
    errors: tuple[ErrorLink, ...]
    name: str
    number: str
    then: ThenView | None
    day: TextField
    status: StatusView
    outcome: OutcomeView | None
    notes: tuple[str, ...]
    ahead: tuple[Fact, ...]
    related: tuple[ActionLink, ...]
    facts: tuple[Fact, ...]
    sites_heading: str
    sites: tuple[SiteView, ...]
    urls: ProviderUrls
    register_note: str
    read_on: str


@dataclass(frozen=True, slots=True)
class PossibleAct:
    """Something that can be done with what a page shows, or why this visitor cannot do it now."""

    text: str
    href: str | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was not taken, to be sent again as it was.

    Attributes:
        action: where it was sent.
        fields: name and value of each, in order.
        door_url: where to do first what it was refused for the want of.
        door_text: what that is called.
    """

    action: str
    fields: tuple[tuple[str, str], ...]
    door_url: str
    door_text: str


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A page that says what went wrong, whose fault it was not, and what to do next.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        heading: what happened.
        paragraphs: more about it, and what to do.
        faults: each thing that is wrong.
        reference: to be quoted, where we have to look.
        onward: where to go from here.
        sent: the form that was refused, where nothing of it may be lost.
    """

    frame: Frame
    title: str
    heading: str
    paragraphs: tuple[str, ...]
    faults: tuple[str, ...]
    reference: str | None
    onward: ActionLink
    sent: SentForm | None = None


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page that says what the register is and is not."""

    frame: Frame
    title: str
    statuses: tuple[StatusView, ...]
