"""Views of any page, made from what their fields are: full of hostile words, or as bare as can be.

What a page builds of its facts is tested where it is built. Here its template is: whether it shows
words as words, and whether everybody can use it, with everything there may be and with nothing.
"""

import dataclasses
import types
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from itertools import count
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.pages.form_parts import Ticks
from app.pages.view_models import ErrorLink, Frame, SelectField, TextField, Visitor
from tests.pages.answers import HOSTILE

ADDRESS = "/account"
_ADDRESSES = ("url", "href", "action", "back", "address")
"""Texts so named lead somewhere, and are never anybody's words."""
_IDS = ("name", "anchor", "id")
_CODES = {
    "colour": "grey",
    "key": "00000000-0000-4000-8000-000000000000",
    "json_url": "/v1/providers",
}


@dataclasses.dataclass(slots=True)
class Maker:
    """Makes one view.

    Attributes:
        bare: whether everything that may be missing is.
        told: what fields are to hold, by their names, where their types do not tell.
    """

    bare: bool
    told: Mapping[str, object]
    numbers: Iterator[int] = dataclasses.field(default_factory=count)

    def view(self, kind: type) -> Any:
        """Return a view of this kind."""
        hints = get_type_hints(kind)
        held = {
            field.name: self.told.get(field.name, self.value(hints[field.name], field.name, kind))
            for field in dataclasses.fields(kind)
            if not self._is_left_out(field, hints[field.name])
        }
        return kind(**held)

    def value(self, hint: Any, name: str, of: type) -> Any:
        """Return what a field holds."""
        origin, parts = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            (some,) = (one for one in parts if one is not types.NoneType)
            return None if self.bare else self.value(some, name, of)
        if origin is tuple and parts[-1] is Ellipsis:
            return () if self.bare else tuple(self.value(parts[0], name, of) for _ in range(2))
        if origin is tuple:
            return tuple(self.value(one, name, of) for one in parts)
        return self._one(hint, name, of)

    def _one(self, hint: Any, name: str, of: type) -> Any:
        if hint in _ALWAYS:
            return _ALWAYS[hint]
        if dataclasses.is_dataclass(hint):
            return self.view(hint)  # type: ignore[arg-type]  # of a class, which it is here
        if hint is bool:
            return not self.bare
        return next(iter(hint)) if issubclass(hint, Enum) else self._text(name, of)

    def _text(self, name: str, of: type) -> str:
        if name in _CODES:
            return _CODES[name]
        if name.endswith(_ADDRESSES):
            return ADDRESS
        unique = name in _IDS and (name != "name" or of in _NAMED_BY_IDS)
        return f"{name}-{next(self.numbers)}" if unique else HOSTILE

    @staticmethod
    def _is_left_out(field: "dataclasses.Field[Any]", hint: Any) -> bool:
        """What only code reads keeps to its default."""
        has_default = field.default_factory is not dataclasses.MISSING
        has_default |= field.default is not dataclasses.MISSING
        return has_default and get_origin(hint) in {Callable, Collection, dict}


_NAMED_BY_IDS: Collection[type] = {TextField, SelectField, Ticks}
_ALWAYS: dict[type, object] = {
    Frame: Frame(True, visitor=Visitor(HOSTILE, HOSTILE, "records", officer=True, places=True)),
    ErrorLink: ErrorLink(HOSTILE, "#main-content"),
    int: 7,
}


def made(kind: type, told: Mapping[str, object], *, bare: bool = False) -> Any:
    """Return a view of a kind: with everything there may be, or bare."""
    return Maker(bare, told).view(kind)
