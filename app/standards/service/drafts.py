"""The department's editors draft versions of the standards."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access import Actor
from app.audit.fields import changed
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.organisations.policies import check_person, check_version
from app.standards.errors import (
    AlreadyPublishedError,
    CriterionNotFoundError,
    NotTheNewestError,
    StandardsCodeTakenError,
    StandardsNotFoundError,
)
from app.standards.models import Criterion, StandardsVersion
from app.standards.queries import drafts as queries
from app.standards.queries.versions import list_criteria
from app.standards.schemas.drafts import CriterionDraft, DraftChange, NewDraft
from app.standards.terms import Relation, State
from app.standards.walking import Step
from app.values.uuid7 import uuid7

_TOLD = (
    *("requirement", "force", "law_part", "gate", "site_kinds", "staff_sizes", "evidence_kinds"),
    *("evidence_months", "guidance", "source", "source_status", "position"),
)
"""What of a criterion an editor states."""


@dataclass(frozen=True, slots=True)
class Which:
    """A criterion of a draft, by the draft's code and its own number."""

    code: str
    number: str


async def get_version(session: ReadSession | WriteSession, code: str) -> StandardsVersion:
    """Return a version, draft or published, that the actor may see.

    Raises:
        StandardsNotFoundError: there is none.
    """
    found = await queries.find_version(session, code)
    if found is None:
        raise StandardsNotFoundError(
            "No version of the standards has this code, or none that you may see. Check the code."
        )
    return found


async def begin_draft(session: WriteSession, actor: Actor, new: NewDraft) -> None:
    """Begin a draft, empty or with everything that the newest published version asks.

    Raises:
        StandardsCodeTakenError: a version has this code.
        StandardsNotFoundError: what it is to be copied from is not there.
        NotTheNewestError: what it is to be copied from is not the newest published version.
    """
    person_id = check_person(actor)
    if await queries.find_version(session, new.code) is not None:
        raise StandardsCodeTakenError(
            f"A version is called {new.code}. Choose a code that none ever had."
        )
    copied = await _copied(session, new.copied_from) if new.copied_from else None
    version_id = uuid7()
    row = {
        "id": version_id,
        "code": new.code,
        "title": new.title,
        "state": State.DRAFT.value,
        "standard_titles": copied.standard_titles if copied else {},
        "withdrawn": [],
        "drafted_by": person_id,
        "last_changed_by": person_id,
        "note": new.note,
        "version": 1,
    }
    await queries.insert_version(session, row)
    if copied is not None:
        await _copy_criteria(session, copied.id, version_id)
    told = {"code": new.code, "title": new.title, "copied_from": new.copied_from}
    await record(session, actor, "standards.drafted", subject_of(actor, row), after=told)


async def change_draft(
    session: WriteSession, actor: Actor, code: str, change: DraftChange, expected: int
) -> None:
    """Change a draft's title, its note, or the titles of its standards.

    Raises:
        StandardsNotFoundError: there is none that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
    """
    held = await lock_draft(session, code, expected)
    stated = {name: getattr(change, name) for name in change.model_fields_set}
    before, after = changed({name: getattr(held, name) for name in stated}, stated)
    if not after:
        return
    await touch(session, actor, held, stated)
    subject = subject_of(actor, held)
    await record(session, actor, "standards.changed", subject, before=before, after=after)


async def set_criterion(
    session: WriteSession,
    actor: Actor,
    which: Which,
    stated: CriterionDraft,
    expected: int,
) -> None:
    """Let a draft ask this under a number, whether it asked anything there before or not.

    Raises:
        StandardsNotFoundError: there is no draft that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
    """
    number, held = which.number, await lock_draft(session, which.code, expected)
    criteria = await list_criteria(session, held.id)
    present = next((one for one in criteria if one.number == number), None)
    row = stated.model_dump(mode="json")
    if stated.position is None:
        last = max((one.position for one in criteria), default=0)
        row["position"] = present.position if present else last + 1
    before, after = changed(_said(present) if present else {}, row)
    if present and not after:
        return
    if present is not None:
        await queries.update_criterion(session, present.id, row)
    else:
        standard = number.rstrip("abcdefghijklmnopqrstuvwxyz")
        place = {"number": number, "standard": standard, "part": int(number[0])}
        ids = {"id": uuid7(), "version_id": held.id}
        await queries.insert_criteria(session, [ids | place | row])
    await touch(session, actor, held)
    subject = subject_of(actor, held)
    told = {"number": number}
    await record(
        session, actor, "standards.criterion_set", subject, before=told | before, after=told | after
    )


async def remove_criterion(
    session: WriteSession, actor: Actor, which: Which, expected: int
) -> None:
    """Take a criterion out of a draft, with the lines of the crosswalk that led to it.

    Raises:
        StandardsNotFoundError: there is no draft that the actor may see.
        CriterionNotFoundError: the draft asks nothing under this number.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
    """
    number, held = which.number, await lock_draft(session, which.code, expected)
    for one in await list_criteria(session, held.id):
        if one.number == number:
            await queries.delete_criterion(session, one.id)
            await touch(session, actor, held)
            before = {"number": number} | _said(one)
            subject = subject_of(actor, held)
            await record(session, actor, "standards.criterion_removed", subject, before=before)
            return
    raise CriterionNotFoundError(f"{which.code} has no criterion {number}. Check the number.")


async def lock_draft(session: WriteSession, code: str, expected: int) -> StandardsVersion:
    """Return a draft that nobody else can change until the transaction ends.

    Raises:
        StandardsNotFoundError: there is none that the actor may see.
        AlreadyPublishedError: it is published.
        VersionChangedError: somebody changed it since the actor read it.
    """
    await get_version(session, code)
    held = await queries.find_version(session, code, lock=True)
    if held is None:
        raise StandardsNotFoundError("You may see this version and not change it.")
    if held.state == State.PUBLISHED:
        raise AlreadyPublishedError(
            f"{code} is published and never changes. Begin a new draft that is copied from it."
        )
    check_version(held.version, expected)
    return held


async def touch(
    session: WriteSession,
    actor: Actor,
    held: StandardsVersion,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Note who changed a draft last; its publisher must be somebody else."""
    moved = {"last_changed_by": check_person(actor), "version": held.version + 1}
    await queries.update_version(session, held.id, {**(changes or {}), **moved})


def subject_of(actor: Actor, version: StandardsVersion | Mapping[str, Any]) -> Subject:
    """Return a version as what is told of in the record of acts."""
    if isinstance(version, StandardsVersion):
        version = {"id": version.id, "title": version.title}
    return Subject("standards", version["id"], version["title"], actor.organisation_id)


async def _copied(session: WriteSession, code: str) -> StandardsVersion:
    found, newest = await get_version(session, code), await queries.newest_published(session)
    if newest is None or newest.id != found.id:
        name = newest.code if newest else "none yet"
        raise NotTheNewestError(
            f"A draft continues the newest published version, which is {name}. Copy that, or begin "
            "with an empty draft.",
            newest=newest.code if newest else None,
        )
    return found


async def _copy_criteria(
    session: WriteSession, source_id: uuid.UUID, version_id: uuid.UUID
) -> None:
    criteria = await list_criteria(session, source_id)
    ids = {one.id: uuid7() for one in criteria}
    columns = [name for name in Criterion.__table__.columns.keys() if name not in _OWN]  # noqa: SIM118
    await queries.insert_criteria(
        session,
        [
            {"id": ids[one.id], "version_id": version_id}
            | {name: getattr(one, name) for name in columns}
            for one in criteria
        ],
    )
    steps = [Step(source, target, Relation.SAME) for source, target in ids.items()]
    await queries.replace_steps(session, version_id, steps)


_OWN = ("id", "version_id")


def _said(one: Criterion) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _TOLD}
