"""What is said of a placed child's safety, under the child's own key."""

import uuid
from collections.abc import Mapping
from typing import Any

from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of


def encrypted(
    ring: Keyring, held: Any, of: tuple[str, uuid.UUID], parts: Mapping[str, Any]
) -> bytes:
    """Return words as they are kept, for the one row they lie in.

    Raises:
        ChildErasedError: the child's record was erased.
    """
    if held.sealed_key is None:
        raise ChildErasedError("The child's record was erased; nothing is added to it.")
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    return personal_parts.encrypt(key, context_of(*of), parts)


def opened(
    ring: Keyring, held: Any, of: tuple[str, uuid.UUID], encrypted: bytes
) -> Mapping[str, Any]:
    """Return what was said; nothing once the child's record was erased."""
    if held.sealed_key is None:
        return {}
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    return personal_parts.decrypt(key, context_of(*of), encrypted)
