"""What a page about one part of a record is given: facts in sections, and what can be done."""

from dataclasses import dataclass

from app.pages.records_wording import DONE
from app.pages.view_models import ActionLink, Frame, PossibleAct, SelectField, TextField


@dataclass(frozen=True, slots=True)
class TagView:
    """Two or three words on a tag; colour only repeats them."""

    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, what is on record, and what can be done about it."""

    label: str
    values: tuple[str, ...]
    links: tuple[ActionLink, ...] = ()
    tag: TagView | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together.

    Attributes:
        heading: theirs.
        rows: the lines.
        words: what to know about them.
        when_empty: what to say where there is no line.
        links: what can be added, or done with all of them.
        acts: what can be done now, or why not by whoever looks.
    """

    heading: str
    rows: tuple[Row, ...] = ()
    words: tuple[str, ...] = ()
    when_empty: str = ""
    links: tuple[ActionLink, ...] = ()
    acts: tuple[PossibleAct, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A list from which what a page shows is narrowed: what it asks, and its field."""

    label: str
    field: SelectField


@dataclass(frozen=True, slots=True)
class NarrowedByText:
    """What is typed to narrow what a page shows: what it asks, and its field."""

    label: str
    field: TextField


@dataclass(frozen=True, slots=True)
class PartPage:
    """What a page about one part of a record says.

    Attributes:
        heading: of the page.
        caption: whose record it is.
        back: where it belongs.
        sections: what it shows.
        paragraphs: what to know first.
        tag: where the whole of it stands.
        next_url: leads to more, where there is more.
        first_url: leads back to the first.
        others: lead to the pages beside it.
        narrowed: by what the list is narrowed.
        narrowed_by_text: by what is typed besides.
        unseen: what else the address says while it is narrowed.
        listed_as: its title, which browsers keep in their history; heading and caption, unless
            those name a child.
    """

    heading: str
    caption: str
    back: ActionLink
    sections: tuple[Section, ...]
    paragraphs: tuple[str, ...] = ()
    tag: TagView | None = None
    next_url: str | None = None
    first_url: str | None = None
    others: tuple[ActionLink, ...] = ()
    narrowed: tuple[Narrowed, ...] = ()
    narrowed_by_text: tuple[NarrowedByText, ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()
    listed_as: str | None = None

    @property
    def title(self) -> str:
        """What a browser calls the page."""
        return self.listed_as or f"{self.heading}: {self.caption}"


@dataclass(frozen=True, slots=True)
class PartView:
    """The page."""

    frame: Frame
    title: str
    part: PartPage
    done: str | None = None


def build_part(frame: Frame, part: PartPage, done: str | None = None) -> PartView:
    """Return the page; `done` is the code of what the form that led here did."""
    return PartView(frame, part.title, part, DONE.get(done or ""))
