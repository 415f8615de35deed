"""Tables of how people show who they are. Secrets are kept hashed, or sealed under the keyring."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class EmailedLink(Base):
    """A link that was sent to somebody; whoever opens it controls that mailbox. Used once."""

    __tablename__ = "emailed_links"
    __table_args__ = (
        CheckConstraint("kind IN ('invitation', 'sign-in')", name="kind_known"),
        CheckConstraint(
            "(kind = 'invitation') = (invitation_id IS NOT NULL) "
            "AND (kind = 'sign-in') = (person_id IS NOT NULL)",
            name="for_one_thing",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    invitation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("invitations.id"), index=True
    )
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, comment="SHA-256")
    sealed_token: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="For the worker that sends it; emptied when it is sent"
    )
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInAttempt(Base):
    """A visit to the OpenID provider from which somebody may come back, once."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    state_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, comment="SHA-256")
    browser_hash: Mapped[bytes] = mapped_column(
        LargeBinary, comment="SHA-256 of the cookie that ties it to one browser"
    )
    nonce: Mapped[str] = mapped_column(Text)
    code_verifier: Mapped[str] = mapped_column(Text, comment="PKCE (RFC 7636)")
    return_to: Mapped[str] = mapped_column(Text, comment="An address of ours")
    link_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("emailed_links.id"),
        index=True,
        comment="The invitation being accepted, if any",
    )
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("sign_in_sessions.id"),
        index=True,
        comment="Whose holder shows who they are again, if any",
    )
    began_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInStep(Base):
    """Somebody who opened a one-time link and still has to show a second factor."""

    __tablename__ = "sign_in_steps"
    __table_args__ = (
        CheckConstraint("kind IN ('second-factor', 'enrolment', 'again')", name="kind_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary, unique=True, comment="SHA-256 of a cookie"
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    session_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("sign_in_sessions.id"), index=True
    )
    challenge: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What a passkey must sign (WebAuthn)"
    )
    sealed_secret: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Of an authenticator that is being set up"
    )
    return_to: Mapped[str] = mapped_column(Text, comment="An address of ours")
    began_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(SmallInteger)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInSession(Base):
    """Somebody is signed in, on one browser, for one organisation at a time."""

    __tablename__ = "sign_in_sessions"
    __table_args__ = (
        CheckConstraint(
            "method IN ('openid', 'link+passkey', 'link+code', 'demonstration')",
            name="method_known",
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended_for_a_reason"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary, unique=True, comment="SHA-256 of a cookie"
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    membership_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("memberships.id"), comment="For whom they act now; empty until they chose"
    )
    method: Mapped[str] = mapped_column(Text)
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment, comment="To the minute")
    authenticated_at: Mapped[datetime] = mapped_column(
        Moment, comment="When they last showed who they are"
    )
    ends_at: Mapped[datetime] = mapped_column(Moment, comment="However busy it is")
    sealed_id_token: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="For signing out at the OpenID provider too"
    )
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_because: Mapped[str | None] = mapped_column(Text)


class Passkey(Base):
    """A second factor that a person's device holds (WebAuthn)."""

    __tablename__ = "passkeys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary, comment="COSE")
    sign_count: Mapped[int] = mapped_column(BigInteger, comment="Falls back only on a copy")
    transports: Mapped[list[str]] = mapped_column(ARRAY(Text))
    name: Mapped[str] = mapped_column(Text, comment="What its holder calls it")
    added_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


class Authenticator(Base):
    """A second factor that shows a new code every thirty seconds (RFC 6238)."""

    __tablename__ = "authenticators"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    last_counter: Mapped[int] = mapped_column(
        BigInteger, comment="The newest half minute whose code was used; none is taken twice"
    )
    added_at: Mapped[datetime] = mapped_column(Moment)
