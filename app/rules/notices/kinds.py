"""Which notices there are, and to whom each goes."""

from collections.abc import Mapping
from enum import StrEnum


class NoticeKind(StrEnum):
    """What is sent of a placement."""

    DIRECTION = "direction"
    """The written notice of an off-site direction."""
    SUSPENSION_PLACE = "suspension-place"
    """Of the place that is arranged during a suspension."""
    PARENT_COPY = "parent-copy"
    """In plain language: where, when, whom to call, how to ask for a review or complain."""
    HOME_AUTHORITY = "home-authority"
    PLAN_AUTHORITY = "plan-authority"
    SOCIAL_WORKER = "social-worker"
    VIRTUAL_SCHOOL_HEAD = "virtual-school-head"
    HOME_SCHOOL = "home-school"
    SERVICE_AGREEMENT = "service-agreement"
    """For the signatures of commissioner and provider."""


class Recipient(StrEnum):
    """To whom a notice goes."""

    PARENT = "parent"
    PUPIL = "pupil"
    """Who is 18 or over, in the parent's place."""
    HOME_AUTHORITY = "home-authority"
    PLAN_AUTHORITY = "plan-authority"
    SOCIAL_WORKER = "social-worker"
    VIRTUAL_SCHOOL_HEAD = "virtual-school-head"
    HOME_SCHOOL = "home-school"
    PROVIDER = "provider"


TO_THE_PARENT = frozenset(
    {NoticeKind.DIRECTION, NoticeKind.SUSPENSION_PLACE, NoticeKind.PARENT_COPY}
)
"""To a parent, or to a pupil of 18; rules of safe contact hold."""

_TO: Mapping[NoticeKind, Recipient] = {
    NoticeKind.HOME_AUTHORITY: Recipient.HOME_AUTHORITY,
    NoticeKind.PLAN_AUTHORITY: Recipient.PLAN_AUTHORITY,
    NoticeKind.SOCIAL_WORKER: Recipient.SOCIAL_WORKER,
    NoticeKind.VIRTUAL_SCHOOL_HEAD: Recipient.VIRTUAL_SCHOOL_HEAD,
    NoticeKind.HOME_SCHOOL: Recipient.HOME_SCHOOL,
    NoticeKind.SERVICE_AGREEMENT: Recipient.PROVIDER,
}


def recipient_of(kind: NoticeKind, *, of_age: bool) -> Recipient:
    """Say to whom a notice goes.

    Args:
        kind: which notice.
        of_age: the pupil is 18 by the first day.
    """
    if kind in TO_THE_PARENT:
        return Recipient.PUPIL if of_age else Recipient.PARENT
    return _TO[kind]
