"""What is refused about providers."""

from app.errors import ConflictError, NotFoundError


class ProviderNotFoundError(NotFoundError):
    """No provider has this number, or none that the public may see."""

    slug = "provider-not-found"
    title = "No provider has this number"


class SiteNotFoundError(NotFoundError):
    """A provider has no site with this reference."""

    slug = "site-not-found"
    title = "The provider has no such site"


class MoveNotAllowedError(ConflictError):
    """A provider cannot go from its present status to the one asked for."""

    slug = "move-not-allowed"
    title = "The provider cannot move to that status"


class ProviderWithoutSiteError(ConflictError):
    """What is listed are sites, and the provider has none."""

    slug = "provider-without-site"
    title = "The provider has no site that could be listed"


class IdentifierAlreadyHeldError(ConflictError):
    """The provider's record holds this identifier already."""

    slug = "identifier-already-held"
    title = "The identifier is already on this record"


class NumbersUsedUpError(ConflictError):
    """All provider numbers of six digits have been given out."""

    slug = "numbers-used-up"
    title = "No provider number is left"


CONSTRAINT_ERRORS = {
    "provider_identifiers_provider_id_scheme_value_key": IdentifierAlreadyHeldError,
}
"""Which refusal a violated constraint means."""
