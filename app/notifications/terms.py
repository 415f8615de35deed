"""The words of messages: which there are, and the few facts each may hold.

None of them has room for a fact about a child: a message says who asks what of whom, and leads to a
page behind a sign-in.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

MAIL_LINK = "mail.link"
"""The kind of job that sends a link; its payload is `{"link_id": …}`."""

STEP_SECONDS = 15.0
"""How long a mail server may take for one step of taking a message."""
MAIL_LASTS = timedelta(seconds=40)
"""How long it may take in all; less than an attempt at a job may."""
LONGEST_SHOWN = 120
"""How much of a name stands in a message; what follows is cut off."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every message has.

    Attributes:
        id: of the link it carries. A message that is sent twice has the same one twice, so that
            whoever receives it can tell.
        sender: the register's address.
        email: whom it is for.
        name: what they are called.
        written_at: when its link was made.
        expires_at: when that is no longer good.
    """

    id: uuid.UUID
    sender: str
    email: str
    name: str
    written_at: datetime
    expires_at: datetime
