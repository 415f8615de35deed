"""The words of follow-ups and of what is counted."""

from enum import StrEnum


class StepKind(StrEnum):
    """What was tried to find a child."""

    TELEPHONED = "telephoned"
    WROTE = "wrote"
    VISITED_HOME = "visited-home"
    ASKED_FAMILY = "asked-family"
    """Relatives, friends, neighbours."""
    ASKED_SCHOOL = "asked-school"
    ASKED_AUTHORITY = "asked-authority"
    ASKED_SOCIAL_CARE = "asked-social-care"
    ASKED_HEALTH = "asked-health"
    ASKED_POLICE = "asked-police"
    ASKED_BORDER = "asked-border"
    SEARCHED_RECORDS = "searched-records"
    """School to school transfer, key to success, benefits, housing."""
    OTHER = "other"
    CLOSED = "closed"
    """How it is known where the child is; written with the outcome."""


class FollowUpOutcome(StrEnum):
    """How a follow-up ends. There is no other end."""

    FOUND = "found"
    """At a destination that is named."""
    RETURNED_TO_SCHOOL = "returned-to-school"
    RECEIVED_BY_AUTHORITY = "received-by-authority"
    """The child is with another authority, which took the follow-up over and says so itself."""
    LEFT_THE_COUNTRY = "left-the-country"
    DIED = "died"
    OVER_SCHOOL_AGE = "over-school-age"
    """No longer of compulsory school age, by its birth."""
    RECORDED_BY_MISTAKE = "recorded-by-mistake"
    """There was no such placement; its commissioner says so by correcting its end."""


class HandoverReason(StrEnum):
    """Why another authority is asked to look for a child; a closed list, so it names nobody."""

    MOVED_THERE = "moved-there"
    SEEN_THERE = "seen-there"
    CIRCUMSTANCES_CHANGED = "circumstances-changed"
    """The child's record says that it lives there now; offered without anybody asking."""
    AUTHORITY_ABOLISHED = "authority-abolished"


class HandoverAnswer(StrEnum):
    """What the other authority said."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """The follow-up ended, or came to somebody else, before there was an answer."""


class SpellBegin(StrEnum):
    """How a follow-up came to an authority."""

    OPENED = "opened"
    HANDED_OVER = "handed-over"
    SUCCEEDED = "succeeded"
    """The authority before was abolished, and this one has its area."""


class Watched(StrEnum):
    """Why a placement is on a list of those that need a look."""

    OVERRUN = "overrun"
    """It runs past its planned end."""
    NOT_ASSESSED = "not-assessed"
    """The day by which it had to be assessed is over."""
    ENDED = "ended"


class Term(StrEnum):
    """What is counted for the balance, each from its own rows."""

    OPENING_LIVE = "opening-live"
    OPENING_FOLLOWED = "opening-followed"
    STARTS = "starts"
    TRANSFERS_IN = "transfers-in"
    TRANSFERS_OUT = "transfers-out"
    EXITS = "exits"
    """With a destination that is known, at once or through a follow-up that ended."""
    MISTAKES = "mistakes"
    """Placements that never were; counted as a start, and here."""
    CLOSING_LIVE = "closing-live"
    CLOSING_FOLLOWED = "closing-followed"


class ExportKind(StrEnum):
    """For whom placements are exported."""

    PLANNING_CALL = "planning-call"
    """An inspector's, before a school is visited."""
    CENSUS = "census"
