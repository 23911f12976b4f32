"""What ``hybrid rename`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import environment_of
from estate.reading.paths import dotted, shown
from operations.console import say
from operations.options import NOT_WRITTEN
from operations.rename.rename import Renamed
from operations.texts.counting import count


def print_renamed(renamed: Renamed) -> None:
    """Say what changed in the files, what Terraform will show, and what comes next."""
    for line in _lines(renamed):
        say(line)


def _lines(renamed: Renamed) -> Iterator[str]:
    target, comparison = renamed.target, renamed.comparison
    yield f"{target.source.display}: {dotted(target.path)} {'is' if renamed.written else 'would be'} {target.new}"
    for path in renamed.touched:
        yield f"{target.source.display}: {dotted(path)} names it {target.new}"
    for field, name in reversed(renamed.kept.items()):
        yield f"{target.source.display}: {dotted((*target.new_path, field))} keeps {name}"
    for stack, moves in comparison.moves.items():
        yield f"environments/refactoring/{stack}.yaml: {count(len(moves), 'moved entry', 'moved entries')}"
    outputs = dict.fromkeys((one.stack, str(one.path[0]), str(one.path[1])) for one in comparison.differences)
    for stack, kind, name in outputs:
        yield f"{stack}: {kind} {name} changes with the key"
    stacks = list(comparison.moves)
    yield "a plan moves addresses and changes no object"
    yield from renamed.in_the_cluster
    if renamed.written:
        yield f"commit {', '.join(shown(path) for path in renamed.files)}"
    if stacks:
        synth = " ".join(dict.fromkeys(map(environment_of, stacks)))
        settle = " && ".join(f"hybrid settle {stack} --write" for stack in stacks)
        yield f"then: hybrid synth {synth}, apply, {settle}"
    if not renamed.written:
        yield NOT_WRITTEN
