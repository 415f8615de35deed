"""What a notice is composed of: facts of the record, and the few that only a person can say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from app.notices.terms import Lacking
from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.school_days import is_school_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to call.

    Attributes:
        name: theirs.
        post: what they are there.
        body: where.
        phone, email: how to reach them, where it is known.
    """

    name: str
    post: str | None
    body: str
    phone: str | None = None
    email: str | None = None

    @property
    def reached(self) -> bool:
        """Say whether they can be reached by what is held."""
        return self.phone is not None or self.email is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A site.

    Attributes:
        reference: of the site, within the provider.
        name: of it.
        lines: street, town and postcode.
    """

    reference: int
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A time of the week at a site."""

    weekday: int
    starts: time
    ends: time
    site: int


@dataclass(frozen=True, slots=True)
class Week:
    """When the child is there, from a day on."""

    since: date
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Addressee:
    """The person to whom a notice is composed, and what is safe.

    Attributes:
        name: theirs.
        post_to: lines of an address that is safe to write to.
        withhold_address: the setting, its address and its people are left out.
        language: where it is not English.
        interpreter, easy_read: what they need besides.
    """

    name: str
    post_to: tuple[str, ...] = ()
    withhold_address: bool = False
    language: str | None = None
    interpreter: bool = False
    easy_read: bool = False


@dataclass(frozen=True, slots=True)
class Particulars:
    """Everything that a notice may say.

    Attributes:
        kind: which notice.
        to: the recipient's role.
        to_body: what the body is called, where it goes to one.
        addressee: the person, where one of the child's safe contacts was named.
        on: the day on which it is composed.
        by, by_authority: who commissions, and whether that is an authority.
        child, first_name, born_on: who the child is.
        provider, provider_phone, places: where it is.
        weeks: the one that holds, and those that follow.
        starts_on, planned_end_on: the day of the first session, and the last day.
        route: how the child comes to it.
        lead, follow_up: who answers for the child, and who follows up attendance.
        school: on whose roll the child is.
        home_la: the authority where the child lives.
        report_to, reasons, what_for: what only a person can say.
        contacts_held: somebody has said whom it is safe to tell.
    """

    kind: NoticeKind
    to: Recipient
    on: date
    by: str
    by_authority: bool
    child: str
    first_name: str
    born_on: date
    provider: str
    provider_phone: str | None
    places: Sequence[Place]
    weeks: Sequence[Week]
    starts_on: date
    planned_end_on: date | None
    route: Route
    to_body: str | None = None
    addressee: Addressee | None = None
    lead: Person | None = None
    follow_up: Person | None = None
    school: str | None = None
    home_la: str | None = None
    report_to: str | None = None
    reasons: str | None = None
    what_for: str | None = None
    contacts_held: bool = True

    @property
    def withheld(self) -> bool:
        """Say whether setting, address and people there are left out."""
        return self.addressee is not None and self.addressee.withhold_address


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A notice, composed.

    Attributes:
        title: what it is.
        on: when it was composed.
        by: who writes.
        to: the lines of the addressee.
        sections: its parts.
        signatures: who signs.
        lacking: what it should say and does not.
    """

    title: str
    on: date
    by: str
    to: tuple[str, ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = field(default_factory=tuple)


def days_there(weeks: Sequence[Week], first: date, last: date) -> int:
    """Count the school days on which a child is there; school days are guessed.

    Raises:
        NotInForceError: no bank holidays are known of a year.
    """
    count, day = 0, first
    while day <= last:
        holding = [week for week in weeks if week.since <= day] or list(weeks[:1])
        weekdays = {lesson.weekday for lesson in holding[-1].lessons} if holding else set()
        count += day.isoweekday() in weekdays and is_school_day(day, None)
        day += _DAY
    return count
