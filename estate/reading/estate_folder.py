"""Which files stand in an estate's folder, judged by their names alone.

`organization.yaml`, one `<environment>.yaml` each, and beside them `refactoring/<stack>.yaml` and
`stateful/<stack>.txt`; an environment's own stack has its name. Left out: what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from estate.derived.stack_plan import environment_of
from estate.reading.paths import did_you_mean, shown
from estate.reading.problems import Problem

ORGANIZATION = "organization"


@dataclass
class EstateFolder:
    """The files of an estate.

    Attributes:
        path: the folder.
        display: how messages name it.
        organization: the file of what environments share, whether or not it exists.
        environments: the environments' files by name.
        refactorings: the refactoring files of these environments' stacks, by stack.
        recorded: the environments of whose stacks something is recorded, whatever it is.
        misnamed: files that are not read because of their ending, by the name they stand for.
        problems: what is wrong with the names.
    """

    path: Path
    display: str
    organization: Path
    environments: dict[str, Path] = field(default_factory=dict)
    refactorings: dict[str, Path] = field(default_factory=dict)
    recorded: frozenset[str] = frozenset()
    misnamed: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Names of all environments that a file is meant for, read or not."""
        return sorted({*self.environments, *self.misnamed} - {ORGANIZATION})

    def did_you_mean(self, name: str) -> str:
        """Name the environment that ``name`` was probably meant to be, as the end of a sentence."""
        return did_you_mean(name, self.names)

    def report(self, file: str, message: str) -> None:
        """Note a problem with a file as a whole."""
        self.problems.append(Problem.of_file(file, message))


def look_into(path: Path) -> EstateFolder:
    """List the files of the estate in ``path``; problems with their names stand in the result."""
    folder = EstateFolder(path, shown(path), path / f"{ORGANIZATION}.yaml")
    for file in _files(path):
        if file.suffix == ".yaml" and file.stem != ORGANIZATION:
            folder.environments[file.stem] = file
        elif file.suffix != ".yaml" and file.suffix.lower() in {".yaml", ".yml"}:
            folder.misnamed[file.stem] = file
    for name, file in folder.misnamed.items():
        folder.report(shown(file), _wrong_ending(name, file.with_suffix(".yaml")))
    if not folder.names:
        folder.report(folder.display, _nothing_there(path))
        return folder
    folder.refactorings = _companions(folder, "refactoring", ".yaml", "rename or delete the file")
    records = _companions(
        folder, "stateful", ".txt", "delete the file once nothing of that environment is left"
    )
    folder.recorded = frozenset(map(environment_of, records))
    return folder


def _nothing_there(path: Path) -> str:
    if path.is_dir():
        advice = "write one, for example sandbox.yaml, and name it under promotion in organization.yaml"
        return f"holds no environment (looked in {path.absolute()}); {advice}"
    return (
        f"is no folder (looked for {path.absolute()}); run this in the folder that holds environments/, "
        "or name another with --folder"
    )


def _companions(folder: EstateFolder, kind: str, ending: str, remedy: str) -> dict[str, Path]:
    """Return the files in the folder ``kind`` by stack; report those that are for no environment."""
    found = {}
    for file in _files(folder.path / kind):
        if file.suffix == ending and environment_of(file.stem) in folder.names:
            found[file.stem] = file
        elif file.suffix == ending:
            advice = folder.did_you_mean(file.stem) or f"; {remedy}"
            folder.report(shown(file), f"is for environment {file.stem}, which does not exist{advice}")
        elif file.suffix.lower() in {".yml", ".yaml", ".txt"}:
            folder.report(shown(file), _wrong_ending(file.stem, file.with_suffix(ending)))
    return found


def _wrong_ending(name: str, right: Path) -> str:
    if right.exists():
        return f"is not read, {right.name} is; delete one of the two"
    return f"must end in {right.suffix}; rename it to {name}{right.suffix}"


def _files(folder: Path) -> Iterator[Path]:
    """Yield what stands in ``folder`` by name, without hidden files such as those that editors keep."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if not path.name.startswith("."))
