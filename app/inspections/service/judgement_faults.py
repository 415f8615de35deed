"""What can be wrong with judgements: every fault of a batch at once, by JSON pointer; pure."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.errors import FieldFault
from app.inspections.outcome import OutcomeRule
from app.inspections.schemas.judgements import FoundAtSite
from app.inspections.service.looking import Sheet
from app.inspections.terms import NOT_LOOKED_AT, Judgement
from app.providers.evidence import add_months
from app.standards.terms import Gate


def faults_of(
    sheet: Sheet,
    stated: Sequence[FoundAtSite],
    last: Mapping[tuple[int, str], Any],
    files: Collection[uuid.UUID],
    rule: OutcomeRule,
) -> list[FieldFault]:
    """Return everything that is wrong with judgements.

    Args:
        sheet: what is looked at.
        stated: what was found.
        last: by site and criterion, what was published last.
        files: those of the inspection that are usable.
        rule: for how long evidence counts.
    """
    found: list[FieldFault] = []
    places: dict[tuple[int, str], int] = {}
    for place, one in enumerate(stated):
        where = f"/judgements/{place}"
        first = places.setdefault((one.site, one.criterion), place)
        if first != place:
            words = f"Site {one.site} and criterion {one.criterion} are judged in item {first} too."
            found.append(FieldFault(words, f"{where}/criterion"))
            continue
        faults = _faults_of_asked(sheet, one)
        if not faults:
            criterion = sheet.asked[one.site][one.criterion]
            faults = [
                *_faults_of_words(one),
                *_faults_of_evidence(one, Gate(criterion.gate), rule),
                *_faults_of_carried(one, last.get((one.site, one.criterion))),
                *_faults_of_files(one, files),
            ]
        found += [FieldFault(words, where + member) for member, words in faults]
    return found


def _faults_of_asked(sheet: Sheet, one: FoundAtSite) -> list[tuple[str, str]]:
    if one.site not in sheet.sites:
        looked_at = ", ".join(map(str, sheet.sites))
        return [("/site", f"The inspection does not look at site {one.site}, but at {looked_at}.")]
    if one.criterion not in sheet.asked[one.site]:
        words = (
            f"The inspection looks at no criterion {one.criterion} at site {one.site}. What it "
            "looks at is listed at its judgements' address."
        )
        return [("/criterion", words)]
    return []


def _faults_of_words(one: FoundAtSite) -> Iterator[tuple[str, str]]:
    if one.judgement is Judgement.MET or one.finding is not None:
        return
    wanted = "why nobody looked" if one.judgement in NOT_LOOKED_AT else "what was seen"
    yield "/finding", f"Say {wanted}: a judgement of {one.judgement} is published with its reason."


def _faults_of_evidence(
    one: FoundAtSite, gate: Gate, rule: OutcomeRule
) -> Iterator[tuple[str, str]]:
    looked = one.judgement not in NOT_LOOKED_AT
    for member, value, words in (
        ("/seen_on", one.seen_on, "Say on which day this evidence was seen."),
        ("/method", one.method, "Say how this evidence was seen."),
    ):
        if looked and value is None:
            yield member, words
        if not looked and value is not None:
            yield member, f"Nothing was seen of what is {one.judgement}: leave it out."
    if one.seen_on is None or not looked:
        return
    today, months = clock.today(), rule.counts_months.get(gate)
    if one.seen_on > today:
        yield "/seen_on", f"It is {today} in London: nothing is seen in the future."
    elif months is not None and add_months(one.seen_on, months) < today:
        words = (
            f"Evidence for a {gate} criterion counts for {months} months, and this is older. Look "
            f"again, or judge it {Judgement.NOT_ASSESSED}."
        )
        yield "/seen_on", words


def _faults_of_carried(one: FoundAtSite, last: Any) -> Iterator[tuple[str, str]]:
    if not one.carried:
        return
    if last is None:
        yield "/carried", "Nothing was published of it before that could be carried forward."
        return
    held: tuple[str, date] = (last.judgement, last.seen_on)
    if (one.judgement.value, one.seen_on) != held:
        words = (
            f"What is carried forward stays as it was: {last.judgement}, seen on {last.seen_on}. "
            "Where you saw something else, it is not carried."
        )
        yield "/carried", words


def _faults_of_files(one: FoundAtSite, files: Collection[uuid.UUID]) -> Iterator[tuple[str, str]]:
    for place, file in enumerate(one.files):
        if file not in files:
            words = (
                "The inspection has no such file, or it was found infected. Send it to the "
                "inspection's files first, then name it here."
            )
            yield f"/files/{place}", words
