"""What can be refused of a question to the law."""

from app.errors import AppError


class DayNotHeldError(AppError):
    """The law of that day is not held here."""

    status = 422
    slug = "law-not-held"
    title = "The law of that day is not held here"
