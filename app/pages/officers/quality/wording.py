"""The plain words of quality assurance, as officers meet them on their pages."""

from collections.abc import Mapping

from app.concerns.terms import ConcernEnd, ConcernKind, Severity
from app.inspections.cycle import DueBecause
from app.inspections.independence import Why
from app.inspections.risk import RiskGround
from app.inspections.schemas.reliances import RelianceEnd
from app.inspections.schemas.suspensions import ReviewDecision
from app.inspections.terms import (
    ActionState,
    AmendmentKind,
    AmendmentState,
    AppealDecision,
    AppealState,
    CheckDecision,
    CommentAnswer,
    InspectionKind,
    InspectionState,
    InspectorPart,
    InterestKind,
    ResultStatus,
    RevisitState,
)
from app.pages import inspection_wording
from app.pages.part_view import TagView

STATES: Mapping[str, TagView] = {
    InspectionState.PLANNED: TagView("Planned", "grey"),
    InspectionState.JUDGING: TagView("Being judged", "blue"),
    InspectionState.WITH_PROVIDER: TagView("Draft with the provider", "yellow"),
    InspectionState.TO_CHECK: TagView("Waits for a second officer", "purple"),
    InspectionState.PUBLISHED: TagView("Published", "green"),
    InspectionState.CANCELLED: TagView("Given up", "grey"),
}
JUDGEMENTS: Mapping[str, TagView] = {
    code: TagView(*words) for code, words in inspection_wording.JUDGEMENTS.items()
}
OUTCOMES: Mapping[str, TagView] = {
    code: TagView(words.label, words.colour) for code, words in inspection_wording.OUTCOMES.items()
}
KINDS: Mapping[str, tuple[str, str]] = {
    InspectionKind.ENTRY_DESKTOP: ("Papers before listing", "From papers alone, before listing."),
    InspectionKind.ENTRY_VISIT: ("Visit before listing", "On the spot, before listing."),
    InspectionKind.MONITORING: ("First visit after listing", "Within months of being listed."),
    InspectionKind.ANNUAL: ("Yearly visit", "Looks at everything that is asked."),
    InspectionKind.THEMED: ("Themed", "Looks at the criteria you name, and at no others."),
    InspectionKind.UNANNOUNCED: (
        "Unannounced visit",
        "The provider is told with the draft, and not before.",
    ),
    InspectionKind.FOLLOW_UP: (
        "Follow-up",
        "Looks again at what was found wanting; names its criteria.",
    ),
    InspectionKind.CLOSURE: (
        "Closure",
        "When a site shuts: where records went, and whether anybody is left behind.",
    ),
}
"""What each kind of inspection is called, and when it is the one to plan."""
GROUNDS: Mapping[str, str] = {
    RiskGround.SUSPENDED: "It is suspended",
    RiskGround.CONCERN: "A concern about it is open",
    RiskGround.DOES_NOT_YET_MEET: "It does not yet meet the standards",
    RiskGround.NEVER_SEEN: "No inspection has ever seen it",
    RiskGround.OVERDUE: "Its visit is overdue",
    RiskGround.LEAD_CHANGED: "Its safeguarding lead changed, and nobody has visited since",
    RiskGround.PROPRIETOR_CHANGED: "Its owner or a director changed, and nobody has visited since",
    RiskGround.SITE_CHANGED: "The site changed, and nobody has visited since",
    RiskGround.EVIDENCE_OUT_OF_DATE: "Evidence it must have is out of date",
}
DUE: Mapping[str, str] = {
    DueBecause.CONCERN: "a concern was raised",
    DueBecause.LEAD_CHANGED: "the safeguarding lead changed",
    DueBecause.SITE_CHANGED: "the site changed",
    DueBecause.PROPRIETOR_CHANGED: "the owner or a director changed",
    DueBecause.FIRST_AFTER_LISTING: "it was listed, and not visited since",
    DueBecause.YEARLY: "a year will have passed",
}
"""Why a visit is due, after `because`."""
CLOCKS: Mapping[str, str] = {
    "comments": "The provider says what is wrong in the draft",
    "action-plan": "The provider gives its plan of actions",
    "appeal": "The provider may appeal",
    "appeal-decision": "The appeal is decided",
}
ACTIONS: Mapping[str, str] = {
    ActionState.OPEN: "to be done",
    ActionState.EVIDENCE_SENT: "evidence was sent; an inspector has yet to look",
    ActionState.VERIFIED: "done, as an inspector saw",
    ActionState.OVERDUE: "overdue",
}
COMMENT_ANSWERS: Mapping[str, str] = {
    CommentAnswer.ACCEPTED: "Accepted: the judgement was corrected",
    CommentAnswer.NOT_ACCEPTED: "Not accepted: the judgement stays",
}
CHECKED: Mapping[str, str] = {
    CheckDecision.PUBLISHED: "Agreed, and published it",
    CheckDecision.RETURNED: "Sent it back",
}
APPEALS: Mapping[str, TagView] = {
    AppealState.OPEN: TagView("Open", "yellow"),
    AppealState.DECIDED: TagView("Decided", "green"),
    AppealState.WITHDRAWN: TagView("Taken back", "grey"),
}
APPEAL_DECISIONS: Mapping[str, str] = {
    AppealDecision.UPHELD: "Upheld: what was found is corrected",
    AppealDecision.PARTLY: "Upheld in part: some of it is corrected",
    AppealDecision.DISMISSED: "Dismissed: what was found stays",
}
REVISITS: Mapping[str, TagView] = {
    RevisitState.OPEN: TagView("Open", "yellow"),
    RevisitState.PLANNED: TagView("Planned", "green"),
    RevisitState.REFUSED: TagView("Refused", "red"),
    RevisitState.WITHDRAWN: TagView("Taken back", "grey"),
}
AMENDMENTS: Mapping[str, str] = {
    AmendmentKind.CORRECTION: "Correction",
    AmendmentKind.REDACTION: "Taking a version out",
}
AMENDMENT_STATES: Mapping[str, TagView] = {
    AmendmentState.PROPOSED: TagView("Waits for a second officer", "yellow"),
    AmendmentState.CONFIRMED: TagView("Done", "green"),
    AmendmentState.REFUSED: TagView("Refused", "red"),
    AmendmentState.WITHDRAWN: TagView("Taken back", "grey"),
}
PARTS: Mapping[str, str] = {
    InspectorPart.LEAD: "leads",
    InspectorPart.INSPECTOR: "inspects",
}
INTERESTS: Mapping[str, str] = {
    InterestKind.WORKED_THERE: "Work there, now or before",
    InterestKind.FAMILY: "Family who have to do with it",
    InterestKind.FRIEND: "A friend who has to do with it",
    InterestKind.FINANCIAL: "Money in it, now or before",
    InterestKind.CHILD_PLACED: "A child of one’s own placed there, now or before",  # noqa: RUF001
    InterestKind.OTHER: "Something else",
}
WHY: Mapping[str, str] = {
    Why.NOT_A_PERSON: "it takes a named person.",
    Why.NOT_OF_BODY: "for the body that inspects, or for a peer it has asked.",
    Why.HAS_STAKE: "you work, or worked, for whoever owns or owned the provider.",
    Why.DECLARED_INTEREST: "you declared an interest in the provider.",
    Why.INSPECTED: "you inspected it yourself.",
    Why.CHECKED: "you checked it yourself.",
    Why.ONLY_COMMISSIONER: (
        "your own authority is the only one that places children there, so a peer does this."
    ),
}
"""Why somebody may not take a part, after what it is and a colon."""
RESULTS: Mapping[str, TagView] = {
    ResultStatus.APPLIED: TagView("Applied", "green"),
    ResultStatus.KEPT: TagView("Kept, to be decided on", "yellow"),
    ResultStatus.DISMISSED: TagView("Dismissed", "grey"),
}
RELIANCE_ENDS: Mapping[str, str] = {
    RelianceEnd.WITHDRAWN: "the body that relied on it ended it",
    RelianceEnd.LAPSED: "its last day is over",
    RelianceEnd.INSPECTION_WITHDRAWN: "what it relied on was taken back",
}
REVIEWS: Mapping[str, str] = {
    ReviewDecision.STAYS: "It stays",
    ReviewDecision.LIFT_PROPOSED: "It shall be lifted; a second officer confirms that",
}
CONCERNS: Mapping[str, str] = {
    ConcernKind.SAFEGUARDING: "Safeguarding",
    ConcernKind.ALLEGATION: "An allegation about an adult there",
    ConcernKind.QUALITY: "How good it is",
    ConcernKind.ILLEGAL_SCHOOL: "It may be a school that ought to be registered",
    ConcernKind.PREMISES: "The premises",
    ConcernKind.ATTENDANCE: "Attendance",
    ConcernKind.DATA: "Personal data",
    ConcernKind.FINANCE: "Money",
}
SEVERITIES: Mapping[str, TagView] = {
    Severity.IMMEDIATE: TagView("A child may be in danger now", "red"),
    Severity.HIGH: TagView("High", "orange"),
    Severity.MEDIUM: TagView("Medium", "yellow"),
    Severity.LOW: TagView("Low", "grey"),
}
CONCERN_ENDS: Mapping[str, str] = {
    ConcernEnd.RESOLVED: "Something was wrong, and is mended",
    ConcernEnd.UNFOUNDED: "Nothing was wrong",
    ConcernEnd.PASSED_ON: "Somebody else has it: the police, social care, Ofsted",
    ConcernEnd.ACTED_ON: "It led to an inspection, or to a decision on the listing",
}

DONE: Mapping[str, str] = {
    "planned": "The inspection is planned.",
    "changed": "The plan was changed.",
    "cancelled": "The inspection was given up.",
    "named": "They inspect it from now on.",
    "taken-off": "They no longer inspect it.",
    "declared": "Your interest is declared. You take no part in inspections of this provider.",
    "interest-ended": "The day on which your interest ends was noted.",
    "judged": "What you found was kept.",
    "same": "Nothing was changed, so nothing was kept anew.",
    "draft-sent": "The draft is with the provider.",
    "letter": "What came by letter was written down.",
    "answered": "The provider is told your answer.",
    "check-asked": "A second officer was asked to read it.",
    "published": "It is published.",
    "returned": "It went back to the inspectors.",
    "amendment-proposed": "It was proposed. A second officer decides.",
    "amendment-confirmed": "It was done as proposed.",
    "amendment-refused": "What is published stays as it is.",
    "amendment-withdrawn": "You took your proposal back.",
    "verified": "The action is verified.",
    "sent-back": "The provider is told what is missing.",
    "peer-asked": "It was noted who is asked to decide.",
    "decided": "The appeal is decided.",
    "revisit-answered": "The provider is told your answer.",
    "file-added": "The file was added.",
    "reviewed": "That you looked at it again is on record.",
    "raised": "The concern was raised. The provider is not told of it.",
    "closed": "The concern is closed.",
    "relied": "It is on record that your body relies on it.",
    "reliance-ended": "Your body relies on it no more.",
    "result-applied": "The result became the judgements of an inspection.",
    "result-kept": "The result was kept as it came. See why, and how to go on.",
    "result-dismissed": "The result was dismissed.",
}
"""What a page says of the form that led to it; nothing else can be put there by an address."""


def kind_words(code: str) -> str:
    """Return what a kind of inspection is called."""
    return KINDS[code][0] if code in KINDS else code
