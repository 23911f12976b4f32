"""What a plain (unquoted) YAML scalar means here.

YAML 1.1 and 1.2 readers disagree about words such as ``no`` and numbers such as ``012``, ``12:30``
and ``1.30``. Here only ``true``/``false`` are booleans, only plain decimal digits are whole numbers,
``1.5`` is a number, ``null``, ``~`` and nothing are nothing. Whatever some reader would turn into
something else than its own text becomes a :class:`Surprise`, which is never valid. See
https://yaml.org/type/ (1.1) and https://yaml.org/spec/1.2.2/#103-core-schema (1.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,17}")
_TRUE = frozenset({"y", "yes", "on", "true"})
_FALSE = frozenset({"n", "no", "off", "false"})
_LONGEST_SHOWN = 18


@dataclass(frozen=True)
class Surprise:
    """A plain scalar that YAML readers turn into something else than what stands there.

    Attributes:
        written: the scalar as it stands in the file.
        reading: what readers make of it: "the number 31", "false".
        plain: what to write when that reading is meant; None when there is no plain form.
    """

    written: str
    reading: str
    plain: str | None = None


def resolve(text: str) -> str | int | float | bool | Surprise | None:
    """Give the plain scalar ``text`` its meaning; text that no reader changes stays text."""
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return _surprise(text) or text


def _surprise(text: str) -> Surprise | None:
    word = text.lower()
    if word in _TRUE:
        return Surprise(text, "true", "true")
    if word in _FALSE:
        return Surprise(text, "false", "false")
    if word == "null":
        return Surprise(text, "nothing", "null")
    if text[0] not in "+-.0123456789":
        return None
    for pattern, explain in _NUMBERS:
        if pattern.fullmatch(text):
            return explain(text)
    return None


def _decimal(text: str) -> Surprise:
    digits = text.replace("_", "").removeprefix("+")
    if len(digits) > _LONGEST_SHOWN:
        return Surprise(text, "a number and may round it")
    number = f"{float(digits):.15g}"
    plain = number if _INTEGER.fullmatch(number) or _DECIMAL.fullmatch(number) else None
    return Surprise(text, f"the number {number}", plain)


def _whole(text: str) -> Surprise:
    digits = text.replace("_", "").removeprefix("+")
    if len(digits) > _LONGEST_SHOWN:
        return Surprise(text, "a number and may round it")
    plain = str(int(digits, 0))
    return Surprise(text, f"the number {plain}", plain)


def _octal(text: str) -> Surprise:
    digits = text.replace("_", "").replace("o", "")
    if len(digits) > _LONGEST_SHOWN:
        return Surprise(text, "an octal number")
    number = int(digits, 8)
    plain = number if "o" in text else int(digits)
    return Surprise(text, f"an octal number, {number} in decimal", str(plain))


def _zero_led(text: str) -> Surprise:
    sign = "-" if text.startswith("-") else ""
    digits = text.replace("_", "").lstrip("+-0")
    return Surprise(text, "a number and may drop its leading zero", f"{sign}{digits}")


def _base_60(text: str) -> Surprise:
    if len(text) > _LONGEST_SHOWN or "." in text:
        return Surprise(text, "a number in base 60")
    number = 0
    for part in text.replace("_", "").lstrip("+-").split(":"):
        number = number * 60 + int(part)
    return Surprise(text, f"the number {'-' if text.startswith('-') else ''}{number} in base 60")


def _date(text: str) -> Surprise:
    return Surprise(text, "a date")


def _not_finite(text: str) -> Surprise:
    return Surprise(text, "infinity" if text.lower().endswith("inf") else "a number that is none")


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], Surprise]], ...] = tuple(
    (re.compile(pattern), explain)
    for pattern, explain in (
        (r"[-+]?0o?[0-7_]*[0-7]", _octal),
        (r"[-+]?0[0-9_]*[0-9]", _zero_led),
        (r"[-+]?(0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|[1-9][0-9_]*|0)", _whole),
        (r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?", _decimal),
        (r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?", _base_60),
        (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", _not_finite),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _date),
        (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*", _date),
    )
)
