"""What the page on an invitation to take over a record shows."""

from dataclasses import dataclass
from typing import Any

from app.errors import AppError
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked
from app.pages.form_parts import read_faults
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Fact, Frame

CLAIMS = "/claims"
MEANING = (
    (
        "From then on your organisation keeps the record: what the provider is called, where it "
        "works, what it offers, and its evidence."
    ),
    (
        "Nothing becomes public by it. The provider comes onto the register only once you have "
        "applied and been assessed, and have agreed to publication."
    ),
    (
        "The council still answers for the provider: it sees the record, checks it, and decides on "
        "applications."
    ),
    "That your organisation accepted, and who did so for it, stays on record.",
)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """The page on an invitation to take over a record.

    Attributes:
        frame: what surrounds the page.
        title: in the browser's tab.
        name: the provider's.
        facts: who invites to what.
        meaning: what accepting means.
        open: whether it can still be answered.
        over: what became of it, once it was accepted; one that was withdrawn has no page.
        may_accept: whether whoever looks may speak for the organisation.
        accept_url: where accepting is sent.
        decline_url: where to say that the record is not theirs.
        record_url: the record, once it is theirs.
        key: travels unseen with the form.
        errors: what is wrong.
    """

    frame: Frame
    title: str
    name: str
    facts: tuple[Fact, ...]
    meaning: tuple[str, ...]
    open: bool
    over: str | None
    may_accept: bool
    accept_url: str
    decline_url: str
    record_url: str | None
    key: str
    errors: tuple[ErrorLink, ...]


def build_claim(
    frame: Frame, claim: Any, *, may_accept: bool, refused: AppError | None = None
) -> ClaimView:
    """Return the page.

    Args:
        frame: what surrounds the page.
        claim: the invitation.
        may_accept: whether whoever looks may speak for the organisation.
        refused: why it was not accepted, if that was tried.
    """
    faults = read_faults(refused, {})
    facts = [
        Fact("Provider", (claim.name,)),
        Fact("Number on the register", (claim.number,)),
        Fact("Invited", (claim.organisation,)),
    ]
    if claim.invited_by_organisation:
        facts.append(Fact("Invited by", (claim.invited_by_organisation,)))
    facts.append(Fact("Invited on", (format_day(claim.invited_at),)))
    over = None
    if claim.accepted_at is not None:
        over = f"This invitation was accepted on {format_day(claim.accepted_at)}."
    return ClaimView(
        frame=frame,
        title=faults.title(f"Take over the record of {claim.name}"),
        name=claim.name,
        facts=tuple(facts),
        meaning=MEANING,
        open=over is None,
        over=over,
        may_accept=may_accept,
        accept_url=f"{CLAIMS}/{claim.id}/accept",
        decline_url=f"{CLAIMS}/{claim.id}/decline",
        record_url=f"/records/{claim.number}" if claim.accepted_at is not None else None,
        key=new_form_key(),
        errors=faults.links,
    )


def declining(claim: Any) -> FormAsked:
    """Return what is asked before an invitation is declined."""
    return FormAsked(
        heading=f"Say that {claim.name} is not yours",
        paragraphs=(
            (
                "The council is told nothing but that the invitation has ended. It can invite you "
                "again, or somebody else."
            ),
        ),
        button="Decline the invitation",
        back=ActionLink(f"Record of {claim.name}", f"{CLAIMS}/{claim.id}"),
    )
