"""Statements that remove what nobody signs in with any more; each at most so many rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Exists, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db.events import WriteSession
from app.organisations.models.sign_in import (
    EmailedLink,
    SignInAttempt,
    SignInSession,
    SignInStep,
)

_UNCHECKED = {"synchronize_session": False}
_Passing = type[SignInAttempt] | type[SignInStep]
_Table = _Passing | type[EmailedLink] | type[SignInSession]


async def delete_expired(
    session: WriteSession, table: _Passing, before: datetime, most: int
) -> int:
    """Remove attempts, or steps, whose time was over before a moment; return how many."""
    return await _delete(session, table, (table.expires_at < before,), most)


async def delete_links(
    session: WriteSession, made_before: datetime, present: datetime, most: int
) -> int:
    """Remove e-mailed links of long ago that are good for nothing; return how many.

    One that an attempt still names is left for a later run.
    """
    named = _any(SignInAttempt.link_id, EmailedLink.id)
    over = (EmailedLink.made_at < made_before, EmailedLink.expires_at < present, ~named)
    return await _delete(session, EmailedLink, over, most)


async def delete_sessions(session: WriteSession, ended_before: datetime, most: int) -> int:
    """Remove sessions that ended, or ran out, before a moment; return how many.

    One that an attempt or step still names is left for a later run.
    """
    ended_at = func.least(SignInSession.ended_at, SignInSession.ends_at)  # passes over an empty one
    over = (
        ended_at < ended_before,
        ~_any(SignInAttempt.session_id, SignInSession.id),
        ~_any(SignInStep.session_id, SignInSession.id),
    )
    return await _delete(session, SignInSession, over, most)


def _any(naming: InstrumentedAttribute[Any], named: InstrumentedAttribute[Any]) -> Exists:
    """Return whether a row names another; only that column may be read."""
    return select(naming).where(naming == named).exists()


async def _delete(
    session: WriteSession, table: _Table, over: tuple[ColumnElement[bool], ...], most: int
) -> int:
    old = select(table.id).where(*over).limit(most)
    removed = delete(table).where(table.id.in_(old)).returning(table.id)
    return len((await session.scalars(removed.execution_options(**_UNCHECKED))).all())
