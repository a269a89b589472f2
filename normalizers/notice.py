"""What a normalizer noticed; becomes a finding once the record it concerns has an id."""

from typing import NamedTuple


class Notice(NamedTuple):
    """A remark on a value: a code of `schemas.findings.CATALOGUE` and a Russian sentence."""

    code: str
    message: str
    field: str | None = None
