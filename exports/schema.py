"""The published JSON Schema (draft 2020-12), generated from the contract's models."""

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from schemas.contract import VERSION, Export

SCHEMA_ID = f"urn:prikaz:export:{VERSION}"


class _Written(GenerateJsonSchema):
    """Of what is written: every field is present; and later fields may be added without breaking a reader."""

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True

    def model_schema(self, schema: Any) -> dict[str, Any]:
        made = super().model_schema(schema)
        made.pop("additionalProperties", None)
        return made


def export_schema() -> dict[str, Any]:
    """The schema of the whole export; one line of JSON Lines is its ``$defs/Document``.

    By field name, as the export dumps it.
    """
    body = Export.model_json_schema(by_alias=False, mode="serialization", schema_generator=_Written)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "version": VERSION}
    return head | body


def schema_text() -> str:
    """The schema as it is committed and printed."""
    return json.dumps(export_schema(), ensure_ascii=False, indent=2) + "\n"
