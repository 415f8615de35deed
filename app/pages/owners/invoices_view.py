"""What the page on a provider's prices and invoices shows."""

from collections.abc import Iterator, Mapping

from app.funding.schemas.told import AgreedPrice, AgreedPriceList
from app.funding.terms import FundingKind
from app.pages.filters import format_day
from app.pages.owners.held_records import RECORDS
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.typed_facts import show_pounds
from app.pages.view_models import ActionLink
from app.providers.service.records import Held

FUNDING = "funding"
_KINDS: Mapping[str, str] = {
    FundingKind.EDUCATION: "education",
    FundingKind.TRANSPORT: "transport",
    FundingKind.MEALS: "meals",
}


def invoices_page(held: Held, found: AgreedPriceList, *, further: bool) -> PartPage:
    """Return the page; `further` says whether it is another than the first."""
    here = f"{RECORDS}/{held.number}"
    rows = tuple(
        Row(f"{one.placement}, {_KINDS[one.kind]}", tuple(_lines(one)), (), _tag(one))
        for one in found.items
    )
    return PartPage(
        heading="Prices and invoices",
        caption=held.name,
        back=ActionLink(held.name, here),
        paragraphs=(
            (
                "What is agreed for each placement, by the commissioner's own reference. No child "
                "is named. A dispute between payers never holds up a place: until it ends, "
                "whoever is named pays the whole."
            ),
        ),
        sections=(Section("The newest first", rows, when_empty="Nothing is agreed yet."),),
        next_url=found.links.next,
        first_url=f"{here}/{FUNDING}" if further else None,
    )


def _tag(one: AgreedPrice) -> TagView:
    if one.agreed:
        return TagView("Every payer has signed", "green")
    return TagView("Not every payer has signed", "yellow")


def _lines(one: AgreedPrice) -> Iterator[str]:
    yield f"{one.commissioner}, site {one.site}"
    yield f"{format_day(one.since)} to {format_day(one.until)}"
    yield f"{show_pounds(one.price_pence)} each {one.unit.value.replace('-', ' ')}"
    yield f"{show_pounds(one.estimate_pence)} in all"
    if one.vat_note:
        yield f"VAT: {one.vat_note}"
    for payer in one.invoice:
        order = f", order {payer.order_number}" if payer.order_number else ""
        yield f"Invoice {payer.name}: {show_pounds(payer.amount_pence)}{order}"
    if one.meanwhile:
        yield f"For now invoice {one.meanwhile} for the whole"
