"""What a person is told beside the section, on standard error so that the section can be redirected."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from estate.model.rules import Path as ValuePath
from estate.reading.paths import dotted, printable, quoted, shown
from estate.reading.wording import is_secret
from operations.adopt.imports import Imports
from operations.adopt.management_service import Adopted
from operations.console import say

_NEW_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Beside the words that always hide a value: it may be a field that nobody here knows.
_MAY_BE_SECRET = re.compile(r"credential|certificate|authori[sz]ation|key$", re.IGNORECASE)
_URL_WITH_USER = re.compile(r"://[^/]*@")


def print_report(adopted: Adopted, imports_file: Path | None) -> None:
    """Print the notes, and what is not carried over or not taken over."""
    for note in adopted.section.notes:
        _say(f"note: {note}", style="yellow")
    if adopted.imports is None:
        _say(
            "note: applying this section builds a second management plane beside the one that runs; to take over "
            "what can be taken over, give the state of its Terraform with --tfstate and --imports",
            style="yellow",
        )
    left_out = adopted.section.left_out()
    if left_out:
        _say("not carried over:", style="bold")
    for path, value, why in left_out:
        _say(f"  {dotted(path)}: {value_shown(path, value)}: {why}")
    if adopted.imports is not None and imports_file is not None:
        _print_imports(adopted.imports, imports_file)


def _print_imports(imports: Imports, file: Path) -> None:
    if imports.rest:
        _say("not taken over from the state:", style="bold")
    for address, why in imports.rest:
        _say(f"  {printable(address)}: {why}")
    _say(
        f"note: {imports.count} objects are taken over by the entries in {shown(file)}; everything else in the "
        "section is built beside the running service, and a plan shows which",
        style="yellow",
    )


def value_shown(path: ValuePath, value: Any) -> str:
    """A value as a person may see it; not at all where it may be a secret."""
    words = tuple(_NEW_WORD.sub("_", part) if isinstance(part, str) else part for part in path)
    last = next((part for part in reversed(words) if isinstance(part, str)), "")
    if is_secret(words) or _MAY_BE_SECRET.search(last):
        return "(not shown)"
    if isinstance(value, str):
        return "(not shown)" if _URL_WITH_USER.search(value) else quoted(value)
    return json.dumps(value)


def _say(text: str, style: str = "") -> None:
    say(text, style=style, stream=sys.stderr)
