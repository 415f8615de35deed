"""The page on which an organisation that pays is looked for by its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.pages.commissioning.forms import HERE
from app.pages.people_wording import KINDS
from app.pages.signed_in import own_frame, own_page
from app.pages.view_models import ActionLink, Frame


@dataclass(frozen=True, slots=True)
class PayerFinding:
    """The page: where the search is sent, what was looked for, who was found, what to say of it."""

    frame: Frame
    title: str
    back: ActionLink
    action: str
    q: str
    found: tuple[tuple[str, str, str], ...]
    note: str | None


async def show_finding(
    request: Request, here: str, q: str, rows: Sequence[Any], most: int
) -> Response:
    """Show a search of organisations whose results lead on to the form of who pays.

    Args:
        request: the page's.
        here: where the placement's funding is.
        q: what was typed.
        rows: who was found; one more than fits, where there are so many.
        most: how many fit.
    """
    note = None
    if q and not rows:
        note = "Nobody was found. Try fewer words, or the beginning of one."
    elif len(rows) > most:
        note = "There are more. Add another word of the name, or the town."
    found = tuple(
        (
            one.name,
            ", ".join(part for part in (KINDS[one.kind], one.town) if part),
            f"{here}/arrange?payer={one.id}",
        )
        for one in rows[:most]
    )
    frame = await own_frame(request, HERE)
    back = ActionLink("Arrange who pays", f"{here}/arrange")
    view = PayerFinding(frame, "Who else pays?", back, f"{here}/find", q, found, note)
    return own_page("find_organisation.html", view)
