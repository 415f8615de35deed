"""What one entry of the register changed, in the words of the provider's own page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.pages.public.inspection_view import build_outcome
from app.pages.public.offer_view import build_offer
from app.pages.public.provider_view import build_facts, build_sites
from app.pages.status_view import build_status
from app.pages.view_models import OfferView

Json = Mapping[str, Any]
Key = tuple[str, ...]
Said = dict[Key, tuple[str, tuple[str, ...]]]
"""What a page says, by what it is about: a label, and the words under it."""

UNSEEN = "Something this page does not show, such as a point on the map; the data has it"
_OFFERED = {
    "ages": "ages",
    "needs": "needs supported",
    "when": "when",
    "group": "group",
    "prices": "price for one pupil",
    "places": "places",
    "ends": "end",
}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One thing that changed; `was` is empty for what is new, `now` for what is gone."""

    what: str
    was: tuple[str, ...]
    now: tuple[str, ...]


def build_changes(before: Json, after: Json, day: date) -> tuple[ChangeView, ...]:
    """Return what differs between two records of a provider, in the order of its page.

    Args:
        before: the body of `GET /v1/providers/{number}` up to an entry.
        after: the same from that entry on.
        day: of the entry.
    """
    old, new = _said(before, day), _said(after, day)
    whole = [key for key in (*new, *old) if _WHOLE in key]
    came_or_went = {key[:-1] for key in whole if (key in old) != (key in new)}
    changes = [
        ChangeView((new.get(key) or old[key])[0], _words(old, key), _words(new, key))
        for key in {**new, **old}
        if _words(old, key) != _words(new, key) and not _is_told(key, came_or_went)
    ]
    return tuple(changes) or (ChangeView(UNSEEN, (), ()),)


_WHOLE = ""
"""Ends the key of a site or an offer as a whole: what is new or gone is told once."""


def _words(said: Said, key: Key) -> tuple[str, ...]:
    return said[key][1] if key in said else ()


def _is_told(key: Key, came_or_went: set[Key]) -> bool:
    """Say whether a line belongs to a site or an offer that came or went as a whole."""
    inside = [key[:length] for length in range(1, len(key))]
    if key[-1] == _WHOLE:
        inside.pop()
    return any(each in came_or_went for each in inside)


def _said(record: Json, day: date) -> Said:
    said: Said = {("name",): ("Name", (record["name"],))}
    said["status",] = ("Status", (build_status(record["status"]).label,))
    if outcome := build_outcome(record["outcome"]):
        said["outcome",] = ("Outcome of inspections", (outcome.label,))
    for fact in build_facts(record):
        said["fact", fact.label] = (fact.label, fact.values)
    related = {
        "merged": ("Goes on in another record", [record["merged_into"] or ""]),
        "successors": ("Providers that go on from it", record["successors"]),
        "predecessors": ("Providers it goes on from", record["predecessors"]),
    }
    for name, (label, numbers) in related.items():
        said[name,] = (label, tuple(number for number in numbers if number))
    for site, view in zip(record["sites"], build_sites(record, day), strict=True):
        place = ("site", str(site["reference"]))
        said[*place, _WHOLE] = (_label(view.name, "site"), (view.name,))
        if view.status:
            said[*place, "status"] = (_label(view.name, "status"), (view.status.label,))
        said[*place, "notes"] = (_label(view.name, "what is said of it"), view.notes)
        for fact in view.facts:
            label = fact.label[:1].lower() + fact.label[1:]
            said[*place, "fact", fact.label] = (_label(view.name, label), fact.values)
        said.update(_offers(place, view.name, site["offers"]))
    return said


def _offers(place: Key, site: str, offers: list[Json]) -> Said:
    said: Said = {}
    for offer in offers:
        view = build_offer(offer)
        same = sum(1 for key in said if key[-2:] == (view.programme, _WHOLE))
        at = (*place, "offer", str(same), view.programme)
        said[*at, _WHOLE] = (_label(site, "programme"), (view.programme,))
        for name, label, values in _columns(view):
            said[*at, name] = (_label(site, f"{view.programme}, {label}"), values)
    return said


def _columns(view: OfferView) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, label in _OFFERED.items():
        value = getattr(view, name) or ()
        yield name, label, (value,) if isinstance(value, str) else tuple(value)


def _label(site: str, what: str) -> str:
    return f"{site}: {what}"
