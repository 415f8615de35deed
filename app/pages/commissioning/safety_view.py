"""What the pages on keeping a placed child safe show."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor, Permission
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS
from app.pages.commissioning.placement_wording import DUTIES, basis_words
from app.pages.commissioning.safety_wording import (
    ANSWERS,
    FORCES,
    SOURCES,
    STANDINGS,
    STATUSES,
    WHOSE,
)
from app.pages.filters import count, format_day, join_words
from app.pages.part_view import PartPage, Row, Section
from app.pages.plain_codes import plain
from app.pages.view_models import ActionLink
from app.rules.safeguarding.standing import ItemStanding
from app.safeguarding.schemas import (
    ChecklistItemOut,
    DutyOfferOut,
    DutyOut,
    PlacementDuties,
    PlacementSafeguarding,
    WaitingDutyOffer,
    WaitingDutyOfferList,
)
from app.safeguarding.terms import ItemSource

READ = (
    "That you read this is written down, with your name and that it was for keeping the child safe."
)
_OF_ITEM = re.compile(r"SG[0-9]+ is ")
_COUNTED = (
    (ItemStanding.OVERDUE, "overdue"),
    (ItemStanding.MISSING, "missing"),
    (ItemStanding.DUE_SOON, "due soon"),
)
_PRESSING = (ItemStanding.OVERDUE, ItemStanding.MISSING, ItemStanding.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Read:
    """What is shown of how a child is kept safe.

    Attributes:
        placement_id: where.
        held: the placement, where whoever looks may see all of it.
        own: whether they act for its commissioner.
        duties: who answers for the child.
        safety: the checklist, where they may see it.
        bodies: as which bodies they answer.
    """

    placement_id: uuid.UUID
    held: Any | None
    own: bool
    duties: PlacementDuties
    safety: PlacementSafeguarding | None
    bodies: frozenset[uuid.UUID]

    @property
    def here(self) -> str:
        """Where the page is."""
        return f"{PLACEMENTS}/{self.placement_id}/safeguarding"

    @property
    def runs(self) -> bool:
        """Whether it has not ended, as far as may be seen."""
        return (
            self.held is None or self.held.ended_on is None or self.held.ended_on >= clock.today()
        )


def safety_part(actor: Actor, read: Read) -> PartPage:
    """Return the page on what keeps a placed child safe."""
    held = read.held
    back = DESK
    if held is not None and Permission.PLACEMENTS_READ in actor.permissions:
        back = ActionLink(f"Placement {held.reference}", f"{PLACEMENTS}/{held.id}")
    return PartPage(
        heading="Keeping the child safe",
        caption=f"Placement {held.reference}" if held is not None else "A placed child",
        back=back,
        sections=tuple(_sections(actor, read)),
        paragraphs=(READ,),
        tag=STATUSES[read.safety.status] if read.safety is not None else None,
    )


def _sections(actor: Actor, read: Read) -> Iterator[Section]:
    if read.safety is not None:
        yield _stands(actor, read, read.safety)
    for one in read.duties.duties:
        yield _duty(actor, read, one)
    if read.safety is not None:
        yield from _items(actor, read, read.safety)


def _stands(actor: Actor, read: Read, safety: PlacementSafeguarding) -> Section:
    rows = [Row("In all", (_in_all(safety),))]
    # What is said of an item stands at the item; here is what holds of the placement as a whole.
    rows += [
        Row("Why", (plain(one.because), _rests(one.rule)))
        for one in safety.reasons
        if not _OF_ITEM.match(one.because)
    ]
    if safety.next_due is not None:
        rows.append(Row("Next due", (format_day(safety.next_due),)))
    urgent = safety.urgent_start
    if urgent is not None:
        told = (
            urgent.reasons or "What was said has been erased",
            f"What is lacking is completed by {format_day(urgent.complete_by)}",
            f"Said by {urgent.recorded_by}",
        )
        rows.append(Row("The start could not wait", told))
    records = Permission.SAFEGUARDING_RECORD in actor.permissions
    link = ActionLink("Say why the start cannot wait", f"{read.here}/urgent-start")
    return Section(
        "How it stands",
        tuple(rows),
        links=(link,) if records and read.own and urgent is None else (),
    )


def _in_all(safety: PlacementSafeguarding) -> str:
    found = Counter(one.standing for one in safety.items)
    told = [f"{found[one]} {words}" for one, words in _COUNTED if found[one]]
    return join_words(told) if told else "Everything that is asked is current"


def _rests(rule: Any) -> str:
    return basis_words(rule.basis, f"{rule.citation.source}, {rule.citation.provision}")


def _duty(actor: Actor, read: Read, one: DutyOut) -> Section:
    contact = one.contact
    if contact is None:
        who: tuple[str, ...] = ("Nobody is named yet: ask them to name somebody",)
    else:
        told = (contact.name, contact.post, contact.phone, contact.email)
        who = tuple(text for text in told if text)
    rows = [Row("Answers today", (one.body.name, *who))]
    rows += [
        Row(
            "Answered before" if period.since <= clock.today() else "Answers later",
            (period.body.name, _days(period.since, period.until)),
        )
        for period in one.periods
        if len(one.periods) > 1
    ]
    hands = Permission.SAFEGUARDING_HAND_OVER in actor.permissions and read.runs
    rows += [_offer(read, offer, may=hands) for offer in one.offers]
    links = (
        ActionLink("Name another person", f"{read.here}/duties/{one.duty}/person"),
        ActionLink("Ask another body to take it over", f"{read.here}/duties/{one.duty}/offer"),
    )
    return Section(DUTIES[one.duty], tuple(rows), links=links if hands and one.yours else ())


def _days(since: Any, until: Any | None) -> str:
    return f"From {format_day(since)}" + (f" to {format_day(until)}" if until else "")


def _offer(read: Read, offer: DutyOfferOut, *, may: bool) -> Row:
    told = (
        f"{offer.from_.name} asks {offer.to.name} to take it over from {format_day(offer.since)}",
        f"Asked by {offer.offered_by}",
    )
    if offer.answer is not None:
        return Row("Asked", (*told, f"{ANSWERS[offer.answer]} by {offer.answered_by}"))
    here, links = f"{read.here}/offers/{offer.id}", list[ActionLink]()
    if may and offer.to.id in read.bodies:
        links += [ActionLink("Accept", f"{here}/accept"), ActionLink("Refuse", f"{here}/refuse")]
    if may and offer.from_.id in read.bodies:
        links.append(ActionLink("Take back", f"{here}/withdraw"))
    return Row("Asked, not answered yet", told, tuple(links))


def _items(actor: Actor, read: Read, safety: PlacementSafeguarding) -> Iterator[Section]:
    records = Permission.SAFEGUARDING_RECORD in actor.permissions
    asked = [one for one in safety.items if one.standing is not ItemStanding.NOT_ASKED]
    pressing = [one for one in asked if one.standing in _PRESSING]
    current = [one for one in asked if one.standing not in _PRESSING]
    pressing.sort(key=lambda one: _PRESSING.index(one.standing))
    others = [one for one in safety.items if one.standing is ItemStanding.NOT_ASKED]
    words = ("A duty stays with each body that has it; nobody is rid of it by what another does.",)
    yield Section(
        "Missing, overdue or due soon",
        tuple(_item(read, one, records=records) for one in pressing),
        words,
        "Nothing is.",
    )
    done = tuple(_item(read, one, records=records) for one in current)
    yield Section("Done", done, when_empty="Nothing is done yet.")
    not_asked = tuple(Row(one.number, (one.says,), (), STANDINGS[one.standing]) for one in others)
    yield Section("Not asked of this placement", not_asked, when_empty="Everything is asked.")


def _item(read: Read, one: ChecklistItemOut, *, records: bool) -> Row:
    whose = join_words([WHOSE[each] for each in one.whose])
    told = [one.says, f"{FORCES[one.force]}, by {whose}. {_rests(one.rule)}"]
    if one.done_on is not None:
        by = f", by {one.done_by}" if one.done_by else ""
        told.append(f"Done on {format_day(one.done_on)}{by}")
    if one.what:
        told.append(one.what)
    if one.evidence:
        told.append(f"Evidence: {one.evidence}")
    if one.provider is not None:
        by_provider = one.provider.what or "It was said, and the record was erased."
        told.append(f"The provider says of its part: {by_provider}")
    if one.next_due is not None:
        told.append(f"Due by {format_day(one.next_due)}")
    links: tuple[ActionLink, ...] = ()
    if one.read_from is not ItemSource.RECORDED:
        told.append(SOURCES[one.read_from])
        links = _elsewhere(read, one.read_from)
    elif records:
        links = (ActionLink("State it", f"{read.here}/items/{one.number}"),)
    return Row(one.number, tuple(told), links, STANDINGS[one.standing])


def _elsewhere(read: Read, source: ItemSource) -> tuple[ActionLink, ...]:
    """Return where an item is written down that is read from another record."""
    if read.held is None:
        return ()
    if source is ItemSource.REVIEWS:
        return (ActionLink("Reviews", f"{PLACEMENTS}/{read.placement_id}/reviews"),)
    if source is ItemSource.NOTICES:
        return (ActionLink("Who is told", f"{PLACEMENTS}/{read.placement_id}/notices"),)
    if source is ItemSource.ATTENDANCE:
        return (ActionLink("Who came", f"{PLACEMENTS}/{read.placement_id}/attendance"),)
    if source is ItemSource.SITE_CHECKS:
        return (ActionLink("Our checks of sites", f"{COMMISSIONING}/site-checks"),)
    return ()


def offers_part(actor: Actor, found: WaitingDutyOfferList, *, further: bool) -> PartPage:
    """Return the page that lists what other bodies ask one's organisation to take over."""
    address = f"{COMMISSIONING}/lead-contact-offers"
    asked = count(len(found.items), "duty waits", "duties wait")
    return PartPage(
        heading="Asked to answer for a child",
        caption=actor.organisation_name or actor.name,
        back=DESK,
        sections=(
            Section(
                f"{asked} for your answer" if found.items else "Waiting for your answer",
                tuple(_waiting(one) for one in found.items),
                when_empty="Nobody asks you to take a duty over.",
            ),
        ),
        paragraphs=("Until you accept, the body that asks you goes on.",),
        next_url=found.links.next,
        first_url=address if further else None,
    )


def _waiting(one: WaitingDutyOffer) -> Row:
    told = (
        f"{one.from_.name} asks {one.to.name}",
        f"From {format_day(one.since)}; asked by {one.offered_by}",
    )
    link = ActionLink("Look at it and answer", f"{PLACEMENTS}/{one.placement}/safeguarding")
    return Row(one.reference or "A placed child", (DUTIES[one.duty], *told), (link,))
