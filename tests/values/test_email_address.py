import pytest

from app.values.email_address import LONGEST_ADDRESS, read_email_address

REFUSED = "It must be one e-mail address, such as name@example.org, without a name beside it."
"""The same for whatever was typed: addresses stay out of messages."""


class TestReadEmailAddress:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("name@example.org", "name@example.org"),
            ("  Name.Surname@Example.ORG ", "name.surname@example.org"),
            ("a+b@example.org", "a+b@example.org"),
            ("someone@bücher.example", "someone@xn--bcher-kva.example"),
        ],
    )
    def test_one_spelling_is_kept(self, typed: str, kept: str) -> None:
        assert read_email_address(typed) == kept

    def test_what_is_kept_is_read_as_itself(self) -> None:
        once = read_email_address("Someone@BÜCHER.example")

        assert read_email_address(once) == once

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "name",
            "name@",
            "@example.org",
            "a@b@example.org",
            "name@localhost",
            "name@[127.0.0.1]",
            "Name <name@example.org>",
            '"a b"@example.org',
            "ünï@example.org",
            "name@example.org\n",
            "name@example.org\r\nBcc: other@example.org",
            "na\0me@example.org",
            "name@exam\u202eple.org",
            "first@example.org, second@example.org",
            "x" * LONGEST_ADDRESS + "@example.org",
        ],
    )
    def test_anything_but_one_mailbox_is_refused_without_being_repeated(self, typed: str) -> None:
        with pytest.raises(ValueError, match="must be one e-mail address") as refused:
            read_email_address(typed)

        assert str(refused.value) == REFUSED
        assert refused.value.__cause__ is None
