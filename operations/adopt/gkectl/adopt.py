"""The flow of ``hybrid adopt gkectl``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from estate.model.refactoring import ImportEntry
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.reading.paths import differences, dotted
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.files import Files, read_files
from operations.adopt.gkectl.gkectl_only import refuse_what_only_gkectl_manages
from operations.adopt.gkectl.imports import enrollment, find_imports, refactoring_path, with_imports
from operations.adopt.gkectl.outdated import refuse_outdated
from operations.adopt.gkectl.places import refuse_other_places
from operations.adopt.gkectl.section import USER_CLUSTERS, Section
from operations.adopt.gkectl.target import (
    Target,
    block_lines_at_left,
    check,
    check_alone,
    read_target,
    with_section,
)
from operations.adopt.gkectl.translation import translate
from operations.adopt.told import Change
from operations.cards.warnings import all_warnings
from operations.console import progress
from operations.files.writing import write_files

_OF_OTHERS: Final = (USER_CLUSTERS[-1], "vsphere")
"""What an environment says of clusters that are not moved in; it is judged together with them later."""


@dataclass(frozen=True)
class Options:
    """What the command line says beside the files.

    Attributes:
        ip_blocks: IP block files that do not lie where the configuration files say.
        into: the environment; none to see the section by itself.
        write: whether to write into the environment's files.
        folder: the folder of the environment files.
    """

    ip_blocks: Sequence[Path] = ()
    into: str | None = None
    write: bool = False
    folder: Path = Path("environments")


@dataclass(frozen=True)
class Adopted:
    """The outcome.

    Attributes:
        files: what was read.
        section: what is in it, and what a person should know.
        text: the section by itself, as YAML.
        changes: the environment's files, when one was named.
        entries: what takes the running clusters in.
        unchanged: clusters that the environment has already, just so.
        commands: how the clusters are enrolled.
    """

    files: Files
    section: Section
    text: str
    changes: tuple[Change, ...] = ()
    entries: Sequence[ImportEntry] = ()
    unchanged: Sequence[str] = ()
    commands: Sequence[str] = field(default=())


def adopt(paths: Sequence[Path], options: Options) -> Adopted:
    """Translate clusters of gkectl and, when asked to, write them into an environment.

    Raises:
        InvalidInput: a file or an option is wrong; nothing was written.
        MustMigrate: a cluster has to be migrated first; nothing was written.
        OSError: the environment's files cannot be written; they are as they were.
    """
    if options.write and not options.into:
        raise InvalidInput.of_file("--write", "needs --into ENV, the environment to write into")
    files = read_files(paths, options.ip_blocks)
    refuse_what_only_gkectl_manages(files)
    refuse_outdated(files)
    files.raise_problems()
    target = _target(options)
    _need_admin_cluster(files, target)
    section = translate(files, target)
    files.raise_problems()
    base = {key: value for key, value in target.vmware.items() if key not in _OF_OTHERS} if target else {}
    check_alone(files.configs[0].document.name, section, base)
    if target is None:
        return _alone(files, section)
    unchanged = _without_what_is_there(target, section)
    refuse_other_places(section, target)
    adopted = _into(target, files, section, unchanged)
    if options.write:
        # The import entries come first: without them a plan would make the clusters anew.
        write_files(
            [(change.path, change.after) for change in adopted.changes if change.after], options.folder
        )
    return adopted


def _target(options: Options) -> Target | None:
    if options.into is None:
        return None
    target = read_target(options.folder, options.into)
    if target.host_project is None:
        message = (
            "is missing; write the host project that the clusters register with: google: {host_project: {id: ..., "
            "number: ...}, region: ...}; `gcloud projects describe ID` shows the number"
        )
        raise InvalidInput([target.problem(message, "google")])
    return target


def _need_admin_cluster(files: Files, target: Target | None) -> None:
    if files.admin is None and not (target and target.vmware.get("admin_cluster")):
        message = (
            "does not say which admin cluster manages it; give gkectl's admin-cluster.yaml too, or with --into an "
            "environment that has vmware.admin_cluster"
        )
        raise InvalidInput.of_file(files.users[0].document.name, message)


def _alone(files: Files, section: Section) -> Adopted:
    names = ", ".join(config.document.name for config in files.configs)
    text = "".join(f"{line}\n" for line in (f"# From {names}.", *block_lines_at_left(section, ())))
    return Adopted(files, section, text)


def _without_what_is_there(target: Target, section: Section) -> list[str]:
    """Take out of the section the clusters that the environment has just so, and refuse those it has otherwise."""
    same: list[str] = []
    problems: list[Problem] = []
    clusters = section.at(*USER_CLUSTERS) or {}
    for key in [key for key in clusters if key in target.clusters]:
        mine = TypeAdapter(UserClusterConfig).validate_python(clusters[key])
        there = target.clusters[key]
        names = [
            {"name": one.name_in(target.estate.organization.name, target.name, key)} for one in (mine, there)
        ]
        ours, theirs = (one.model_dump() | name for one, name in zip((mine, there), names, strict=True))
        differing = ", ".join(dotted(path) for path, _, _ in differences(ours, theirs))
        if differing:
            message = (
                f"stands here already and differs from what gkectl's file says in {differing}; make one of the two "
                "say what runs, or take the entry out"
            )
            problems.append(target.problem(message, *USER_CLUSTERS, key))
        same.append(key)
        del clusters[key]
    if problems:
        raise InvalidInput(problems)
    if same and not clusters:
        del section.data["vmware"]["user_clusters"]
    return same


def _into(target: Target, files: Files, section: Section, unchanged: Sequence[str]) -> Adopted:
    text = with_section(target, section)
    estate = check(target, section, text)
    said = set(all_warnings(target.estate, target.name))
    section.notes += [warning for warning in all_warnings(estate, target.name) if warning not in said]
    names = [config.document.text("name").value or "" for config in files.users]
    entries: list[ImportEntry] = []
    if names:
        with progress(f"synthesizing {target.name} to find the clusters' addresses"):
            entries = find_imports(estate, target.name, frozenset(names))
    before, after = with_imports(target, entries)
    changes = (Change(refactoring_path(target), before, after), Change(target.path, target.text, text))
    vmware = {**target.vmware, **section.data["vmware"]}
    commands = enrollment(
        f"--project={target.host_project} --location={vmware['location']}",
        vmware["admin_cluster"]["membership"],
        names,
        with_admin=files.admin is not None,
    )
    return Adopted(files, section, "", changes, entries, unchanged, list(commands))
