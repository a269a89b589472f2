"""Who answers: the cells of a column «Ответственные» and the addressees of points, as the contract's `Party`."""

from normalizers.parties.addressees import read_addressees
from normalizers.parties.appointments import APPOINTS_BELOW
from normalizers.parties.reading import PartiesReading, read_parties

__all__ = ["APPOINTS_BELOW", "PartiesReading", "read_addressees", "read_parties"]
