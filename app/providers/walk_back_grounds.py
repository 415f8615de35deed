"""What two records may have in common, one function for each kind of ground; pure.

Every sentence is for the assessor of the applicant, and repeats only what the applicant has given.
"""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, product
from math import prod

from app.providers.likeness import THRESHOLD as ALIKE
from app.providers.likeness import name_likeness
from app.providers.persons_alike import LIKELY, Person, likeness_of_persons
from app.providers.terms import Ground
from app.providers.traces import ReadTraces
from app.values.street_address import StreetAddress

MANY = 3
"""A telephone number, address or domain that so many strangers share tells nobody from another."""

_SAME_BODY, _SAME_ACCOUNT, _SAME_MAILBOX = 1.0, 0.95, 0.8
_SAME_HOUSE, _SAME_PHONE, _SAME_DOMAIN = 0.65, 0.65, 0.6
_HOUSE_WITHOUT_FLAT, _SAME_PREMISES, _SHARED, _SAME_POSTCODE = 0.45, 0.25, 0.2, 0.15
_SAME_NAME, _LIKE_NAME = 0.45, 0.35
_ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in common.

    Attributes:
        ground: what kind of thing.
        weight: how telling, from 0 to 1.
        sentence: for the assessor; repeats only what the applicant has given.
    """

    ground: Ground
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are compared, and further ones that share something with either."""

    one: ReadTraces
    other: ReadTraces
    others: Sequence[ReadTraces]

    def many_have(self, has: Callable[[ReadTraces], bool]) -> bool:
        """Return whether so many strangers share something that it tells nothing."""
        ends = self.one.given.key, self.other.given.key
        sharing = (
            each
            for each in self.others
            if each.given.key not in ends
            and has(each)
            and not _same_people(each, self.one)
            and not _same_people(each, self.other)
        )
        return len(list(islice(sharing, MANY))) == MANY


def _declared(pair: Pair) -> Iterable[Finding]:
    one, other = pair.one.given, pair.other.given
    if other.key in one.continues or one.key in other.continues:
        yield Finding(Ground.DECLARED, _SAME_BODY, "It is declared that one continues the other.")


def _companies(pair: Pair) -> Iterable[Finding]:
    for number in sorted(pair.one.companies & pair.other.companies):
        sentence = f"Both are company {number}."
        yield Finding(Ground.COMPANY, _SAME_BODY, sentence)


def _charities(pair: Pair) -> Iterable[Finding]:
    for number in sorted(pair.one.charities & pair.other.charities):
        sentence = f"Both are charity {number}."
        yield Finding(Ground.CHARITY, _SAME_BODY, sentence)


def _bank_accounts(pair: Pair) -> Iterable[Finding]:
    if pair.one.given.bank_hashes & pair.other.given.bank_hashes:
        sentence = "Both are paid into the same bank account."
        yield Finding(Ground.BANK_ACCOUNT, _SAME_ACCOUNT, sentence)


def people_deceive(pair: Pair) -> float:
    """Return the chance that every likeness between two records' people is an accident.

    Each further person counts, and counts once, whichever of the two records is asked; so that
    somebody who is named twice on one side is one person still.
    """
    one, other = pair.one.given.people, pair.other.given.people
    return max(_accident(one, other), _accident(other, one))


def _accident(one: tuple[Person, ...], other: tuple[Person, ...]) -> float:
    best = (max((likeness_of_persons(a, b) for b in other), default=0.0) for a in set(one))
    return prod(sorted(1 - weight for weight in best))


def _people(pair: Pair) -> Iterable[Finding]:
    for person in set(pair.one.given.people):
        weighed = [(likeness_of_persons(person, b), b) for b in pair.other.given.people]
        best = max((weight for weight, _ in weighed), default=0.0)
        if best:
            months = {b.birth_month for weight, b in weighed if weight == best}
            yield Finding(Ground.PERSON, best, _of_person(person, months, best))


def _of_person(person: Person, months: Set[str | None], weight: float) -> str:
    name, month = person.name, person.birth_month
    if month and month in months:
        alike = "the same" if weight > LIKELY else "nearly the same"
        return f"{name} has {alike} name and the same month of birth as somebody of the other."
    if month and None not in months:
        return f"{name} has the name of somebody of the other, but another month of birth."
    tells = "and it is a rare one" if weight >= LIKELY else "which alone tells little"
    return f"{name} has, or nearly has, the name of somebody of the other, {tells}."


def _addresses(pair: Pair) -> Iterable[Finding]:
    best: Finding | None = None
    for one, other in product(pair.one.addresses, pair.other.addresses):
        found = _one_address(one, other, pair)
        if found and (
            best is None or (-found.weight, found.sentence) < (-best.weight, best.sentence)
        ):
            best = found
    if best:
        yield best


def _one_address(one: StreetAddress, other: StreetAddress, pair: Pair) -> Finding | None:
    weight = _same_place(one, other)
    if not weight:
        return None
    sentence = f"Both give {_shown(one)} as an address{_HOW_NEAR[weight]}"
    many = pair.many_have(partial(_is_at, (one, other), weight))
    return _particular(Finding(Ground.ADDRESS, weight, sentence), many=many)


def _is_at(places: Sequence[StreetAddress], weight: float, traces: ReadTraces) -> bool:
    return any(_same_place(*pair) >= weight for pair in product(places, traces.addresses))


_HOW_NEAR = {
    _SAME_HOUSE: "",
    _HOUSE_WITHOUT_FLAT: ", one of them without saying which flat or unit",
    _SAME_PREMISES: ", where many unconnected people are",
    _SAME_POSTCODE: ", as far as the postcode says",
}


def _shown(address: StreetAddress) -> str:
    unit = f"unit {address.unit}, " if address.unit else ""
    where = " ".join(part for part in (address.number, *address.street[:2]) if part).title()
    return ", ".join(part for part in (f"{unit}{where}", address.postcode) if part)


def _same_place(one: StreetAddress, other: StreetAddress) -> float:
    if not _same_house(one, other):
        bare = not (one.number or one.house) or not (other.number or other.house)
        same = one.postcode is not None and one.postcode == other.postcode
        return _SAME_POSTCODE if bare and same else 0.0
    if one.of_an_agent or other.of_an_agent:
        return _SAME_PREMISES
    if one.unit and other.unit:
        return _SAME_HOUSE if one.unit == other.unit else 0.0
    if one.of_many or other.of_many:
        return _SAME_PREMISES
    return _SAME_HOUSE if one.unit == other.unit else _HOUSE_WITHOUT_FLAT


def _same_house(one: StreetAddress, other: StreetAddress) -> bool:
    if one.number != other.number or one.house != other.house or not (one.number or one.house):
        return False
    if one.postcode and other.postcode:
        return one.postcode == other.postcode
    # Without both postcodes a numbered street and the beginning of its town must tell.
    if not one.number:
        return False
    beginning = one.street[:_ENOUGH_WORDS]
    return len(beginning) == _ENOUGH_WORDS and beginning == other.street[:_ENOUGH_WORDS]


def _phones(pair: Pair) -> Iterable[Finding]:
    for number in sorted(pair.one.phones & pair.other.phones):
        yield _particular(
            Finding(Ground.PHONE, _SAME_PHONE, f"Both give the telephone number {number}"),
            many=pair.many_have(partial(_holds, "phones", number)),
        )


def _mailboxes(pair: Pair) -> Iterable[Finding]:
    for mailbox in sorted(pair.one.mailboxes & pair.other.mailboxes):
        yield _particular(
            Finding(Ground.MAILBOX, _SAME_MAILBOX, f"Both give the e-mail address {mailbox}"),
            many=pair.many_have(partial(_holds, "mailboxes", mailbox)),
        )


def _domains(pair: Pair) -> Iterable[Finding]:
    for domain in sorted(pair.one.domains & pair.other.domains):
        yield _particular(
            Finding(Ground.DOMAIN, _SAME_DOMAIN, f"Both have mail or pages at {domain}"),
            many=pair.many_have(partial(_holds, "domains", domain)),
        )


def _holds(field: str, value: str, traces: ReadTraces) -> bool:
    return value in getattr(traces, field)


def _particular(found: Finding, *, many: bool) -> Finding:
    """Return a finding as it stands once it is known whether many others share the same."""
    if many and found.weight > _SHARED:
        return Finding(found.ground, _SHARED, f"{found.sentence}, and so do several others.")
    return replace(found, sentence=f"{found.sentence}.")


def _names(pair: Pair) -> Iterable[Finding]:
    alike = [
        (name_likeness(name, another), name)
        for name, another in product(pair.one.given.names, pair.other.given.names)
    ]
    if not alike:
        return
    best = max(score for score, _ in alike)
    name = min(name for score, name in alike if score == best)
    if best >= ALIKE:
        weight, how = (_SAME_NAME, "the") if best == 1 else (_LIKE_NAME, "nearly the")
        yield Finding(Ground.NAME, weight, f"{name} is {how} name of the other.")


GROUNDS: tuple[Callable[[Pair], Iterable[Finding]], ...] = (
    _declared,
    _companies,
    _charities,
    _bank_accounts,
    _people,
    _addresses,
    _phones,
    _mailboxes,
    _domains,
    _names,
)


def _same_people(one: ReadTraces, other: ReadTraces) -> bool:
    if one.companies & other.companies or one.charities & other.charities:
        return True
    if one.given.bank_hashes & other.given.bank_hashes:
        return True
    pairs = product(one.given.people, other.given.people)
    return any(likeness_of_persons(*pair) >= LIKELY for pair in pairs)
