"""What a check constraint allows, read off a model."""

import re

from sqlalchemy import CheckConstraint, Table

from app.db.base import Base


def allowed_values(model: type[Base], column: str) -> set[str]:
    """Return the words that the constraint `column IN ('a', 'b')` lists."""
    table = model.__table__
    assert isinstance(table, Table)
    texts = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    (listed,) = (text for text in texts if text.startswith(f"{column} IN"))
    return set(re.findall(r"'([^']*)'", listed))
