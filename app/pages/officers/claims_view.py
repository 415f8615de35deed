"""What the pages on who shall own a record are given."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import FieldFault, InvalidRequestError
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.vouching_view import NOTE
from app.pages.questions import Kind, Question
from app.pages.view_models import ActionLink, Fact
from app.providers.record_terms import ClaimantKnown
from app.providers.service.records import Held

CLAIMANT: Mapping[str, str] = {
    ClaimantKnown.KNOWN_PHONE: "By a telephone number we knew before",
    ClaimantKnown.KNOWN_ADDRESS: "By an address we knew before",
    ClaimantKnown.IN_PERSON: "In person",
    ClaimantKnown.OFFICIAL_REGISTER: "From an official register",
    ClaimantKnown.OTHER: "In another way",
}
_IF_NOBODY = "Leave this and the e-mail address empty if people work for the owner here already."


def invite_form(held: Held, owners: Sequence[tuple[str, str]]) -> FormAsked:
    """Return the form on which a provider is invited to claim its record.

    Args:
        held: the record.
        owners: id and name of those on the service already that the officer may know of.
    """
    known = Question(
        "organisation_id",
        "An owner that is on the service already",
        "Choose an owner from the list",
        Kind.LIST,
        "Choose none if it is new to the service. Owners are shown that your organisation brought "
        "onto it, and those of records you answer for.",
        owners,
        none="None of these",
    )
    asked = (
        *((known,) if owners else ()),
        Question(
            "owner",
            "Name of the owner",
            "Enter the owner's name",
            hint="If it is new to the service." if owners else "",
        ),
        Question(
            "name",
            "Who will keep the record for it",
            "Enter a person's name",
            hint=_IF_NOBODY if owners else "",
        ),
        Question(
            "email",
            "Their e-mail address",
            "Enter an e-mail address",
            hint="The invitation is sent there.",
            mode="email",
        ),
        Question(
            "verified_how",
            "How did you make sure who they are?",
            "Choose how you made sure who they are",
            Kind.ONE,
            offered=tuple(CLAIMANT.items()),
        ),
        Question("verified_note", "What you saw or heard", "Say it shorter", Kind.PROSE, NOTE),
    )
    return FormAsked(
        heading=f"Invite the owner of {held.name} to claim its record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Invite them",
        parts=(Part(asked),),
        paragraphs=("Make sure who they are before you invite them.",),
        inside=("contact",),
    )


def read_claim(answers: Mapping[str, object]) -> dict[str, object]:
    """Return what a form says of an owner, by the members of `NewClaim`.

    Raises:
        InvalidRequestError: it names two.
    """
    chosen, named = answers.get("organisation_id"), answers["owner"]
    contact = {name: answers[name] for name in ("name", "email")}
    said = {name: answers[name] for name in ("verified_how", "verified_note")}
    if chosen is None:
        return {"owner": {"name": named}, "contact": contact} | said
    if named is not None:
        detail = "Leave this empty, or choose none of those on the service already."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/owner"),))
    asked = contact if any(contact.values()) else None
    return {"organisation_id": chosen, "contact": asked} | said


def withdraw_form(held: Held, claim: Any) -> FormAsked:
    """Return the form on which an invitation to claim a record is withdrawn."""
    return FormAsked(
        heading="Withdraw the invitation to claim this record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Withdraw it",
        facts=(Fact("Provider", (held.name,)), Fact("Invited", (claim.organisation,))),
    )


def end_form(held: Held) -> FormAsked:
    """Return the form on which a record is taken out of its owner's hands."""
    hint = "Its owner can read it."
    reason = Question("reason", "Why", "Say why", Kind.PROSE, hint, needed=True)
    return FormAsked(
        heading=f"Take the record out of the hands of {held.owner_name}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="End its ownership",
        parts=(Part((reason,)),),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
        warning="At once, nobody of the owner's sees or keeps the record any more.",
    )
