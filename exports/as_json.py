"""One object with all documents: ``{"format": "prikaz", "version": "1.0", "documents": […]}``."""

from collections.abc import Iterable, Iterator

from exports.plain import to_json
from schemas.contract import VERSION, Document


def pieces(documents: Iterable[Document]) -> Iterator[str]:
    """The file's text, a document at a time, so that ten thousand need not be in memory at once."""
    yield f'{{"format":"prikaz","version":"{VERSION}","documents":['
    for index, document in enumerate(documents):
        yield (",\n" if index else "\n") + to_json(document)
    yield "\n]}\n"
