"""Patterns in words: what a person is told instead of a regular expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema


@dataclass(frozen=True)
class Words:
    """Say what a pattern allows; stands beside it in ``Annotated`` and checks nothing itself.

    ``Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$"), Words("12 digits")]`` makes the error
    "must be 12 digits, got ..." and gives editors the same words.

    Attributes:
        text: what is allowed, to be read after "must be".
    """

    text: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Give the words to editors that know ``patternErrorMessage``."""
        return {**handler(schema), "patternErrorMessage": f"must be {self.text}"}
