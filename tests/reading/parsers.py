"""Both YAML parsers, for tests of what must not depend on which one there is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from estate.reading.yaml_tree import build

BOTH_PARSERS = pytest.mark.parametrize(
    "parser", [pytest.param(yaml.CSafeLoader, id="libyaml"), pytest.param(yaml.SafeLoader, id="python")]
)


def found(text: str, parser: Any) -> list[str]:
    """Return the rendered problems of ``text``, in the order of the file."""
    return [str(problem) for problem in sorted(build("f.yaml", text, parser).problems)]
