"""The words of the field as TOML, loaded once. Words are data, rules are code.

Each file begins with a comment that explains its fields and quotes a phrase for each entry.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Read ``lexicon/<name>.toml``.

    Raises:
        FileNotFoundError: there is no such lexicon.
    """
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
