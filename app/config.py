"""Settings from the environment, typed, checked at start.

Every setting is listed in `docs/operations/configuration.md`, with what it is for.
"""

from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = "ap"


class ConfigurationError(Exception):
    """A setting is missing or wrong. The message names the setting, never its value."""


class Environment(StrEnum):
    """Where this runs; some conveniences exist only in the first."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything an operator may set."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    environment: Environment = Environment.DEMONSTRATION
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    data_dir: Path = Path(".data")
    """Where the embedded database and its logs live, when `database_url` is not set."""
    public_url: str | None = None
    """The address the world sees, without a trailing slash; links in answers begin with it."""

    database_url: SecretStr | None = None
    """The service's login: a role that can do nothing by itself. Several hosts are allowed."""
    database_read_url: SecretStr | None = None
    """The public read pool's login."""
    database_owner_url: SecretStr | None = None
    """Used by `migrate` alone."""
    role_prefix: str | None = None
    """What comes before `_app`, `_read` … in role names; the database's name if not set."""
    pg_bin_dir: Path | None = None
    """The PostgreSQL programs to run the embedded database with, if not the installed wheel's."""

    pool_size: int = Field(default=5, ge=1)
    read_pool_size: int = Field(default=8, ge=1)
    read_timeout_ms: int = Field(default=2_000, ge=50)
    """How long one public read statement may take."""
    request_timeout_seconds: float = Field(default=30.0, gt=0)
    max_body_bytes: int = Field(default=1_048_576, ge=1_024)
    rate_limit: str = "600/minute"
    """Public requests per client address and worker, in the notation of the `limits` library."""
    trusted_proxies: str = "127.0.0.1"
    """Whose `X-Forwarded-For` is believed; comma-separated addresses, or `*`."""
    metrics_token: SecretStr | None = None
    """A bearer token for `/metrics`; without it only loopback may read them."""
    log_format: str = Field(default="text", pattern="^(text|json)$")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("database_url", "database_read_url", "database_owner_url")
    @classmethod
    def _check_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        message = "must be a postgresql:// address"
        try:
            scheme = urlsplit(value.get_secret_value()).scheme
        except ValueError:  # which would show what it could not read, the password with it
            raise ValueError(message) from None
        if scheme not in {"postgresql", "postgres"}:
            raise ValueError(message)
        return value

    @classmethod
    def load(cls) -> Self:
        """Read the environment.

        Raises:
            ConfigurationError: a setting is wrong; the message names it and not its value.
        """
        try:
            return cls()
        except ValidationError as error:
            faults = "; ".join(
                f"{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}"
                for fault in error.errors(include_input=False, include_url=False)
            )
            message = f"The settings are not right. {faults}"
            raise ConfigurationError(message) from None
