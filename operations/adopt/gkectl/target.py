"""The environment that clusters are adopted into: what it says already, and its files with the clusters in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.naming import physical_name
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig
from estate.reading.estate_loader import load_estate
from estate.reading.loader import validate
from estate.reading.paths import dotted, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, parse, read
from operations.adopt.gkectl.section import Section
from operations.files.trial import load_with
from operations.files.yaml_entries import insert
from operations.files.yaml_text import block_lines, read_exactly

_BEFORE: Final = ("environment", "state", "deletion_protection", "labels", "google")
"""Sections that stand before `vmware` in every environment's file."""
_ROOT: Final = "vmware"


@dataclass(frozen=True)
class Target:
    """An environment and the files around it.

    Attributes:
        name: the environment.
        folder: the folder of the environment files.
        estate: all of them, as they are.
        text: the environment's file.
        source: what it holds.
    """

    name: str
    folder: Path
    estate: Estate
    text: str
    source: Source

    @property
    def path(self) -> Path:
        """The environment's file."""
        return self.folder / f"{self.name}.yaml"

    @property
    def environment(self) -> Environment:
        """The environment as it is."""
        return self.estate.environments[self.name]

    @property
    def host_project(self) -> str | None:
        """The project that its clusters register with; None when it names none."""
        google = self.environment.google
        return google.host_project.id if google else None

    @property
    def vmware(self) -> Mapping[str, Any]:
        """What its file says of VMware, as plain data."""
        section: Mapping[str, Any] = self.source.data.get("vmware") or {}
        return section

    def key_of(self, name: str) -> str | None:
        """The key of the cluster with this name; None when there is none."""
        organization, clusters = self.estate.organization.name, self.clusters
        return next(
            (key for key, one in clusters.items() if one.name_in(organization, self.name, key) == name), None
        )

    @property
    def clusters(self) -> Mapping[str, UserClusterConfig]:
        """The user clusters that it has."""
        vmware = self.environment.vmware
        return vmware.user_clusters if vmware else {}

    def derived_name(self, key: str) -> str:
        """The name of a cluster that says none."""
        return physical_name(self.estate.organization.name, self.name, key)

    def problem(self, message: str, *path: str) -> Problem:
        """A problem with what the environment's file says."""
        return self.source.problem(path, message, key=True)


def read_target(folder: Path, name: str) -> Target:
    """Read an environment and everything around it.

    Raises:
        InvalidInput: some file is wrong as it is, or there is no such environment.
    """
    estate = load_estate(folder, [name])
    path = folder / f"{name}.yaml"
    source = read(path, shown(path))
    return Target(name, folder, estate, read_exactly(path), source)


def with_section(target: Target, section: Section, root: str = _ROOT) -> str:
    """The text of the environment's file with the section in it.

    Args:
        target: the environment.
        section: what is added to it.
        root: the section of the file that it is added to.

    Raises:
        InvalidInput: the file is written so that nothing can be added to it.
    """
    text = target.text
    there: Mapping[str, Any] = target.source.data.get(root) or {}
    added: Mapping[str, Any] = section.data[root]
    try:
        if not there:
            lines = ["", *block_lines_at_left(section, ())]
            return insert(text, (), lines, after=_BEFORE)
        for key, value in added.items():
            if key not in there:
                text = insert(text, (root,), block_lines_at_left(section, (root,), key))
                continue
            # What the environment says of it already stands; of these, only what it does not say is here.
            for name in value:
                text = insert(text, (root, key), block_lines_at_left(section, (root, key), name))
    except ValueError as error:
        raise InvalidInput([target.problem(str(error), root)]) from None
    return text


def block_lines_at_left(section: Section, at: tuple[str, ...], *only: str) -> list[str]:
    """A part of the section as lines of YAML that begin at the left margin."""
    data = section.at(*at) if at else section.data
    chosen = {key: value for key, value in data.items() if not only or key in only}
    indent = 2 * (len(at) + 1)
    return [line[indent:] for line in block_lines(chosen, at, section.comments)]


def check(target: Target, section: Section, text: str) -> Estate:
    """Check the environment's new text, and all environments with it, by all rules that there are.

    Returns:
        The estate as it will be.

    Raises:
        InvalidInput: a rule is broken; each problem at the place in the file that its value comes from.
    """
    try:
        return load_with(target.folder, {target.path.name: text})
    except InvalidInput as error:
        mine = [problem for problem in error.problems if problem.file == target.source.display]
        others = [problem for problem in error.problems if problem.file != target.source.display]
        raise InvalidInput([*section.placed(as_they_are(target, mine)), *others]) from None


def check_alone(name: str, section: Section, base: Mapping[str, Any]) -> None:
    """Check the section by itself.

    Args:
        name: what to call it.
        section: what was made of the files.
        base: what the environment says of VMware already, without its clusters.

    Raises:
        InvalidInput: a rule is broken; each problem at the place in the file that its value comes from.
    """
    text = "\n".join(block_lines({**base, **section.data["vmware"]}, (), {}))
    _, problems, _ = validate(_read(name, text), VmwareConfig)
    prefixed = [replace(one, path=f"vmware.{one.path}" if one.path else "vmware") for one in problems]
    if prefixed:
        raise InvalidInput(list(section.placed(prefixed)))


def _read(name: str, text: str) -> Source:
    source, problems = parse(name, text, may_be_empty=True)
    if source is None or problems:
        raise InvalidInput(problems)
    return source


def as_they_are(target: Target, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems with lines of the file as it is, rather than of a text that nobody has seen."""
    places = {dotted(path): path for path in _paths((), target.source.data)}
    for problem in problems:
        path = places.get(problem.path)
        position = target.source.position(path) if path is not None else (0, 0)
        yield replace(problem, line=position[0], column=position[1])


def _paths(path: tuple[str | int, ...], value: Any) -> Iterator[tuple[str | int, ...]]:
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        yield from _paths((*path, key), one)
