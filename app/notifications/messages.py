"""The messages themselves, in our own words; pure.

Plain text alone: it needs no pictures, tracks nobody, and shows the address a link really leads to.
Names come from people and from files of others; they are cut to one short line before they are put
anywhere, so that none can add a header or a paragraph of its own.
"""

import textwrap
import unicodedata
from datetime import date, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from app import clock
from app.notifications.terms import LONGEST_SHOWN, Envelope

OURSELVES = "Register of alternative provision"
_WIDTH = 76


def invitation(
    envelope: Envelope, link: str, organisation: str, inviter: str | None
) -> EmailMessage:
    """Return the message that asks somebody to join an organisation.

    Args:
        envelope: for whom.
        link: what they open to accept.
        organisation: which asks them.
        inviter: who asks for it; nobody where it was whoever runs the register.
    """
    who, where = one_line(inviter or "The operator of the register"), one_line(organisation)
    return make_message(
        envelope,
        f"Join {where} on the register of alternative provision",
        f"{who} has invited you to join {where} on the register of alternative provision.",
        "To accept, open this link and sign in:",
        link,
        f"The link works once. It stops working {_moment(envelope.expires_at)}.",
        "If you did not expect this, you need not do anything.",
    )


def sign_in(envelope: Envelope, link: str) -> EmailMessage:
    """Return the message with a one-time link for somebody who wants to sign in.

    Args:
        envelope: for whom.
        link: what they open.
    """
    return make_message(
        envelope,
        "Your link to sign in to the register of alternative provision",
        "Somebody asked to sign in to the register of alternative provision with your address.",
        "If it was you, open this link. You will then be asked for your passkey or code:",
        link,
        f"The link works once. It stops working {_moment(envelope.expires_at)}.",
        "If it was not you, you need not do anything: the link alone lets nobody in.",
    )


def evidence_ending(envelope: Envelope, address: str, facts: tuple[str, str, date]) -> EmailMessage:
    """Return the message that a document is about to end.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the document's title, the provider with its number, and the document's last day.
    """
    title, provider, last = one_line(facts[0]), one_line(facts[1]), facts[2]
    return make_message(
        envelope,
        f"Evidence ends on {day_in_words(last)}: {provider}",
        f"“{title}” of {provider} counts as evidence to the end of {day_in_words(last)}.",
        "Send the one that follows it before then, and nothing changes. Sign in here:",
        f"{address}/sign-in",
        "If it was renewed already, send the new one: the register knows only what it is shown.",
    )


def evidence_out_of_date(
    envelope: Envelope, address: str, facts: tuple[str, str, date], grace: date | None
) -> EmailMessage:
    """Return the message that a document has ended.

    Args:
        envelope: for whom.
        address: of the register.
        facts: as for `evidence_ending`.
        grace: the last day before anything follows beyond a note, if that is so by policy.
    """
    title, provider, last = one_line(facts[0]), one_line(facts[1]), facts[2]
    follows = "Nothing further follows by itself."
    if grace is not None:
        follows = (
            f"Nothing follows before the end of {day_in_words(grace)}; then it is looked into."
        )
    return make_message(
        envelope,
        f"Evidence out of date: {provider}",
        f"“{title}” of {provider} was good to the end of {day_in_words(last)} and is now "
        "out of date. Where the standards need it, your public record says so.",
        follows,
        "Send the one that follows it; the note then goes by itself. Sign in here:",
        f"{address}/sign-in",
    )


def confirmation_due(envelope: Envelope, address: str, facts: tuple[str, date]) -> EmailMessage:
    """Return the message that a record waits to be confirmed.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the provider with its number, and the day to confirm by.
    """
    provider, due = one_line(facts[0]), facts[1]
    return make_message(
        envelope,
        f"Please confirm by {day_in_words(due)}: {provider}",
        f"Once a year, whoever keeps a record says that it is still right. For {provider} "
        f"that is due by {day_in_words(due)}.",
        "Sign in here, look through the record, and confirm it or put it right:",
        f"{address}/sign-in",
    )


def follow_up_overdue(envelope: Envelope, address: str, facts: tuple[str, date]) -> EmailMessage:
    """Return the message that a follow-up waits for its next step; it names nobody.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the follow-up's reference, and the day by which something was to be tried.
    """
    reference, due = facts
    return make_message(
        envelope,
        f"Overdue: follow-up {reference}",
        f"The next step of follow-up {reference} was due by {day_in_words(due)}, and none is "
        "recorded.",
        "Record what was tried, hand it over, or say how it ended. Sign in here:",
        f"{address}/sign-in",
    )


def review_opened(
    envelope: Envelope, address: str, facts: tuple[str, str, date, date]
) -> EmailMessage:
    """Return the message that placements at a provider are to be reviewed; it names no child.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the provider with its number, what changed, and by when that is acknowledged and
            the placements are reviewed.
    """
    provider, because, acknowledged, reviewed = one_line(facts[0]), facts[1], facts[2], facts[3]
    return make_message(
        envelope,
        f"Review your placements: {provider}",
        f"{because} Your placements at {provider} are to be reviewed.",
        f"Acknowledge it by {day_in_words(acknowledged)}, and review them by "
        f"{day_in_words(reviewed)}. Sign in here:",
        f"{address}/sign-in",
    )


def one_line(text: str) -> str:
    """Return a name as it can stand in a message: one line, nothing unseen, not too long."""
    seen = "".join(
        char if unicodedata.category(char)[0] != "C" or char in "\u200c\u200d" else " "
        for char in text
    )
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1].rstrip() + "…"


def attendance_alert(envelope: Envelope, address: str, alert_id: str) -> EmailMessage:
    """Return the message that somebody has not arrived where they were expected; it names nobody.

    Args:
        envelope: for whom.
        address: of the register.
        alert_id: of the alert; it says nothing by itself.
    """
    return make_message(
        envelope,
        "Somebody you placed has not arrived, or nobody has reported",
        "At a session of a placement of yours an arrival was expected and has not been reported, "
        "or an absence was. That nobody reported is no absence: ask the provider.",
        f"The alert's reference is {alert_id}. Sign in to see which placement it is, and say that "
        "you have taken it:",
        f"{address}/sign-in",
    )


def make_message(envelope: Envelope, subject: str, *paragraphs: str) -> EmailMessage:
    """Return a message of these paragraphs, with its greeting and its end."""
    name = one_line(envelope.name)
    text = "\n\n".join(
        _wrapped(paragraph)
        for paragraph in (
            f"Hello {name},",
            *paragraphs,
            "This message was sent by a program. Nobody reads answers to it.",
        )
    )
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = Address(OURSELVES, addr_spec=envelope.sender)
    made["To"] = Address(name, addr_spec=envelope.email)
    made["Subject"] = subject
    made["Date"] = format_datetime(envelope.written_at)
    made["Message-ID"] = f"<{envelope.id}@{envelope.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers this one
    made.set_content(f"{text}\n", cte="7bit" if text.isascii() else "8bit")
    return made


def _wrapped(paragraph: str) -> str:
    """Break lines between words only: a link stays whole."""
    return textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)


def day_in_words(day: date) -> str:
    """Return a day as it is read: `1 September 2026`."""
    return f"{day.day} {day:%B %Y}"


def _moment(moment: datetime) -> str:
    local = moment.astimezone(clock.LONDON)
    return f"on {local.day} {local:%B %Y at %H:%M} (London time)"
