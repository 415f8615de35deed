"""Column types that SQLAlchemy does not bring."""

from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType
from typing_extensions import override


class Point(UserDefinedType[object]):
    """PostgreSQL's own `point`: here always easting and northing, in metres."""

    cache_ok = True

    @override
    def get_col_spec(self, **_: object) -> str:
        """Return the column type's name."""
        return "point"


# So that tables read back from a database can be compared with ours.
ischema_names["point"] = Point
