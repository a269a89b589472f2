"""Writes requirements.txt and requirements-dev.txt: the exact versions of what is installed, and no address of any index.

Run ``python -m tools.pins`` in the environment that passed the tests.
"""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
NAME = "prikaz"
EXTRAS = {"requirements.txt": [], "requirements-dev.txt": ["postgresql", "dev"]}


def main() -> None:
    """Write both files."""
    for file, extras in EXTRAS.items():
        pins = sorted(closure(NAME, extras) - {NAME})
        head = f"# Exact versions, from pyproject.toml with the extras: {', '.join(extras) or 'none'}. Written by python -m tools.pins.\n"
        lines = (f"{name}=={distribution(name).version}\n" for name in pins)
        (ROOT / file).write_text(head + "".join(lines), encoding="utf-8")


def closure(name: str, extras: Iterable[str]) -> set[str]:
    """The distribution ``name`` and all it needs, canonical names.

    Raises:
        PackageNotFoundError: something it needs is not installed.
    """
    found: set[str] = set()
    waiting: list[tuple[str, frozenset[str]]] = [(canonicalize_name(name), frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        item = waiting.pop()
        if item in seen:
            continue
        seen.add(item)
        found.add(item[0])
        waiting += _needs(*item)
    return found


def _needs(name: str, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    wanted = [Requirement(text) for text in distribution(name).requires or []]
    applies = [need for need in wanted if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras or {""})]
    return [(canonicalize_name(need.name), frozenset(need.extras)) for need in applies]


if __name__ == "__main__":
    try:
        main()
    except PackageNotFoundError as error:
        raise SystemExit(f"not installed: {error.name}") from error
