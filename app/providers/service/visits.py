"""Whether a site was visited before it is listed, where the policy `inspection-cycle` asks for it.

Listings by transition rest on what the authority checked itself, and wait for no visit.
"""

from datetime import date
from typing import Any

from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault
from app.providers.errors import ApplicationNotReadyError
from app.providers.queries.applications import visited_on
from app.providers.readiness import entry_visit_holds
from app.providers.terms import Basis
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode


async def entry_visit_months(
    session: ReadSession | WriteSession, basis: str, day: date
) -> int | None:
    """Return for how many months an entry visit holds; `None` where a listing waits for none.

    Args:
        session: of any role.
        basis: of the listing.
        day: on which it is to be listed.
    """
    if basis == Basis.TRANSITION:
        return None
    cycle = await policy_on(session, PolicyCode.INSPECTION_CYCLE, day)
    if cycle is None or not cycle.get("entry_visit_before_listing"):
        return None
    return int(cycle["entry_visit_months"])


async def check_visited(session: WriteSession, listing: Any, day: date) -> None:
    """Refuse to list a site that nobody visited lately, where a listing waits for that.

    Raises:
        ApplicationNotReadyError: no visit is published that holds on the day.
    """
    months = await entry_visit_months(session, listing.basis, day)
    if months is None:
        return
    visited = await visited_on(session, listing.site_id)
    if entry_visit_holds(visited, months, day):
        return
    last = f"last on {visited}" if visited else "never"
    words = (
        "A site is visited before it is listed, by the policy inspection-cycle. This one was "
        f"visited {last}, as far as is published; a visit holds for {months} months, and one must "
        f"on {day}. Plan an entry visit, publish what it finds, then decide."
    )
    raise ApplicationNotReadyError(words, errors=(FieldFault(words, "/entry-visit"),))
