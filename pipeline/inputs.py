"""Which files a command line means, in an order that does not depend on how it was written."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extractors.reading.leftovers import is_leftover

DOCUMENT_SUFFIXES = frozenset(
    [".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".rtf", ".odt", ".pdf", ".zip", ".tif", ".tiff", ".jpg", ".jpeg", ".png"],
)


class Input(NamedTuple):
    """A file to import; ``named`` where the user gave it himself, not found in a folder.

    ``label``: what to call a file that was unpacked from an archive («/x/2020.zip/приказы/5.docx»). ``kept``: it is an original.
    """

    path: Path
    named: bool
    label: str | None = None
    kept: bool = False

    @property
    def shown(self) -> str:
        """The path as text that can be printed and stored, whatever bytes its name holds."""
        return printable(self.label or os.fspath(self.path))

    @property
    def name(self) -> str:
        """The file's name as the contract takes it: NFC, never blank."""
        name = printable(Path(self.label or self.path).name)
        return unicodedata.normalize("NFC", name) if name.strip() else repr(name)

    @property
    def claims_document(self) -> bool:
        """Does its name say that it is a document?"""
        path = Path(self.label or self.path)
        return self.named or (path.suffix.lower() in DOCUMENT_SUFFIXES and not is_leftover(path.name))


def printable(text: str) -> str:
    """Replace what is no text (undecodable bytes, control characters) by backslash escapes."""
    decoded = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else c.encode("unicode_escape").decode() for c in decoded)


def from_record(shown: str) -> Input:
    """The input that was recorded as ``shown``: the file itself, the one in its folder that is shown so, or the archive it lies in."""
    path = Path(shown)
    if archive := next((parent for parent in path.parents if parent.is_file()), None):
        return Input(archive, named=True)
    if not os.path.lexists(path) and path.parent.is_dir():
        path = next((other for other in sorted(path.parent.iterdir()) if printable(os.fspath(other)) == shown), path)
    return Input(path, named=True)


def stored(original: Path, name: str) -> Input:
    """An original of the database as an input under the name of its document; it has no row of its own in ``files``."""
    return Input(original, named=True, label=name, kept=True)


def gather(paths: Iterable[Path]) -> list[Input]:
    """Every file once, ordered by path; folders are entered, links to folders inside them are not."""
    found: dict[str, Input] = {}
    for path in paths:
        absolute = Path(os.path.abspath(path))
        for item in _below(absolute):
            key = os.fspath(item.path)
            if key not in found or item.named:
                found[key] = item
    return [found[key] for key in sorted(found, key=os.fsencode)]


def _below(path: Path) -> Iterator[Input]:
    if not path.is_dir():
        yield Input(path, named=True)
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in names:
            yield Input(Path(folder, name), named=False)
        for name in folders:
            if Path(folder, name).is_symlink():
                yield Input(Path(folder, name), named=False)
