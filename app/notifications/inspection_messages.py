"""The messages about inspections, in our own words; pure."""

from datetime import date
from email.message import EmailMessage

from app.inspections.terms import Notice
from app.notifications.messages import day_in_words, make_message, one_line
from app.notifications.terms import Envelope


def notice(
    envelope: Envelope,
    address: str,
    facts: tuple[str, str],
    notice_of: Notice,
    due: date | None,
) -> EmailMessage:
    """Return the message about something that happened to an inspection.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the inspection's reference, and the provider with its number.
        notice_of: what happened.
        due: the last day for comments on a draft.
    """
    reference, provider = facts[0], one_line(facts[1])
    by = f" to the end of {day_in_words(due)}" if due else ""
    subject, *paragraphs = {
        Notice.DRAFT_SENT: (
            f"Draft of inspection {reference}: {provider}",
            f"The inspectors have finished the draft of inspection {reference} of {provider}.",
            f"You can say{by} what in it is factually wrong. After that it goes on as it is.",
        ),
        Notice.PUBLISHED: (
            f"Inspection {reference} is published: {provider}",
            f"Inspection {reference} of {provider} is published.",
            "You can see there what you may do now, and until when.",
        ),
        Notice.CORRECTED: (
            f"Inspection {reference} was corrected: {provider}",
            f"A corrected version of inspection {reference} of {provider} is published.",
            "The version before it stays readable and says that it was corrected.",
        ),
        Notice.ACTION_LOOKED_AT: (
            f"An action after inspection {reference} was looked at: {provider}",
            f"An inspector looked at the evidence that an action of {provider} was done.",
        ),
        Notice.APPEAL_DECIDED: (
            f"Appeal about inspection {reference} decided: {provider}",
            f"Your appeal about inspection {reference} of {provider} is decided.",
        ),
        Notice.REPLY_WITHHELD: (
            f"A reply about inspection {reference} was withheld: {provider}",
            f"One of your replies about {reference} of {provider} is no longer shown in public.",
            "You can see there which one, and why. You may say it otherwise, on any day.",
        ),
        Notice.REVISIT_ANSWERED: (
            f"Revisit after inspection {reference}: {provider}",
            f"You asked that {provider} be visited again. There is an answer.",
        ),
    }[notice_of]
    return make_message(envelope, subject, *paragraphs, "Sign in here:", f"{address}/sign-in")


def reliance_ended(envelope: Envelope, address: str, facts: tuple[str, str, date]) -> EmailMessage:
    """Return the message that a body relies on another's inspection no more.

    Args:
        envelope: for whom.
        address: of the register.
        facts: the inspection's reference, the provider with its number, and the first day on which
            it is relied on no more.
    """
    reference, provider, since = one_line(facts[0]), one_line(facts[1]), facts[2]
    return make_message(
        envelope,
        f"You rely on {reference} no more: {provider}",
        f"Since {day_in_words(since)} your body relies no more on the inspection {reference} of "
        f"{provider}: its last day is over, or what it found was taken back.",
        "Look at the provider anew, or rely on a later inspection. Sign in here:",
        f"{address}/sign-in",
    )
