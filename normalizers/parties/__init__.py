"""Who answers: the cells of a column «Ответственные» and the addressees of points, as the contract's `Party`."""

from normalizers.parties.addressees import read_addressees
from normalizers.parties.reading import PartiesReading, read_parties

__all__ = ["PartiesReading", "read_addressees", "read_parties"]
