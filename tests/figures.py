"""Figures that tests show at the end of a run: what was found, and what it must be."""

FIGURES: dict[str, tuple[str, str]] = {}
"""Words → (found, wanted), in the order of telling."""
_DONE: dict[str, int] = {}


def tell(words: str, found: object, wanted: object = "") -> None:
    """Show a figure."""
    FIGURES[words] = (str(found), str(wanted))


def count(words: str, wanted: int) -> None:
    """One more that came out right, of so many that must."""
    _DONE[words] = _DONE.get(words, 0) + 1
    tell(words, _DONE[words], wanted)
