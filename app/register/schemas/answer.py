"""What every answer of the register is made of."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, WithJsonSchema

WrittenDay = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
"""A day as records hold it, already written: ISO 8601."""
WrittenMoment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment as answers hold it, already written: ISO 8601, in UTC."""


def _leave_open(schema: dict[str, Any]) -> None:
    """Let published schemas allow further members: one added later is not a break."""
    schema.pop("additionalProperties", None)


class Answer(BaseModel):
    """Anything the register answers with."""

    # Closed for ourselves: a stored byte that no field names fails the tests.
    model_config = ConfigDict(extra="forbid", json_schema_extra=_leave_open)
