"""Settings from the environment, typed, checked at start.

Every setting is listed in `docs/operations/configuration.md`, with what it is for.
"""

from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = "ap"
MEBIBYTE = 1_048_576


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
    answer_cache_bytes: int = Field(default=64 * MEBIBYTE, ge=0, le=16_384 * MEBIBYTE)
    """Memory for public answers that are sent again while the register stands still; 0: none."""
    request_timeout_seconds: float = Field(default=30.0, gt=0)
    max_body_bytes: int = Field(default=1_048_576, ge=1_024)
    rate_limit: str = "600/minute"
    """Public requests per client address and worker, in the notation of the `limits` library."""
    trusted_proxies: str = "127.0.0.1"
    """Whose `X-Forwarded-For` is believed; comma-separated addresses, or `*`."""
    metrics_token: SecretStr | None = None
    """A bearer token for `/metrics`; without it only loopback may read them."""
    keyring_file: Path | None = None
    """Keys that live outside the database; `keyring.json` under `data_dir` if not set."""
    erasure_journal_file: Path | None = None
    """What says which children's records were erased, outside the database and its backups;
    `erasures.jsonl` under `data_dir` if not set."""
    keyring_escrow_file: Path | None = None
    """The keyring's copy in escrow, where `doctor` can look at it; a passphrase alone opens it."""

    openid_issuer: str | None = None
    """The OpenID provider people sign in with (DfE Sign-in in production), as it names itself."""
    openid_client_id: str | None = None
    openid_client_secret: SecretStr | None = None
    openid_scopes: str = "openid profile email organisation"
    openid_token_audience: str | None = None
    """The audience its access tokens must carry to be taken on the API; none are, if not set."""
    demonstration_sign_in: bool | None = None
    """Sign in as an invented person with one click; only ever in a demonstration."""
    demonstration_days_ahead: int = Field(default=0, ge=0, le=3_650)
    """Lets a demonstration live on a later day, to see what time alone changes."""
    session_idle_minutes: int = Field(default=30, ge=1, le=480)
    session_hours: int = Field(default=8, ge=1, le=24)

    smtp_url: SecretStr | None = None
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://…`; without it, mail is kept as files
    under `data_dir`, which production refuses."""
    mail_from: str = "register@ap-register.example"
    files_url: str | None = None
    """Where evidence files lie: a folder, or `s3://bucket/prefix`; `files` in `data_dir` if not
    set."""
    files_s3_endpoint: str | None = None
    """The address of an S3 service that is not Amazon's own."""
    files_s3_region: str | None = None
    files_s3_access_key_id: SecretStr | None = None
    """With the next one; without them the machine's own role is used."""
    files_s3_secret_access_key: SecretStr | None = None
    clamd_address: str | None = None
    """The virus scanner: `host:port`, or the path of clamd's socket. Not set: nothing is scanned,
    and production hands no file out."""
    max_file_bytes: int = Field(default=10 * MEBIBYTE, ge=1_024, le=100 * MEBIBYTE)
    download_kept_from: int = Field(default=20_000, ge=1)
    """From how many providers on files of the whole register are made beforehand and kept."""
    jobs_late_seconds: float = Field(default=300.0, gt=0)
    """How long the oldest job may wait before metrics raise the alarm."""

    companies_house_url: str | None = None
    """Where company numbers are looked up; nothing is, if not set."""
    companies_house_key: SecretStr | None = None
    charity_commission_url: str | None = None
    """Where charity numbers are looked up; nothing is, if not set."""
    charity_commission_key: SecretStr | None = None

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

    @field_validator("smtp_url")
    @classmethod
    def _check_smtp(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        parts = _parted(value.get_secret_value())
        if parts is None or parts.scheme not in {"smtp", "smtps"} or parts.path not in {"", "/"}:
            raise ValueError(
                "must be an smtp:// or smtps:// address. In user and password, write / as %2F, "
                "? as %3F, # as %23, @ as %40 and : as %3A"
            )
        return value

    @field_validator(
        "metrics_token",
        "openid_client_secret",
        "files_s3_access_key_id",
        "files_s3_secret_access_key",
        "companies_house_key",
        "charity_commission_key",
    )
    @classmethod
    def _check_secret(cls, value: SecretStr | None) -> SecretStr | None:
        """They travel in a header or a form: RFC 6750 section 2.1, RFC 6749 appendix A.2."""
        secret = value.get_secret_value() if value else ""
        if not (secret.isascii() and secret.isprintable() and secret == secret.strip()):
            raise ValueError("must be one line of plain letters, digits and signs")
        return value

    @field_validator("files_url")
    @classmethod
    def _check_files(cls, value: str | None) -> str | None:
        if value is None or "://" not in value:
            return value
        parts = _parted(value)
        if parts is None or parts.scheme != "s3" or parts.port or "@" in parts.netloc:
            raise ValueError("must be a folder, or s3://bucket or s3://bucket/prefix")
        return value

    @field_validator("clamd_address")
    @classmethod
    def _check_clamd(cls, value: str | None) -> str | None:
        if value is None or value.startswith("/"):
            return value
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port[:6]) <= 65_535:  # noqa: PLR2004
            raise ValueError("must be host:port, or the path of a socket, which begins with /")
        return value

    @field_validator(
        "openid_issuer",
        "public_url",
        "files_s3_endpoint",
        "companies_house_url",
        "charity_commission_url",
    )
    @classmethod
    def _check_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = _parted(value)
        if parts is None or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
            raise ValueError("must be an https:// address (http:// only for trying out)")
        return value

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        if self.openid_issuer and not (self.openid_client_id and self.openid_client_secret):
            raise ValueError(
                "OPENID_ISSUER needs OPENID_CLIENT_ID and OPENID_CLIENT_SECRET beside it"
            )
        for register in ("companies_house", "charity_commission"):
            if getattr(self, f"{register}_url") and not getattr(self, f"{register}_key"):
                name = register.upper()
                message = f"{name}_URL needs {name}_KEY beside it"
                raise ValueError(message)
        if self.environment is Environment.PRODUCTION:
            self._check_production()
        return self

    def _check_production(self) -> None:
        """Refuse what would be a hole where real children are."""
        if self.demonstration_sign_in:
            raise ValueError("DEMONSTRATION_SIGN_IN cannot be switched on in production")
        if self.demonstration_days_ahead:
            raise ValueError("DEMONSTRATION_DAYS_AHEAD cannot be set in production")
        looked_up = ("companies_house_url", "charity_commission_url")
        for name in ("public_url", "openid_issuer", "files_s3_endpoint", *looked_up):
            if urlsplit(getattr(self, name) or "https://").scheme == "http":
                raise ValueError(f"{name.upper()} must begin with https:// in production")

    @property
    def may_sign_in_for_demonstration(self) -> bool:
        """Whether the one-click sign-in exists at all; never in production."""
        allowed = self.demonstration_sign_in is not False
        return self.environment is Environment.DEMONSTRATION and allowed

    @property
    def keyring_path(self) -> Path:
        """Where the keyring lies."""
        return self.keyring_file or self.data_dir / "keyring.json"

    @property
    def erasure_journal_path(self) -> Path:
        """Where the journal of erasures lies."""
        return self.erasure_journal_file or self.data_dir / "erasures.jsonl"

    @property
    def address(self) -> str:
        """The address links begin with, without a trailing slash."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

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
                ": ".join(filter(None, ["_".join(map(str, fault["loc"])).upper(), fault["msg"]]))
                for fault in error.errors(include_input=False, include_url=False)
            )
            message = f"The settings are not right. {faults}"
            raise ConfigurationError(message) from None


def _parted(url: str) -> SplitResult | None:
    """Part an address that is whole; what `urllib` raises would show what it could not read."""
    try:
        parts = urlsplit(url)
        whole = bool(parts.hostname) and not (parts.query or parts.fragment) and parts.port != 0
    except ValueError:
        return None
    return parts if whole else None
