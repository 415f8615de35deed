"""E-mail addresses, in the one spelling in which they are kept and compared."""

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3: what fits between the angle brackets of a path."""


def read_email_address(text: str) -> str:
    """Return an address in lower case, its domain as the domain name system knows it.

    The part before the @ is compared without regard to case, although RFC 5321 §2.4 would let a
    host tell `A@` from `a@`: none is known that does, and people write both. Whether
    the address exists is not asked; only a message that is answered shows it.

    Raises:
        ValueError: it is not the address of one mailbox; the message does not repeat it.
    """
    try:
        read = validate_email(text.strip(" "), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValueError(
            "It must be one e-mail address, such as name@example.org, without a name beside it."
        ) from None
    return str(read.ascii_email).lower()
