"""What is refused about safeguarding. No message tells anything of a child."""

from app.errors import ConflictError, ForbiddenError, NotFoundError


class DutyNotYoursError(ForbiddenError):
    """Another body answers for it, or was asked."""

    slug = "duty-not-yours"
    title = "This duty is not yours to hand over"


class DutyOfferOpenError(ConflictError):
    """Another body was asked already, or takes it over already on a later day."""

    slug = "duty-offer-open"
    title = "Another body has been asked already"


class DutyOfferNotFoundError(NotFoundError):
    """No offer has this id, or none that the actor may see."""

    slug = "duty-offer-not-found"
    title = "There is no such offer"


class DutyOfferAnsweredError(ConflictError):
    """It was accepted, refused or withdrawn."""

    slug = "duty-offer-answered"
    title = "The offer was answered already"


class DutyOfferOverError(ConflictError):
    """The day from which it was to hold has passed, or the placement ends before it."""

    slug = "duty-offer-over"
    title = "The day of the handover has passed"


class ItemReadElsewhereError(ConflictError):
    """The register knows it from another record, where it is written down once for all."""

    slug = "safeguarding-item-read-elsewhere"
    title = "This is read from another record"


class ItemNotYoursError(ForbiddenError):
    """The item is no duty of a provider's, or is not asked of this placement."""

    slug = "safeguarding-item-not-yours"
    title = "This item is not the provider's"


class UrgentStartHeldError(ConflictError):
    """It was said already why the start could not wait."""

    slug = "urgent-start-held"
    title = "It was said already why the start could not wait"
