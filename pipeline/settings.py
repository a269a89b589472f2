"""Settings: from the command line, from the environment (``PRIKAZ_…``), or the default; in this order."""

import os
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from schemas.contract import VERSION
from schemas.limits import Limits, present_limits
from storage.engine import database_file

DEFAULT_DATABASE = "sqlite:///prikaz.db"

PROGRAM_VERSION = version("prikaz")
"""The version of the extractor; a document read by an older one is outdated."""

VERSIONS = {"prikaz": PROGRAM_VERSION, "contract": VERSION}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much they may cost."""

    database_url: str
    originals: Path
    limits: Limits = field(default_factory=Limits)


def load_settings(database_url: str | None, originals: Path | None = None) -> Settings:
    """The settings of one run; ``originals`` stands beside the database unless it is said.

    Raises:
        DatabaseError: the address of the database makes no sense.
        UsageError: a limit in the environment is no positive number.
    """
    url = database_url or os.environ.get("PRIKAZ_DATABASE_URL") or DEFAULT_DATABASE
    folder = originals or _path("PRIKAZ_ORIGINALS") or _beside(url)
    return Settings(url, folder.absolute(), present_limits())  # workers and what they start may stand elsewhere


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None


def _beside(url: str) -> Path:
    file = database_file(url)
    return (file.parent if file else Path()) / "originals"
