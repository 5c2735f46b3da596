"""The data folder: whether it can be used, what is in it, and whether it has to be set up again."""

import contextlib
import hashlib
import json
import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import Any

from portal.launch.environment import LOCK, ROOT
from portal.launch.errors import StartError

# The form of the data folder. Raise it when an older version could not work with what this one leaves there.
FORMAT = 1

# What a data folder of ours holds, at least one of these; only such a folder is ever put aside.
_OURS = ("version.json", "secret_key", "db.sqlite3")
# What is made in it when it is missing, so what must not be something else.
_FOLDERS = ("copies", "index", "logs", "media", "private", "static", "stylesheet", "withheld")
_FILES = (
    *("db.sqlite3", "secret_key", "version.json", "set_up", "runner", "admin_password"),
    *("copies/generation", "logs/portal.log", "logs/setup.log"),
)
# Whatever changes the database, the static files or the content.
_SET_UP_FROM = ("*/migrations/*.py", "starter/**/*", "**/static/**/*", "**/*.css", "settings.py")


def data_folder(option: str | None) -> Path:
    """The data folder: the option, else SCHAKEL_DATA, else `data` in the project."""
    return Path(option or os.environ.get("SCHAKEL_DATA") or ROOT / "data").expanduser().resolve()


def check(folder: Path) -> None:
    """Make the folder when it is not there. Raises StartError when it cannot be used as it is: not written, of a newer
    version, without its database or its secret, damaged.
    """
    trial = folder / ".written"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_private(folder)
        trial.write_text("")
        trial.unlink()
    except OSError as error:
        raise StartError(
            f"The data folder {folder} cannot be written ({error.strerror}).",
            "Give yourself the right to write there, or choose another folder: python3 run.py --data DIR",
        ) from error
    _check_kinds(folder)
    _check_secret(folder)
    newer = _newer_than_code(version(folder))
    if newer:
        raise StartError(
            f"The data folder {folder} was used by a newer version of Schakel ({newer}).",
            "Start that version or a later one, or choose another folder: python3 run.py --data DIR",
        )
    if not os.environ.get("DATABASE_URL"):
        _check_database(folder)


def _check_kinds(folder: Path) -> None:
    """Raises StartError when something of the folder is a file that has to be a folder, or the other way round."""
    for name in _FOLDERS:
        path = folder / name
        if path.exists() and not path.is_dir():
            raise StartError(f"{path} is a file, and has to be a folder.", "Move it away and start again.")
        if path.is_dir() and not os.access(path, os.W_OK | os.X_OK):
            raise StartError(f"The folder {path} cannot be written.", "Give yourself the right to write there.")
    for name in _FILES:
        path = folder / name
        if path.exists() and not path.is_file():
            raise StartError(f"{path} is a folder, and has to be a file.", "Move it away and start again.")
        if path.is_file() and not os.access(path, os.R_OK | os.W_OK):
            raise StartError(
                f"{path} cannot be read and written.", "Give yourself the right to do so, and start again."
            )


def _check_secret(folder: Path) -> None:
    """Raises StartError when the secret is there and says nothing: anybody could sign a session with it."""
    path = folder / "secret_key"
    if "SECRET_KEY" in os.environ:
        if not os.environ["SECRET_KEY"].strip():
            raise StartError(
                "SECRET_KEY is set and empty.", "Give it a long random value, or leave it out: one is made and kept."
            )
    elif path.exists() and not path.read_bytes().strip():
        raise StartError(
            f"{path} is empty.",
            "Put it back from a backup; or remove it: a new one is made, everybody has to log in again and LinkedIn "
            "has to be connected again.",
        )


def _check_database(folder: Path) -> None:
    """Raises StartError when the SQLite database of a folder that was used is gone, empty or damaged."""
    path = folder / "db.sqlite3"
    if not path.exists() or not path.stat().st_size:
        if "migrations" in version(folder):
            raise StartError(
                f"The database {path} is {'empty' if path.exists() else 'gone'}, and this folder was used before.",
                "Put it back from a backup, set DATABASE_URL if the database is on a server, or begin again with "
                "python3 run.py --reset (the folder is moved aside).",
            )
        return
    database = None
    try:
        database = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=10)
        damage = next(iter(database.execute("PRAGMA quick_check(1)")))[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL):
            return  # somebody else uses it, or there is no room: that is no damage
        damage = str(error)
    except sqlite3.DatabaseError as error:
        damage = str(error)
    finally:
        if database is not None:
            database.close()
    if damage != "ok":
        raise StartError(
            f"The database {path} is damaged ({' '.join(damage.split())}).",
            "Put it back from a backup, or begin again with python3 run.py --reset (the folder is moved aside).",
        )


# These may be read by who may pass through the data folder, a proxy for one (docs/operations.md).
_FOR_A_PROXY = ("media", "static", "stylesheet")
PASSED_THROUGH = 0o710


def keep_private(folder: Path) -> None:
    """Let nobody but the portal's own user read the data folder and what the portal keeps directly in it.

    Somebody may name a folder that holds more (`--data /tmp`): what is not the portal's is left as it is, and so is the
    folder itself then. A folder that its group may pass through (0710) stays so. What belongs to another user is left:
    only that user can change it, and a check of the portal says so (portal/core/checks.py).
    """
    if os.name == "nt":
        return
    found = list(folder.iterdir())
    if all(_is_ours(path) for path in found) and stat.S_IMODE(folder.stat().st_mode) != PASSED_THROUGH:
        _tighten(folder, 0o700)
    for path in found:
        if _is_ours(path) and not path.is_symlink() and path.name not in _FOR_A_PROXY:
            _tighten(path, 0o700 if path.is_dir() else 0o600)


def _is_ours(path: Path) -> bool:
    """Whether the portal makes something of this name in its data folder; also while it is being written."""
    names = {*_FOLDERS, *(Path(name).parts[0] for name in _FILES)}
    return path.name.removesuffix(".new") in names | {"version"} or path.name.startswith("db.sqlite3")


def _tighten(path: Path, mode: int) -> None:
    # Another process may remove a file meanwhile, like SQLite's log of changes.
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if stat.S_IMODE(path.stat().st_mode) & ~mode:
            path.chmod(mode)


def version(folder: Path) -> dict:
    """What `version.json` says: form, migrations that were applied, starter content that was chosen; empty when new."""
    path = folder / "version.json"
    try:
        found = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StartError(
            f"{path} cannot be read.", "Put it back from a backup, or remove it and start again."
        ) from error
    if not isinstance(found, dict):
        raise StartError(
            f"{path} is not what Schakel wrote.", "Put it back from a backup, or remove it and start again."
        )
    return found


def write_version(folder: Path, **facts: Any) -> None:
    """Write `version.json`, whole or not at all, keeping what is not named."""
    path = folder / "version.json"
    text = json.dumps({**version(folder), "format": FORMAT, **facts}, indent=1, sort_keys=True)
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").replace(path)


def our_migrations() -> list[str]:
    """Every migration of this version's own rooms, as "room.name", from the files."""
    found = [*ROOT.glob("portal/*/migrations/[0-9]*.py"), *ROOT.glob("search/migrations/[0-9]*.py")]
    return sorted(f"{path.parents[1].name}.{path.stem}" for path in found)


def _newer_than_code(facts: dict) -> str:
    """What in the folder this version does not know, in words; empty when it knows everything."""
    if facts.get("format", 0) > FORMAT:
        return f"its form is {facts['format']}, this version knows {FORMAT}"
    unknown = sorted(set(facts.get("migrations", [])) - set(our_migrations()))
    return f"it holds the change {unknown[-1]}" if unknown else ""


def wanted_stamp(starter: str) -> str:
    """What the set-up depends on, as one number: code, content, packages and the settings that were given."""
    digest = hashlib.sha256(starter.encode())
    files = {path for pattern in _SET_UP_FROM for room in ("portal", "search") for path in (ROOT / room).glob(pattern)}
    for path in sorted({*files, *ROOT.glob("locale/**/*.[mp]o"), LOCK}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    for name in sorted(os.environ):
        if name.startswith("SCHAKEL_") or name in ("DATABASE_URL", "SEARCH_URL", "SEARCH_INDEX", "SECRET_KEY"):
            digest.update(f"{name}={os.environ[name]}".encode())
    return digest.hexdigest()


def is_set_up(folder: Path, stamp: str) -> bool:
    """Whether the last set-up of this folder was finished and from the same code and settings."""
    database = os.environ.get("DATABASE_URL") or (folder / "db.sqlite3").exists()
    path = folder / "set_up"
    return bool(database) and (folder / "static").is_dir() and path.exists() and path.read_text() == stamp


def move_aside(folder: Path) -> Path | None:
    """Move the data folder away (nothing is deleted); returns where it is now, None when there was nothing.

    Raises StartError when the data are in a database server, or when the folder does not look like one of ours.
    """
    if os.environ.get("DATABASE_URL"):
        raise StartError(
            "--reset cannot empty the database that DATABASE_URL names.",
            "Make a new database there (or leave DATABASE_URL out), then start without --reset.",
        )
    if not folder.exists() or not any(folder.iterdir()):
        return None
    if not any((folder / name).exists() for name in _OURS):
        raise StartError(
            f"{folder} does not look like a data folder of Schakel.", "--reset leaves it alone; choose another."
        )
    aside = folder.with_name(f"{folder.name}-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        folder.rename(aside)
    except OSError as error:
        raise StartError(
            f"{folder} cannot be moved to {aside} ({error.strerror}).", "Move it yourself and start again."
        ) from error
    return aside
