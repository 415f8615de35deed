"""What is known of the head, without a database: when it is sure, and when it is not."""

import uuid
from dataclasses import replace

import asyncpg
import pytest

from app import clock
from app.errors import UnavailableError
from app.http.kept_answers import Present
from app.register import heads
from app.register.heads import KnownHead, Version, admit

TEN = Version(uuid.UUID(int=1), entry=10, written_by=700)


def known_at(version: Version = TEN) -> KnownHead:
    known = KnownHead()
    known.end_look(known.begin_look(), version, standby=False)
    return known


def test_nothing_is_sure_before_it_was_looked_at() -> None:
    assert KnownHead().present() is None
    assert known_at().present() == Present(10, (TEN, clock.today()), 0)


def test_what_was_looked_at_too_long_ago_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_at()
    monkeypatch.setattr(heads, "CONFIRMED_SECONDS", 0.0)

    assert known.present() is None


def test_a_doubt_holds_until_a_look_that_began_after_it() -> None:
    known = known_at()
    begun = known.begin_look()
    known.doubt()
    known.end_look(begun, TEN, standby=False)
    unsure = known.present()
    known.end_look(known.begin_look(), TEN, standby=False)

    assert (unsure, known.wake.is_set()) == (None, True)
    assert known.present() is not None


def test_an_answer_that_states_more_than_is_known_makes_it_doubtful() -> None:
    known = known_at()
    known.tell(10)
    sure = known.present()
    known.tell(11)

    assert sure is not None
    assert known.present() is None
    known.end_look(known.begin_look(), TEN, standby=True)
    assert known.present() is None, "a standby that is behind confirms nothing"


def test_what_was_told_during_a_look_does_not_make_it_seem_set_back() -> None:
    known = known_at()
    begun = known.begin_look()
    known.tell(11)
    known.end_look(begun, TEN, standby=False)

    assert (known.told, known.present()) == (11, None)


def test_a_primary_that_is_behind_was_set_back_and_is_believed() -> None:
    known = known_at(replace(TEN, entry=12))
    known.tell(12)
    known.end_look(known.begin_look(), TEN, standby=False)

    assert known.present() == Present(10, (TEN, clock.today()), 0)


async def test_a_reader_is_let_in_once_it_is_not_behind(public: asyncpg.Connection) -> None:
    known = KnownHead()
    await admit(known, public, may_lag=lambda _: True)
    known.tell(1)
    await admit(known, public)  # a primary is never asked

    with pytest.raises(UnavailableError):
        await admit(known, public, may_lag=lambda _: True, patience_seconds=0)
