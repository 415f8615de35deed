"""Where a notice stands: to compose, to send, sent, or composed of facts that have changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.rules.notices.kinds import NoticeKind
from app.rules.notices.law import BY_POST, NOTICE_LIGHT
from app.rules.notices.needing import Needed
from app.rules.stated import Reason, RuleBasis
from app.rules.working_days import after_working_days

_LONDON = ZoneInfo("Europe/London")


class SendingWay(StrEnum):
    """How a notice is sent; the register itself sends nobody a child's data."""

    POST = "post"
    HAND = "hand"
    EMAIL = "email"
    PORTAL = "portal"


class NoticeStanding(StrEnum):
    """Where a needed notice stands."""

    TO_COMPOSE = "to-compose"
    TO_SEND = "to-send"
    SENT = "sent"
    COMPOSE_AGAIN = "compose-again"
    """It was composed of facts that have changed since."""


class NoticeLight(StrEnum):
    """How a notice stands against its clock."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class HeldNotice:
    """A notice that was composed.

    Attributes:
        kind: which.
        current: it says what holds now.
        given_at: when it counts as given; empty: it was not sent.
    """

    kind: NoticeKind
    current: bool
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeStands:
    """Where a needed notice stands.

    Attributes:
        needed: the notice.
        standing: whether it was composed and sent, and still says what holds.
        given_at: when one was first given.
        late: it was given late, or is overdue.
        light: against its clock.
    """

    needed: Needed
    standing: NoticeStanding
    given_at: datetime | None
    late: bool
    light: NoticeLight

    @property
    def overdue(self) -> bool:
        """Say whether the day has passed and none was given."""
        return self.late and self.given_at is None


def given_at(way: SendingWay, sent_at: datetime) -> datetime:
    """Say when a notice counts as given: posted ones later than they are sent.

    Args:
        way: how it was sent.
        sent_at: when, with a time zone.

    Raises:
        NotInForceError: no bank holidays are known of that year.
    """
    if way is not SendingWay.POST:
        return sent_at
    local = sent_at.astimezone(_LONDON)
    day = after_working_days(local.date(), BY_POST.figures["working_days"])
    return datetime.combine(day, local.timetz().replace(tzinfo=None), _LONDON)


def is_late(one: Needed, moment: datetime) -> bool:
    """Say whether what is given at a moment is given late."""
    if one.due_at is not None:
        return moment > one.due_at
    return moment.astimezone(_LONDON).date() > one.due_on


def late_by(one: Needed, moment: datetime) -> str | None:
    """Say by how much a notice was late, in words; nothing where it was in time."""
    if not is_late(one, moment):
        return None
    if one.due_at is not None:
        hours, minutes = divmod((moment - one.due_at) // timedelta(minutes=1), 60)
        return f"{hours} h {minutes} min"
    days = (moment.astimezone(_LONDON).date() - one.due_on).days
    return f"{days} day{'' if days == 1 else 's'}"


def stands_at(one: Needed, held: Iterable[HeldNotice], now: datetime) -> NoticeStands:
    """Say where a needed notice stands at a moment.

    Args:
        one: the notice.
        held: what was composed of the placement; other kinds are passed over.
        now: with a time zone.
    """
    of_kind = [notice for notice in held if notice.kind is one.kind]
    given = [notice.given_at for notice in of_kind if notice.given_at is not None]
    first = min(given, default=None)
    standing = _standing(of_kind)
    late = is_late(one, first or now)
    return NoticeStands(one, standing, first, late, _light(one, standing, first, now))


def overdue_reasons(found: Iterable[NoticeStands]) -> Sequence[tuple[NoticeLight, Reason]]:
    """Return why notices make a placement amber or red: those that are overdue."""
    return tuple(
        (
            one.light,
            Reason(
                f"The notice “{one.needed.kind.replace('-', ' ')}” was due by "
                f"{one.needed.due_on} and has not been sent.",
                one.needed.why[0].rule,
            ),
        )
        for one in found
        if one.overdue
    )


def _standing(of_kind: Sequence[HeldNotice]) -> NoticeStanding:
    if any(one.current and one.given_at is not None for one in of_kind):
        return NoticeStanding.SENT
    if any(one.current for one in of_kind):
        return NoticeStanding.TO_SEND
    return NoticeStanding.COMPOSE_AGAIN if of_kind else NoticeStanding.TO_COMPOSE


def _light(
    one: Needed, standing: NoticeStanding, first: datetime | None, now: datetime
) -> NoticeLight:
    binding = one.basis is RuleBasis.STATUTE
    if first is None:
        if is_late(one, now):
            return NoticeLight.RED if binding else NoticeLight.AMBER
        today: date = now.astimezone(_LONDON).date()
        soon = (one.due_on - today).days <= NOTICE_LIGHT.figures["due_within_days"]
        return NoticeLight.AMBER if soon else NoticeLight.GREEN
    sent_late = binding and is_late(one, first)
    changed = standing is not NoticeStanding.SENT
    return NoticeLight.AMBER if sent_late or changed else NoticeLight.GREEN
