"""What the register answers, shown in the OpenAPI document: answers it once gave to a test."""

from pathlib import Path
from typing import Any

import orjson

_HELD: dict[str, Any] = orjson.loads((Path(__file__).parents[1] / "examples.json").read_bytes())


def shown(operation_id: str) -> dict[int | str, dict[str, Any]]:
    """Return the example of an operation's good answer, to stand among its responses.

    It is written out: FastAPI would leave members out that are null.
    """
    written = orjson.dumps(_HELD[operation_id]).decode()
    content = {"application/json": {"example": written}}
    return {200: {"content": content}}
