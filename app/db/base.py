"""The declarative base: every constraint gets a name that errors and reviewers can rely on."""

import uuid
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """What every table of every slice derives from."""

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {uuid.UUID: UUID(as_uuid=True)}


Moment = DateTime(timezone=True)
"""A moment, as opposed to a day."""

WHOLE_ROWS = {"render_nulls": True}
"""For inserts of many rows: empty columns are written as well, so that all rows are one statement.

Without it every row whose empty columns are others than the row before begins a statement anew.
"""
