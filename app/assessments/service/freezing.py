"""A decision frozen: facts in clear, personal parts as ciphertext, and a hash over both.

The bytes are the canonical JSON of the register's own log. What is personal lies in them only
encrypted under the child's own key, so throwing that key away makes it unreadable for ever, and the
hash still holds (design.md §6).
"""

import hashlib
import uuid
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from app.assessments.schemas.assessments import AssessmentOut
from app.assessments.schemas.decisions import DecisionStated
from app.assessments.service.assessing import OPTIONS, STEPS
from app.assessments.service.gathering import Gathered
from app.children import personal_parts
from app.keyring.sealing import context_of
from app.ledger.canonical import canonical

FORMAT = 1
DECISIONS = "assessment_decisions.frozen"
_OF_THE_CHILD = ("covers_age", "covers_needs")
"""What is found of a setting only by comparing it with the child."""


def freeze(
    gathered: Gathered,
    shown: AssessmentOut,
    stated: DecisionStated,
    made: Mapping[str, Any],
    key: bytes,
) -> bytes:
    """Return the bytes of a decision.

    Args:
        gathered: what the assessment knows; its ciphertexts are taken as they are kept.
        shown: what was shown.
        stated: what was decided, and why.
        made: who decided, when, and the register's newest entry.
        key: the child's own.
    """
    told = shown.model_dump(mode="json", by_alias=True)
    personal = {
        "reasons": stated.reasons,
        "conditions": stated.conditions,
        "departures": [one.model_dump() for one in stated.departures],
        "steps": [_without(step, "said") for step in told["steps"]],
        "eased": told["eased"],
        "warnings": told["warnings"],
        "covers": {
            one["id"]: {name: one["checked"][name] for name in _OF_THE_CHILD}
            for one in told["options"]
        },
        "distances": {one["id"]: one["distance"] for one in told["options"]},
    }
    context = context_of(DECISIONS, gathered.assessment.id)
    document = {
        "format": FORMAT,
        "facts": {
            **made,
            "assessment": told["id"],
            "reference": told["reference"],
            "commissioner": told["commissioner"],
            "route": told["route"],
            "starts_on": told["starts_on"],
            "ends_on": told["ends_on"],
            "requested_by": told["requested_by"],
            "who_pays": told["who_pays"],
            "options": [_public(one) for one in told["options"]],
        },
        "personal": {
            "steps": [
                _part(step.value, context_of(STEPS, row.id), row.encrypted)
                for step, row in gathered.rows.items()
            ],
            "options": [
                _part(str(one.id), context_of(OPTIONS, one.id), one.encrypted)
                for one in gathered.options
            ],
            "decision": _part("decision", context, personal_parts.encrypt(key, context, personal)),
        },
    }
    return canonical(document)


def sha256_of(frozen: bytes) -> bytes:
    """Return the hash of a frozen decision."""
    return hashlib.sha256(frozen).digest()


def facts_in(frozen: bytes) -> dict[str, Any]:
    """Return what lies in clear in a frozen decision."""
    facts: dict[str, Any] = orjson.loads(frozen)["facts"]
    return facts


def personal_in(frozen: bytes, key: bytes) -> dict[str, Any]:
    """Return what is personal in a frozen decision, decrypted."""
    held = orjson.loads(frozen)["personal"]
    return {
        "said": {one["name"]: _open(key, one) for one in held["steps"]},
        "options": {one["name"]: _open(key, one) for one in held["options"]},
        **_open(key, held["decision"]),
    }


def made_by(name: str, moment: datetime, entry: int, option: uuid.UUID | None) -> dict[str, Any]:
    """Return who decided, when, for which setting, and the register's newest entry then."""
    return {
        "decided_by": name,
        "decided_at": moment.isoformat(),
        "register_entry": entry,
        "option": str(option) if option else None,
    }


def _public(option: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is frozen in clear of a setting."""
    told = _without(option, "gaps", "reasons", "distance")
    return told | {"checked": _without(option["checked"], *_OF_THE_CHILD)}


def _without(told: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def _part(name: str, context: str, encrypted: bytes) -> dict[str, Any]:
    return {"name": name, "context": context, "ciphertext": b64encode(encrypted).decode()}


def _open(key: bytes, part: Mapping[str, Any]) -> dict[str, Any]:
    return personal_parts.decrypt(key, part["context"], b64decode(part["ciphertext"]))
