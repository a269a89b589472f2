"""What one file may cost. Every limit is a setting: ``PRIKAZ_`` and its name in the environment."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from schemas.errors import RejectCode, RejectedError, UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits and what they are unless the environment says otherwise."""

    max_mb: int = 64
    max_scan_mb: int = 512  # PDF and TIFF
    max_members: int = 2_000  # of a zip: a Word package or an archive
    max_inflated_mb: int = 256  # of all members that are unpacked
    max_depth: int = 2  # an archive, and archives inside it
    max_pages: int = 2_000  # of a PDF or of a picture file
    max_stream_mb: int = 64  # of what one stream of a PDF inflates to
    max_megapixels: int = 200  # of a picture (A4 at 1,200 dpi is 139)
    max_characters: int = 10_000_000
    seconds: int = 60
    seconds_a_page: int = 30  # more for each page that must be recognised
    memory_mb: int = 1024
    recycle: int = 100  # documents a worker reads before it is replaced


def setting(name: str) -> str:
    """What a limit is called in the environment."""
    return f"PRIKAZ_{name.upper()}"


def limits_in(environment: Mapping[str, str]) -> Limits:
    """The limits as an environment sets them.

    Raises:
        UsageError: one is no positive number.
    """
    found: dict[str, int] = {}
    for name in Limits.__dataclass_fields__:
        value = environment.get(setting(name))
        if value is None:
            continue
        if not value.isdecimal() or int(value) == 0:
            raise UsageError(f"{setting(name)}: нужно положительное целое число, а не {value}")
        found[name] = int(value)
    return Limits(**found)


def as_environment(limits: Limits) -> dict[str, str]:
    """What a worker must find in its environment to keep to the same limits."""
    return {setting(name): str(value) for name, value in asdict(limits).items()}


def present_limits() -> Limits:
    """The limits in force in this process."""
    return limits_in(os.environ)


def beyond(code: RejectCode, words: str, name: str) -> RejectedError:
    """The refusal of a file beyond the limit ``name``; ``words`` say what is too much and what to do."""
    return RejectedError(code, f"{words} или увеличьте предел {setting(name)}.")
