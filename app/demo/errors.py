"""Why a demonstration is not written."""

from app.errors import ConflictError


class RegisterInUseError(ConflictError):
    """The register holds something that no demonstration wrote."""

    slug = "register-in-use"
    title = "The register is in use"


class OtherDemonstrationError(ConflictError):
    """The register is a demonstration already, but another one."""

    slug = "other-demonstration"
    title = "The register is another demonstration"


class DemonstrationChangedError(ConflictError):
    """A demonstration that was broken off has been changed since, and cannot be continued."""

    slug = "demonstration-changed"
    title = "The unfinished demonstration has been changed"


class DemonstrationUnderWayError(ConflictError):
    """Somebody else is writing a demonstration into this register just now."""

    slug = "demonstration-under-way"
    title = "A demonstration is being written"
