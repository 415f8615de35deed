"""The words of children's records."""

from enum import StrEnum


class MatchStatus(StrEnum):
    """Whether a child is held by others too; nobody is told by whom."""

    EXACT = "exact"
    """The same unique pupil number and the same day of birth: one child, for the threshold."""
    POSSIBLE = "possible"
    """Something fits and something does not: a person decides."""
    NONE = "none"


class MatchMethod(StrEnum):
    """What two records were compared by; each is stated beside the status."""

    UPN_AND_BIRTH = "upn-and-birth"
    UPN_ALONE = "upn-alone"
    """The same number, another day of birth: one of them is mistyped, or the number is."""
    NAME_AND_BIRTH = "name-and-birth"
    """The same name and day of birth, and not both with a number, or with different ones.

    A number that changed, as an adopted child's does, is never joined to the former by machine.
    """
    TWO_PLACES = "two-places-at-once"
    """Taken for one child, and by two commissioners' weeks in two places at one time.

    A week is wrong, or two children are.
    """


class MatchAnswer(StrEnum):
    """What an entitled person found out."""

    SAME = "same"
    DIFFERENT = "different"


class HoldReason(StrEnum):
    """Why a child's record is not erased for now, whatever else would ask for it."""

    INQUIRY = "inquiry"
    COURT = "court"
    COMPLAINT = "complaint"
    SAFEGUARDING = "safeguarding"


class ErasureReason(StrEnum):
    """Why a child's record is erased; a closed list, for the journal outlives the record."""

    RETENTION_OVER = "retention-over"
    RECORDED_BY_MISTAKE = "recorded-by-mistake"
    SUBJECT_REQUEST = "subject-request"
    """UK GDPR Article 17, and the commissioner agreed that it applies."""
