"""Who is acting, and as which database role.

People, organisations and permissions join the `Actor` with the `organisations` slice; until then
the register is written by its operators, on the command line, and read by everyone.
"""

from dataclasses import dataclass
from enum import StrEnum


class DbRole(StrEnum):
    """The role a transaction takes. The real name carries the database's name before it."""

    APP = "app"
    """Signed-in work, under row security."""
    OPERATOR = "operator"
    """Imports, demonstration data and repairs from the command line."""
    PUBLISHER = "publisher"
    """Reads whole provider records; alone may append to the ledger and write the read model."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever causes a change.

    Attributes:
        name: shown beside what was done, for instance `operator`.
        role: the database role its transactions take.
        la_code: the local authority it acts for (DfE three-digit code), if any.
    """

    name: str
    role: DbRole
    la_code: str | None = None


OPERATOR = Actor(name="operator", role=DbRole.OPERATOR)
"""Someone with the machine's own command line."""
