"""Writing down what was found: every fault of a batch at once, and nothing of it half written."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import WriteSession
from app.errors import FieldFault
from app.inspections.errors import (
    InspectionMoveNotAllowedError,
    JudgementChangedError,
    JudgementsNotAcceptedError,
    NotYourInspectionError,
)
from app.inspections.queries import inspections
from app.inspections.queries import judgements as queries
from app.inspections.queries.files import find_usable
from app.inspections.queries.hearing import list_comments
from app.inspections.schemas.judgements import FoundAtSite, JudgementStated
from app.inspections.service.judgement_faults import faults_of
from app.inspections.service.looking import Sheet, check_body, hold, sheet_of, subject_of
from app.inspections.service.policies import rules_on
from app.inspections.terms import CORRECTED_IN, JUDGED_IN, InspectionState
from app.providers.service.records import person_of
from app.values.uuid7 import uuid7

Key = tuple[int, str]
"""A site's reference and a criterion's number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a batch.

    Attributes:
        added: how many judgements are new.
        changed: how many took the place of others.
        same: how many said what was held already; nothing of those changed.
    """

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class _Batch:
    """Judgements that are in order, and all that is needed to write them."""

    inspection_id: uuid.UUID
    person_id: uuid.UUID
    sheet: Sheet
    stated: Sequence[JudgementStated]
    held: Mapping[Key, Any]
    last: Mapping[Key, Any]

    def row(self, one: JudgementStated) -> dict[str, Any]:
        """Return what is kept of a judgement, in place of what is held."""
        key = (one.site, one.criterion)
        there = self.held.get(key)
        row = {
            "id": there.id if there is not None else uuid7(),
            "judgement": one.judgement.value,
            "finding": one.finding,
            "method": one.method.value if one.method else None,
            "seen_on": one.seen_on,
            "carried_from_id": self.last[key].id if one.carried else None,
            "judged_by": self.person_id,
            "judged_at": clock.now(),
            "version": there.version + 1 if there is not None else 1,
        }
        if there is not None:
            return row
        return row | {
            "inspection_id": self.inspection_id,
            "site_id": self.sheet.sites[one.site].id,
            "criterion_id": self.sheet.asked[one.site][one.criterion].id,
        }


async def judge(
    session: WriteSession, actor: Actor, reference: str, stated: Sequence[JudgementStated]
) -> Kept:
    """Keep judgements of an inspection, all or none; the first ones begin the judging.

    Raises:
        PersonNeededError: a machine asks; it submits a whole result instead.
        InspectionNotFoundError: there is none that the actor may see.
        NotYourInspectionError: they do not inspect it.
        InspectionMoveNotAllowedError: what was found is settled.
        JudgementsNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
        JudgementChangedError: a colleague changed one of them since it was read.
    """
    person_id = person_of(actor)
    held = await hold(session, reference)
    check_body(held)
    inspectors = await inspections.list_inspectors(session, held.id)
    if person_id not in {one.person_id for one in inspectors}:
        raise NotYourInspectionError(
            f"You are not named to inspect {held.reference}. Its lead, or whoever planned it, "
            "names inspectors."
        )
    if held.state not in JUDGED_IN | {CORRECTED_IN}:
        raise InspectionMoveNotAllowedError(
            f"{held.reference} is {held.state}: what was found is settled.", state=held.state
        )
    return await keep_judgements(session, actor, held, person_id, stated)


async def keep_judgements(
    session: WriteSession,
    actor: Actor,
    inspection: Any,
    person_id: uuid.UUID,
    stated: Sequence[JudgementStated],
) -> Kept:
    """Keep judgements of a held inspection, found by one of its inspectors.

    Args:
        session: the transaction.
        actor: who writes them down.
        inspection: held.
        person_id: the inspector who found it.
        stated: what.

    Raises:
        JudgementsNotAcceptedError: something is wrong; every fault at once, by JSON pointer.
        JudgementChangedError: somebody changed one of them since it was read.
    """
    sheet = await sheet_of(session, inspection)
    last = await last_published(session, sheet)
    rules = await rules_on(session, inspection.planned_on)
    held = {
        (row.site, row.criterion): row
        for row in await queries.list_judgements(session, inspection.id)
    }
    named = [file for one in stated for file in one.files]
    known = await find_usable(session, inspection.id, named)
    faults = faults_of(sheet, stated, last, known, rules.outcome)
    if inspection.state == CORRECTED_IN:
        said = await list_comments(session, inspection.id)
        open_for = {(one.site, one.criterion) for one in said if one.answered_at is None}
        faults += _faults_of_late(stated, held, open_for)
    if faults:
        raise JudgementsNotAcceptedError(
            f"{len(faults)} thing(s) are wrong, and nothing was kept. See errors.",
            errors=tuple(faults),
        )
    _check_versions(stated, held)
    kept = await _write(session, _Batch(inspection.id, person_id, sheet, stated, held, last))
    if not kept.added and not kept.changed:
        return kept
    begins = inspection.state == InspectionState.PLANNED
    values = {"state": InspectionState.JUDGING.value} if begins else {}
    await inspections.update_inspection(session, inspection.id, values)
    after = {"added": kept.added, "changed": kept.changed, "inspector": str(person_id)}
    told = [f"{one.site}: {one.criterion} {one.judgement}" for one in stated]
    subject = subject_of(inspection)
    await record(session, actor, "inspection.judged", subject, after=after | {"judgements": told})
    return kept


async def last_published(session: WriteSession, sheet: Sheet) -> dict[Key, Any]:
    """Return what was published last of each site and criterion that is looked at."""
    by_id = {site.id: reference for reference, site in sheet.sites.items()}
    rows = await queries.newest_published(session, by_id.keys())
    return {(by_id[row.site_id], row.criterion): row for row in rows}


def _faults_of_late(
    stated: Iterable[JudgementStated], held: Mapping[Key, Any], open_for: Collection[Key]
) -> Iterator[FieldFault]:
    """What the provider reads changes only in answer to what it says is wrong."""
    for place, one in enumerate(stated):
        key = (one.site, one.criterion)
        if key not in held:
            words = "The provider reads the draft already: correct what is there, and add nothing."
            yield FieldFault(words, f"/judgements/{place}")
        elif key not in open_for and not says(held[key], one):
            words = (
                "The provider reads the draft already and says nothing against this, so it stays. "
                "A second officer may give the whole draft back."
            )
            yield FieldFault(words, f"/judgements/{place}")


def _check_versions(stated: Sequence[JudgementStated], held: Mapping[Key, Any]) -> None:
    """Refuse a batch written from what a colleague has changed since.

    What says the very same again is no conflict: a second click, a request sent anew.
    """
    faults = []
    for place, one in enumerate(stated):
        there = held.get((one.site, one.criterion))
        present = there.version if there is not None else None
        if one.version != present and (there is None or not says(there, one)):
            found = f"version {present}, {there.judgement}" if there is not None else "no judgement"
            words = f"It holds {found} now. Read it again, then say what is right."
            faults.append(FieldFault(words, f"/judgements/{place}/version"))
    if faults:
        raise JudgementChangedError(
            "Somebody judged some of these since you read them, and nothing was kept. See errors.",
            errors=tuple(faults),
        )


def says(there: Any, one: FoundAtSite) -> bool:
    """Say whether a judgement that is held says the same as one that is stated."""
    return (
        there.judgement == one.judgement
        and there.finding == one.finding
        and there.method == (one.method.value if one.method else None)
        and there.seen_on == one.seen_on
        and there.note == one.note
        and (there.carried_from_id is not None) == one.carried
    )


async def _write(session: WriteSession, batch: _Batch) -> Kept:
    files_held = await queries.list_files(session, [row.id for row in batch.held.values()])
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    notes: dict[uuid.UUID, str | None] = {}
    files: dict[uuid.UUID, Sequence[uuid.UUID]] = {}
    same = 0
    for one in batch.stated:
        there = batch.held.get((one.site, one.criterion))
        if there is not None and says(there, one) and _shows(files_held, there, one):
            same += 1
            continue
        row = batch.row(one)
        (added if there is None else changed).append(row)
        if one.note is not None or there is not None:
            notes[row["id"]] = one.note
        if one.files or there is not None:
            files[row["id"]] = one.files
    await queries.insert_judgements(session, added)
    await queries.update_judgements(session, changed)
    await queries.set_notes(session, notes)
    await queries.set_files(session, files)
    return Kept(len(added), len(changed), same)


def _shows(files: Mapping[uuid.UUID, Sequence[uuid.UUID]], there: Any, one: Any) -> bool:
    return set(files.get(there.id, ())) == set(one.files)
