"""The words of quality assurance: kinds of inspection, their states, judgements and outcomes."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class InspectionKind(StrEnum):
    """What an inspection is for."""

    ENTRY_DESKTOP = "entry-desktop"
    """Before listing, from papers alone."""
    ENTRY_VISIT = "entry-visit"
    """Before listing, on the spot."""
    MONITORING = "monitoring"
    """The first one after listing."""
    ANNUAL = "annual"
    THEMED = "themed"
    """Of the criteria it names, and no others."""
    UNANNOUNCED = "unannounced"
    FOLLOW_UP = "follow-up"
    """Looks at what was found wanting before."""
    CLOSURE = "closure"
    """When a site shuts: where records went, and whether anybody is left behind."""


ROUND_VISITS = frozenset(
    {
        InspectionKind.ENTRY_VISIT,
        InspectionKind.MONITORING,
        InspectionKind.ANNUAL,
        InspectionKind.UNANNOUNCED,
    }
)
"""Visits that look at a site as a whole: from the last of them the next one is counted."""


class InspectionState(StrEnum):
    """Where an inspection stands."""

    PLANNED = "planned"
    JUDGING = "judging"
    """Inspectors write down what they see."""
    WITH_PROVIDER = "with-provider"
    """The draft is read by the provider, who says what is factually wrong."""
    TO_CHECK = "to-check"
    """A second officer, who did not inspect, reads it."""
    PUBLISHED = "published"
    CANCELLED = "cancelled"


STATE_MOVES: Mapping[InspectionState, frozenset[InspectionState]] = MappingProxyType(
    {
        InspectionState.PLANNED: frozenset({InspectionState.JUDGING, InspectionState.CANCELLED}),
        InspectionState.JUDGING: frozenset(
            {InspectionState.WITH_PROVIDER, InspectionState.CANCELLED}
        ),
        InspectionState.WITH_PROVIDER: frozenset(
            {InspectionState.TO_CHECK, InspectionState.CANCELLED}
        ),
        InspectionState.TO_CHECK: frozenset(
            {InspectionState.PUBLISHED, InspectionState.JUDGING, InspectionState.CANCELLED}
        ),
        InspectionState.PUBLISHED: frozenset(),
        InspectionState.CANCELLED: frozenset(),
    }
)
"""Every move of an inspection. What is published is corrected by a new version, never undone."""


OPEN_STATES = frozenset(InspectionState) - {InspectionState.PUBLISHED, InspectionState.CANCELLED}
"""Inspections that are not over."""

JUDGED_IN = frozenset({InspectionState.PLANNED, InspectionState.JUDGING})
"""States in which inspectors write judgements; the first one begins the judging."""

CORRECTED_IN = InspectionState.WITH_PROVIDER
"""Where a judgement changes only in answer to what the provider said was wrong."""


class Judgement(StrEnum):
    """What an inspector finds of one criterion at one site."""

    MET = "met"
    PARTLY_MET = "partly-met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    """It is not asked of this site after all; says why."""
    NOT_ASSESSED = "not-assessed"
    """Nobody looked; says why."""


SHORT = frozenset({Judgement.PARTLY_MET, Judgement.NOT_MET})
"""Judgements that call for an action."""
NOT_LOOKED_AT = frozenset({Judgement.NOT_APPLICABLE, Judgement.NOT_ASSESSED})
"""Judgements that rest on a reason instead of evidence."""


class EvidenceMethod(StrEnum):
    """How the evidence for a judgement was seen."""

    VISIT = "visit"
    DESK = "desk"
    CALL = "call"


class Outcome(StrEnum):
    """What follows from the judgements; computed and never typed."""

    MEETS_STANDARDS = "meets-standards"
    MEETS_WITH_ACTIONS = "meets-with-actions"
    DOES_NOT_YET_MEET = "does-not-yet-meet"
    NOT_YET_ASSESSED = "not-yet-assessed"


WORST_FIRST = (
    Outcome.DOES_NOT_YET_MEET,
    Outcome.NOT_YET_ASSESSED,
    Outcome.MEETS_WITH_ACTIONS,
    Outcome.MEETS_STANDARDS,
)
"""A provider of several sites stands as the worst of them does."""


class Pending(StrEnum):
    """What is open about a site's inspections, so that what is told of it may yet change."""

    COMMENTS_OPEN = "comments-open"
    """Its provider reads a draft, and says what is factually wrong."""
    APPEAL_OPEN = "appeal-open"
    REVISIT_ASKED = "revisit-asked"
    SUSPENSION_REVIEW = "suspension-review"


class InspectorPart(StrEnum):
    """What somebody is in an inspection."""

    LEAD = "lead"
    INSPECTOR = "inspector"


class InterestKind(StrEnum):
    """What ties a person to a provider, so that they cannot be impartial about it."""

    WORKED_THERE = "worked-there"
    FAMILY = "family"
    FRIEND = "friend"
    FINANCIAL = "financial"
    CHILD_PLACED = "child-placed"
    """A child of theirs is, or was, placed there."""
    OTHER = "other"


class ResultStatus(StrEnum):
    """What became of a result that came in one document."""

    APPLIED = "applied"
    """Its judgements are those of an inspection."""
    KEPT = "kept"
    """It is kept as it came; something has gone on since, and an officer of the body decides."""
    DISMISSED = "dismissed"
    """An officer of the body decided that it counts for nothing, and why."""


class ResultDecision(StrEnum):
    """What an officer decides of a result that was kept."""

    APPLY = "apply"
    DISMISS = "dismiss"


class StaleReason(StrEnum):
    """Why a result that is in order in itself was kept instead of applied."""

    STANDARDS_NOT_IN_FORCE = "standards-not-in-force"
    """It was judged against another version of the standards than the visit is held against."""
    SITE_CLOSED = "site-closed"
    """A site was closed on the day of the visit."""
    LATER_RESULT = "later-result"
    """Evidence seen later was published of the same site and criterion."""
    INSPECTION_OVER = "inspection-over"
    """The inspection it was made for is judged no more."""
    JUDGED_MEANWHILE = "judged-meanwhile"
    """A colleague judged the same otherwise in the inspection it was made for."""


GO_ON: Mapping[StaleReason, str] = MappingProxyType(
    {
        StaleReason.STANDARDS_NOT_IN_FORCE: "Where it is applied all the same, it is held against "
        "the version in force on the day of the visit; what that does not ask is refused.",
        StaleReason.SITE_CLOSED: "Correct the day on which the site closed, if that is wrong, and "
        "apply it; otherwise dismiss it.",
        StaleReason.LATER_RESULT: "Where it is applied all the same, what was published later "
        "stays what was seen last.",
        StaleReason.INSPECTION_OVER: "Where it is applied all the same, another inspection is "
        "planned for it; files stay with the one they were sent to.",
        StaleReason.JUDGED_MEANWHILE: "Where it is applied all the same, it takes the place of "
        "what the colleague found.",
    }
)
"""How to go on with a result that was kept."""


class CommentAnswer(StrEnum):
    """What came of a comment on a draft."""

    ACCEPTED = "accepted"
    """The judgement was corrected."""
    NOT_ACCEPTED = "not-accepted"


class CheckDecision(StrEnum):
    """What a second officer decides of an inspection."""

    PUBLISHED = "published"
    RETURNED = "returned"
    """It goes back to the inspectors, who send it to the provider anew."""


class AmendmentKind(StrEnum):
    """How something published is put right."""

    CORRECTION = "correction"
    """A new version; the old one stays readable."""
    REDACTION = "redaction"
    """An older version holds what should never have been public, and goes."""


class AmendmentState(StrEnum):
    """Where an amendment stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Notice(StrEnum):
    """What whoever keeps a provider's record is written to about."""

    DRAFT_SENT = "draft-sent"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    ACTION_LOOKED_AT = "action-looked-at"
    APPEAL_DECIDED = "appeal-decided"
    REVISIT_ANSWERED = "revisit-answered"
    REPLY_WITHHELD = "reply-withheld"


class ActionState(StrEnum):
    """How far an action is, about a judgement that falls short."""

    OPEN = "open"
    EVIDENCE_SENT = "evidence-sent"
    """The provider says that it was done, and shows it."""
    VERIFIED = "verified"
    """An inspector of the body saw that it was done."""
    OVERDUE = "overdue"
    """Open, and its last day has passed; computed and never kept."""


class WithheldBecause(StrEnum):
    """Why the public is not shown a reply; what is said in it is no ground by itself."""

    CHILD_RECOGNISABLE = "child-recognisable"
    """A child could be recognised by it."""
    PERSON_RECOGNISABLE = "person-recognisable"
    """Somebody else could, who is not named in public."""
    UNLAWFUL = "unlawful"
    """To publish it would break the law."""


class AppealState(StrEnum):
    """Where an appeal stands."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class AppealDecision(StrEnum):
    """What somebody uninvolved decided of an appeal."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"


class RevisitState(StrEnum):
    """Where a provider's wish to be visited again stands."""

    OPEN = "open"
    PLANNED = "planned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
