"""What is refused about jobs."""

from app.errors import ConflictError, NotFoundError


class JobNotFoundError(NotFoundError):
    """No job has this id; one that was done is cleared away after a while."""

    slug = "job-not-found"
    title = "No job has this id"


class JobNotDeadError(ConflictError):
    """Only a dead job can be sent back or dropped; the worker still has the others."""

    slug = "job-not-dead"
    title = "The job is not dead"


class GiveUpError(Exception):
    """Trying the job again would do no good; it is dead at once, and an operator looks."""
