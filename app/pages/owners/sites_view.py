"""What the pages on a provider's sites show and ask."""

from collections.abc import Mapping
from datetime import date

from app.pages import records_wording as words
from app.pages.filters import NOT_STATED, count, format_ages, format_day, format_number, join_words
from app.pages.form_page_view import Check, FormAsked, Part
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section
from app.pages.questions import Kind, Question, shown, yes_or_no
from app.pages.rendering import authority_choices
from app.pages.typed_facts import show_pounds, show_week
from app.pages.view_models import ActionLink
from app.pages.wording import SITE_KINDS, need_label
from app.providers.schemas.offers import PrivateOffer
from app.providers.schemas.sites import PrivateSite
from app.values.site_kind import SiteKind

SITES = "sites"
HOME_NOT_SHOWN = (
    "The street address of somebody's home is never shown to the public: only the town and the "
    "area are. The councils that answer for you see it."
)


def address_lines(text: str) -> list[str]:
    """Read an address typed in lines or with commas."""
    return [line.strip() for line in text.replace("\n", ",").split(",") if line.strip()]


_WHAT = (
    Question(
        "name",
        "What you call the place",
        "Enter what you call the place",
        hint="For example: Main workshop.",
        needed=True,
    ),
    Question(
        "kind",
        "What kind of place it is",
        "Choose what kind of place it is",
        Kind.ONE,
        offered=tuple(SITE_KINDS.items()),
        needed=True,
    ),
    Question(
        "run_by",
        "Who runs it, if you do not run it yourself",
        "Enter who runs it",
    ),
)
_WHERE = (
    Question(
        "address_lines",
        "Building and street",
        "Enter the building and street",
        hint="For example: Unit 3, 12 Mill Lane. Leave it empty if you only visit children at home "
        "or work online.",
        reads=address_lines,
        fills_in="street-address",
    ),
    Question(
        "town",
        "Town or village",
        "Enter the town or village",
        fills_in="address-level2",
        classes="govuk-!-width-two-thirds",
    ),
    Question(
        "postcode",
        "Postcode",
        "Enter a whole postcode, like CV1 2WT",
        fills_in="postal-code",
        classes="govuk-input--width-10",
    ),
    Question(
        "la",
        "Local authority",
        "Choose the council in whose area it lies",
        Kind.LIST,
        hint="Needed where there is no postcode, or where the register does not know it.",
        offered=authority_choices(),
    ),
    Question(
        "someones_home",
        "Is this somebody's home?",
        "Say whether this is somebody's home",
        Kind.ONE,
        hint=HOME_NOT_SHOWN,
        offered=(("yes", "Yes"), ("no", "No")),
        needed=True,
        reads=yes_or_no,
    ),
    Question(
        "opened_on",
        "When it opened",
        "Enter a day with its month and year, like 27 3 2026",
        Kind.DAY,
        hint="Leave it empty if you do not know.",
    ),
)
_CHECKS = (
    Check(
        "run_by",
        "Enter who runs it: you said that somebody else does",
        lambda answers: answers["kind"] == SiteKind.SUBCONTRACTED and not answers["run_by"],
    ),
    Check(
        "postcode",
        "Enter the postcode, or choose the local authority below",
        lambda answers: not answers["postcode"] and not answers["la"],
    ),
)
_CLOSES = Question(
    "on",
    "The first day on which it is shut",
    "Enter a day with its month and year, like 27 3 2026",
    Kind.DAY,
    hint="Until then it stays open.",
    needed=True,
)


def site_stated(answers: dict[str, object]) -> dict[str, object]:
    """Return answers as the schema of a site takes them."""
    return answers | {"address_lines": answers["address_lines"] or []}


def site_asked(own: Own, site: PrivateSite | None = None) -> FormAsked:
    """Return the form on which a site is added, or changed."""
    questions = (*_WHAT, *_WHERE)
    facts: Mapping[str, object] = {}
    if site is not None:
        facts = {one.name: getattr(site, one.name) for one in questions if one.name != "la"} | {
            "address_lines": ", ".join(site.address_lines) or None,
            "la": site.local_authority.code if site.postcode is None else None,
        }
    return FormAsked(
        heading="Add a place where you work" if site is None else f"Change {site.name}",
        parts=(Part(_WHAT), Part(_WHERE, "Where it is")),
        button="Add it" if site is None else "Save",
        back=_back(own) if site is None else ActionLink(site.name, site_url(own, site)),
        paragraphs=(
            (
                "Add every place where children come to you, and one for visits to their homes or "
                "work online, if you do that. What is listed on the register is each place by "
                "itself."
            ),
        )
        if site is None
        else (),
        typed=shown(questions, facts),
        version=site.version if site else None,
        checks=_CHECKS,
    )


def closing_asked(own: Own, site: PrivateSite) -> FormAsked:
    """Return the form on which a site is closed."""
    return FormAsked(
        heading=f"Close {site.name}",
        parts=(Part((_CLOSES,)),),
        button="Close it from this day",
        back=ActionLink(site.name, site_url(own, site)),
        warning="What has closed cannot be opened again. If you use the place again, add it anew.",
        version=site.version,
    )


def sites_page(own: Own, day: date) -> PartPage:
    """Return the page of a provider's sites."""
    rows = tuple(
        Row(
            site.name,
            (SITE_KINDS[site.kind], where(site), _state(site, day)),
            (ActionLink("Open", site_url(own, site)),),
        )
        for site in own.told.sites
    )
    add = ActionLink("Add a place", f"{own.address}/{SITES}/add")
    section = Section(
        "Where you work",
        rows,
        when_empty="No place is on record yet.",
        links=(add,) if own.keeps else (),
    )
    return PartPage(
        heading="Places and what is offered",
        caption=own.held.name,
        back=own.back,
        sections=(section,),
    )


def site_page(own: Own, site: PrivateSite, day: date) -> PartPage:
    """Return the page of one site and what is offered there."""
    here, open_now = site_url(own, site), _is_open(site, day)
    keeps = own.keeps and open_now
    facts = [
        ("What kind of place", SITE_KINDS[site.kind]),
        ("Where it is", where(site)),
        ("Local authority", site.local_authority.name),
        ("Opened", format_day(site.opened_on)),
    ]
    if site.run_by:
        facts.insert(1, ("Run by", site.run_by))
    facts += [
        ("Counted to", f"The institution of {one.institution_number}, by the department")
        for one in own.told.institution
        if (one.provider_number, one.site_reference) == (own.held.number, site.reference)
    ]
    if site.closed_on:
        facts.append(("Closes" if open_now else "Closed", format_day(site.closed_on)))
    links = (ActionLink("Change this", f"{here}/change"), ActionLink("Close it", f"{here}/close"))
    live = [one for one in site.offers if not _is_over(one, day)]
    sections = [
        Section(
            "The place",
            tuple(Row(label, (value,)) for label, value in facts),
            (HOME_NOT_SHOWN,) if site.someones_home else (),
            links=links if keeps else (),
        ),
        *(_offer_section(own, site, one, keeps=keeps) for one in live),
        Section(
            "Add what is offered",
            words=() if live else ("Nothing is offered here yet.",),
            links=(ActionLink("Add an offer", f"{here}/offers/add"),) if keeps else (),
        ),
    ]
    over = [one for one in site.offers if _is_over(one, day)]
    if over:
        rows = tuple(Row(one.programme, (f"Ended {format_day(one.ended_on)}",)) for one in over)
        sections.append(Section("What was offered here", rows))
    return PartPage(
        heading=site.name,
        caption=own.held.name,
        back=_back(own),
        sections=tuple(sections),
    )


def site_url(own: Own, site: PrivateSite) -> str:
    """Return where the page of a site is."""
    return f"{own.address}/{SITES}/{site.reference}"


def where(site: PrivateSite) -> str:
    """Return where a site lies, in a line."""
    parts = [part for part in (*site.address_lines, site.town, site.postcode) if part]
    return ", ".join(parts) or site.local_authority.name


def _offer_section(own: Own, site: PrivateSite, offer: PrivateOffer, *, keeps: bool) -> Section:
    here = f"{site_url(own, site)}/offers/{offer.id}"
    rows = [
        Row("Ages", (format_ages({"from": offer.age_from, "to": offer.age_to}),)),
        Row("Needs", tuple(need_label(one) for one in offer.needs) or (NOT_STATED,)),
        Row("Days and times", show_week(offer.sessions) or (NOT_STATED,)),
        Row("Price for one pupil", _prices(offer) or (NOT_STATED,)),
        Row("Places", (_places(offer),)),
    ]
    if offer.hours_per_week is not None:
        rows.insert(3, Row("Most hours a week", (format_number(float(offer.hours_per_week)),)))
    if offer.group_from is not None and offer.group_to is not None:
        size = join_words((str(offer.group_from), str(offer.group_to))).replace(" and ", " to ")
        rows.insert(
            3,
            Row(
                "Size of a group",
                (size if offer.group_from != offer.group_to else count(offer.group_to, "pupil"),),
            ),
        )
    if offer.ended_on is not None:
        rows.append(Row("Ends", (format_day(offer.ended_on),)))
    links = (
        ActionLink(f"Say whether {offer.programme} has places", f"{here}/places"),
        ActionLink(f"Change {offer.programme}", f"{here}/change"),
        ActionLink(f"End {offer.programme}", f"{here}/end"),
    )
    return Section(offer.programme, tuple(rows), links=links if keeps else ())


def _prices(offer: PrivateOffer) -> tuple[str, ...]:
    each = (
        (offer.price_hour_pence, "an hour"),
        (offer.price_half_day_pence, "half a day"),
        (offer.price_day_pence, "a day"),
        (offer.price_week_pence, "a week"),
    )
    return tuple(f"{show_pounds(pence)} {per}" for pence, per in each if pence is not None)


def _places(offer: PrivateOffer) -> str:
    if offer.availability is None:
        return "You have not said"
    label = words.AVAILABILITIES[offer.availability]
    return f"{label}, confirmed on {format_day(offer.availability_confirmed_on)}"


def _state(site: PrivateSite, day: date) -> str:
    if not _is_open(site, day):
        return f"Closed {format_day(site.closed_on)}"
    live = sum(not _is_over(one, day) for one in site.offers)
    return f"{count(live, 'offer')}" if live else "Nothing offered yet"


def _is_open(site: PrivateSite, day: date) -> bool:
    return site.closed_on is None or site.closed_on > day


def _is_over(offer: PrivateOffer, day: date) -> bool:
    return offer.ended_on is not None and offer.ended_on <= day


def _back(own: Own) -> ActionLink:
    return ActionLink("Places and what is offered", f"{own.address}/{SITES}")
