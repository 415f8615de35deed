"""What the pages on who shall own a record are given."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import FieldFault, InvalidRequestError
from app.pages.officers.answered_records import RECORDS
from app.pages.officers.own_form import Ask, Kind, OwnForm, Typed, one_of
from app.pages.officers.vouching_view import NOTE
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


def invite_form(held: Held, owners: Sequence[tuple[str, str]]) -> OwnForm:
    """Return the form on which a provider is invited to claim its record.

    Args:
        held: the record.
        owners: id and name of those on the service already that the officer may know of.
    """
    how = [(code, words, None) for code, words in CLAIMANT.items()]
    known = Ask(
        Kind.CHOICE,
        "organisation_id",
        "An owner that is on the service already",
        "Choose an owner from the list",
        "Choose none if it is new to the service. Owners are shown that your organisation brought "
        "onto it, and those of records you answer for.",
        offered=[("", "None of these", None), *((key, name, None) for key, name in owners)],
    )
    return OwnForm(
        heading=f"Invite the owner of {held.name} to claim its record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Invite them",
        asks=(
            *((known,) if owners else ()),
            Ask(
                Kind.LINE,
                "owner",
                "Name of the owner",
                "Enter the owner's name",
                "If it is new to the service." if owners else "",
            ),
            Ask(
                Kind.LINE,
                "name",
                "Who will keep the record for it",
                "Enter a person's name",
                _IF_NOBODY if owners else "",
            ),
            Ask(
                Kind.LINE,
                "email",
                "Their e-mail address",
                "Enter an e-mail address",
                "The invitation is sent there.",
            ),
            Ask(
                Kind.ONE,
                "verified_how",
                "How did you make sure who they are?",
                "Choose how you made sure who they are",
                offered=how,
            ),
            Ask(Kind.LONG, "verified_note", "What you saw or heard", "Say it shorter", NOTE),
        ),
        paragraphs=("Make sure who they are before you invite them.",),
        inside=("contact",),
    )


def read_claim(typed: Typed) -> dict[str, object]:
    """Return what a form says of an owner, by the members of `NewClaim`.

    Raises:
        InvalidRequestError: it names two.
    """
    chosen, named = one_of(typed, "organisation_id"), one_of(typed, "owner")
    contact = {"name": one_of(typed, "name"), "email": one_of(typed, "email")}
    said: dict[str, object] = {
        "verified_how": one_of(typed, "verified_how"),
        "verified_note": one_of(typed, "verified_note"),
    }
    if chosen is None:
        return {"owner": {"name": named}, "contact": contact} | said
    if named is not None:
        detail = "Leave this empty, or choose none of those on the service already."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/owner"),))
    asked = contact if any(contact.values()) else None
    return {"organisation_id": chosen, "contact": asked} | said


def withdraw_form(held: Held, claim: Any) -> OwnForm:
    """Return the form on which an invitation to claim a record is withdrawn."""
    return OwnForm(
        heading="Withdraw the invitation to claim this record",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="Withdraw it",
        facts=(Fact("Provider", (held.name,)), Fact("Invited", (claim.organisation,))),
    )


def end_form(held: Held) -> OwnForm:
    """Return the form on which a record is taken out of its owner's hands."""
    return OwnForm(
        heading=f"Take the record out of the hands of {held.owner_name}",
        back=ActionLink(held.name, f"{RECORDS}/{held.number}"),
        button="End its ownership",
        asks=(Ask(Kind.LONG, "reason", "Why", "Say why", "Its owner can read it."),),
        facts=(Fact("Provider", (f"{held.name} ({held.number})",)),),
        warning="At once, nobody of the owner's sees or keeps the record any more.",
    )
