"""What the pages on who pays show."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.access import Actor, Permission
from app.funding.schemas.told import (
    FirstPayerByLaw,
    FundingArrangementOut,
    FundingDisputeOut,
    FundingGap,
    FundingList,
    FundingListItem,
    FundingPayerOut,
    FundingTermsOut,
    PlacementFunding,
    UnfundedList,
)
from app.pages.commissioning.forms import COMMISSIONING, DESK, PLACEMENTS
from app.pages.commissioning.funding_wording import (
    BUDGETS,
    KINDS,
    MEANWHILE,
    PARTIES,
    PAYS_AS,
    RECOVERIES,
    SETTLEMENTS,
    STATES,
    UNIT_NAMES,
)
from app.pages.commissioning.placement_wording import ROUTES, basis_words, hours
from app.pages.filters import count, format_day, format_moment, format_number
from app.pages.form_parts import select_field
from app.pages.part_view import Narrowed, PartPage, Row, Section, TagView
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink
from app.rules.funding.estimating import COUNTED_A_WEEK, PriceUnit

FUNDING = f"{COMMISSIONING}/funding"
READ = "That you read this is written down, with your name and that it was for paying."
_LISTED = (
    ("", "All of them"),
    ("to-sign", "Those that wait for our signature"),
    ("disputed", "Those that are disputed"),
    ("to-be-confirmed", "Those whose hours changed"),
    ("agreed", "Those that are agreed"),
)
_LIST = ActionLink("Who pays", FUNDING)


@dataclass(frozen=True, slots=True)
class Read:
    """An arrangement, and who looks at it.

    Attributes:
        told: the arrangement.
        own: whether they act for its commissioner.
        pays: the organisations for which they may speak.
        placement_seen: whether they may see the whole placement.
    """

    told: FundingArrangementOut
    own: bool
    pays: frozenset[uuid.UUID]
    placement_seen: bool

    def speaks_for(self, payer: FundingPayerOut) -> bool:
        """Say whether they may speak for a payer: its own people, or the commissioner for it."""
        return self.own if payer.organisation is None else payer.organisation in self.pays


def _back(actor: Actor) -> ActionLink:
    if Permission.PLACEMENTS_READ in actor.permissions:
        return DESK
    return ActionLink("Organisation", "/organisation")


def list_part(actor: Actor, state: str, found: FundingList, *, further: bool) -> PartPage:
    """Return the page that lists what an organisation pays for or commissions."""
    return PartPage(
        heading="Who pays",
        caption=actor.organisation_name or actor.name,
        back=_back(actor),
        sections=(
            Section(
                "Found", tuple(_listed(one) for one in found.items), when_empty="There is none."
            ),
        ),
        paragraphs=(READ,),
        others=(ActionLink("Days that nobody pays for", f"{FUNDING}/gaps"),),
        next_url=found.links.next,
        first_url=f"{FUNDING}{f'?state={state}' if state else ''}" if further else None,
        narrowed=(Narrowed("Which", select_field("state", _LISTED, state)),),
    )


def _listed(one: FundingListItem) -> Row:
    of = one.placement
    told = [
        f"{of.provider_name} ({of.provider}), {KINDS[one.kind].lower()}",
        f"{format_day(one.since)} to {format_day(one.until)}",
        f"{show_pounds(one.estimate_pence)} in all",
    ]
    if one.own_amount_pence is not None:
        told.append(f"{show_pounds(one.own_amount_pence)} of it is yours")
    tag = TagView("Agreed", "green") if one.agreed_at else TagView("To be signed", "yellow")
    if one.hours_changed_on is not None:
        tag = TagView("Hours changed: to be confirmed", "orange")
    if one.to_sign:
        tag = TagView("Waits for your signature", "orange")
    if one.disputed:
        tag = TagView("Disputed", "red")
    return Row(of.reference, tuple(told), (ActionLink("Open it", f"{FUNDING}/{one.id}"),), tag)


def gaps_part(actor: Actor, found: UnfundedList, *, further: bool) -> PartPage:
    """Return the page that lists placements with days that nobody pays for."""
    sees = Permission.PLACEMENTS_READ in actor.permissions
    rows = tuple(
        Row(
            one.placement.reference,
            (
                f"{one.placement.provider_name} ({one.placement.provider})",
                *(_days(gap) for gap in one.gaps),
            ),
            (ActionLink("Who pays for it", f"{PLACEMENTS}/{one.id}/funding"),) if sees else (),
        )
        for one in found.items
    )
    return PartPage(
        heading="Days that nobody pays for",
        caption=actor.organisation_name or actor.name,
        back=_LIST,
        sections=(Section("Placements", rows, when_empty="Every day has a payer."),),
        paragraphs=("Nothing here keeps a child from a place.", READ),
        next_url=found.links.next,
        first_url=f"{FUNDING}/gaps" if further else None,
    )


def _days(gap: FundingGap) -> str:
    until = f"to {format_day(gap.until)}" if gap.until else "on, without an end"
    return f"{KINDS[gap.kind]}: from {format_day(gap.since)} {until}"


def by_law(law: FirstPayerByLaw) -> tuple[str, ...]:
    """Say who pays first by the rule, on what authority, and what may be got back."""
    who = PARTIES[law.party]
    named = f"{who}: {law.name}" if law.name else f"{who}; the child's record names none"
    citation = f"{law.rule.citation.source}, {law.rule.citation.provision}"
    owed = law.owed_by
    return (
        named,
        law.says,
        basis_words(law.rule.basis, citation),
        *((f"The education is owed: {owed.citation.source}",) if owed is not None else ()),
        *law.recoveries,
    )


def placement_part(actor: Actor, row: Any, told: PlacementFunding) -> PartPage:
    """Return the page on who pays for one placement."""
    here = f"{PLACEMENTS}/{row.id}"
    own = row.commissioner_id == actor.organisation_id
    arranges = own and Permission.FUNDING_RECORD in actor.permissions
    sees = Permission.PLACEMENTS_READ in actor.permissions
    add = (
        ActionLink("Arrange who pays", f"{here}/funding/arrange"),
        ActionLink("Arrange it with another payer: look for them", f"{here}/funding/find"),
    )
    return PartPage(
        heading="Who pays",
        caption=f"Placement {row.reference}",
        back=ActionLink(f"Placement {row.reference}", here) if sees else _LIST,
        sections=(
            Section("By the rule", (Row("Pays first", by_law(told.first_payer_by_law)),)),
            Section(
                "Days without a payer",
                tuple(Row("Nobody pays", (_days(gap),)) for gap in told.gaps)
                + tuple(Row("Outside the placement", (_days(gap),)) for gap in told.outside),
                when_empty="Every day of the placement has a payer, and no other day.",
            ),
            Section(
                "As agreed",
                tuple(_arranged(one) for one in told.arrangements),
                when_empty="Nothing is arranged yet.",
                links=add if arranges else (),
            ),
        ),
        paragraphs=("No dispute and no missing signature keeps the child from the place.", READ),
    )


def _arranged(one: FundingArrangementOut) -> Row:
    payers = (
        f"{payer.name}, as {PAYS_AS[payer.capacity]}: {show_pounds(payer.amount_pence)}"
        for payer in one.terms.payers
    )
    told = (
        f"{format_day(one.terms.since)} to {format_day(one.terms.until)}",
        f"{show_pounds(one.terms.estimate_pence)} in all",
        *payers,
    )
    tag = _tag(one)
    return Row(KINDS[one.kind], told, (ActionLink("Open it", f"{FUNDING}/{one.id}"),), tag)


def _tag(one: FundingArrangementOut) -> TagView:
    if any(dispute.settlement is None for dispute in one.disputes):
        return TagView("Disputed", "red")
    return STATES[one.state]


def arrangement_part(actor: Actor, read: Read) -> PartPage:
    """Return the page of one arrangement."""
    told, of = read.told, read.told.placement
    others: tuple[ActionLink, ...] = ()
    if read.placement_seen:
        others = (ActionLink(f"Placement {of.reference}", f"{PLACEMENTS}/{of.id}"),)
    return PartPage(
        heading=f"{KINDS[told.kind]}: who pays",
        caption=f"{of.commissioner}, placement {of.reference}",
        back=_LIST,
        sections=tuple(_sections(actor, read)),
        paragraphs=(READ,),
        tag=_tag(told),
        others=others,
    )


def _sections(actor: Actor, read: Read) -> Iterator[Section]:
    told, may = read.told, actor.permissions
    of = told.placement
    amend = ActionLink("Agree on other terms", f"{FUNDING}/{told.id}/amend")
    yield Section(
        "What is paid for",
        (
            Row("Provider", (f"{of.provider_name} ({of.provider}), site {of.site}",)),
            Row("Child", (f"The commissioner's reference {of.child_reference or 'is erased'}",)),
            Row("Route", (ROUTES[of.route],)),
            Row("Hours", (f"{hours(of.weekly_minutes)} a week",)),
        ),
    )
    changed = told.hours_changed_on
    hint = (
        f"The hours changed from {format_day(changed)}: agree on other terms, or on the same anew."
        if changed
        else None
    )
    yield Section(
        "Terms",
        tuple(_terms(told.terms)),
        (hint,) if hint else (),
        links=(amend,) if read.own and Permission.FUNDING_RECORD in may else (),
    )
    yield Section("Who pays which part", tuple(_payers(actor, read)))
    if told.override is not None:
        yield _override(actor, read)
    if told.interim_payer is not None:
        yield _meanwhile(told)
    if told.disputes:
        yield Section("Disputes", tuple(_dispute(actor, read, one) for one in told.disputes))
    if told.terms.recoveries:
        yield Section("Got back", tuple(_recovered(told.terms)))
    for former in told.former_terms:
        void = ("What was signed is void since: other amounts followed.",)
        words = void if former.signatures_void else ()
        rows = (*_terms(former), *(_paid(one) for one in former.payers))
        yield Section(f"Former terms {former.number}", rows, words)


def _terms(terms: FundingTermsOut) -> Iterator[Row]:
    yield Row("Days", (f"{format_day(terms.since)} to {format_day(terms.until)}",))
    one = UNIT_NAMES[terms.unit][0]
    article = "an" if terms.unit is PriceUnit.HOUR else "a"
    yield Row("Price", (f"{show_pounds(terms.price_pence)} for {article} {one}",))
    yield Row("Estimate", (_sum(terms),))
    if terms.vat_note:
        yield Row("VAT", (terms.vat_note,))
    if terms.why:
        yield Row("Amended because", (terms.why,))
    yield Row("Written by", (f"{terms.written_by}, {format_moment(terms.written_at)}",))


def _sum(terms: FundingTermsOut) -> str:
    """Say how an estimate is computed: `£50.05 x 5 half days a week x 12 weeks = £3,003`."""
    price = show_pounds(terms.price_pence)
    total = show_pounds(terms.estimate_pence)
    one, many = UNIT_NAMES[terms.unit]
    if terms.unit is PriceUnit.PLACE:
        return total
    if terms.unit in COUNTED_A_WEEK and terms.units_a_week is not None:
        times = f"{format_number(float(terms.units_a_week))} {many} a week"
        return f"{price} × {times} × {count(terms.times, 'week')} = {total}"  # noqa: RUF001
    return f"{price} × {count(terms.times, one, many)} = {total}"  # noqa: RUF001


def _payers(actor: Actor, read: Read) -> Iterator[Row]:
    told = read.told
    signs = Permission.FUNDING_SIGN in actor.permissions
    open_for = {(one.name, one.payer) for one in told.disputes if one.settlement is None}
    waits = told.override is not None and told.override.confirmed_by is None
    for one in told.terms.payers:
        links = list[ActionLink]()
        if signs and read.speaks_for(one):
            here = f"{FUNDING}/{told.id}/payers/{one.number}"
            if one.signature is None and not waits:
                away = "Write down that they agreed"
                links.append(ActionLink("Sign" if one.organisation else away, f"{here}/sign"))
            if (one.name, one.number) not in open_for:
                links.append(ActionLink("Dispute it", f"{here}/dispute"))
        paid = _paid(one)
        tag = TagView("Signed", "green") if one.signature else TagView("Not signed", "yellow")
        yield Row(paid.label, paid.values, tuple(links), tag)


def _paid(one: FundingPayerOut) -> Row:
    told = [f"As {PAYS_AS[one.capacity]}"]
    share = ""
    if one.share_basis_points is not None:
        share = f", {format_number(one.share_basis_points / 100)} %"
    told.append(f"{show_pounds(one.amount_pence)}{share}")
    if one.budget_line is not None:
        told.append(f"Budget: {BUDGETS[one.budget_line]}")
    if one.order_number:
        told.append(f"Order {one.order_number}")
    if one.signature is not None:
        told.append(f"{one.signature.signed_name}, {format_day(one.signature.signed_on)}")
    if one.closed is not None:
        followed = " and ".join(each.name for each in one.closed.successors) or "nobody known here"
        on = f" on {format_day(one.closed.closed_on)}" if one.closed.closed_on else ""
        told.append(f"It closed{on}; it was followed by {followed}")
    return Row(one.name, tuple(told))


def _override(actor: Actor, read: Read) -> Section:
    told = read.told.override
    assert told is not None  # noqa: S101 - asked before
    citation = f"{told.rule.citation.source}, {told.rule.citation.provision}"
    rows = [
        Row("Why", (told.reason or "What was said has been erased",)),
        Row("Chosen by", (told.proposed_by,)),
        Row("Rests on", (basis_words(told.rule.basis, citation),)),
    ]
    if told.confirmed_by is not None:
        rows.append(Row("Confirmed by", (told.confirmed_by,)))
        return Section("Another pays first than the rule says", tuple(rows))
    confirm = ActionLink("Confirm it", f"{FUNDING}/{read.told.id}/confirm")
    decides = read.own and Permission.FUNDING_DECIDE in actor.permissions
    words = ("A second person of the commissioner confirms it before anybody signs.",)
    links = (confirm,) if decides else ()
    return Section("Another pays first than the rule says", tuple(rows), words, links=links)


def _meanwhile(told: FundingArrangementOut) -> Section:
    interim = told.interim_payer
    assert interim is not None  # noqa: S101 - asked before
    citation = f"{interim.rule.citation.source}, {interim.rule.citation.provision}"
    until = f" to {format_day(interim.until)}" if interim.until else ""
    said = (
        interim.name or PARTIES[interim.party],
        f"From {format_day(interim.since)}{until}, {MEANWHILE[interim.because]}",
        basis_words(interim.rule.basis, citation),
        *(("Without prejudice to who pays in the end",) if interim.without_prejudice else ()),
    )
    return Section("Who pays meanwhile", (Row("Interim payer", said),))


def _dispute(actor: Actor, read: Read, one: FundingDisputeOut) -> Row:
    told = [
        one.reason or "What was said has been erased",
        f"Opened by {one.opened_by}, {format_day(one.opened_at)}",
    ]
    if one.settlement is not None:
        told += [SETTLEMENTS[one.settlement], one.settlement_reasons or "Erased"]
        told += [f"Decided by {one.decided_by}"] if one.decided_by else []
        return Row(one.name, tuple(told), (), TagView("Settled", "green"))
    told.append(f"To be settled by {format_day(one.due_on)}")
    payer = next((each for each in read.told.terms.payers if each.name == one.name), None)
    may = read.own or (payer is not None and read.speaks_for(payer))
    links: tuple[ActionLink, ...] = ()
    if may and Permission.FUNDING_SIGN in actor.permissions:
        address = f"{FUNDING}/{read.told.id}/disputes/{one.id}/settle"
        links = (ActionLink("Say how it ended", address),)
    late = one.days_left < 0
    tag = TagView("Overdue", "red") if late else TagView(f"{one.days_left} days left", "orange")
    return Row(one.name, tuple(told), links, tag)


def _recovered(terms: FundingTermsOut) -> Iterator[Row]:
    for one in terms.recoveries:
        days = f"{format_day(one.since)} to {format_day(one.until)}"
        formula = (one.formula,) if one.formula else ()
        told = (RECOVERIES[one.basis], show_pounds(one.amount_pence), *formula, days)
        yield Row(one.from_name, told)
