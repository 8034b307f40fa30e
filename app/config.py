"""Settings of the program, read from ``MANDAT_*`` variables and refused loudly when wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

PREFIX = "MANDAT_"
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - the name of a file, not a secret.
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """One or more settings are wrong; the text names each variable and what to do."""


class Settings(BaseModel):
    """All settings. Field ``x`` is read from the variable ``MANDAT_X``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Path("var")
    database_url: str = ""
    database_owner_url: str = Field(default="", repr=False)
    secret_key: str = Field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8020"
    timezone: str = "Europe/Moscow"
    host: str = "127.0.0.1"
    port: int = Field(default=8020, ge=1, le=65535)
    web_processes: int = Field(default=1, ge=1, le=64)
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = Field(default=0, ge=0, le=5)
    production: bool = False
    demo: bool = False
    testing: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    mail_delivery: Literal["file", "smtp"] = "file"
    mail_from: str = "Mandat <no-reply@example.org>"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_timeout_s: int = Field(default=15, ge=1, le=120)
    # Three of the largest files at once: what is too big for a step is then said on the step.
    upload_limit_bytes: int = Field(default=48 * 1024 * 1024, ge=1024)
    gateway: Literal["none", "demo", "stripe"] = "none"
    stripe_secret_key: str = Field(default="", repr=False)
    stripe_webhook_secret: str = Field(default="", repr=False)
    rate_limits: bool = True
    rate_limit_storage: str = "memory://"

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip() for host in value.split(",") if host.strip())
        return value

    @field_validator("base_url")
    @classmethod
    def _base_url_is_absolute(cls, value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.path not in ("", "/")
        ):
            raise ValueError("must look like https://mandat.example.org, without a path")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _owner_owns_the_same(self) -> Self:
        if self.database_owner_url and not self.database_url:
            raise ValueError("MANDAT_DATABASE_OWNER_URL needs MANDAT_DATABASE_URL beside it")
        return self

    @model_validator(mode="after")
    def _limits_are_shared(self) -> Self:
        if self.web_processes > 1 and self.rate_limit_storage.startswith("memory:"):
            raise ValueError(
                "MANDAT_RATE_LIMIT_STORAGE must be a Redis address (redis://…) when "
                "MANDAT_WEB_PROCESSES is more than 1"
            )
        return self

    @model_validator(mode="after")
    def _production_is_strict(self) -> Self:
        if not self.production:
            return self
        if self.demo:
            raise ValueError("MANDAT_DEMO and MANDAT_PRODUCTION exclude each other")
        if not self.base_url.startswith("https://"):
            raise ValueError("MANDAT_BASE_URL must be https in production")
        if not self.trusted_hosts:
            raise ValueError("MANDAT_TRUSTED_HOSTS must name the hosts this portal answers to")
        if self.secret_key and len(self.secret_key) < SHORTEST_SECRET:
            raise ValueError(f"MANDAT_SECRET_KEY needs at least {SHORTEST_SECRET} characters")
        if self.mail_delivery != "smtp":
            raise ValueError("MANDAT_MAIL_DELIVERY must be smtp in production")
        return self

    @property
    def resolved_database_url(self) -> str:
        """Give the database's address: the embedded SQLite file unless one is set."""
        return self.database_url or f"sqlite+pysqlite:///{self.data.resolve() / 'mandat.db'}"

    @property
    def owner_database_url(self) -> str:
        """Give the address for whoever owns the tables: migrations, backup and restore."""
        return self.database_owner_url or self.resolved_database_url

    @property
    def files(self) -> Path:
        """Give the folder in which uploaded files are kept."""
        return self.data / "files"

    @property
    def secure_cookies(self) -> bool:
        """Say whether cookies are sent over https only."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read settings from variables.

        Raises SettingsError with a line per wrong or unknown variable.
        """
        values = {
            key[len(PREFIX) :].lower(): value
            for key, value in environ.items()
            if key.startswith(PREFIX) and value != ""
        }
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(_sentence(item) for item in error.errors())) from None

    @classmethod
    def for_tests(cls, data: Path, database_url: str = "") -> Settings:
        """Give the settings that tests use: everything on, nothing shared, limits off."""
        return cls(
            data=data,
            database_url=database_url,
            secret_key="t" * 64,
            testing=True,
            demo=True,
            rate_limits=False,
            base_url="http://localhost",
            gateway="demo",
        )


def _sentence(item: Mapping[str, object]) -> str:
    location = item.get("loc")
    name = ".".join(str(part) for part in location) if isinstance(location, tuple) else ""
    where = PREFIX + name.upper() if name else "settings"
    message = str(item.get("msg", "")).removeprefix("Value error, ")
    if item.get("type") == "extra_forbidden":
        message = "is not a setting of Mandat; docs/running.md lists them"
    return f"{where}: {message}"


def secret_key(settings: Settings) -> str:
    """Give the key that signs cookies and forms, made once and kept in the data folder."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / SECRET_KEY_FILE
    settings.data.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_secret(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(f"{path}: this key is too short; delete the file to make a new one")
    return key


def _make_secret(path: Path) -> None:
    """Make the file whole or not at all; it has mode 0600 before anything is written into it."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    part.touch(mode=0o600)
    part.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # Web and worker may both be the first. Unlike a renaming, a link replaces nobody's key.
    with suppress(FileExistsError):
        path.hardlink_to(part)
    part.unlink()
