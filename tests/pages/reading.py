"""Reads a page as a browser would: which elements, which text, what it would load."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass(slots=True)
class Element:
    """One element: its attributes, and all the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass(slots=True)
class Page:
    """Every element of a page, in order of their start tags."""

    elements: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with one of these tags."""
        return [element for element in self.elements if element.tag in tags]

    def one(self, tag: str) -> Element:
        """Return the only element with this tag."""
        found = self.all(tag)
        assert len(found) == 1, f"{len(found)} <{tag}> elements"
        return found[0]

    def by_id(self, name: str) -> Element:
        """Return the element with this id."""
        return next(element for element in self.elements if element["id"] == name)

    def with_class(self, name: str) -> list[Element]:
        """Return the elements that have this class."""
        return [element for element in self.elements if name in element["class"].split()]

    @property
    def text(self) -> str:
        """All the text of the body, spaces tidied."""
        return tidy(self.one("body").text)

    def link(self, text: str) -> str:
        """Return where the link with this text leads."""
        return next(each["href"] for each in self.all("a") if tidy(each.text) == text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[Element] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.page.elements.append(element)
        if tag == "br":
            self.handle_data("\n")
        if tag not in VOID:
            self.open.append(element)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop().tag == tag, f"</{tag}> closes another element"

    @override
    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(html: str | bytes) -> Page:
    """Read a page, refusing one whose elements are not properly closed."""
    reader = _Reader()
    reader.feed(html.decode() if isinstance(html, bytes) else bytes(html, "utf-8").decode())
    reader.close()
    assert not reader.open, f"never closed: {[element.tag for element in reader.open]}"
    return reader.page


def tidy(text: str) -> str:
    """Return text as it is read aloud: every run of spaces one space."""
    return " ".join(text.split())
