"""What is refused about checks of sites and about assessments."""

from app.errors import ConflictError, ForbiddenError, NotFoundError, TooManyRequestsError


class SiteCheckNotFoundError(NotFoundError):
    """No check has this id, or none that the actor may use."""

    slug = "site-check-not-found"
    title = "There is no such check of a site"


class SiteCheckNotYoursError(ForbiddenError):
    """Another organisation's check: it can be used and not changed; or none may be recorded."""

    slug = "site-check-not-yours"
    title = "The check is not yours"


class SiteCheckWithdrawnError(ConflictError):
    """It was withdrawn already."""

    slug = "site-check-withdrawn"
    title = "The check was withdrawn"


class AssessmentNotFoundError(NotFoundError):
    """No assessment has this id, or none that the actor may see."""

    slug = "assessment-not-found"
    title = "There is no such assessment"


class AssessmentNotYoursError(ForbiddenError):
    """Another commissioner's assessment, or a child of another: it can be seen and not changed."""

    slug = "assessment-not-yours"
    title = "The assessment is another commissioner's"


class AssessmentHeldAlreadyError(ConflictError):
    """The commissioner uses this reference for another assessment."""

    slug = "assessment-held-already"
    title = "You hold an assessment under this reference already"


class AssessmentClosedError(ConflictError):
    """It was decided or withdrawn; nothing is said in it any more."""

    slug = "assessment-closed"
    title = "The assessment is closed"


class OptionNotFoundError(NotFoundError):
    """The assessment has no such setting."""

    slug = "assessment-option-not-found"
    title = "There is no such setting in the assessment"


class WhatIfLimitError(TooManyRequestsError):
    """Settings were tested as often within an hour as an organisation may."""

    slug = "what-if-limit"
    title = "Settings were tested too often"


class DecisionNotYoursError(ForbiddenError):
    """Who asked for the place, or stated the need, does not decide on it."""

    slug = "decision-not-yours"
    title = "Somebody else decides this"


class AssessmentIncompleteError(ConflictError):
    """Something is missing or stands against it, and the decision departs from none of it."""

    slug = "assessment-incomplete"
    title = "The assessment cannot be approved as it stands"


class StatuteStandsAgainstError(ConflictError):
    """A statute stands against the place: nobody departs from one."""

    slug = "statute-stands-against-it"
    title = "A statute stands against the place"


class NotDecidedError(NotFoundError):
    """Nobody has decided yet."""

    slug = "assessment-not-decided"
    title = "The assessment is not decided"


class NotApprovedError(ConflictError):
    """A placement rests on an approved assessment; this one is open, refused or withdrawn."""

    slug = "assessment-not-approved"
    title = "The assessment is not approved"


class AssessedOtherwiseError(ConflictError):
    """Another child, setting, route, time or longer hours than was assessed."""

    slug = "assessed-otherwise"
    title = "Something else was assessed"
