import traceback
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import SecretStr, ValidationError

from app.cli.output import Exit
from app.config import ConfigurationError, Environment, Settings
from tests.cli.running import run

SECRET = "postgres://someone:hunter2@db/ap"

SECRETS = [
    name
    for name, field in Settings.model_fields.items()
    if SecretStr in (field.annotation, *get_args(field.annotation))
]
"""Every setting that is kept secret, a new one too."""
GOOD = ("hunter2", "postgresql://someone:hunter2@db/ap", "smtp://someone:hunter2@mail:587")
"""One of these is right for each of them; a new one may need another."""
WRONG = "hunter2\u2100"
"""No secret of ours has such a letter in it."""
TRICKY = "http://hunter2\u2100@db"
"""What cannot be parted into host and port: whoever tries is told all of it."""


@pytest.fixture(autouse=True)
def only_what_the_test_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_everything_has_a_value_for_trying_out() -> None:
    settings = Settings.load()

    assert settings.environment is Environment.DEMONSTRATION
    assert settings.host == "127.0.0.1"
    assert settings.database_url is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("DATA_DIR", "somewhere")
    monkeypatch.setenv("DATABASE_URL", SECRET)

    settings = Settings.load()

    assert (settings.port, settings.data_dir) == (9000, Path("somewhere"))
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == SECRET


def test_an_address_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", SECRET)

    assert "hunter2" not in repr(Settings.load())


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READ_URL", "DATABASE_OWNER_URL"])
def test_an_empty_address_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")

    assert getattr(Settings.load(), name.lower()) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("DATABASE_URL", "mysql://someone:hunter2@db/ap"),
        ("DATABASE_READ_URL", "hunter2"),
        ("ENVIRONMENT", "hunter2"),
        ("LOG_FORMAT", "hunter2"),
        ("LOG_LEVEL", "debug2"),
        ("READ_TIMEOUT_MS", "1"),
        ("MAX_BODY_BYTES", "1"),
        ("MAX_FILE_BYTES", "1"),
        ("MAX_FILE_BYTES", "1000000000"),
        ("FILES_URL", "https://hunter2.example"),
        ("FILES_URL", "s3://someone:hunter2@bucket"),
        ("FILES_URL", "s3:///hunter2"),
        ("FILES_S3_ENDPOINT", "hunter2"),
        ("CLAMD_ADDRESS", "hunter2"),
        ("CLAMD_ADDRESS", "hunter2:"),
        ("CLAMD_ADDRESS", "hunter2:65536"),
        ("REQUEST_TIMEOUT_SECONDS", "0"),
        ("METRICS_TOKEN", "hunter2\nhunter2"),
        ("OPENID_CLIENT_SECRET", "hunter2\n"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://someone:hunter2/2@mail:25"),
        ("SMTP_URL", "smtp://someone:2/hunter2@mail:25"),
        ("SMTP_URL", "smtp://mail:hunter2"),
        ("PUBLIC_URL", TRICKY),
        ("PUBLIC_URL", "https://someone:hunter2@register.example.org"),
        ("OPENID_ISSUER", TRICKY),
        ("OPENID_ISSUER", "https://register.example.org:hunter2"),
    ],
)
def test_a_wrong_setting_is_refused_by_name_and_its_value_not_told(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigurationError) as refused:
        Settings.load()

    assert name in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "no")
    monkeypatch.setenv("POOL_SIZE", "0")

    with pytest.raises(ConfigurationError, match=r"PORT: .*POOL_SIZE: "):
        Settings.load()


def test_every_setting_is_told_of_in_the_documentation() -> None:
    documented = (
        Path(__file__).resolve().parents[1] / "docs" / "operations" / "configuration.md"
    ).read_text()

    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in documented] == []


@pytest.fixture
def every_secret_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.setenv(name.upper(), a_good_value(name))


def a_good_value(name: str) -> str:
    for value in GOOD:
        try:
            Settings.model_validate({name: value})
        except ValidationError:
            continue
        return value
    return pytest.fail(f"no value of GOOD is right for {name.upper()}")


def ways_of_showing(error: BaseException) -> str:
    return "".join([str(error), repr(error), *traceback.format_exception(error)])


class TestSecrets:
    def test_are_all_found(self) -> None:
        assert {"database_url", "openid_client_secret", "smtp_url"} <= set(SECRETS)

    def test_are_all_settings_that_are_named_like_one(self) -> None:
        named_so = {
            name
            for name in Settings.model_fields
            if name.endswith(("_secret", "_password", "_token", "_passphrase", "_key"))
        }

        assert named_so - set(SECRETS) == set()

    @pytest.mark.parametrize("name", SECRETS)
    def test_a_wrong_one_is_named_and_not_shown(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name.upper(), WRONG)

        with pytest.raises(ConfigurationError, match=name.upper()) as refused:
            Settings.load()

        assert "hunter2" not in ways_of_showing(refused.value)

    @pytest.mark.parametrize("name", SECRETS)
    @pytest.mark.parametrize("value", [WRONG, ["hunter2"], {"hunter2": 1}], ids=type)
    def test_nor_is_one_that_a_program_gives(self, name: str, value: Any) -> None:
        with pytest.raises(ValidationError, match=name) as refused:
            Settings.model_validate({name: value})

        assert "hunter2" not in ways_of_showing(refused.value)

    @pytest.mark.usefixtures("every_secret_set")
    def test_right_ones_are_not_shown_by_the_settings(self) -> None:
        settings = Settings.load()

        for name in SECRETS:
            assert "hunter2" in getattr(settings, name).get_secret_value()
        shown = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
        assert "hunter2" not in shown

    @pytest.mark.usefixtures("every_secret_set")
    @pytest.mark.parametrize(
        ("changes", "named"),
        [
            (
                {"ENVIRONMENT": "production", "DEMONSTRATION_SIGN_IN": "true"},
                "DEMONSTRATION_SIGN_IN cannot be switched on in production",
            ),
            (
                {"ENVIRONMENT": "production", "DEMONSTRATION_DAYS_AHEAD": "31"},
                "DEMONSTRATION_DAYS_AHEAD cannot be set in production",
            ),
            (
                {"ENVIRONMENT": "production", "PUBLIC_URL": "http://register.example.org"},
                "PUBLIC_URL must begin with https://",
            ),
            (
                {"ENVIRONMENT": "production", "PUBLIC_URL": "HTTP://register.example.org"},
                "PUBLIC_URL must begin with https://",
            ),
            (
                {
                    "ENVIRONMENT": "production",
                    "OPENID_ISSUER": "http://openid.example.org",
                    "OPENID_CLIENT_ID": "register",
                },
                "OPENID_ISSUER must begin with https://",
            ),
            (
                {"OPENID_ISSUER": "https://openid.example.org"},
                "OPENID_ISSUER needs OPENID_CLIENT_ID",
            ),
            ({"PORT": "hunter2", "LOG_LEVEL": "hunter2"}, "PORT: .*LOG_LEVEL: "),
        ],
    )
    def test_right_ones_are_not_shown_by_what_else_is_wrong(
        self, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], named: str
    ) -> None:
        for name, value in changes.items():
            monkeypatch.setenv(name, value)

        with pytest.raises(ConfigurationError, match=named) as refused:
            Settings.load()

        assert "hunter2" not in ways_of_showing(refused.value)

    @pytest.mark.usefixtures("every_secret_set")
    def test_an_issuer_without_its_secret_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENID_ISSUER", "https://openid.example.org")
        monkeypatch.setenv("OPENID_CLIENT_ID", "register")
        monkeypatch.delenv("OPENID_CLIENT_SECRET")

        with pytest.raises(ConfigurationError, match="OPENID_CLIENT_SECRET") as refused:
            Settings.load()

        assert "hunter2" not in ways_of_showing(refused.value)

    def test_wrong_ones_are_not_printed_by_the_service(self, tmp_path: Path) -> None:
        wrong = {name.upper(): WRONG for name in SECRETS}

        ended = run("serve", folder=tmp_path, **wrong)

        assert (ended.returncode, ended.stdout) == (Exit.SURROUNDINGS, b"")
        said = ended.stderr.decode()
        assert [name for name in wrong if name not in said] == []
        assert "hunter2" not in said
        assert said.count("\n") == 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_whatever_is_refused_is_not_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name.upper(), TRICKY)

    try:
        told = str(getattr(Settings.load(), name))
    except ConfigurationError as error:
        told = ways_of_showing(error).replace("hunter2", "THE VALUE")

    assert ("hunter2" in told) or (name.upper() in told and "THE VALUE" not in told)
