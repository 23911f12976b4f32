"""What a person is told beside the section, on standard error so that the section can be redirected."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from estate.model.rules import Path as ValuePath
from estate.reading.paths import dotted, printable, quoted, shown
from operations.adopt.management_service.adopt import Adopted
from operations.adopt.management_service.imports import Imports
from operations.adopt.secrecy import NOT_SHOWN, may_be_secret
from operations.console import say

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
        _say(f"  {dotted(path)}: {_value_shown(path, value)}: {why}")
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


def _value_shown(path: ValuePath, value: Any) -> str:
    """A value as a person may see it; not at all where it may be a secret."""
    if may_be_secret(path):
        return NOT_SHOWN
    if isinstance(value, str):
        return NOT_SHOWN if _URL_WITH_USER.search(value) else quoted(value)
    return json.dumps(value)


def _say(text: str, style: str = "") -> None:
    say(text, style=style, stream=sys.stderr)
