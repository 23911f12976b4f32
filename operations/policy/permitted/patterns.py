"""How policies of AWS compare texts: exactly, with wildcards, and ARNs part by part.

What holds an expression of Terraform that nobody could follow equals itself and is otherwise not known.

Wildcards, and that none reaches past the colon of an ARN:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html, read 2026-11-30.
"""

from __future__ import annotations

import re
from typing import Final

from operations.policy.permitted.answer import NO, YES, Answer, all_of, unknown

_PARTS_OF_AN_ARN: Final = 6


def equal(wanted: str, text: str) -> Answer:
    """Whether two texts are the same."""
    return YES if wanted == text else _unless_opaque(wanted, text)


def like(pattern: str, text: str) -> Answer:
    """Whether a text fits a pattern: ``*`` for any characters, ``?`` for one."""
    if pattern in ("*", text):
        return YES
    if _opaque(pattern) or _opaque(text):
        return _unless_opaque(pattern, text)
    return YES if _regex(pattern).fullmatch(text) else NO


def arn_like(pattern: str, arn: str) -> Answer:
    """Whether an ARN fits a pattern, each of its six parts for itself; what is called without one fits ``*``."""
    if pattern in ("*", arn):
        return YES
    if _opaque(pattern) or _opaque(arn):
        return _unless_opaque(pattern, arn)
    wanted, parts = (text.split(":", _PARTS_OF_AN_ARN - 1) for text in (pattern, arn))
    if len(wanted) != _PARTS_OF_AN_ARN:
        return unknown(f"{pattern} is no ARN of six parts")
    if len(parts) != _PARTS_OF_AN_ARN:
        return NO
    return all_of(like(one, part) for one, part in zip(wanted, parts, strict=True))


def _opaque(text: str) -> bool:
    return "${" in text


def _unless_opaque(wanted: str, text: str) -> Answer:
    for one in (wanted, text):
        if _opaque(one):
            return unknown(f"what {one} comes to stands in no stack")
    return NO


def _regex(pattern: str) -> re.Pattern[str]:
    parts = (re.escape(part).replace(r"\?", ".") for part in pattern.split("*"))
    return re.compile(".*".join(parts), re.DOTALL)
