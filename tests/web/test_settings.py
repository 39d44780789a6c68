"""Settings: what is right by itself, and what each wrong one is told."""

import re
import stat
from pathlib import Path

import pytest

from sessions.language import in_german
from sessions.settings import Settings, WrongSetting, read_settings


def read(folder: Path, **environ: str) -> Settings:
    return read_settings({"DATA_FOLDER": str(folder), **environ})


def refused(folder: Path, **environ: str) -> str:
    """The German sentence about a wrong setting."""
    with pytest.raises(WrongSetting) as told:
        read(folder, **environ)
    return in_german(told.value.sentence, **told.value.values)


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = read(tmp_path / "made" / "if missing")
    assert settings.data_folder.is_dir()
    assert settings.database_url == f"sqlite:///{settings.data_folder / 'dialog.sqlite'}"
    assert (settings.host, settings.port) == ("0.0.0.0", 8000)
    assert re.fullmatch(r"http://[^/]+:8000", settings.public_url)
    assert not settings.secure
    assert (settings.backups, settings.backup_every) == (settings.data_folder / "backups", 5)


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    empty = {"PORT": "", "HOST": " ", "SECRET_KEY": "", "DATABASE_URL": "", "PUBLIC_URL": ""}
    assert read(tmp_path, **empty) == read(tmp_path)


def test_the_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert read(tmp_path / "other").secret_key != first.secret_key


@pytest.mark.parametrize("kept", [b"", b"short", b"\xff\xfe\x00"])
def test_a_damaged_key_is_told_and_not_used(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(kept)
    assert "taugt nicht als Schlüssel" in refused(tmp_path)


@pytest.mark.parametrize("port", ["achttausend", "0", "65536", "-1", "80.5", "1" * 5000, "²"])
def test_a_wrong_port(tmp_path: Path, port: str) -> None:
    assert "ist kein Port" in refused(tmp_path, PORT=port)


@pytest.mark.parametrize("url", ["nonsense", "http://[", "postgresql+psycopg://host:port/name"])
def test_a_database_address_that_is_none(tmp_path: Path, url: str) -> None:
    assert refused(tmp_path, DATABASE_URL=url).startswith("DATABASE_URL")


@pytest.mark.parametrize("url", ["mysql://forum:geheim@host/name", "postgresql://forum:geheim@host/name"])
def test_another_kind_of_database_is_refused_without_repeating_its_password(tmp_path: Path, url: str) -> None:
    sentence = refused(tmp_path, DATABASE_URL=url)
    assert "wird nicht unterstützt" in sentence
    assert "geheim" not in sentence


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(tmp_path: Path, url: str) -> None:
    assert "nichts aufgehoben" in refused(tmp_path, DATABASE_URL=url)


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    assert "mindestens 16" in refused(tmp_path, SECRET_KEY="fünfzehn Zeiche")


def test_copies_may_lie_on_another_disk_and_be_made_more_often(tmp_path: Path) -> None:
    settings = read(tmp_path, BACKUPS=str(tmp_path / "stick" / "copies"), BACKUP_EVERY="2.5")
    assert (settings.backups, settings.backup_every) == (tmp_path / "stick" / "copies", 2.5)
    assert settings.backups.is_dir()
    (tmp_path / "file").touch()
    assert refused(tmp_path, BACKUPS=str(tmp_path / "file" / "copies")).startswith("BACKUPS: ")


@pytest.mark.parametrize("minutes", ["oft", "0", "-5", "1441", "nan", "inf"])
def test_a_wrong_number_of_minutes(tmp_path: Path, minutes: str) -> None:
    assert "keine Zahl von Minuten" in refused(tmp_path, BACKUP_EVERY=minutes)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "lässt sich nicht anlegen" in refused(tmp_path / "file" / "folder")


@pytest.mark.parametrize(
    ("given", "as_browsers_say_it"),
    [
        ("https://Dialog.Example.org/", "https://dialog.example.org"),
        ("https://dialog.example.org:443", "https://dialog.example.org"),
        ("http://10.0.0.5:80/", "http://10.0.0.5"),
        ("http://[fd00::5]:8000", "http://[fd00::5]:8000"),
        ("https://dialog.example.org:8443", "https://dialog.example.org:8443"),
    ],
)
def test_the_public_address_is_written_as_browsers_write_it(
    tmp_path: Path, given: str, as_browsers_say_it: str
) -> None:
    settings = read(tmp_path, PUBLIC_URL=given)
    assert settings.public_url == as_browsers_say_it
    assert settings.secure == given.startswith("https")


@pytest.mark.parametrize(
    "url",
    ["dialog.example.org", "ftp://example.org", "https://", "https://example.org/dialog", "https://example.org?x=1"]
    + ["https://anna@example.org", "http://[", "http://host:port", "http://host:99999"],
)
def test_a_wrong_public_address(tmp_path: Path, url: str) -> None:
    assert "ist keine Adresse" in refused(tmp_path, PUBLIC_URL=url)


def test_a_server_for_this_laptop_only_is_called_localhost(tmp_path: Path) -> None:
    assert read(tmp_path, HOST="127.0.0.1", PORT="8001").public_url == "http://localhost:8001"


SEVERAL = {"DATABASE_URL": "postgresql+psycopg://host/name", "SECRET_KEY": "k" * 16}


def test_one_process_is_the_default(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.redis_url, settings.redis_prefix, settings.proxies) == ("", "arbeitsmarktdialog", 0)


@pytest.mark.parametrize("url", ["redis://host:6379/0", "rediss://:geheim@host/1", "unix:///run/redis.sock?db=2"])
def test_several_processes(tmp_path: Path, url: str) -> None:
    settings = read(tmp_path, REDIS_URL=url, REDIS_PREFIX="nord", PROXIES="1", **SEVERAL)
    assert (settings.redis_url, settings.redis_prefix, settings.proxies) == (url, "nord", 1)


@pytest.mark.parametrize(
    "url", ["geheim", "http://:geheim@host", "redis://", "redis://:geheim@host:port", "unix://geheim"]
)
def test_a_redis_that_is_none_is_told_without_repeating_its_password(tmp_path: Path, url: str) -> None:
    sentence = refused(tmp_path, REDIS_URL=url, **SEVERAL)
    assert sentence.startswith("REDIS_URL ist keine Adresse")
    assert "geheim" not in sentence


def test_several_processes_need_postgresql(tmp_path: Path) -> None:
    assert "DATABASE_URL setzen" in refused(tmp_path, REDIS_URL="redis://host", SECRET_KEY="k" * 16)


def test_several_processes_need_one_key(tmp_path: Path) -> None:
    sentence = refused(tmp_path, REDIS_URL="redis://host", DATABASE_URL=SEVERAL["DATABASE_URL"])
    assert "SECRET_KEY setzen" in sentence
    assert not (tmp_path / "secret.key").exists()


@pytest.mark.parametrize("prefix", ["zwei Wörter", "a/b", "*", "x" * 61])
def test_a_wrong_prefix(tmp_path: Path, prefix: str) -> None:
    assert "ist kein Name" in refused(tmp_path, REDIS_PREFIX=prefix)


@pytest.mark.parametrize("proxies", ["einer", "-1", "10", "1.5", "²"])
def test_a_wrong_number_of_proxies(tmp_path: Path, proxies: str) -> None:
    assert "keine Zahl von Proxys" in refused(tmp_path, PROXIES=proxies)
