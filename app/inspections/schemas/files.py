"""What is asked and told of files that show what was seen in an inspection."""

import uuid
from datetime import datetime

from pydantic import Field

from app.files.terms import FileState
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Title
from app.providers.schemas.stating import Stated, Told


class NewInspectionFile(Stated):
    """What is said of a file that is sent."""

    title: Title = Field(description="What it shows; for colleagues alone.")


class InspectionFileOut(Told):
    """A file of an inspection. Judgements name it by its id."""

    id: uuid.UUID
    title: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str = Field(description="Of its bytes, in hexadecimal.")
    state: FileState = Field(
        description="What scanning found. `quarantined` and `infected` files are not handed out."
    )
    added_at: datetime


class InspectionFileList(Told):
    """Files of an inspection, the newest first."""

    items: list[InspectionFileOut]
    links: PageLinks
