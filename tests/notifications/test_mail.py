import asyncio
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.config import ConfigurationError, Environment, Settings
from app.notifications import mail
from app.notifications.errors import MailNotTakenError, MailRefusedError
from app.notifications.mail import FileMailer, SmtpMailer, mailer_of
from tests.notifications.mail_servers import (
    HOST,
    Received,
    certificates,
    mail_server,
    rough_server,
)

SECRET = "s3/cret"


@pytest.fixture
def received() -> Received:
    return Received()


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "register@example.org", "ada@example.org"
    made["Subject"] = "Zoë"
    made["Message-ID"] = "<one@example.org>"
    made.set_content("Zoë\n", cte="8bit")
    return made


def smtp(url: str, public_url: str | None = None) -> SmtpMailer:
    made = mailer_of(Settings(smtp_url=SecretStr(url), public_url=public_url))
    assert isinstance(made, SmtpMailer)
    return made


def plain(port: int, step_seconds: float = 10, seconds: float = 20) -> SmtpMailer:
    return SmtpMailer(
        HOST, port, "register.test", starttls=False, step_seconds=step_seconds, seconds=seconds
    )


class TestSmtpMailer:
    async def test_a_message_arrives_as_it_was_written(
        self, received: Received, message: EmailMessage
    ) -> None:
        async with mail_server(received, decode_data=False) as port:
            await smtp(f"smtp://{HOST}:{port}").send(message)

        assert received.recipients == [["ada@example.org"]]
        (read,) = received.messages
        assert (read["Subject"], read.get_content()) == ("Zoë", "Zoë\r\n")
        assert read["Message-ID"] == "<one@example.org>"

    async def test_tls_is_begun_before_anything_is_said_and_then_the_login(
        self, received: Received, message: EmailMessage, tmp_path: Path
    ) -> None:
        serving, trusting = certificates(tmp_path)
        async with mail_server(
            received,
            tls_context=serving,
            require_starttls=True,
            auth_required=True,
            authenticator=received.authenticate,
        ) as port:
            mailer = SmtpMailer(HOST, port, "register.test", "us@er", SECRET, tls=trusting)
            await mailer.send(message)

        assert received.over_tls == [True]
        assert received.logins == [(b"us@er", SECRET.encode())]

    async def test_tls_from_the_first_byte(
        self, received: Received, message: EmailMessage, tmp_path: Path
    ) -> None:
        serving, trusting = certificates(tmp_path)
        async with mail_server(received, tls=serving) as port:
            await SmtpMailer(HOST, port, "register.test", implicit_tls=True, tls=trusting).send(
                message
            )

        assert len(received.messages) == 1

    async def test_nothing_is_said_to_a_server_that_cannot_begin_tls(
        self, received: Received, message: EmailMessage
    ) -> None:
        async with mail_server(received, authenticator=received.authenticate) as port:
            mailer = SmtpMailer(HOST, port, "register.test", "user", SECRET)
            with pytest.raises(MailNotTakenError):
                await mailer.send(message)

        assert (received.logins, received.messages) == ([], [])

    async def test_nor_to_one_whose_certificate_nobody_trusts(
        self, received: Received, message: EmailMessage, tmp_path: Path
    ) -> None:
        serving, _ = certificates(tmp_path)
        async with mail_server(received, tls=serving) as port:
            with pytest.raises(MailNotTakenError, match="SMTPConnectError"):
                await SmtpMailer(HOST, port, "register.test", implicit_tls=True).send(message)

        assert received.messages == []

    async def test_a_wrong_password_may_be_put_right(
        self, received: Received, message: EmailMessage, tmp_path: Path
    ) -> None:
        serving, trusting = certificates(tmp_path)
        async with mail_server(
            received,
            tls_context=serving,
            require_starttls=True,
            auth_required=True,
            authenticator=received.authenticate,
        ) as port:
            mailer = SmtpMailer(HOST, port, "register.test", "user", "wrong", tls=trusting)
            with pytest.raises(MailNotTakenError, match="answered 535"):
                await mailer.send(message)

    @pytest.mark.parametrize("step", ["RCPT", "DATA"])
    async def test_a_refusal_for_good_is_told_from_one_for_now_and_neither_repeats_the_server(
        self, received: Received, message: EmailMessage, step: str
    ) -> None:
        async with mail_server(received) as port:
            received.answers = {step: "550 no mailbox ada@example.org here"}
            with pytest.raises(MailRefusedError, match="550") as refused:
                await plain(port).send(message)
            received.answers = {step: "451 ada@example.org is greylisted"}
            with pytest.raises(MailNotTakenError, match="451") as not_taken:
                await plain(port).send(message)

        for error in (refused.value, not_taken.value):
            assert "ada@" not in str(error)
            assert error.__cause__ is None
            assert error.__suppress_context__

    async def test_a_server_that_is_not_there(self, message: EmailMessage) -> None:
        async with mail_server(Received()) as port:
            pass

        with pytest.raises(MailNotTakenError, match="SMTPConnectError"):
            await plain(port).send(message)

    async def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
        self, message: EmailMessage
    ) -> None:
        async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.Event().wait()

        async with rough_server(hang) as port:
            with pytest.raises(MailNotTakenError, match="Timeout"):
                await plain(port, step_seconds=0.2).send(message)

    async def test_nor_one_that_says_a_little_again_and_again(self, message: EmailMessage) -> None:
        async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                writer.write(b"220-wait\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)

        async with rough_server(drip) as port:
            with pytest.raises(MailNotTakenError, match="Timeout"):
                await plain(port, step_seconds=30, seconds=0.5).send(message)

    async def test_one_that_talks_nonsense(self, message: EmailMessage) -> None:
        async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await writer.drain()

        async with rough_server(babble) as port:
            with pytest.raises(MailNotTakenError):
                await plain(port).send(message)

    async def test_what_was_taken_is_sent_though_the_server_does_not_say_goodbye(
        self, received: Received, message: EmailMessage
    ) -> None:
        async def take_and_hang_up(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            writer.write(b"220 rough\r\n")
            for answer in (b"250 rough", b"250 ok", b"250 ok", b"354 go on"):
                await reader.readline()
                writer.write(answer + b"\r\n")
                await writer.drain()
            received.raw.append(await reader.readuntil(b"\r\n.\r\n"))
            writer.write(b"250 taken\r\n")
            await writer.drain()

        async with rough_server(take_and_hang_up) as port:
            await plain(port).send(message)

        assert len(received.raw) == 1


class TestFileMailer:
    async def test_a_message_lies_in_a_file_that_nobody_else_may_read(
        self, message: EmailMessage, tmp_path: Path
    ) -> None:
        mailer = FileMailer(tmp_path / "mail")
        for _ in range(2):
            await mailer.send(message)

        (kept,) = (tmp_path / "mail").iterdir()
        assert kept.name == "one.eml"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
        assert "Zoë" in kept.read_text()

    async def test_no_message_chooses_its_folder(
        self, message: EmailMessage, tmp_path: Path
    ) -> None:
        del message["Message-ID"]
        message["Message-ID"] = "<../../one/../two@example.org>"

        await FileMailer(tmp_path / "mail").send(message)

        assert [path.name for path in (tmp_path / "mail").iterdir()] == ["onetwo.eml"]


class TestMailerOf:
    def test_without_a_server_messages_become_files_but_not_in_production(
        self, tmp_path: Path
    ) -> None:
        assert mailer_of(Settings(data_dir=tmp_path)) == FileMailer(tmp_path / "mail")

        production = Settings(data_dir=tmp_path).model_copy(
            update={"environment": Environment.PRODUCTION}
        )
        with pytest.raises(ConfigurationError, match="SMTP_URL is not set"):
            mailer_of(production)

    def test_an_address_is_taken_apart(self) -> None:
        made = smtp(
            "smtp://us%40er:s3%2Fcret@mail.example.org", public_url="https://register.example.org"
        )

        assert (made.host, made.port) == ("mail.example.org", 587)
        assert (made.username, made.password) == ("us@er", SECRET)
        assert (made.starttls, made.implicit_tls, made.tls) == (True, False, None)
        assert made.greeting == "register.example.org"
        assert SECRET not in repr(made)

    @pytest.mark.parametrize(
        ("url", "port", "implicit", "starttls"),
        [
            ("smtps://mail.example.org", 465, True, True),
            ("smtps://mail.example.org:4465", 4465, True, True),
            ("smtp://mail.example.org:25", 25, False, True),
            ("smtp://localhost:1025", 1025, False, False),
            ("smtp://127.0.0.2:1025", 1025, False, False),
            ("smtp://[::1]:1025", 1025, False, False),
            ("smtp://10.0.0.1:1025", 1025, False, True),
            ("smtp://localhost.example.org", 587, False, True),
        ],
    )
    def test_only_this_machine_is_spoken_to_without_tls(
        self, url: str, port: int, *, implicit: bool, starttls: bool
    ) -> None:
        made = smtp(url)

        assert (made.port, made.implicit_tls, made.starttls) == (port, implicit, starttls)

    @pytest.mark.parametrize(
        "url",
        [
            f"smtp://user:{SECRET}@mail.example.org",
            f"smtp://user:{SECRET}@mail.example.org:port",
            f"smtp://user:{SECRET}@",
            f"http://user:{SECRET}@mail.example.org",
            f"smtp://[user:{SECRET}@mail.example.org",
        ],
    )
    def test_what_cannot_be_read_is_named_and_not_shown(self, url: str) -> None:
        unchecked = Settings().model_copy(update={"smtp_url": SecretStr(url)})

        with pytest.raises(ConfigurationError, match="SMTP_URL cannot be read") as refused:
            mailer_of(unchecked)

        assert SECRET not in str(refused.value)
        assert refused.value.__suppress_context__

    @pytest.mark.parametrize("sender", ["", "register", "a@example.org\r\nBcc: b@example.org"])
    def test_a_sender_that_is_none_is_named(self, sender: str) -> None:
        with pytest.raises(ConfigurationError, match="MAIL_FROM"):
            mailer_of(Settings().model_copy(update={"mail_from": sender}))

    @pytest.mark.parametrize(
        ("host", "greeting"),
        [("register.test", "register.test"), ("127.0.0.1", "[127.0.0.1]"), ("::1", "[IPv6:::1]")],
    )
    def test_it_greets_as_the_book_says(self, host: str, greeting: str) -> None:
        assert mail._greeting(host) == greeting
