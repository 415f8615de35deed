"""The keys under which equal facts are hashed, so that they can be compared unread."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Moment


class MatchingKey(Base):
    """The key that equal facts are hashed under so that they can be compared unread; sealed."""

    __tablename__ = "matching_keys"

    purpose: Mapped[str] = mapped_column(Text, primary_key=True, comment="bank-reference …")
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary, comment="Sealed under the keyring")
    made_at: Mapped[datetime] = mapped_column(Moment)
