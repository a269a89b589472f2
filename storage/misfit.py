"""What a person is told when a value does not fit its field: pydantic's errors in Russian."""

from pydantic import ValidationError

_WORDS = {
    "date": "нужна дата, которая есть в календаре: 2023-03-31 или 31.03.2023",
    "enum": "бывает {expected}",
    "literal": "бывает {expected}",
    "bool": "нужно true или false",
    "int": "нужно целое число",
    "float": "нужно число",
    "string": "нужен непустой текст",
    "none": "значения быть не может",
    "list": 'нужен список JSON: ["…", "…"]',
    "model": 'нужен объект JSON: {{"поле": "значение"}}',
    "dict": 'нужен объект JSON: {{"поле": "значение"}}',
    "missing": "не хватает поля {field}",
    "extra": "лишнее поле {field}",
    "greater": "число слишком мало",
    "less": "число слишком велико",
}
"""First word of a type of pydantic error → what to say. ``expected``: the values there are; ``field``: the field inside the value."""
_OURS = {
    "an absent text is null, never blank": "нужен непустой текст",
    "an interval ends before it starts": "конец раньше начала",
    "an interval has at least one end": "нужно начало или конец",
}
"""What validators of the contract say → the same in Russian."""


def explain_error(error: ValidationError) -> str:
    """The first error of a value, in Russian."""
    first = error.errors()[0]
    for english, russian in _OURS.items():
        if english in first["msg"]:
            return russian
    words = _WORDS.get(first["type"].split("_")[0])
    expected = str(first.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    return words.format(expected=expected, field=first["loc"][-1]) if words else first["msg"]
