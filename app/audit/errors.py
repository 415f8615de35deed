"""What looking into the record of acts can be refused for."""

from app.errors import InvalidRequestError, UnavailableError


class AuditSearchRefusedError(InvalidRequestError):
    """The search asks for what has no answer; `errors` names the parameter and the cure."""

    slug = "audit-search-refused"
    title = "The record of acts cannot be searched as asked"


class ExportsBusyError(UnavailableError):
    """As many exports are being read as this service sends at a time."""

    slug = "exports-busy"
    title = "Others are exporting just now"
