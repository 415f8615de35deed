"""What is refused about funding. No message tells anything of a child."""

from app.errors import AppError, ConflictError, ForbiddenError, NotFoundError


class ArrangementNotFoundError(NotFoundError):
    """No funding arrangement has this id, or none that the actor may see."""

    slug = "funding-not-found"
    title = "There is no such funding arrangement"


class FundingNotYoursError(ForbiddenError):
    """Another commissioner's arrangement: a payer signs or disputes it, and changes nothing."""

    slug = "funding-not-yours"
    title = "The arrangement is another commissioner's"


class ArrangementOverlapsError(ConflictError):
    """On one of its days the same is arranged already."""

    slug = "funding-overlaps"
    title = "Somebody's payment is arranged for these days already"


class PayerClosedError(ConflictError):
    """A payer has closed, or will have within the days of the arrangement."""

    slug = "payer-closed"
    title = "A payer has closed"


class PayerNotAllowedError(ConflictError):
    """Somebody else pays first than the matrix allows, and no reason is given."""

    slug = "payer-needs-a-reason"
    title = "Another payer needs a reason and a second person"


class OverrideNotConfirmedError(ConflictError):
    """Nobody signs before a second person has confirmed who pays."""

    slug = "payer-not-confirmed"
    title = "A second person has yet to confirm this payer"


class NothingToConfirmError(ConflictError):
    """No choice of a payer waits for a second person."""

    slug = "nothing-to-confirm"
    title = "No choice of a payer waits to be confirmed"


class PayerNotFoundError(NotFoundError):
    """The arrangement has no payer of this number."""

    slug = "payer-not-found"
    title = "There is no such payer"


class ShareNotYoursError(ForbiddenError):
    """Another organisation's share: it signs and disputes for itself."""

    slug = "share-not-yours"
    title = "This share is another organisation's"


class AlreadySignedError(ConflictError):
    """The payer has signed these amounts."""

    slug = "already-signed"
    title = "The payer has signed already"


class TermsChangedError(ConflictError):
    """What was read is no longer what is agreed."""

    slug = "funding-terms-changed"
    title = "The terms were changed since you read them"


class DisputeOpenError(ConflictError):
    """The payer disputes it already."""

    slug = "dispute-open"
    title = "The payer disputes it already"


class DisputeNotFoundError(NotFoundError):
    """The arrangement has no such dispute."""

    slug = "dispute-not-found"
    title = "There is no such dispute"


class DisputeSettledError(ConflictError):
    """It was settled already."""

    slug = "dispute-settled"
    title = "The dispute is settled"


CONSTRAINT_ERRORS: dict[str, type[AppError]] = {
    "funding_arrangements_one_at_a_time_excl": ArrangementOverlapsError,
    "funding_disputes_open_key": DisputeOpenError,
    "funding_signatures_pkey": AlreadySignedError,
}
