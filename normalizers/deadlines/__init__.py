"""By when: deadline cells and deadlines inside prose become `contract.Deadline`.

text      the phrase made comparable, offsets kept
items     one calendar expression: «20 марта», «III кв.»
sequence  lists and ranges of them
resolve   years from the section row and the period
frequency how often
statements the ordered rules
cell, prose what a cell, what a sentence says as a whole
"""

from normalizers.deadlines.cell import DeadlineReading, read_deadline
from normalizers.deadlines.prose import find_deadline
from normalizers.deadlines.resolve import DeadlineContext

__all__ = ["DeadlineContext", "DeadlineReading", "find_deadline", "read_deadline"]
