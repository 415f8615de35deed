"""The plain words for the register's codes. A code without words is shown as itself, never hidden.

Say "non-school alternative provision". The older word "unregistered" is explained once, on the
about page: put together with "school" it names a criminal matter, and nothing listed here is that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.pages.filters import humanise
from app.providers.terms import NameKind, Need, Scheme, Status
from app.values.site_kind import SiteKind

SERVICE_NAME = "Non-school alternative provision register"

NOT_CLEARANCE = (
    "A listing is not clearance for a particular child: whoever commissions a place must check "
    "that it suits that child."
)
"""True of every status, so it is shown with every one."""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a provider's status is called and how far it may be relied on.

    Attributes:
        label: two or three words, shown as a tag; colour only repeats them.
        colour: one of GOV.UK Frontend's tag colours.
        meaning: what it says about the provider.
        caution: what it does not say.
    """

    label: str
    colour: str
    meaning: str
    caution: str


STATUSES: Mapping[str, StatusWords] = {
    Status.LISTED: StatusWords(
        "Listed",
        "green",
        "At least one of this provider's sites is listed. Each of its sites says where it stands, "
        "on what ground, and what was seen.",
        "A listing does not cover a site, an age or a programme that is not shown.",
    ),
    Status.LISTED_WITH_ACTIONS: StatusWords(
        "Listed with actions",
        "teal",
        "This provider is listed, and has things to put right by an agreed date.",
        "An action does not by itself mean that a child is at risk. Ask what the actions are "
        "before you arrange a place.",
    ),
    Status.UNDER_REVIEW: StatusWords(
        "Under review",
        "yellow",
        "Something has changed or been reported, and this listing is being looked at again.",
        "A review is not a finding against the provider. Ask the local authority what is being "
        "looked at before you arrange a new place.",
    ),
    Status.SUSPENDED: StatusWords(
        "Suspended",
        "red",
        "This listing has been stopped for now, while a serious question is settled.",
        "It is not a final decision. If a child already attends, whoever arranged the place should "
        "review it now.",
    ),
    Status.REMOVED: StatusWords(
        "Removed",
        "grey",
        "This provider is no longer listed. Its entry is kept so that anyone can see what the "
        "register said.",
        "Removal does not say why, or that the provider has stopped working. Ask the local "
        "authority.",
    ),
    Status.CLOSED: StatusWords(
        "Closed",
        "grey",
        "This provider has stopped offering places.",
        "Closing does not mean that anything was found to be wrong.",
    ),
}

NEEDS: Mapping[str, str] = {
    Need.SPLD: "Specific learning difficulties, such as dyslexia",
    Need.MLD: "Moderate learning difficulty",
    Need.SLD: "Severe learning difficulty",
    Need.PMLD: "Profound and multiple learning difficulty",
    Need.SEMH: "Social, emotional and mental health",
    Need.SLCN: "Speech, language and communication",
    Need.HI: "Deafness or hearing loss",
    Need.VI: "Sight loss",
    Need.MSI: "Loss of both sight and hearing",
    Need.PD: "Physical disability",
    Need.ASD: "Autism",
    Need.OTH: "Another difficulty or disability",
}
"""The department's codes for special educational needs, in our words, in its order."""

IDENTIFIERS: Mapping[str, str] = {
    Scheme.COMPANIES_HOUSE: "Company number",
    Scheme.CHARITY_COMMISSION: "Charity number",
    Scheme.UKPRN: "UK provider reference number (UKPRN)",
}

NAME_KINDS: Mapping[str, str] = {
    NameKind.TRADING: "trades under this name",
    NameKind.FORMER: "former name",
}

SITE_KINDS: Mapping[str, str] = {
    SiteKind.FIXED: "Building of its own",
    SiteKind.FARM_OR_OUTDOOR: "Farm or outdoors",
    SiteKind.WORKSHOP: "Workshop",
    SiteKind.VEHICLE: "Vehicle",
    SiteKind.SCHOOL_SITE: "On the site of a school",
    SiteKind.HIRED: "Hired rooms",
    SiteKind.HOME_VISITS: "Visits to children at home",
    SiteKind.ONLINE: "Online",
    SiteKind.SATELLITE: "Further place run by the provider's own people",
    SiteKind.SUBCONTRACTED: "Run by somebody else for the provider",
}

MATCHES: Mapping[str, str] = {
    "name": "name",
    "other-name": "another name it uses",
    "programme": "programme",
    "town": "town",
    "near": "distance",
    "la": "local authority",
    "age": "age",
    "need": "need",
    "evidence": "evidence",
    "outcome": "outcome of inspections",
    "key_stage": "key stage",
    "offer": "what is offered",
    "places": "places",
    "assessed_after": "the day evidence was seen",
}
"""Why a provider was found, in the words of `GET /v1/providers`."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What the search page calls a field.

    Attributes:
        label: begins a fault such as "Age must be a whole number".
        instead: what to say whatever the fault, where the API's words speak of codes.
    """

    label: str
    instead: str | None = None


FIELDS = {
    "q": FieldWords("Name, place or number"),
    "near": FieldWords(
        "Postcode", "Enter a postcode in England, or the first part of one, like B15 2TT or B15"
    ),
    "within_miles": FieldWords("How far away, in miles,"),
    "la": FieldWords("Local authority", "Choose a local authority from the list"),
    "age": FieldWords("Age"),
    "need": FieldWords("Special educational need", "Choose a need from the list"),
    "status": FieldWords("Status", "Choose a status from the list"),
    "key_stage": FieldWords("Key stage", "Choose key stages from 1 to 5"),
    "offer": FieldWords("Programme"),
    "places": FieldWords("Places", "Choose places from the list"),
    "evidence": FieldWords("Evidence", "Choose evidence from the list"),
    "outcome": FieldWords("Outcome of inspections", "Choose outcomes from the list"),
    "assessed_after": FieldWords("Seen on or after", "Enter a day to look from, like 2026-03-27"),
    "as_at": FieldWords("As the register stood on", "Enter a day that has come, like 2026-03-27"),
}


def status_words(code: str) -> StatusWords:
    """Return the words for a status; one we do not know asks the reader to find out first."""
    return STATUSES.get(code) or StatusWords(
        humanise(code),
        "grey",
        "This page has no explanation of this status.",
        "Ask the local authority what it means before you rely on it.",
    )


def need_label(code: str) -> str:
    """Return the words for a need, or the code itself."""
    return NEEDS.get(code, code)


def label(words: Mapping[str, str], code: str) -> str:
    """Return the words for a code from one of the tables above, or the code made readable."""
    return words.get(code) or humanise(code)
