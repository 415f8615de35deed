"""Turn a site's standing into plain words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from app.pages import filters, record_wording, wording
from app.pages.status_view import build_status
from app.pages.view_models import ActionLink, Fact, StatusView

Json = Mapping[str, Any]


def build_site_status(site: Json) -> StatusView | None:
    """Return where a site stands; `None` where it is not listed."""
    listing = site["listing"]
    if listing is None:
        return None
    return build_status({"code": listing["status"], "since": listing["since"]})


def build_site_notes(site: Json) -> tuple[str, ...]:
    """Return what there is to say of a site's standing, a sentence or two each."""
    listing = site["listing"]
    if listing is None:
        return (record_wording.NOT_LISTED,)
    notes = []
    if listing["reason"]:
        notes.append(wording.label(record_wording.REASONS, listing["reason"]))
    if listing["announced"]:
        notes.append(write_announced(listing["announced"]))
    if site["evidence"]:
        notes.append(write_evidence(site["evidence"]))
    if listing["basis"] in record_wording.BASES:
        notes.append(record_wording.BASES[listing["basis"]])
    return tuple(notes)


def build_listing_facts(site: Json) -> tuple[Fact, ...]:
    """Return what a listing covers, who saw what, and when it is looked at again."""
    listing = site["listing"]
    if listing is None:
        return ()
    review = listing["review_due_on"]
    return (
        Fact("What was seen", _scope(listing["scope"])),
        Fact("Seen", (_seen(listing),)),
        Fact("Decided by", (listing["decided_by"]["name"],)),
        Fact("Held against", (listing["standards"] or "",)),
        Fact("On the register since", (filters.format_day(listing["listed_on"]),)),
        Fact("To be looked at again by", (filters.format_day(review) if review else "",)),
    )


def write_evidence(evidence: Json) -> str:
    """Say whether evidence is in date, since when it is not, and how long there is."""
    if evidence["since"] is None:
        return wording.label(record_wording.EVIDENCE, evidence["status"])
    since = filters.format_day(evidence["since"])
    if evidence["grace_until"] is None:
        return f"Evidence is out of date since {since}."
    until = filters.format_day(evidence["grace_until"])
    return (
        f"Evidence is out of date since {since}. The provider has until {until} to renew it; from "
        "then on the listing is under review."
    )


def write_announced(announced: Json) -> str:
    """Say what was decided for a later day."""
    day = filters.format_day(announced["from"])
    standing = wording.status_words(announced["status"]).label.lower()
    reason = announced["reason"]
    why = f" {wording.label(record_wording.REASONS, reason)}" if reason else ""
    return f"From {day}: {standing}.{why}"


def build_notes(record: Json) -> tuple[str, ...]:
    """Return what a whole record says of its evidence, where some of it is out of date."""
    evidence = record["evidence"]
    return (write_evidence(evidence),) if evidence and evidence["since"] is not None else ()


def build_related(record: Json) -> tuple[ActionLink, ...]:
    """Link the records that go on from this one, and those it goes on from."""
    links = []
    if record["merged_into"]:
        number = record["merged_into"]
        links.append((f"This provider has two records, and {number} goes on for both", number))
    links += [(f"{number} goes on from this provider", number) for number in record["successors"]]
    links += [(f"It goes on from {number}", number) for number in record["predecessors"]]
    return tuple(ActionLink(text, f"/providers/{quote(number, safe='')}") for text, number in links)


def _scope(scope: Json) -> tuple[str, ...]:
    stages = [str(stage) for stage in scope["key_stages"]]
    needs = "; ".join(wording.need_label(code) for code in scope["needs"])
    parts = (
        f"Ages {filters.format_ages(scope['ages'])}" if scope["ages"] else "",
        f"Key stage{'s' if len(stages) > 1 else ''} {filters.join_words(stages)}" if stages else "",
        needs,
        "; ".join(scope["programmes"]),
    )
    return tuple(part for part in parts if part)


def _seen(listing: Json) -> str:
    if not listing["seen_on"]:
        return ""
    how = wording.label(record_wording.SEEN_HOW, listing["seen_how"])
    return f"{filters.format_day(listing['seen_on'])}, {how}"
