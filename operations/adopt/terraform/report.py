"""What a person is told beside the files: what has no place, what the first plan would do, and the way over."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from estate.reading.paths import first_few, printable, shortened
from operations.adopt.terraform.adopt import Adopted, Options
from operations.adopt.terraform.foreseeing import AttributeChange, Fate, Foreseen
from operations.adopt.terraform.provider_facts import NOT_GIVEN_BACK
from operations.adopt.terraform.way_over import way_over
from operations.adopt.told import print_change, print_steps, tell

_A_FEW: Final = 3
_WORDS: Final = {
    Fate.UNCHANGED: "unchanged",
    Fate.IN_PLACE: "changed in place",
    Fate.REPLACED: "replaced if imported, so not imported",
    Fate.MOVED: "moved with its state",
    Fate.UNKNOWN: "not known before a plan",
    Fate.NEW: "new",
}


def print_adopted(adopted: Adopted, options: Options) -> None:
    """Print the files, what is left, what a plan would do, and what comes next."""
    for change in adopted.changes:
        print_change(change, written=options.write)
    for note in adopted.draft.notes:
        tell(f"note: {note}", style="yellow")
    for kept in adopted.kept:
        tell(
            f"note: {kept.path} stays {_value(kept.there)} as the file says, where a state says "
            f"{_value(kept.state)}",
            style="yellow",
        )
    _print_left(adopted)
    _print_foreseen(adopted)
    _print_waived(adopted)
    tell("next, in this order:", style="bold")
    print_steps(list(way_over(adopted, written=options.write, removed=options.removed)))


def _print_left(adopted: Adopted) -> None:
    if adopted.draft.left or adopted.found.aside:
        tell("not carried over:", style="bold")
    for left in adopted.draft.left:
        what = f"{left.origin}: {left.attribute}" if left.attribute else str(left.origin)
        tell(f"  {printable(what)}: {left.why}; {left.instead}")
    for aside in adopted.found.aside:
        tell(f"  {printable(str(aside))}: {aside.why}")
    if adopted.not_recognized:
        tell("not recognized, so left to the other Terraform:", style="bold")
    for found in adopted.not_recognized:
        tell(f"  {printable(str(found))}")


def _print_foreseen(adopted: Adopted) -> None:
    tell(f"what the first plan of {adopted.environment} would do:", style="bold")
    alike: dict[tuple[Fate, tuple[AttributeChange, ...], str], list[Foreseen]] = {}
    told = adopted.of(Fate.REPLACED, Fate.MOVED, Fate.UNKNOWN, Fate.IN_PLACE)
    for one in sorted(told, key=lambda one: one.fate):
        alike.setdefault((one.fate, one.changes, _why_moved(one)), []).append(one)
    for (fate, changes, why), some in alike.items():
        names = [f"{one.address} ({printable(str(one.found))})" for one in some]
        tell(f"  {first_few(names, _A_FEW)}: {_WORDS[fate]}")
        if why:
            tell(f"      {why}")
        for change in changes:
            before, after = printable(change.before), printable(change.after)
            tell(f"      {change.path}: {before} -> {after} ({change.effect})")
    new = Counter(one.address.partition(".")[0] for one in adopted.of(Fate.NEW))
    if new:
        tell("  new: " + ", ".join(f"{number} {type_}" for type_, number in sorted(new.items())))
    counts = Counter(one.fate for one in adopted.of(*Fate))
    tell(
        "  in all: " + ", ".join(f"{counts[fate]} {words}" for fate, words in _WORDS.items() if counts[fate])
    )
    if any(one.address.startswith("aws_") and one.found for one in adopted.of(*Fate)):
        tell("  of AWS, what the environment leaves unsaid is not compared; a plan shows it")


def _print_waived(adopted: Adopted) -> None:
    if adopted.waived is None:
        return
    if adopted.waived.waivers:
        tell("wrong as it stands, and taken over so with a waiver each:", style="bold")
    for one in adopted.waived.waivers:
        tell(f"  {one.stack} {one.resource}: {one.rule}: {printable(one.reason)}")
    if adopted.waived.found:
        tell("found by policy too, with no object of a state, so that no waiver is written:", style="bold")
    for found in adopted.waived.found:
        tell(f"  {found.where}: {found.rule}: {found.message}")


def _why_moved(one: Foreseen) -> str:
    if one.fate is not Fate.MOVED:
        return ""
    attributes = sorted(NOT_GIVEN_BACK.get(one.address.partition(".")[0], ()))
    if not attributes:
        return "no import takes it"
    return f"no API gives {' and '.join(attributes)} back, so an import would replace it"


def _value(value: Any) -> str:
    """A value of the file or the draft, neither of which holds a secret."""
    return printable(shortened(value if isinstance(value, str) else json.dumps(value)))
