"""What is refused about notices. No message tells who may not be told, or anything of a child."""

from app.errors import ConflictError, NotFoundError


class NoticeNotFoundError(NotFoundError):
    """No notice of this placement has this id, or none that the actor may see."""

    slug = "notice-not-found"
    title = "There is no such notice"


class NoticeNotNeededError(ConflictError):
    """The placement's route and the child's circumstances ask for no such notice."""

    slug = "notice-not-needed"
    title = "This placement needs no such notice"


class ContactNotToldError(ConflictError):
    """The child's safe contacts say that this person is not to be told."""

    slug = "contact-not-to-be-told"
    title = "This person is not to be told"


class WayNotSafeError(ConflictError):
    """The child's safe contacts say that this person is not reached safely in this way."""

    slug = "way-not-safe"
    title = "This way of sending is not safe"


class SendingCorrectedError(ConflictError):
    """Another row puts this one right already, or it is another notice's."""

    slug = "sending-corrected"
    title = "This was put right already"
