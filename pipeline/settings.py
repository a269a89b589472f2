"""Settings: from the command line, from the environment (``PRIKAZ_…``), or the default; in this order."""

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from schemas.contract import VERSION
from schemas.errors import UsageError
from storage.engine import database_file

DEFAULT_DATABASE = "sqlite:///prikaz.db"

PROGRAM_VERSION = version("prikaz")
"""The version of the extractor; a document read by an older one is outdated."""

VERSIONS = {"prikaz": PROGRAM_VERSION, "contract": VERSION}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Each is ``PRIKAZ_`` and its name in the environment."""

    max_mb: int = 64
    max_scan_mb: int = 512  # PDF and TIFF
    seconds: int = 60
    seconds_a_page: int = 30  # more for each page that must be recognised
    memory_mb: int = 1024
    recycle: int = 100  # documents a worker reads before it is replaced


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much they may cost."""

    database_url: str
    originals: Path
    limits: Limits = Limits()


def load_settings(database_url: str | None, originals: Path | None = None) -> Settings:
    """The settings of one run; ``originals`` stands beside the database unless it is said.

    Raises:
        sqlalchemy.exc.ArgumentError: the address of the database makes no sense.
    """
    url = database_url or os.environ.get("PRIKAZ_DATABASE_URL") or DEFAULT_DATABASE
    folder = originals or _path("PRIKAZ_ORIGINALS") or _beside(url)
    return Settings(url, folder.absolute(), _limits())  # workers and what they start may stand elsewhere


def _limits() -> Limits:
    """The limits as the environment sets them.

    Raises:
        UsageError: one is no positive number.
    """
    found: dict[str, int] = {}
    for name in Limits.__dataclass_fields__:
        value = os.environ.get(f"PRIKAZ_{name.upper()}")
        if value is None:
            continue
        if not value.isdecimal() or int(value) == 0:
            raise UsageError(f"PRIKAZ_{name.upper()}: нужно положительное целое число, а не {value}")
        found[name] = int(value)
    return Limits(**found)


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _beside(url: str) -> Path:
    file = database_file(url)
    return (file.parent if file else Path()) / "originals"
