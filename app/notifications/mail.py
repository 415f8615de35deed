"""How a message leaves: through a mail server, or into a file where there is none."""

import asyncio
import ipaddress
import os
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from app.config import ConfigurationError, Environment, Settings
from app.notifications.errors import MailNotTakenError, MailRefusedError
from app.notifications.terms import MAIL_LASTS, STEP_SECONDS
from app.values.email_address import read_email_address

IMPLICIT_TLS_PORT = 465
SUBMISSION_PORT = 587
FAREWELL_SECONDS = 2.0
_PERMANENT = 500
_UNFIT_FOR_A_FILE = re.compile(r"[^A-Za-z0-9-]")


class Mailer(Protocol):
    """Lets messages leave."""

    async def send(self, message: EmailMessage) -> None:
        """Hand a message over; it has left when this returns.

        Raises:
            MailNotTakenError: it has not, but may later.
            MailRefusedError: it has not, and as it is never will.
        """


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands messages to a mail server, one connection a message.

    Attributes:
        host: the server's name.
        port: where it listens.
        greeting: what we call ourselves to it.
        username: nothing where it asks for none.
        password: of that user.
        implicit_tls: speak TLS from the first byte (RFC 8314 §3.3).
        starttls: refuse to go on where TLS cannot be begun (RFC 3207).
        tls: what is trusted; what the machine trusts, if not given.
        step_seconds: how long the server may take for one step.
        seconds: how long it may take in all.
    """

    host: str
    port: int
    greeting: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    implicit_tls: bool = False
    starttls: bool = True
    tls: ssl.SSLContext | None = None
    step_seconds: float = STEP_SECONDS
    seconds: float = MAIL_LASTS.total_seconds()

    async def send(self, message: EmailMessage) -> None:
        """Hand a message over.

        What only says that the server has a bad day (4yz, no connection, no answer) may pass, and
        so may what somebody has to set right here (login, certificate). That the sender, the
        recipient or the message is refused for good (5yz) does not pass by trying again, and trying
        again is what makes servers take us for senders of spam.

        Raises:
            MailNotTakenError: it has not left, but may later.
            MailRefusedError: it has not left, and as it is never will.
        """
        client = self._client()
        try:
            async with asyncio.timeout(self.seconds):
                await client.connect()
                await client.send_message(message)
            await _take_leave(client)
        except (
            aiosmtplib.SMTPSenderRefused,
            aiosmtplib.SMTPRecipientsRefused,
            aiosmtplib.SMTPDataError,
        ) as error:
            raise _refusal(_code_of(error)) from None
        except aiosmtplib.SMTPResponseException as error:
            raise _not_taken(f"answered {error.code}") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError, EOFError) as error:
            raise _not_taken(f"gave {type(error).__name__}") from None
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            local_hostname=self.greeting,
            username=self.username,
            password=self.password,
            use_tls=self.implicit_tls,
            start_tls=self.starttls and not self.implicit_tls,
            tls_context=self.tls,
            timeout=self.step_seconds,
        )


@dataclass(frozen=True, slots=True)
class FileMailer:
    """Keeps messages as files that a mail program opens; for trying out without a mail server.

    Attributes:
        folder: where, for its owner's eyes alone.
    """

    folder: Path

    async def send(self, message: EmailMessage) -> None:
        """Write a message, over itself if it was written before."""
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        name = _UNFIT_FOR_A_FILE.sub("", str(message["Message-ID"]).partition("@")[0])
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, draft = self.folder / f"{name}.eml", self.folder / f".{name}.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message.as_bytes())
        draft.replace(path)


def mailer_of(settings: Settings) -> Mailer:
    """Return what lets messages leave, as it is configured; nothing is connected to yet.

    Raises:
        ConfigurationError: `SMTP_URL` or `MAIL_FROM` cannot be read, or the first is missing in
            production, where nobody would get their messages.
    """
    _check_sender(settings.mail_from)
    if settings.smtp_url is not None:
        return _smtp(settings.smtp_url.get_secret_value(), settings.address)
    if settings.environment is Environment.PRODUCTION:
        raise ConfigurationError(
            "SMTP_URL is not set: in production messages must leave, or nobody can be invited. "
            "Set it to smtp://user:password@host:587 or smtps://user:password@host."
        )
    return FileMailer(settings.data_dir / "mail")


def _smtp(url: str, address: str) -> SmtpMailer:
    parts, port = _read(url)
    implicit = parts.scheme == "smtps"
    host = parts.hostname or ""
    return SmtpMailer(
        host=host,
        port=port or (IMPLICIT_TLS_PORT if implicit else SUBMISSION_PORT),
        greeting=_greeting(urlsplit(address).hostname or "localhost"),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        implicit_tls=implicit,
        starttls=not _is_this_machine(host),
    )


def _read(url: str) -> tuple[SplitResult, int | None]:
    message = (
        "SMTP_URL cannot be read. Write smtp://user:password@host:587 or smtps://…, and in user "
        "and password / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A."
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # which may show what it could not read, the password with it
        raise ConfigurationError(message) from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise ConfigurationError(message)
    return parts, port


def _check_sender(sender: str) -> None:
    try:
        read_email_address(sender)
    except ValueError as error:
        raise ConfigurationError(f"MAIL_FROM is not right. {error}") from None


def _is_this_machine(host: str) -> bool:
    """Say whether what is said to a host stays on this machine; then TLS protects nothing."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _greeting(host: str) -> str:
    """Return a host as EHLO names it: an address in brackets (RFC 5321 §4.1.3)."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host
    return f"[IPv6:{number}]" if number.version == 6 else f"[{number}]"  # noqa: PLR2004


async def _take_leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye, as RFC 5321 §4.1.1.10 asks; the message is taken, whatever is answered."""
    with suppress(aiosmtplib.SMTPException, OSError, TimeoutError, EOFError):
        await client.quit(timeout=FAREWELL_SECONDS)


def _code_of(error: aiosmtplib.SMTPException) -> int:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return max(one.code for one in error.recipients)
    return int(getattr(error, "code", 0))


def _refusal(code: int) -> MailNotTakenError | MailRefusedError:
    if code >= _PERMANENT:
        return MailRefusedError(f"The mail server refuses the message for good: {code}.")
    return _not_taken(f"answered {code}")


def _not_taken(what: str) -> MailNotTakenError:
    return MailNotTakenError(f"The mail server {what}.")
