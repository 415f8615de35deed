"""The identity that holds where every placement is accounted for; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.oversight.terms import Term

CAME = (Term.OPENING_LIVE, Term.OPENING_FOLLOWED, Term.STARTS, Term.TRANSFERS_IN)
ARE_OR_WENT = (
    *(Term.CLOSING_LIVE, Term.CLOSING_FOLLOWED),
    *(Term.EXITS, Term.MISTAKES, Term.TRANSFERS_OUT),
)
IDENTITY = " = ".join(" + ".join(side) for side in (CAME, ARE_OR_WENT))
"""What must be equal, in the names of what is counted."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was counted of one authority, or of placements whose authority cannot be told.

    Attributes:
        la_code: which; `None` where the rows do not say.
        counts: by term; what is not there is none.
    """

    la_code: str | None
    counts: Mapping[Term, int]

    def of(self, term: Term) -> int:
        """Return how many placements a term counts."""
        return self.counts.get(term, 0)

    @property
    def imbalance(self) -> int:
        """How many placements came and are neither there nor gone; below none: the reverse."""
        came, found = (sum(map(self.of, side)) for side in (CAME, ARE_OR_WENT))
        return came - found


def unaccounted(balances: Mapping[str | None, Balance]) -> int:
    """Return how far all of England is from being accounted for: none where all is well.

    Every authority's own imbalance counts, in either direction, so that one that lost a child and
    one that has a child too many do not make up for each other; and so does whatever was counted
    of no authority, because nobody answers for it.
    """
    own = sum(abs(one.imbalance) for code, one in balances.items() if code is not None)
    nobodys = balances.get(None)
    return own + (sum(nobodys.counts.values()) if nobodys else 0)
