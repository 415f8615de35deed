"""Why a message did not leave. No answer to anybody: a job fails, and an operator reads of it.

Neither holds what the mail server said, because servers repeat the address.
"""

from app.outbox.errors import GiveUpError


class MailNotTakenError(Exception):
    """The mail server cannot be reached, or does not take the message now; later it may."""


class MailRefusedError(GiveUpError):
    """The mail server will never take this message as it is (RFC 5321 §4.2.1: 5yz)."""
