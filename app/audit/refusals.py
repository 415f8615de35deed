"""From a refused request to an entry in the record of acts, and never so many as to fill a disk."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from app import clock
from app.access import DOORKEEPER, Actor
from app.audit.service import record_refusal
from app.audit.terms import Subject
from app.db.transactions import transaction
from app.errors import AppError
from app.http.problems import NoteRefusal
from app.http.routes import method_label, template_of
from app.http.sessions import database_of

WINDOW = timedelta(hours=1)
ONE_BY_ONE = 10
"""Refusals of one act that somebody gets entries of their own for, in each hour."""
MOST_TALLIES = 10_000
"""How many are counted at a time; the one not met for longest makes room. Some 4 MB."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")


@dataclass(slots=True)
class _Tally:
    """How often somebody was refused the same act.

    Attributes:
        began: when this hour of counting began.
        count: in this hour.
        left_out: since the last entry.
    """

    began: datetime
    count: int = 0
    left_out: int = 0


class Tallies:
    """Decides which refusals are written down.

    Of what one caller is refused under one act, the first ten in an hour are each written down, and
    then the 16th, 32nd, 64th and so on. Every entry says how many before it were left out, so at
    each moment, also when the service is killed, the entries tell the number to within a factor of
    two, and nobody has to come round later to write down a rest. Acts are counted apart, so that a
    flood against one address cannot hide an attempt on another. The number of acts is that of the
    routes: what a caller can cause is some 20 entries an hour for each.
    """

    def __init__(self, most: int = MOST_TALLIES) -> None:
        self.most = most
        self._held: OrderedDict[tuple[str, str], _Tally] = OrderedDict()

    def count(self, caller: str, act: str) -> int | None:
        """Count a refusal; return how many were left out before it, or `None` to leave it out."""
        tally = self._tally(caller, act)
        tally.count += 1
        if tally.count > ONE_BY_ONE and tally.count & (tally.count - 1):
            tally.left_out += 1
            return None
        left_out, tally.left_out = tally.left_out, 0
        return left_out

    def _tally(self, caller: str, act: str) -> _Tally:
        present, key = clock.now(), (caller, act)
        tally = self._held.setdefault(key, _Tally(present))
        self._held.move_to_end(key)
        if len(self._held) > self.most:
            self._held.popitem(last=False)
        if present - tally.began >= WINDOW:
            tally.began, tally.count = present, 0
        return tally


def refusal_noter() -> NoteRefusal:
    """Return what writes down that somebody known tried what they may not, for `main` to hand in.

    Nobody known, nothing written: anonymous requests cost nothing to send, and would fill the table
    without telling anything of anybody. They are in the log of requests.
    """
    tallies = Tallies()

    async def note_refusal(request: Request, error: AppError) -> None:
        """Write down a refusal, in a transaction of its own: that of the request is undone."""
        actor = _who(request)
        if actor is None:
            return
        act = f"{method_label(request.scope)} {template_of(request.scope)}"
        left_out = tallies.count(actor.caller, act)
        if left_out is None:
            return
        subject = _subject(request, act)
        async with transaction(database_of(request), DOORKEEPER) as session:
            await record_refusal(session, actor, act, subject, error.slug, left_out=left_out)

    return note_refusal


def _who(request: Request) -> Actor | None:
    """Return who was refused, also by a credential that is no longer good."""
    for name in ("actor", "refused_actor"):
        known: Actor | None = getattr(request.state, name, None)
        if known is not None:
            return known
    return None


def _subject(request: Request, act: str) -> Subject | None:
    """Return what the address names last, if it looks like an identifier.

    Whose record it is stays open: nobody looked, and an address that somebody made up must not put
    entries before another organisation's eyes.
    """
    if not request.path_params:
        return None
    name, value = list(request.path_params.items())[-1]
    if not _IDENTIFIER.fullmatch(str(value)):
        return None
    return Subject(_kind(name, act), str(value))


def _kind(name: str, act: str) -> str:
    """Return what a path parameter is of: its own name says so, or the part before it."""
    if name.endswith("_id"):
        return name.removesuffix("_id").replace("_", "-")
    return act.partition(f"/{{{name}}}")[0].rpartition("/")[2].removesuffix("s") or name
