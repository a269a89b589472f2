"""The table of formats. A new format is one file with ``pieces`` and one line here."""

from collections.abc import Callable, Iterable, Iterator

from exports import as_json, as_jsonl
from schemas.contract import Document

FORMATS: dict[str, Callable[[Iterable[Document]], Iterator[str]]] = {
    "json": as_json.pieces,
    "jsonl": as_jsonl.pieces,
}
"""Name of a format → what turns documents, ordered by ``id``, into the pieces of a text file."""


def export_documents(documents: Iterable[Document], format_name: str) -> Iterator[str]:
    """The text of an export, piece by piece.

    Raises:
        KeyError: there is no such format.
    """
    return FORMATS[format_name](documents)
