"""Words of the command line that are others by now: taken for one release, each with a note, and in no help.

Left out: verbs that were options of ``hybrid check``, which take other arguments and answer in ``check.command``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from operations.console import say

_FORMER: Final[Mapping[str, Mapping[str, str]]] = {
    "check": {"--output": "--format"},
    "drift": {"--markdown": "--format markdown --output"},
    "policy": {"--output": "--format"},
    "promotion": {"--output": "--format"},
    "stacks": {"--output": "--format"},
    "upgrade": {"--output": "--format"},
}
"""By verb and former option what stands for it."""


def of_today(verb: str, words: Sequence[str]) -> list[str]:
    """The words behind a verb with today's options in the place of former ones, of which a note is said."""
    former = _FORMER.get(verb, {})
    end = words.index("--") if "--" in words else len(words)
    said: list[str] = []
    for word in words[:end]:
        option, equals, value = word.partition("=")
        if option in former:
            say_former(f"hybrid {verb} {option}", former[option])
            *others, last = former[option].split()
            said += [*others, f"{last}{equals}{value}"]
        else:
            said.append(word)
    return [*said, *words[end:]]


def say_former(former: str, today: str) -> None:
    """Say on standard error what stands for words that will go."""
    say(f"note: {former} is {today} now, and goes with the next release", stream=sys.stderr)
