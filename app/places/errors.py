"""What is refused about places."""

from app.errors import InvalidRequestError


class PlaceNotKnownError(InvalidRequestError):
    """Text is no postcode nor the beginning of one, or of one whose area is not in England."""

    slug = "place-not-known"
    title = "This is not a place in England that is known here"


class LocalAuthorityNotKnownError(InvalidRequestError):
    """No local authority, present or former, has this code or name."""

    slug = "local-authority-not-known"
    title = "No local authority has this code or name"


class LocalAuthorityDividedError(LocalAuthorityNotKnownError):
    """A former local authority has several successors, so nobody can say which is meant."""

    slug = "local-authority-divided"
    title = "This local authority has been divided"


class PostcodeFileNotRecognisedError(InvalidRequestError):
    """A file has none of the three shapes in which postcodes can be imported."""

    slug = "postcode-file-not-recognised"
    title = "This is not a file of postcodes"


class PostcodeFileDamagedError(InvalidRequestError):
    """A file of postcodes cannot be read to its end, so nothing of it should be kept."""

    slug = "postcode-file-damaged"
    title = "The file of postcodes is damaged"
