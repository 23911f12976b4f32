"""Settings that policy holds for wrong and that stand so already: each gets a waiver, so that mending it is a change of its own.

Asked are the same rules and checks as by ``hybrid policy``, of the stacks as they would be. A finding gets a waiver where
its resource is an object that a state holds; one of anything else is told, for it was not taken over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from estate.model.estate import Estate
from estate.model.policy.waivers import Waiver
from estate.reading.problems import InvalidInput
from operations.adopt.terraform.foreseeing import Foreseen
from operations.adopt.told import Change
from operations.allowances.policy_files import FOLDER, WAIVERS, read_policy_files
from operations.artifacts.stack_json import StackJson
from operations.files.yaml_text import read_exactly, scalar
from operations.policy.checkov.scan import scan
from operations.policy.finding import Finding
from operations.policy.policy import judged
from operations.policy.stacks import Place, make_stack, outside_of
from operations.refactoring.entries import with_entries

_KEYS: Final = ("stack", "resource", "rule", "reason", "expires")


@dataclass(frozen=True)
class Judge:
    """How policy is asked.

    Attributes:
        today: the day in UTC that waivers are judged by.
        until: the day on which the waivers that are written end.
        python: gives the interpreter that has checkov.
    """

    today: date
    until: date
    python: Callable[[], str]

    def __post_init__(self) -> None:
        """Refuse waivers that end before they count."""
        if self.until <= self.today:
            message = (
                f"must be a day to come, got {self.until.isoformat()}, and today is {self.today.isoformat()}"
            )
            raise InvalidInput.of_file("--waive-until", message)


@dataclass(frozen=True)
class Waived:
    """What policy finds.

    Attributes:
        waivers: one for each wrong setting that is taken over as it is.
        found: what is found besides, which no state says.
    """

    waivers: tuple[Waiver, ...] = ()
    found: tuple[Finding, ...] = ()


def waived(
    estate: Estate,
    folder: Path,
    stacks: Mapping[str, StackJson],
    foreseen: Mapping[str, Sequence[Foreseen]],
    judge: Judge,
) -> Waived:
    """Ask policy of an environment's stacks.

    Args:
        estate: as it will be.
        folder: the folder of the environment files.
        stacks: the stacks of the environment, by name.
        foreseen: what becomes of every resource, by stack.
        judge: how policy is asked.

    Raises:
        InvalidInput: policy's files are wrong, or something could not be asked.
    """
    environment = next(iter(stacks))
    made = [
        make_stack(name, environment, stack, outside_of(estate, environment))
        for name, stack in stacks.items()
    ]
    files = read_policy_files(folder)
    outcome = judged(made, scan(made, judge.python()), files, judge.today, iter(()))
    objects = {
        Place(name, one.address): one.found for name, some in foreseen.items() for one in some if one.found
    }
    stand = {(Place(one.stack, one.resource), one.rule) for one in files.waivers.waivers}
    waivers: dict[tuple[Place, str], Waiver] = {}
    besides: list[Finding] = []
    for finding in outcome.findings:
        if not isinstance(finding.at, Place):
            continue  # a waiver of another that is past its day, which is none of this environment's settings
        if finding.at not in objects or (finding.at, finding.rule) in stand:
            besides.append(finding)
            continue
        reason = f"stood so when it was taken in from {objects[finding.at]}; to be mended: {finding.message}"
        waivers.setdefault(
            (finding.at, finding.rule),
            Waiver(
                stack=finding.at.stack,
                resource=finding.at.address,
                rule=finding.rule,
                reason=reason,
                expires=judge.until.isoformat(),
            ),
        )
    return Waived(tuple(waivers.values()), tuple(besides))


def waivers_file(folder: Path, waivers: Sequence[Waiver]) -> list[Change]:
    """The file of waivers with more of them; nothing changes where there are none.

    Raises:
        InvalidInput: the file is written so that nothing can be added to it.
    """
    path = folder / FOLDER / WAIVERS
    before = read_exactly(path) if path.exists() else ""
    lines = [
        f"{'  ' if number else '- '}{key}: {scalar(str(getattr(one, key)))}"
        for one in waivers
        for number, key in enumerate(_KEYS)
    ]
    return (
        [Change(path, before, with_entries(path, before, "waivers", lines, "waivers.json"))] if lines else []
    )
