"""Forms with one file: how a route takes one, and how much more than others it may be sent.

A route says so in its signature, after whoever it `Requires` and before its transaction:

    actor: Annotated[Actor, Depends(Requires(Permission.…))],
    upload: Annotated[Upload[NewDocument], Depends(TakesFile(NewDocument))],
    session: Writing,

In this order nothing is read of somebody who may not send it, and no transaction waits for somebody
who sends slowly. `tests/http/test_uploads_in_order.py` holds every route to it.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.types import Scope

from app.config import Settings
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import FormNeededError
from app.http.faults import shown_pointer
from app.http.routes import needs_at
from app.http.security import CurrentActor

MULTIPART = "multipart/form-data"
FILE = "file"
"""What the field with the file is called."""
MOST_FIELDS = 30
MOST_FIELD_BYTES = 16_384
OVERHEAD_BYTES = 65_536
"""What a form may have beside the file: its other fields, and the lines between them."""
PIECE_BYTES = 65_536

FieldsT = TypeVar("FieldsT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Upload(Generic[FieldsT]):
    """A file that came in a form, and the form's other fields.

    Attributes:
        fields: checked like any body. An empty one is left out, as browsers send every field.
        name: what its sender calls the file; not to be believed.
        declared_type: the media type they say it has; not to be believed either.
        file: its bytes: on disk, unless there are few.
    """

    fields: FieldsT
    name: str
    declared_type: str | None
    file: UploadFile

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the file's bytes, from the first, piece by piece."""
        await self.file.seek(0)
        while piece := await self.file.read(PIECE_BYTES):
            yield piece


class TakesFile(Generic[FieldsT]):
    """A dependency that reads a form with one file, called `file`, and these other fields.

    A route with it may be sent `max_file_bytes` and a little more; see `most_upload_bytes`. What it
    reads goes to disk as it comes, and is gone when the request ends, however it ends.

    Attributes:
        fields: the model of the form's other fields; unknown ones are refused if it forbids them.
    """

    def __init__(self, fields: type[FieldsT]) -> None:
        self.fields = fields

    async def __call__(
        self,
        request: Request,
        actor: CurrentActor,  # noqa: ARG002 - nothing is read of somebody who is not known
    ) -> AsyncIterator[Upload[FieldsT]]:
        """Read the form of whoever asks.

        Raises:
            FormNeededError: it is no form of parts.
            InvalidRequestError: the file is missing.
            RequestValidationError: a field is wrong, there twice, or not known.
        """
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
            raise FormNeededError(
                f"Send a form as {MULTIPART}, with the file in the field `{FILE}`."
            )
        async with request.form(
            max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
        ) as form:
            file = form.get(FILE)
            if not isinstance(file, UploadFile):
                detail = f"Send the file in the field `{FILE}`, with its name."
                raise InvalidRequestError(detail, errors=(FieldFault(detail, f"/{FILE}"),))
            yield Upload(self._read(form), file.filename or "", file.content_type, file)

    def openapi(self) -> dict[str, Any]:
        """Return what a route passes as `openapi_extra`, to say what it takes."""
        schema = self.fields.model_json_schema()
        named = schema.pop("$defs", {})  # a reference into them would lead nowhere from a document
        schema["properties"] = {
            FILE: {"type": "string", "format": "binary", "description": "The file itself."},
            **{
                name: named.get(held.get("$ref", "").removeprefix("#/$defs/"), {})
                | {key: value for key, value in held.items() if key != "$ref"}
                for name, held in schema.get("properties", {}).items()
            },
        }
        schema["required"] = [FILE, *schema.get("required", ())]
        return {"requestBody": {"required": True, "content": {MULTIPART: {"schema": schema}}}}

    def _read(self, form: FormData) -> FieldsT:
        sent = [(name, value) for name, value in form.multi_items() if name != FILE and value]
        twice = {name for name, _ in sent if len(form.getlist(name)) > 1}
        twice |= {FILE} if len(form.getlist(FILE)) > 1 else set()
        if twice:
            found = tuple(FieldFault("Send this once.", shown_pointer([n])) for n in sorted(twice))
            raise InvalidRequestError("A field is there more than once.", errors=found)
        try:
            return self.fields.model_validate(dict(sent))
        except ValidationError as error:
            raise RequestValidationError(
                [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()],
                body=dict(sent),
            ) from None


def most_upload_bytes(settings: Settings) -> Callable[[Scope], int]:
    """Return what says how large a body the route may be sent that a request is going to meet."""
    most = settings.max_file_bytes + OVERHEAD_BYTES

    def of_route(scope: Scope) -> int:
        return most if any(isinstance(need, TakesFile) for need in needs_at(scope)) else 0

    return of_route
