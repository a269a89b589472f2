"""Pairs of schools told in prose."""

from schemas.raw import RawPairing, RawText


def find_pairings(text: RawText) -> list[RawPairing]:
    """Pairs of schools that a text ties together; [] where it does not say so beyond doubt."""
    return []
