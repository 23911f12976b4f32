"""What secrets look like in a text, so that one is refused before it is kept, reviewed and printed.

The forms that their makers publish for scanners, such as
https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns (read 2026-11-30).
Left out: passwords without a form, which nothing tells from a word.
"""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "an access key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})",
    "a token of GitLab": r"\bglpat-[-_A-Za-z0-9]{20}",
    "a key of Google's APIs": r"\bAIza[-_0-9A-Za-z]{35}",
    "a token of Slack": r"\bxox[abeoprs]-[-A-Za-z0-9]{10}",
    "a token of Vault": r"\bhv[bs]\.[-_A-Za-z0-9]{20}",
    "a signed token": r"\beyJ[-_A-Za-z0-9]{10,}\.eyJ[-_A-Za-z0-9]{10,}\.",
    "a password in a URL": r"[A-Za-z][-+.A-Za-z0-9]*://[^/\s:@]*:[^/\s@]+@",
    "a token in a URL": r"https?://[^/\s@]+@",
}
_ANY: Final = re.compile("|".join(f"({form})" for form in _FORMS.values()))


def secret_in(text: str) -> str | None:
    """What secret a text holds, in words and without it; None where none is seen."""
    found = _ANY.search(text)
    return [*_FORMS][found.lastindex - 1] if found and found.lastindex else None
