"""What an entry changed: undoing it in the new record gives back the old one."""

import copy
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from app.register.composing import compose
from app.register.differences import Difference, differences, moved_for
from tests.register.wholes import TODAY, whole

RECORD: dict[str, Any] = orjson.loads(orjson.dumps(compose(whole(), TODAY)))
SITE: dict[str, Any] = RECORD["sites"][0]
OFFER: dict[str, Any] = SITE["offers"][0]
DAYS = st.sampled_from(["2026-09-01", "2026-10-01"])
LISTED_BY_RECORD = ("sites", "offers", "identifiers", "other_names", "sessions")


def changed(record: dict[str, Any], **members: Any) -> dict[str, Any]:
    return copy.deepcopy(record) | members


offers = st.lists(
    st.builds(
        lambda programme, first, needs, week, sessions: changed(
            OFFER,
            programme=programme,
            ages={"from": first, "to": 16},
            needs=needs,
            prices={**OFFER["prices"], "week": week},
            sessions=sessions,
        ),
        st.sampled_from(["Art", "Boxing", "Tuition"]),
        st.integers(11, 13),
        st.lists(st.sampled_from(["SEMH", "ASD"]), unique=True),
        st.none() | st.integers(1, 3),
        st.lists(
            st.fixed_dictionaries(
                {
                    "day": st.integers(1, 2),
                    "from": st.sampled_from(["09:00", "10:00"]),
                    "to": st.sampled_from(["12:00", "13:00"]),
                }
            ),
            max_size=3,
        ),
    ),
    max_size=4,
)
sites = st.lists(
    st.builds(
        lambda reference, name, since, held: changed(
            SITE,
            reference=reference,
            name=name,
            listing=since and {**SITE["listing"], "since": since},
            offers=held,
        ),
        st.integers(1, 4),
        st.sampled_from(["Yard", "Hall"]),
        st.none() | DAYS,
        offers,
    ),
    max_size=3,
    unique_by=lambda site: site["reference"],
)
records = st.builds(
    lambda name, names, identifiers, contact, held: changed(
        RECORD,
        name=name,
        other_names=names,
        identifiers=identifiers,
        contact=contact,
        sites=sorted(held, key=lambda site: site["reference"]),
    ),
    st.sampled_from(["Forge", "Kiln"]),
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["One", "Two"]),
                "kind": st.sampled_from(["trading", "former"]),
                "until": st.none() | DAYS,
            }
        ),
        max_size=3,
    ),
    st.lists(
        st.fixed_dictionaries(
            {
                "scheme": st.sampled_from(["ukprn", "urn"]),
                "value": st.sampled_from(["1", "2"]),
                "verified_on": st.none() | DAYS,
            }
        ),
        max_size=3,
        unique_by=lambda one: (one["scheme"], one["value"]),
    ),
    st.none() | st.just({"website": "https://x.example", "email": None, "phone": None}),
    sites,
)


def undo(now: dict[str, Any], lines: list[Difference]) -> dict[str, Any]:
    """Put back what lines say stood there before; by the pointers alone."""
    was = copy.deepcopy(now)
    added: list[tuple[Any, int]] = []
    gone: list[tuple[Any, Any]] = []
    for line in lines:
        *steps, last = line.pointer[1:].split("/")
        holder: Any = was
        for step in steps:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        if not isinstance(holder, list):
            holder[last] = line.old
        elif line.old is None:
            added.append((holder, int(last)))
        else:
            gone.append((holder, line.old))
    for holder, place in added:
        holder[place] = None
    for holder, record in gone:
        holder.append(record)
    return was


def unordered(value: Any, name: str = "") -> Any:
    """Leave out what is marked as added, and the order of lists of records."""
    if isinstance(value, dict):
        return {key: unordered(held, key) for key, held in value.items()}
    if isinstance(value, list) and name in LISTED_BY_RECORD:
        held = [unordered(one) for one in value if one is not None]
        return sorted(held, key=lambda one: orjson.dumps(one, option=orjson.OPT_SORT_KEYS))
    return value


@given(records, records)
def test_undoing_what_changed_gives_back_what_was(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    lines = differences(before, now)

    assert unordered(undo(now, lines)) == unordered(before)
    assert all(line.old != line.new for line in lines)
    assert (lines == []) == (unordered(before) == unordered(now))


def lines_of(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    return [(one.pointer, one.old, one.new) for one in differences(before, now)]


def test_one_change_is_one_line_wherever_it_moved_to() -> None:
    held = [changed(OFFER, programme=name) for name in ("Art", "Boxing", "Tuition")]
    dearer = changed(held[1], prices={**OFFER["prices"], "day": 9_900})
    before = changed(RECORD, sites=[changed(SITE, offers=held)])

    def with_offers(*offered: dict[str, Any]) -> list[tuple[str, Any, Any]]:
        sites = [changed(SITE, reference=0), changed(SITE, offers=list(offered))]
        return lines_of(before, changed(RECORD, sites=sites))[1:]

    day = OFFER["prices"]["day"]
    assert with_offers(held[0], dearer, held[2]) == [("/sites/1/offers/1/prices/day", day, 9_900)]
    assert with_offers(held[1], held[2]) == [("/sites/1/offers/0", held[0], None)]
    renamed = changed(held[0], programme="Zoo-keeping")
    assert with_offers(held[1], held[2], renamed) == [
        ("/sites/1/offers/2/programme", "Art", "Zoo-keeping")
    ]


def test_what_came_and_what_went_is_told_whole_and_once() -> None:
    other = changed(SITE, reference=2)
    two = changed(RECORD, sites=[SITE, other])
    one = changed(RECORD, sites=[other])

    assert lines_of(two, one) == [("/sites/0", SITE, None)]
    assert lines_of(one, two) == [("/sites/0", None, SITE)]


def test_a_record_from_before_listings_differs_by_what_changed_and_not_by_its_form() -> None:
    short = {key: value for key, value in SITE.items() if key not in ("listing", "evidence")}
    old = {
        **{key: RECORD[key] for key in ("number", "name", "other_names", "identifiers", "status")},
        "sites": [{**short, "offers": []}],
    }

    assert lines_of(old, old | {"name": "Another"}) == [("/name", old["name"], "Another")]


class TestMovedFor:
    def listed(self, **said: Any) -> dict[str, Any]:
        return changed(RECORD, sites=[changed(SITE, listing={**SITE["listing"], **said})])

    def test_a_listing_that_moved_says_why(self) -> None:
        now = self.listed(status="suspended", since="2026-10-01", reason="being-looked-into")

        assert moved_for(RECORD, now) == "being-looked-into"
        assert moved_for(now, now | {"name": "Another"}) is None

    def test_one_that_will_move_does_too(self) -> None:
        ahead = {"status": "removed", "from": "2027-01-01", "reason": "provider-asked"}

        assert moved_for(RECORD, self.listed(announced=ahead)) == "provider-asked"
        assert moved_for(self.listed(announced=ahead), self.listed(announced=None)) is None

    def test_for_several_reasons_none_is_the_reason(self) -> None:
        sites = [
            changed(SITE, reference=n, listing={**SITE["listing"], "reason": reason})
            for n, reason in ((1, "assessment"), (2, "administrative"))
        ]

        assert moved_for(None, changed(RECORD, sites=sites)) is None
        assert moved_for(None, changed(RECORD, sites=sites[:1])) == "assessment"
