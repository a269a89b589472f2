"""A contract model as JSON text whose bytes depend on nothing but the model."""

import json
from datetime import date
from typing import Any

from pydantic import BaseModel


def to_json(model: BaseModel, indent: int | None = None) -> str:
    """Keys in the model's order, Cyrillic as it is, no NaN or infinity.

    Raises:
        ValueError: a number is not finite.
    """
    plain: Any = model.model_dump(mode="python")
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators, default=_date)


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"the contract has no {type(value).__name__}")
