"""What the pages on which an owner follows listings and applications show."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.access import Actor
from app.pages.filters import format_day, format_moment, join_words
from app.pages.owners.acts import listing_url, own_acts
from app.pages.owners.held_records import Own
from app.pages.owners.listings import OwnListing
from app.pages.owners.listings_wording import MADE_BY, OWN_STATES
from app.pages.owners.needs_view import needs_sections
from app.pages.owners.records_view import Task, TaskGroup
from app.pages.owners.sites_view import site_url
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.record_wording import REASONS, SEEN_HOW
from app.pages.scope_view import scope_facts
from app.pages.standards_wording import EVIDENCE_KINDS
from app.pages.view_models import ActionLink
from app.places.facts import la_name
from app.providers.readiness import Stage, lacking_before
from app.providers.schemas.listings import MoveOut
from app.providers.schemas.sites import PrivateSite
from app.providers.service.listings import standing_of, stands
from app.providers.terms import APPLYING, ON_REGISTER, ListingState

APPLICATIONS = "applications"
SCOPE = ("age_from", "age_to", "key_stages", "needs", "programmes")
_WAITS = TagView("A question waits", "yellow")
_YOURS = TagView("Waits for your answer", "yellow")
_NOT_BEGUN = TagView("Not begun", "blue")
_NOT_YET = TagView("Cannot start yet", "grey")
_WITHHELD = "The local authority itself tells you why."


def current_of(listings: Sequence[OwnListing]) -> list[OwnListing]:
    """Return which of a site's listings matter now: on the register, under way; else the last."""
    found = [
        next((one for one in reversed(listings) if one.state in states), None)
        for states in (ON_REGISTER, APPLYING)
    ]
    return [one for one in found if one is not None] or list(listings[-1:])


def of_site(listings: Sequence[OwnListing], site: PrivateSite) -> list[OwnListing]:
    """Return the listings of a site, oldest first."""
    return [one for one in listings if one.row.site_reference == site.reference]


def listing_tasks(own: Own, listings: Sequence[OwnListing], day: date) -> TaskGroup:
    """Return the tasks of being listed: one for each place."""
    tasks = tuple(
        _task(own, site, of_site(listings, site))
        for site in own.told.sites
        if is_open(site, day) or of_site(listings, site)
    )
    first = Task("Apply to be listed", f"{own.address}/sites", "", _NOT_YET, "Add a place first.")
    return TaskGroup("Apply to be listed, place by place", tasks or (first,))


def asked_links(own: Own, listings: Sequence[OwnListing]) -> tuple[ActionLink, ...]:
    """Return the questions of assessors that wait for an answer."""
    return tuple(
        ActionLink(
            f"A question about {listing.row.site_name} waits for your answer",
            answer_url(own, listing.row, question) if own.keeps else listing_url(own, listing.row),
        )
        for listing in listings
        for question in listing.waiting
    )


def answer_url(own: Own, row: Any, question: Any) -> str:
    """Return where a question is answered."""
    return f"{listing_url(own, row)}/questions/{question.id}/answer"


def is_open(site: PrivateSite, day: date) -> bool:
    """Say whether a site has not closed."""
    return site.closed_on is None or site.closed_on > day


def applications_page(
    own: Own, now: Sequence[OwnListing], earlier: Sequence[OwnListing], day: date
) -> PartPage:
    """Return the page of where each place stands.

    Args:
        own: the record.
        now: the listings that matter now, with all that is told of them.
        earlier: the others, oldest first.
        day: in London.
    """
    sites = [one for one in own.told.sites if is_open(one, day) or of_site(now, one)]
    sections = [_site_section(own, site, of_site(now, site), day) for site in sites]
    if not sites:
        add = ActionLink("See your places", f"{own.address}/sites")
        nothing = "What is listed is each place by itself. Add the first one."
        sections.append(Section("Your places", when_empty=nothing, links=(add,)))
    if earlier:
        rows = tuple(_earlier(own, one) for one in reversed(earlier))
        sections.append(Section("Earlier applications and listings", rows))
    return PartPage(
        heading="Listings and applications",
        caption=own.held.name,
        back=own.back,
        sections=tuple(sections),
        paragraphs=(
            (
                "Each place is listed by itself. You apply for it here; two officers of the local "
                "authority in whose area it lies decide."
            ),
        ),
    )


def application_page(actor: Actor, own: Own, listing: OwnListing) -> PartPage:
    """Return the page of one application or listing."""
    row, here = listing.row, listing_url(own, listing.row)
    site = next(one for one in own.told.sites if one.reference == row.site_reference)
    ready = not lacking_before(listing.items, Stage.SUBMISSION)
    links, words = own_acts(actor, own, row, ready=ready)
    applying, draft = listing.state in APPLYING, listing.state is ListingState.DRAFT
    change = (ActionLink("Change what you apply for", f"{here}/change"),)
    sections = [Section("Where it stands", tuple(_stands(own, listing)), words, links=links)]
    if listing.questions:
        rows = tuple(_question(own, listing, one) for one in listing.questions)
        sections.append(Section("What the assessor asked", rows))
    sections.append(
        Section(
            "What you apply for" if applying else "What it covers",
            tuple(
                Row(one.label, one.values)
                for one in scope_facts({name: getattr(row, name) for name in SCOPE})
            ),
            links=change if own.keeps and draft else (),
        )
    )
    sections += needs_sections(own, listing.items, site_url(own, site), here, draft=draft)
    moves = tuple(_move(one) for one in reversed(listing.moves))
    sections.append(Section("How it came here", moves))
    return PartPage(
        heading=f"{'Application' if applying else 'Listing'} of {row.site_name}",
        caption=own.held.name,
        back=ActionLink("Listings and applications", f"{own.address}/{APPLICATIONS}"),
        sections=tuple(sections),
        tag=OWN_STATES[listing.state].tag,
    )


def _task(own: Own, site: PrivateSite, listings: Sequence[OwnListing]) -> Task:
    current = current_of(listings)
    if not current:
        return Task(site.name, f"{own.address}/{APPLICATIONS}", "", _NOT_BEGUN)
    newest = current[-1]
    href = listing_url(own, newest.row)
    if newest.waiting:
        return Task(site.name, href, "", _WAITS)
    hint = None
    if len(current) > 1:
        hint = f"New application: {OWN_STATES[newest.state].tag.label.lower()}"
    return Task(site.name, href, "", OWN_STATES[current[0].state].tag, hint)


def _site_section(own: Own, site: PrivateSite, now: Sequence[OwnListing], day: date) -> Section:
    rows = [row for one in now for row in _summary(own, one)]
    applying = any(one.state in APPLYING for one in now)
    apply = ActionLink(
        f"Apply anew for {site.name}" if now else f"Apply for {site.name}",
        f"{site_url(own, site)}/apply",
    )
    return Section(
        site.name,
        tuple(rows),
        when_empty="It is not on the register, and no application for it has begun.",
        links=(apply,) if own.keeps and is_open(site, day) and not applying else (),
    )


def _summary(own: Own, listing: OwnListing) -> Iterator[Row]:
    row = listing.row
    label = "Application" if listing.state in APPLYING else "Listing"
    since = f"Since {format_day(standing_of(row).since)}. {_means(listing)}"
    told = (since, *_why_now(listing), *_announced(row), *_lapse(listing))
    ways = (ActionLink("Open", listing_url(own, row)),)
    yield Row(label, told, ways, OWN_STATES[listing.state].tag)
    yield _next(own, listing)


def _next(own: Own, listing: OwnListing) -> Row:
    words = OWN_STATES[listing.state].next
    ways: tuple[ActionLink, ...] = ()
    if listing.waiting:
        words = "Answer what the assessor asked. Nothing is decided before."
        answer = answer_url(own, listing.row, listing.waiting[0])
        ways = (ActionLink("Answer", answer),) if own.keeps else ()
    elif listing.lapse:
        words = "Send what takes the place of the evidence that is missing or out of date."
        ways = (ActionLink("See your documents", f"{own.address}/documents"),)
    return Row("What to do next", (words,), ways)


def _earlier(own: Own, listing: OwnListing) -> Row:
    since = format_day(standing_of(listing.row).since)
    ways = (ActionLink("Open", listing_url(own, listing.row)),)
    tag = OWN_STATES[listing.state].tag
    return Row(listing.row.site_name, (f"Since {since}",), ways, tag)


def _stands(own: Own, listing: OwnListing) -> Iterator[Row]:
    row = listing.row
    said = (_means(listing), *_why_now(listing))
    yield Row(f"Since {format_day(standing_of(row).since)}", said)
    if announced := _announced(row):
        yield Row("Announced", announced)
    if lapse := _lapse(listing):
        yield Row("Evidence", lapse)
    yield _next(own, listing)
    yield Row("Who decides", (la_name(row.la_code),))
    if row.submitted_at:
        yield Row("Submitted", (format_moment(row.submitted_at),))
    if row.listed_on:
        yield Row("First day on the register", (format_day(row.listed_on),))
    if row.seen_on:
        yield Row("Seen", (f"{format_day(row.seen_on)}, {SEEN_HOW[row.seen_how]}",))
    if row.review_due_on:
        yield Row("Looked at again by", (format_day(row.review_due_on),))


def _means(listing: OwnListing) -> str:
    if listing.state is ListingState.CLOSED and listing.row.listed_on is None:
        return "The application was given up."
    return OWN_STATES[listing.state].means


def _why_now(listing: OwnListing) -> tuple[str, ...]:
    """Return why it came to where it stands, unless its owner brought it there."""
    since = standing_of(listing.row).since
    moves = [
        one for one in listing.moves if one.to_state is listing.state and one.effective_on <= since
    ]
    return _why(moves[-1]) if moves and moves[-1].made_by != "owner" else ()


def _why(move: MoveOut) -> tuple[str, ...]:
    public = (REASONS[move.public_reason],) if move.public_reason else ()
    if move.reason is None:
        return (*public, _WITHHELD)
    return (*public, move.reason if move.made_by == "owner" else f"Why: {move.reason}")


def _announced(row: Any) -> tuple[str, ...]:
    coming = stands(row).next_state
    if coming is None:
        return ()
    label = OWN_STATES[coming].tag.label
    return (f"From {format_day(row.next_on)} on it is: {label.lower()}.",)


def _lapse(listing: OwnListing) -> tuple[str, ...]:
    lapse = listing.lapse
    if lapse is None:
        return ()
    kinds = join_words([EVIDENCE_KINDS[kind] for kind in lapse.kinds])
    since = f"Missing or out of date since {format_day(lapse.since)}: {kinds}."
    if lapse.review_on is None:
        return (since,)
    review = f"It comes under review on {format_day(lapse.review_on)}, unless you send what takes "
    return (since, f"{review}its place before.")


def _question(own: Own, listing: OwnListing, question: Any) -> Row:
    asked = f"Asked {format_moment(question.asked_at)}"
    if question.answer is not None:
        when = format_moment(question.answered_at)
        return Row(asked, (question.question, f"You answered {when}: {question.answer}"))
    if question not in listing.waiting:
        return Row(asked, (question.question, "It was not answered."))
    ways = (ActionLink("Answer", answer_url(own, listing.row, question)),)
    return Row(asked, (question.question,), ways if own.keeps else (), _YOURS)


def _move(move: MoveOut) -> Row:
    by = MADE_BY[move.made_by]
    if move.made_by == "owner" and move.names:
        by = f"{by}: {join_words(move.names)}"
    label = OWN_STATES[move.to_state].tag.label
    return Row(format_day(move.effective_on), (label, *_why(move), by))
