"""One document a line."""

from collections.abc import Iterable, Iterator

from exports.plain import to_json
from schemas.contract import Document


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """The file's text, a line at a time."""
    for document in documents:
        yield to_json(document) + "\n"
