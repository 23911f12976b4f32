"""What the changelog says of the versions since one."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^## (?P<name>\S+)", re.MULTILINE)


def between(changelog: str, old: str) -> str:
    """The entries above version ``old``, newest first; all when it has none of that version."""
    headings = list(_HEADING.finditer(changelog))
    start = headings[0].start() if headings else len(changelog)
    ends = [heading.start() for heading in headings if heading["name"].strip("[]").removeprefix("v") == old]
    return changelog[start : ends[0] if ends else len(changelog)].strip()
