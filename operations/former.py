"""Words of the command line that are others by now: taken for one release, each with a note, and in no help.

Left out: verbs that were options of ``hybrid check``, which take other arguments and answer in ``check.command``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Final

import typer

from operations.console import say

_SHOWS: Final = {"--plan": "", "--dry-run": ""}
"""What a verb does by itself that writes with --write only."""

_FORMS: Final = {"--format terminal": "--format text"}

_FORMER: Final[Mapping[str, Mapping[str, str]]] = {
    "check": {"--output": "--format"},
    "drift": {"--markdown": "--format markdown --output"},
    "policy": {"--output": "--format"},
    "promotion": {"--output": "--format"},
    "rename": _SHOWS,
    "review": _FORMS,
    "review-plans": _FORMS,
    "stacks": {"--output": "--format"},
    "upgrade": {"--output": "--format", **_SHOWS},
}
"""By verb and former option, with its value where only that is another, what stands for it; nothing where the verb
does so unasked."""

_WRITE: Final = "--write"


def of_today(verb: str, words: Sequence[str]) -> list[str]:
    """The words behind a verb with today's options in the place of former ones, of which a note is said.

    Raises:
        BadParameter: a word that promised that nothing is written stands beside one that writes.
    """
    former = _FORMER.get(verb, {})
    end = words.index("--") if "--" in words else len(words)
    said: list[str] = []
    for word in words[:end]:
        option, equals, value = word.partition("=")
        before = said[-1] if said else ""
        if today := former.get(f"{option} {value}") or former.get(f"{before} {word}"):
            say_former(f"hybrid {verb} {today.partition(' ')[0]} {value or word}", today)
            *_, last = today.split()
            said.append(f"{option}={last}" if equals else last)
        elif option not in former:
            said.append(word)
        elif former[option]:
            say_former(f"hybrid {verb} {option}", former[option])
            *others, last = former[option].split()
            said += [*others, f"{last}{equals}{value}"]
        elif _WRITE in words:
            raise typer.BadParameter(f"{option} and {_WRITE} exclude each other")
        else:
            say_former(f"hybrid {verb} {option}", f"what hybrid {verb} does without {_WRITE}")
    return [*said, *words[end:]]


def say_former(former: str, today: str) -> None:
    """Say on standard error what stands for words that will go."""
    say(f"note: {former} is {today} now, and goes with the next release", stream=sys.stderr)
