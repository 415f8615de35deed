"""The plain words for what follows from inspections, as everybody is told it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.inspections.outcome import Because
from app.inspections.terms import (
    EvidenceMethod,
    InspectionKind,
    Judgement,
    Outcome,
    Pending,
    WithheldBecause,
)
from app.pages.filters import humanise


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What an outcome is called, and how far it may be relied on.

    Attributes:
        label: a few words, shown as a tag; colour only repeats them.
        colour: one of GOV.UK Frontend's tag colours.
        meaning: what it says of a site.
        caution: what it does not say.
    """

    label: str
    colour: str
    meaning: str
    caution: str


OUTCOMES: Mapping[str, OutcomeWords] = {
    Outcome.MEETS_STANDARDS: OutcomeWords(
        "Meets the standards",
        "green",
        "Everything critical and major that is asked of this site was seen, and met.",
        "It was so when it was seen. It is not clearance for a particular child.",
    ),
    Outcome.MEETS_WITH_ACTIONS: OutcomeWords(
        "Meets the standards with actions",
        "teal",
        "Everything critical was seen and met. Something major is only partly met, and is to be "
        "put right.",
        "An action does not by itself mean that a child is at risk. Ask what is to be put right.",
    ),
    Outcome.DOES_NOT_YET_MEET: OutcomeWords(
        "Does not yet meet the standards",
        "orange",
        "Something critical or major was found wanting.",
        "It does not say that a child was harmed, nor that the site may not work. Read what was "
        "found, and what the provider answers, before you arrange a place.",
    ),
    Outcome.NOT_YET_ASSESSED: OutcomeWords(
        "Not yet assessed",
        "grey",
        "Nobody has looked at everything that decides, or did so too long ago for it to count.",
        "It is not a finding against the provider: it says nothing about how good the site is.",
    ),
}

WITHHELD: Mapping[str, str] = {
    WithheldBecause.CHILD_RECOGNISABLE: "A child could be recognised by it.",
    WithheldBecause.PERSON_RECOGNISABLE: "Somebody could be recognised by it.",
    WithheldBecause.UNLAWFUL: "To publish it would break the law.",
}
"""Why a provider's reply is not shown."""

BECAUSE: Mapping[str, str] = {
    Because.CRITICAL_BELOW_MET: "Critical, and partly met or not met",
    Because.MAJOR_NOT_MET: "Major, and not met",
    Because.TOO_MANY_MAJOR_PARTLY_MET: "Major, and too many of them only partly met",
    Because.NOT_ASSESSED: "Nobody has looked",
    Because.EVIDENCE_TOO_OLD: "Seen too long ago to count",
    Because.MAJOR_PARTLY_MET: "Major, and only partly met",
}
"""Why criteria decided an outcome; their numbers follow."""

JUDGEMENTS: Mapping[str, tuple[str, str]] = {
    Judgement.MET: ("Met", "green"),
    Judgement.PARTLY_MET: ("Partly met", "yellow"),
    Judgement.NOT_MET: ("Not met", "red"),
    Judgement.NOT_APPLICABLE: ("Not applicable", "grey"),
    Judgement.NOT_ASSESSED: ("Not assessed", "grey"),
}
"""What a judgement is called, and the colour of its tag, which only repeats it."""

METHODS: Mapping[str, str] = {
    EvidenceMethod.VISIT: "on the spot",
    EvidenceMethod.DESK: "from papers",
    EvidenceMethod.CALL: "in a call",
}
"""How evidence was seen, within a sentence."""

KINDS: Mapping[str, str] = {
    InspectionKind.ENTRY_DESKTOP: "look at its papers before listing",
    InspectionKind.ENTRY_VISIT: "visit before listing",
    InspectionKind.MONITORING: "first visit after listing",
    InspectionKind.ANNUAL: "yearly visit",
    InspectionKind.THEMED: "look at some criteria alone",
    InspectionKind.UNANNOUNCED: "visit without notice",
    InspectionKind.FOLLOW_UP: "look at what was found wanting before",
    InspectionKind.CLOSURE: "visit as the site closes",
}
"""What an inspection is for, within a sentence."""

PENDING: Mapping[str, str] = {
    Pending.COMMENTS_OPEN: "The provider is reading the draft of an inspection.",
    Pending.APPEAL_OPEN: "The provider has appealed against what was found.",
    Pending.REVISIT_ASKED: "The provider has asked for another visit.",
    Pending.SUSPENSION_REVIEW: "A suspension is being looked at again.",
}
"""What is open, so that what is told may yet change."""

NEVER = "No inspection of this site is published."


def outcome_words(code: str) -> OutcomeWords:
    """Return the words for an outcome; one we do not know asks the reader to find out first."""
    return OUTCOMES.get(code) or OutcomeWords(
        humanise(code),
        "grey",
        "This page has no explanation of this outcome.",
        "Ask the local authority what it means before you rely on it.",
    )
