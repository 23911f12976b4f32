"""JSON Schemas of the files a person writes, for completion and checks in an editor.

Generated from the model: `python -m estate.schema_export` writes them, a test checks that they
are current. A schema accepts whatever the model accepts; it refuses wrong keys, types, words,
patterns and bounds, and leaves rules that compare values to the loader.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.policy.skipped_checks import SkippedChecks
from estate.model.policy.waivers import Waivers
from estate.model.refactoring import Refactoring
from estate.model.terms import title
from estate.reading.declared import descriptions_by_key

FOLDER = Path(__file__).parent / "schema"

_MODELS: dict[str, type[BaseModel]] = {
    "environment.json": Environment,
    "organization.json": Organization,
    "refactoring.json": Refactoring,
    "skipped_checks.json": SkippedChecks,
    "waivers.json": Waivers,
}


def schemas() -> dict[str, str]:
    """Return the text of every schema by file name."""
    return {name: schema_text(model) for name, model in _MODELS.items()}


@cache
def schema_text(model: type[BaseModel]) -> str:
    """Return the JSON Schema (draft 2020-12) of a file that holds ``model``."""
    schema = model.model_json_schema(schema_generator=_EditorSchema, mode="validation")
    head = {"$schema": GenerateJsonSchema.schema_dialect, "title": title(model.__name__)}
    return json.dumps({**head, **_with_flowing_descriptions(schema)}, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Write every schema into ``folder``, which is made when absent."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def with_titles(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Put words in the place of class names, which an editor would show where several things may stand."""
    titled = [one for one in (schema, *schema.get("$defs", {}).values()) if "title" in one]
    for definition in titled:
        definition["title"] = title(definition["title"])
    return schema


class _EditorSchema(GenerateJsonSchema):
    """Pydantic's generator with words for titles, and as strict as the model about keys."""

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return with_titles(super().generate(schema, mode))

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe each field by what stands below it in the source."""
        generated = super().model_schema(schema)
        said = descriptions_by_key(schema["cls"])
        for key, field in generated.get("properties", {}).items():
            field["description"] = said[key]
        return generated

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        """Leave the title out: it would repeat the key."""
        return False

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """Let any alternative match: which one is meant is the model's to say, and editors explain anyOf better."""
        generated = super().tagged_union_schema(schema)
        return {"anyOf": generated["oneOf"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Put the alternatives of an optional union beside null rather than one level below."""
        generated = super().nullable_schema(schema)
        first, *rest = generated.get("anyOf", [{}])
        return {"anyOf": [*first["anyOf"], *rest]} if first.keys() == {"anyOf"} else generated

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Refuse keys that do not match the keys' pattern, as the model does, and say why."""
        generated = super().dict_schema(schema)
        for pattern, value in generated.pop("patternProperties", {}).items():
            generated["propertyNames"] = {"pattern": pattern, **generated.get("propertyNames", {})}
            generated["additionalProperties"] = value
        return generated


def _with_flowing_descriptions(schema: Any) -> Any:
    """Join the lines of docstrings, whose breaks mean nothing to an editor."""
    if isinstance(schema, list):
        return [_with_flowing_descriptions(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: " ".join(value.split())
        if key == "description" and isinstance(value, str)
        else _with_flowing_descriptions(value)
        for key, value in schema.items()
    }


if __name__ == "__main__":
    write()
