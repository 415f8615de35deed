"""Files of inspections' results: one JSON document each, or one a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.faults import faults_of
from app.inspections.schemas.results import ResultDocument
from app.inspections.service.results import Sent, read_sent

LINES = frozenset({".jsonl", ".ndjson"})
"""Files of which every line is a document; any other is one document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document in a file.

    Attributes:
        file: its name.
        line: where the document is, in a file of lines.
        body: its bytes.
    """

    file: str
    line: int | None
    body: bytes


def find(path: Path) -> Iterator[Found]:
    """Yield the documents of a file; lines with nothing on them are passed over.

    Raises:
        OSError: it cannot be read.
    """
    if path.suffix.lower() not in LINES:
        yield Found(path.name, None, path.read_bytes())
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield Found(path.name, number, line.strip())


def read(found: Found, most_bytes: int) -> Sent:
    """Read a document as the service reads one that is sent over HTTP.

    Raises:
        InvalidRequestError: it is none; every fault of its shape at once, by JSON pointer.
    """
    if len(found.body) > most_bytes:
        raise InvalidRequestError(f"It is larger than {most_bytes} bytes. Send it in parts.")
    whole = _json(found.body)
    try:
        document = ResultDocument.model_validate(whole)
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        raise InvalidRequestError(
            "It is no result of an inspection. See errors.",
            errors=faults_of(RequestValidationError(faults, body=whole)),
        ) from None
    return read_sent(document, found.body, whole)


def reference_in(body: bytes) -> str | None:
    """Return the inspector's own reference, as far as it can be read."""
    try:
        whole = _json(body)
    except AppError:
        return None
    found = whole.get("reference") if isinstance(whole, dict) else None
    return found if isinstance(found, str) else None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        words = f"It is not JSON: {error}."
        raise InvalidRequestError(words, errors=(FieldFault(words, ""),)) from None
