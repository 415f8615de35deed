"""The one way in which the embedded database fails."""


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used. The message says why, and how to mend it."""
