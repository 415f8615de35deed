"""Runs Chromium, and says what axe found on each kind of page: on two, where there are more."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.node_packages import find_node, install, is_installed

HERE = Path(__file__).parent
SECONDS = 1_800


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who goes through the pages, and where they begin; nobody who is signed in has no id."""

    name: str
    id: str | None
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A page that was looked at: who saw it, and what keeps people from using it."""

    person: str
    path: str
    status: int
    violations: tuple[str, ...]


def trouble() -> str | None:
    """Return why no browser can look here, or `None`."""
    missing = "NO PAGE IS LOOKED AT IN A BROWSER"
    if find_chromium() is None:
        return f"{missing}: there is no Chromium"
    if find_node() is None:
        return f"{missing}: there is no Node.js"
    if install(HERE) != 0 or not is_installed(HERE):
        return f"{missing}: npm could not install axe"
    return None


def find_chromium() -> str | None:
    """Return where Chromium is."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def look_round(base: str, *visitors: Visitor, planted: bool = False) -> list[Look]:
    """Let visitors go through the pages, and return what axe found on two pages of each kind.

    Args:
        base: where the register is.
        visitors: who goes, one after the other.
        planted: whether a picture without words is put on every page, for axe to find.
    """
    told: dict[str, Any] = {"base": base, "executable": find_chromium(), "planted": planted}
    told["people"] = [
        {"name": one.name, "id": one.id, "starts": list(one.starts)} for one in visitors
    ]
    node = find_node()
    assert node is not None
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [node, str(HERE / "looking.mjs"), json.dumps(told)],
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [Look(**one | {"violations": tuple(one["violations"])}) for one in found]
