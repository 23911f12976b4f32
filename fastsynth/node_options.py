"""The Node side: every Node process from here on loads ``preload.cjs`` first."""

from __future__ import annotations

import os
from pathlib import Path


def install() -> str | None:
    """Append the preload to ``NODE_OPTIONS``, unless it stands there already.

    Returns:
        what is slower and why, when that cannot be done.
    """
    preload = Path(__file__).resolve().with_name("preload.cjs")
    if not preload.is_file():
        return f"node reads all of a provider, 2 s more each: {preload} is missing; install fastsynth again"
    option = f"--require={_quoted(str(preload))}"
    present = os.environ.get("NODE_OPTIONS", "")
    if option not in present:
        os.environ["NODE_OPTIONS"] = f"{present} {option}".lstrip()
    return None


def _quoted(path: str) -> str:
    """Quote as Node reads NODE_OPTIONS: blanks split outside quotes, a backslash escapes inside.

    https://nodejs.org/api/cli.html#node_optionsoptions
    """
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
