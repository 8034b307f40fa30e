"""Settings come from MANDAT_* variables and are refused with their names when wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.config import SECRET_KEY_FILE, Settings, SettingsError, secret_key

PRODUCTION = {
    "MANDAT_PRODUCTION": "1",
    "MANDAT_BASE_URL": "https://mandat.example.org",
    "MANDAT_TRUSTED_HOSTS": "mandat.example.org, www.example.org",
    "MANDAT_SECRET_KEY": "s" * 48,
    "MANDAT_MAIL_DELIVERY": "smtp",
}


def refusal(**changes: str) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(changes)
    return str(caught.value)


def test_nothing_set_gives_a_program_for_one_machine() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings.resolved_database_url.startswith("sqlite")
    assert not settings.production


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert Settings.from_environment({"MANDAT_PORT": ""}).port == 8020


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MANDAT_PORT", "0"),
        ("MANDAT_PORT", "web"),
        ("MANDAT_LOG_LEVEL", "loud"),
        ("MANDAT_BASE_URL", "mandat.example.org"),
        ("MANDAT_BASE_URL", "https://example.org/mandat"),
        ("MANDAT_SMTP_SECURITY", "ssl"),
        ("MANDAT_PROXY_HOPS", "-1"),
        ("MANDAT_DEMO", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(name: str, value: str) -> None:
    assert refusal(**{name: value}).startswith(f"{name}:")


def test_a_misspelt_variable_is_refused() -> None:
    assert "MANDAT_DATABSE_URL" in refusal(MANDAT_DATABSE_URL="x")


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = refusal(MANDAT_PORT="x", MANDAT_LOG_LEVEL="x")
    assert "MANDAT_PORT" in said
    assert "MANDAT_LOG_LEVEL" in said
    assert len(said.splitlines()) == 2


def test_a_refusal_does_not_repeat_a_secret() -> None:
    assert "hunter2" not in refusal(MANDAT_SECRET_KEY="hunter2", MANDAT_PORT="x")


def test_a_complete_production_is_taken() -> None:
    settings = Settings.from_environment(PRODUCTION)
    assert settings.secure_cookies
    assert settings.trusted_hosts == ("mandat.example.org", "www.example.org")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MANDAT_BASE_URL", "http://mandat.example.org"),
        ("MANDAT_TRUSTED_HOSTS", ""),
        ("MANDAT_SECRET_KEY", "short"),
        ("MANDAT_MAIL_DELIVERY", "file"),
        ("MANDAT_DEMO", "1"),
    ],
)
def test_production_is_strict_about(name: str, value: str) -> None:
    assert name in refusal(**{**PRODUCTION, name: value})


def test_the_secret_is_not_in_the_words_for_settings() -> None:
    assert "s" * 48 not in repr(Settings.from_environment(PRODUCTION))


def test_the_owner_of_the_tables_is_the_program_unless_another_is_named() -> None:
    url, owner = "postgresql+psycopg://mandat@db/m", "postgresql+psycopg://owner@db/m"
    alone = Settings.from_environment({"MANDAT_DATABASE_URL": url})
    assert alone.owner_database_url == alone.resolved_database_url == url
    both = Settings.from_environment(
        {"MANDAT_DATABASE_URL": url, "MANDAT_DATABASE_OWNER_URL": owner}
    )
    assert (both.owner_database_url, both.resolved_database_url) == (owner, url)
    assert "owner@db" not in repr(both)


def test_an_owner_of_no_database_is_refused() -> None:
    said = refusal(MANDAT_DATABASE_OWNER_URL="postgresql+psycopg://owner@db/m")
    assert "MANDAT_DATABASE_URL" in said


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first = secret_key(settings)
    assert secret_key(settings) == first
    assert stat.S_IMODE((tmp_path / SECRET_KEY_FILE).stat().st_mode) == 0o600


def test_a_secret_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / SECRET_KEY_FILE).write_text("short")
    with pytest.raises(SettingsError, match="too short"):
        secret_key(Settings(data=tmp_path))
