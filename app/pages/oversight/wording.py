"""The plain words of oversight: who is looked for, what was tried, and how it ended."""

from collections.abc import Mapping

from app.children.terms import MatchAnswer, MatchMethod
from app.oversight.terms import (
    FollowUpOutcome,
    HandoverAnswer,
    HandoverReason,
    SpellBegin,
    StepKind,
    Term,
)
from app.pages.part_view import TagView
from app.placements.terms import CaseEnd, Destination, KnownBy
from app.rules.missing.chasing import Pressing
from app.rules.missing.owning import Searcher
from app.rules.stated import RuleBasis

DONE: Mapping[str, str] = {
    "step": "What was tried is written down. The next step is due by the day shown below.",
    "offered": "The other authority has been asked. Until it accepts, you go on looking.",
    "accepted": "The search is your authority's from now on.",
    "declined": "You declined. Whoever looks goes on looking, and it is no longer shown to you.",
    "ended": "The search has ended.",
    "closed": "The case is closed, with what was found.",
    "answered": "Your answer is written down, and counts from now on.",
    "found": "The department's finding is written down, and counts from now on.",
}
"""What a form did, by its code in the address it leads on to."""

BASES: Mapping[str, str] = {
    RuleBasis.STATUTE: "statute",
    RuleBasis.STATUTORY_GUIDANCE: "statutory guidance",
    RuleBasis.POLICY: "the register's own policy",
}
PRESSING: Mapping[str, TagView] = {
    Pressing.RED: TagView("Overdue", "red"),
    Pressing.AMBER: TagView("Due today", "yellow"),
    Pressing.GREEN: TagView("In time", "green"),
}
SEARCHERS: Mapping[str, str] = {
    Searcher.SCHOOL: "The school looks first, jointly with the authority",
    Searcher.LOCAL_AUTHORITY: "The authority looks first",
}
STEPS: Mapping[str, str] = {
    StepKind.TELEPHONED: "Telephoned the family",
    StepKind.WROTE: "Wrote to the family",
    StepKind.VISITED_HOME: "Visited the home",
    StepKind.ASKED_FAMILY: "Asked relatives, friends or neighbours",
    StepKind.ASKED_SCHOOL: "Asked a school",
    StepKind.ASKED_AUTHORITY: "Asked another local authority",
    StepKind.ASKED_SOCIAL_CARE: "Asked social care",
    StepKind.ASKED_HEALTH: "Asked health services",
    StepKind.ASKED_POLICE: "Asked the police",
    StepKind.ASKED_BORDER: "Asked Border Force",
    StepKind.SEARCHED_RECORDS: "Searched records, such as school to school transfer or benefits",
    StepKind.OTHER: "Something else",
    StepKind.CLOSED: "Said how it is known where the child is",
}
OUTCOMES: Mapping[str, str] = {
    FollowUpOutcome.FOUND: "Found, at a place that is named",
    FollowUpOutcome.RETURNED_TO_SCHOOL: "Back at their own school",
    FollowUpOutcome.RECEIVED_BY_AUTHORITY: "With another authority, which took the search over",
    FollowUpOutcome.LEFT_THE_COUNTRY: "Left the country, as somebody in office confirms",
    FollowUpOutcome.DIED: "Died, as somebody in office confirms",
    FollowUpOutcome.OVER_SCHOOL_AGE: "No longer of compulsory school age",
    FollowUpOutcome.RECORDED_BY_MISTAKE: "There was no such placement",
}
DESTINATIONS: Mapping[str, str] = {
    Destination.HOME_SCHOOL: "Their own school",
    Destination.OTHER_MAINSTREAM: "Another mainstream school",
    Destination.SPECIAL_SCHOOL: "A special school",
    Destination.REGISTERED_PROVISION: "A pupil referral unit or alternative provision academy",
    Destination.OTHER_NON_SCHOOL_PROVISION: "Another provider that is not a school",
    Destination.FURTHER_EDUCATION: "Further education",
    Destination.HOME_EDUCATION: "Education at home",
    Destination.CUSTODY: "Custody",
    Destination.MOVED_ABROAD: "Abroad",
    Destination.OTHER_KNOWN: "Somewhere else that is known",
    Destination.UNKNOWN: "Nobody knows",
}
KNOWN_BY: Mapping[str, str] = {
    KnownBy.SEEN_ON_A_ROLL: "A school or college says in writing that it has them on its register",
    KnownBy.SEEN_IN_PERSON: "Somebody saw the child",
    KnownBy.TOLD_BY_AUTHORITY: "A local authority says so",
    KnownBy.TOLD_BY_AGENCY: "The police, the border, a court, health or a coroner says so",
    KnownBy.TOLD_BY_FAMILY: "The family says so, and it was checked as far as it can be",
    KnownBy.OWN_RECORD: "It was known all along, and recorded wrongly",
}
HANDOVER_REASONS: Mapping[str, str] = {
    HandoverReason.MOVED_THERE: "The child moved there",
    HandoverReason.SEEN_THERE: "The child was seen there",
    HandoverReason.CIRCUMSTANCES_CHANGED: "The child's record says that they live there now",
    HandoverReason.AUTHORITY_ABOLISHED: "The authority that looked is abolished",
}
HANDOVER_ANSWERS: Mapping[str, str] = {
    HandoverAnswer.ACCEPTED: "Accepted",
    HandoverAnswer.DECLINED: "Declined",
    HandoverAnswer.LAPSED: "Lapsed: the search ended, or came to somebody else, before an answer",
}
SPELLS: Mapping[str, str] = {
    SpellBegin.OPENED: "looks from the beginning",
    SpellBegin.HANDED_OVER: "took it over",
    SpellBegin.SUCCEEDED: "has the area of the authority before it, which was abolished",
}
TERMS: Mapping[str, str] = {
    Term.OPENING_LIVE: "Placed at the beginning",
    Term.OPENING_FOLLOWED: "Looked for at the beginning",
    Term.STARTS: "Placements that started",
    Term.TRANSFERS_IN: "Came from another area",
    Term.TRANSFERS_OUT: "Went to another area",
    Term.EXITS: "Ended, to a place that is known",
    Term.MISTAKES: "Recorded by mistake",
    Term.CLOSING_LIVE: "Placed at the end",
    Term.CLOSING_FOLLOWED: "Looked for at the end",
}
CASE_ENDS: Mapping[str, str] = {
    CaseEnd.BELOW_THE_LIMIT: "It stays below the limit",
    CaseEnd.HOURS_REDUCED: "Hours were reduced, so that it stays below the limit",
    CaseEnd.REGISTERED: "It registered as a school",
    CaseEnd.REFERRED: "It was referred to Ofsted",
}
METHODS: Mapping[str, str] = {
    MatchMethod.UPN_AND_BIRTH: "The same pupil number and the same day of birth",
    MatchMethod.UPN_ALONE: "The same pupil number, with another day of birth",
    MatchMethod.NAME_AND_BIRTH: "The same name and day of birth, without the same pupil number",
    MatchMethod.TWO_PLACES: "Taken for one child, but timetabled in two places at the same time",
}
MATCH_ANSWERS: Mapping[str, str] = {
    MatchAnswer.SAME: "One child",
    MatchAnswer.DIFFERENT: "Two children",
}


def rests_on(basis: str, source: str) -> str:
    """Say on what authority something rests, and where that is written."""
    return f"This rests on {BASES[basis]}: {source}"
