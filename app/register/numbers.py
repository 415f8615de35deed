"""A provider's number as someone typed it into an address."""

from app.providers.errors import ProviderNotFoundError
from app.values.provider_number import parse_provider_number


def read_number(typed: str) -> str:
    """Return a number as the register writes it.

    Raises:
        ProviderNotFoundError: it cannot be a provider's number; the detail says why.
    """
    try:
        return parse_provider_number(typed)
    except ValueError as error:
        raise ProviderNotFoundError(str(error)) from None
