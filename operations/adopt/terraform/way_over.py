"""The way over, in order: at no time do two states that both apply hold the same object.

The other Terraform lets go first, of exactly what is taken, and the next apply here imports it: in between no state holds
it, so nobody can destroy it. Whatever breaks on the way, the same step can be run again.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from operations.adopt.terraform.adopt import Adopted
from operations.adopt.terraform.entries import IMPORTED
from operations.adopt.terraform.foreseeing import Fate, Foreseen
from operations.adopt.terraform.letting_go import by_blocks, by_commands
from operations.adopt.told import Step


def way_over(adopted: Adopted, *, written: bool, removed: bool = False) -> Iterator[Step]:
    """Say what comes next.

    Args:
        adopted: what was taken in.
        written: whether the files are written.
        removed: whether the other Terraform lets go by ``removed`` blocks rather than by commands on its state.
    """
    environment = adopted.environment
    if not written:
        yield "write it: give --write too", ()
    yield _policy(adopted), ("hybrid policy",)
    stacks = [name for name, some in adopted.foreseen.items() if any(one.fate in IMPORTED for one in some)]
    imported = sum(one.fate in IMPORTED and bool(one.import_id) for one in adopted.of(*Fate))
    yield (
        f"plan: it must import {imported} and destroy nothing; what it changes besides stands above{_still_new(adopted)}",
        (
            f"hybrid synth {environment}",
            *(f"cd {_folder(name)} && terraform init && terraform plan" for name in stacks),
        ),
    )
    yield (
        "from here on nobody applies the other Terraform; keep its state, in its folder",
        tuple(
            f"terraform state pull > before-moving-in-{number}.tfstate" for number, _ in _by_state(adopted)
        ),
    )
    moved = {name: [one for one in some if one.fate is Fate.MOVED] for name, some in adopted.foreseen.items()}
    for name, some in moved.items():
        if some:
            yield from _moved(name, some)
    letting_go = [[one.found for one in some if one.found] for _, some in _by_state(adopted)]
    yield from by_blocks(letting_go, adopted.found) if removed else by_commands(letting_go)
    yield (
        "apply what was planned; an apply that fails is run again, and imports the rest",
        tuple(f"cd {_folder(name)} && terraform apply" for name in stacks),
    )
    yield (
        "plan both once more: here there is nothing to do, and the other one knows nothing of what moved; then take the "
        "entries out",
        tuple(f"hybrid settle {name} --write" for name in stacks),
    )


def _policy(adopted: Adopted) -> str:
    if adopted.waived is None:
        return (
            "ask policy; what is wrong as it stands is mended first, or gets waivers with --waive-until DAY and is mended "
            "in a change of its own"
        )
    return "ask policy: what is wrong in what is taken over is waived; each waiver goes with the change that mends it"


def _still_new(adopted: Adopted) -> str:
    moved = sum(1 for _ in adopted.of(Fate.MOVED))
    return f", and {moved} of what is new are moved with their state below" if moved else ""


def _folder(stack: str) -> str:
    return f"cdktf.out/stacks/{stack}"


def _by_state(adopted: Adopted) -> Iterator[tuple[int, list[Foreseen]]]:
    """What is imported, by the state that lets it go, with the state's number."""
    states = list(dict.fromkeys(one.state for one in adopted.found.objects))
    for number, state in enumerate(states, 1):
        some = [
            one
            for one in adopted.of(*IMPORTED)
            if one.found and one.import_id and one.found.state == state and not one.found.is_inline
        ]
        yield number, some


def _moved(stack: str, some: Sequence[Foreseen]) -> Iterator[Step]:
    """Move what no import takes from state to state, in copies that are laid back."""
    moves = [
        shlex.join(
            [
                "terraform",
                "state",
                "mv",
                "-state=other.tfstate",
                f"-state-out={stack}.tfstate",
                one.found.address,
                one.address,
            ]
        )
        for one in some
        if one.found
    ]
    yield (
        f"move what no import takes into the state of {stack}, in an empty folder: OTHER is the other Terraform's; what the "
        "variables of its keys say must be what the other state holds, or the next apply replaces it",
        (
            "terraform -chdir=OTHER state pull > other.tfstate",
            f"terraform -chdir=ROOT/{_folder(stack)} state pull > {stack}.tfstate",
            f"cp other.tfstate other.before.tfstate && cp {stack}.tfstate {stack}.before.tfstate",
            *moves,
            "terraform -chdir=OTHER state push $PWD/other.tfstate",
            f"terraform -chdir=ROOT/{_folder(stack)} state push $PWD/{stack}.tfstate",
            "rm other.tfstate other.before.tfstate "
            f"{stack}.tfstate {stack}.before.tfstate  # they hold secrets; once the next plan is right",
        ),
    )
