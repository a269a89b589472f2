"""Record ids: derived from what a record is and says, not from where it stands.

A correction made today finds its record again after the file is read anew, even if a row was added above it.
Equal records (same kind, number and text) are told apart by their order among themselves.
"""

import hashlib
from collections import Counter


class Identities:
    """Gives ids unique in one document."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, kind: str, number: str | None, text: str) -> str:
        """``activity-3f2a9c11d0e4`` from the kind, the printed number and the text; ``…-2`` for its equal."""
        folded = "".join(c for c in text.lower().replace("ё", "е") if c.isalnum())
        digest = hashlib.sha256(f"{kind}\x1f{number or ''}\x1f{folded}".encode()).hexdigest()[:12]
        self._seen[digest] += 1
        count = self._seen[digest]
        return f"{kind}-{digest}" if count == 1 else f"{kind}-{digest}-{count}"
