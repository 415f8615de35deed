"""What the pages of a search are given: the form, what was found, and how to ask otherwise."""

from dataclasses import dataclass

from app.pages.view_models import ErrorLink, Fact, FormView, Frame, StatusView


@dataclass(frozen=True, slots=True)
class ChosenView:
    """One thing a search was narrowed by, and the search without it."""

    text: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class SortView:
    """One order of a list, and whether it is the present one."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class PointView:
    """Where a result is, for the map: degrees, as they stand in an attribute."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """One provider found, with the reasons it was found.

    Attributes:
        position: its place on the page, from one on.
        url: its page.
        name: the provider's.
        number: its register number.
        status: where it stands.
        distance: how far away it is, if that was asked.
        facts: what there is to say of it; never empty lines.
        point: where it is, if that is public.
    """

    position: int
    url: str
    name: str
    number: str
    status: StatusView
    distance: str | None
    facts: tuple[Fact, ...]
    point: PointView | None


@dataclass(frozen=True, slots=True)
class NearView:
    """The place distances are measured from.

    Attributes:
        label: a postcode, or the beginning of one.
        error: how far out a distance may be, in words, when that is only the middle of an area.
        replaces: what was asked for, when it is not held and this stands in for it.
    """

    label: str
    error: str | None
    replaces: str | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A word the register does not hold, and the one that was searched for instead."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to try when nothing was found; `href` does it."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page. After a refusal `results` is empty and `heading` is `None`.

    `moved` says that the register has changed since the first page of this search was shown;
    `then` is the time of the past that was searched; `map_areas` is what the map draws beside the
    results, and `None` where no result has a point.
    """

    frame: Frame
    title: str
    form: FormView
    errors: tuple[ErrorLink, ...]
    heading: str | None
    then: str | None
    chosen: tuple[ChosenView, ...]
    sorts: tuple[SortView, ...]
    results: tuple[ResultView, ...]
    map_areas: str | None
    suggestions: tuple[Suggestion, ...]
    near: NearView | None
    corrections: tuple[CorrectionView, ...]
    moved: bool
    first_url: str | None
    next_url: str | None
    register_note: str | None
