"""What is refused about checks of sites."""

from app.errors import ConflictError, ForbiddenError, NotFoundError


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
