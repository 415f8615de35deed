from pathlib import Path

import pytest

from app.config import ConfigurationError, Environment, Settings

SECRET = "postgres://someone:hunter2@db/ap"


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
        ("REQUEST_TIMEOUT_SECONDS", "0"),
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
