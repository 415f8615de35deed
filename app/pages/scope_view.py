"""What a listing covers, in plain words."""

from collections.abc import Mapping
from typing import Any

from app.pages.filters import NOT_STATED, format_ages
from app.pages.view_models import Fact
from app.pages.wording import need_label


def scope_facts(held: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return what a listing covers, from the columns of its scope."""
    ages = format_ages({"from": held.get("age_from"), "to": held.get("age_to")})
    stages = ", ".join(str(one) for one in held.get("key_stages") or ())
    needs = tuple(need_label(one) for one in held.get("needs") or ())
    every = ("Not narrowed",)
    return (
        Fact("Ages", every if ages == NOT_STATED else (ages,)),
        Fact("Key stages", (stages,) if stages else every),
        Fact("Needs", needs or every),
        Fact("Programmes", tuple(held.get("programmes") or ()) or every),
    )
