import uuid
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from app.notifications import messages
from app.notifications.terms import LONGEST_SHOWN, Envelope

LINK = "https://register.example.org/invitations/" + "t" * 43
HOSTILE = "Ada\r\nBcc: other@example.org\r\n\r\nDear Sir\u2028\u202e\0"


def envelope(name: str = "Ada Example") -> Envelope:
    return Envelope(
        id=uuid.UUID(int=7),
        sender="register@example.org",
        email="ada@example.org",
        name=name,
        written_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        expires_at=datetime(2026, 7, 8, 13, 5, tzinfo=UTC),
    )


def as_received(message: EmailMessage) -> EmailMessage:
    """Return what a mail program reads."""
    read = message_from_bytes(message.as_bytes(), policy=policy.SMTP)
    assert isinstance(read, EmailMessage)
    return read


EVERY_HEADER = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
}


class TestInvitation:
    def test_it_holds_these_words_and_no_others(self) -> None:
        read = as_received(
            messages.invitation(envelope(), LINK, "Example School", "Example Person")
        )

        assert set(read.keys()) == EVERY_HEADER
        assert read["From"] == "Register of alternative provision <register@example.org>"
        assert read["To"] == "Ada Example <ada@example.org>"
        assert read["Subject"] == "Join Example School on the register of alternative provision"
        assert read["Auto-Submitted"] == "auto-generated"
        assert read["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"
        assert read["Message-ID"] == f"<{uuid.UUID(int=7)}@example.org>"
        assert read.get_content().replace("\r\n", "\n") == (
            "Hello Ada Example,\n\n"
            "Example Person has invited you to join Example School on the register of\n"
            "alternative provision.\n\n"
            "To accept, open this link and sign in:\n\n"
            f"{LINK}\n\n"
            "The link works once. It stops working on 8 July 2026 at 14:05 (London time).\n\n"
            "If you did not expect this, you need not do anything.\n\n"
            "This message was sent by a program. Nobody reads answers to it.\n"
        )

    def test_where_nobody_invited_the_operator_did(self) -> None:
        read = as_received(messages.invitation(envelope(), LINK, "Example School", None))

        assert "The operator of the register has invited you" in read.get_content()

    def test_the_same_link_makes_the_same_message_to_the_last_byte(self) -> None:
        made = [
            messages.invitation(envelope(), LINK, "Example School", "Zoë").as_bytes()
            for _ in range(2)
        ]

        assert made[0] == made[1]

    @pytest.mark.parametrize("name", ["Zoë Świątek", "محمد مثال", "例 示", "Ada 𐀀"])
    def test_any_script_arrives(self, name: str) -> None:
        read = as_received(messages.invitation(envelope(name), LINK, f"School of {name}", name))

        assert read["To"].addresses[0].display_name == name
        assert f"School of {name}" in read["Subject"]
        assert f"Hello {name}," in read.get_content()
        assert f"\r\n{LINK}\r\n" in read.get_content()

    def test_no_name_adds_a_header_or_a_paragraph(self) -> None:
        read = as_received(messages.invitation(envelope(HOSTILE), LINK, HOSTILE, HOSTILE))
        plain = as_received(messages.invitation(envelope(), LINK, "School", "Somebody"))

        assert set(read.keys()) == EVERY_HEADER
        assert [one.addr_spec for one in read["To"].addresses] == ["ada@example.org"]
        assert "Bcc" not in read
        count = [one.get_content().count("\r\n\r\n") for one in (read, plain)]
        assert count[0] == count[1]
        assert "\nBcc:" not in read.get_content()

    @pytest.mark.parametrize("long", ["x" * 10_000, "wide words " * 1_000, "例" * 10_000])
    def test_no_name_is_longer_than_a_line_takes(self, long: str) -> None:
        made = messages.invitation(envelope(long), LINK, long, long)

        # RFC 5322 §2.1.1: 998 octets at most.
        assert max(map(len, made.as_bytes().split(b"\r\n"))) <= 998
        shown = as_received(made)["To"].addresses[0].display_name
        assert len(shown.replace(" ", "")) <= LONGEST_SHOWN
        assert shown.endswith("…")

    def test_what_looks_like_an_address_does_not_become_one(self) -> None:
        name = 'Ada" <other@example.org>, "x'

        read = as_received(messages.invitation(envelope(name), LINK, name, name))

        assert [one.addr_spec for one in read["To"].addresses] == ["ada@example.org"]


class TestSignIn:
    def test_it_holds_these_words_and_no_others(self) -> None:
        read = as_received(messages.sign_in(envelope(), LINK))

        assert set(read.keys()) == EVERY_HEADER
        assert read["Subject"] == "Your link to sign in to the register of alternative provision"
        assert read.get_content().replace("\r\n", "\n") == (
            "Hello Ada Example,\n\n"
            "Somebody asked to sign in to the register of alternative provision with your\n"
            "address.\n\n"
            "If it was you, open this link. You will then be asked for your passkey or\ncode:\n\n"
            f"{LINK}\n\n"
            "The link works once. It stops working on 8 July 2026 at 14:05 (London time).\n\n"
            "If it was not you, you need not do anything: the link alone lets nobody in.\n\n"
            "This message was sent by a program. Nobody reads answers to it.\n"
        )


class TestOneLine:
    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("  Ada \t Example ", "Ada Example"),
            ("A\r\nB\x0bC\x85D\u2028E\u2029F", "A B C D E F"),
            ("A\0B\u202eC\u200bD", "A B C D"),
            ("क्\u200dष", "क्\u200dष"),
            ("x" * LONGEST_SHOWN, "x" * LONGEST_SHOWN),
            ("x" * (LONGEST_SHOWN + 1), "x" * (LONGEST_SHOWN - 1) + "…"),
        ],
    )
    def test_a_name_becomes_one_short_line(self, name: str, shown: str) -> None:
        assert messages.one_line(name) == shown


FACTS = (HOSTILE, "Example Forge (AP000017B)", date(2026, 7, 8))


class TestReminders:
    def test_a_document_s_end_is_told_with_its_day_and_where_to_go(self) -> None:
        read = as_received(
            messages.evidence_ending(envelope(), "https://register.example.org", FACTS)
        )

        assert set(read.keys()) == EVERY_HEADER
        assert read["Subject"] == "Evidence ends on 8 July 2026: Example Forge (AP000017B)"
        words = " ".join(read.get_content().split())
        assert "counts as evidence to the end of 8 July 2026" in words
        assert "https://register.example.org/sign-in" in words

    @pytest.mark.parametrize(
        ("grace", "said"),
        [
            (date(2026, 8, 5), "Nothing follows before the end of 5 August 2026"),
            (None, "Nothing further follows by itself."),
        ],
    )
    def test_what_is_out_of_date_says_what_follows_and_when(
        self, grace: date | None, said: str
    ) -> None:
        read = as_received(
            messages.evidence_out_of_date(envelope(), "https://register.example.org", FACTS, grace)
        )

        words = " ".join(read.get_content().split())
        assert read["Subject"] == "Evidence out of date: Example Forge (AP000017B)"
        assert "was good to the end of 8 July 2026 and is now out of date" in words
        assert said in words

    def test_the_yearly_word_is_asked_for_by_a_day(self) -> None:
        read = as_received(
            messages.confirmation_due(
                envelope(), "https://register.example.org", (FACTS[1], FACTS[2])
            )
        )

        assert read["Subject"] == "Please confirm by 8 July 2026: Example Forge (AP000017B)"

    def test_a_title_adds_no_header_and_no_paragraph(self) -> None:
        read = as_received(
            messages.evidence_ending(envelope(), "https://register.example.org", FACTS)
        )

        assert read["Bcc"] is None
        assert "\r\nBcc" not in read.get_content()
