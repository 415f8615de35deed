"""Everything that is held on one child, as one document, for whoever asks what is held on them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app import clock
from app.assessments.service.freezing import facts_in, personal_in
from app.children import personal_parts
from app.children.errors import ChildNotYoursError
from app.children.queries.children import organisations_within
from app.children.service.keeping import look_at as look_at_child
from app.db.events import WriteSession
from app.funding.service.wording import OVERRIDE
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.oversight.queries import everything as queries
from app.oversight.schemas import Everything, HeldPart, ReadBy

_ENCRYPTED = "encrypted"
_FROZEN = "frozen"
_SUBJECTS = {
    "placement": "placements",
    "assessment": "assessments",
    "funding": "funding_arrangements",
    "follow-up": "follow_ups",
}
"""Kinds of subject in the record of acts, and of which table's rows they are."""


async def look_at(session: WriteSession, child_id: uuid.UUID) -> Any:
    """Return a child's record of the actor's own organisation, or of one within it.

    Raises:
        ChildNotFoundError: there is none that the actor may see.
        ChildNotYoursError: it is another commissioner's, who answers for it.
    """
    held = await look_at_child(session, child_id)
    if held.commissioner_id not in await organisations_within(session):
        raise ChildNotYoursError(
            "What is held on a child is told by the commissioner whose record it is. Ask them."
        )
    return held


async def tell(session: WriteSession, ring: Keyring, held: Any) -> Everything:
    """Return everything that is held on a child, decrypted."""
    key = None
    if held.sealed_key is not None:
        key = personal_parts.open_key(ring, held.id, held.sealed_key)
    found: dict[str, Sequence[Mapping[str, Any]]] = {
        "children": [await queries.get_child_row(session, held.id)]
    }
    for name, (column, parent) in queries.TABLES.items():
        ids = [row["id"] for row in found[parent]]
        found[name] = await queries.list_rows(session, name, column, ids)
    of = {kind: [row["id"] for row in found[name]] for kind, name in _SUBJECTS.items()}
    entries = await queries.list_entries(session, {"child": [held.id], **of})
    return Everything(
        child=held.id,
        commissioner=held.commissioner,
        made_at=clock.now(),
        erased_at=held.erased_at,
        note=_note(held),
        parts=[
            HeldPart(part=name, rows=[_opened(key, name, row) for row in rows])
            for name, rows in found.items()
            if rows
        ],
        names=await _names(session, found),
        read_by=[
            ReadBy(
                at=one.recorded_at,
                who=one.actor_name,
                organisation=one.organisation_name,
                act=one.act,
                outcome=one.outcome,
                purpose=one.purpose,
            )
            for one in entries
        ],
    )


def _note(held: Any) -> str:
    if held.erased_at is None:
        return (
            "Everything held for this commissioner. What another commissioner holds of the same "
            "child is its own record, and is asked for there."
        )
    return (
        f"The record was erased on {held.erased_at.astimezone(clock.LONDON).date()}: what was "
        "personal cannot be read any more by anybody. What follows had to remain."
    )


def _opened(key: bytes | None, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with what is encrypted in it decrypted; once the key is gone, without it."""
    told: dict[str, Any] = {}
    for column, value in row.items():
        if column == _FROZEN:
            told[column] = facts_in(value)
            told["personal"] = personal_in(value, key) if key is not None else None
        elif column.startswith(_ENCRYPTED):
            place = context_of(f"{name}.{column}", _key_of(name, column, row))
            plain = column.removeprefix(_ENCRYPTED).lstrip("_") or "said"
            told[plain] = None
            if key is not None and value is not None:
                told[plain] = personal_parts.decrypt(key, place, value)
        else:
            told[column] = bytes(value).hex() if isinstance(value, bytes | memoryview) else value
    return told


def _key_of(name: str, column: str, row: Mapping[str, Any]) -> object:
    """Return by what a row is named where its words are encrypted."""
    if f"{name}.{column}" == OVERRIDE:
        return f"{row['arrangement_id']} {row['terms_number']}"
    return next(row[one] for one in ("id", "child_id", "placement_id") if one in row)


async def _names(
    session: WriteSession, found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[uuid.UUID, str]:
    organisations = await queries.name_organisations(session, _ids(found, "organisations"))
    return organisations | await queries.name_sites(session, _ids(found, "sites"))


def _ids(found: Mapping[str, Sequence[Mapping[str, Any]]], of: str) -> Collection[uuid.UUID]:
    return {
        row[column]
        for name, rows in found.items()
        for column in queries.columns_to(name, of)
        for row in rows
        if row[column] is not None
    }
