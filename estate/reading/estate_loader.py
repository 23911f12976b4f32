"""The whole estate from its folder, with every mistake of every file reported together.

Left out: what stands in the lists of stateful addresses, which synthesis owns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.rules import Path as ValuePath
from estate.model.rules import broken_rules
from estate.reading.estate_folder import EstateFolder, look_into
from estate.reading.loader import Validated, validate
from estate.reading.paths import nearest, quoted, shown
from estate.reading.placeholders import FilesPlaceholders
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, empty_source, examine

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class _File(Generic[M]):
    """What there is of a file; ``exists`` is False when its source stands in for one that cannot be read."""

    source: Source
    validated: Validated[M]
    exists: bool = True

    def may_say(self, path: ValuePath) -> bool:
        """Tell whether the file may say something at ``path`` that the model does not hold; an unread one may say all."""
        return not self.exists or self.validated.may_say(path)

    def problem(self, path: ValuePath, message: str) -> list[Problem]:
        """Word a problem with what the model holds at ``path``, none when that was reported already."""
        at = self.validated.left_out.original(path)
        if not self.exists or self.validated.left_out.covers(at):
            return []
        return [self.source.problem(at, message)]


def load_estate(folder: Path, names: Sequence[str] | None = None) -> Estate:
    """Read and check all files of ``folder``.

    Args:
        folder: where the environments' files stand.
        names: environments that must be there. All files are read and checked in any case, because
            rules cross environments.

    Returns:
        The estate with all environments, in promotion order.

    Raises:
        InvalidInput: something is wrong in any file; holds every problem of all files.
    """
    files = look_into(folder)
    loading = _Loading(files)
    estate = loading.estate() if files.names else None
    problems = files.problems + loading.problems + _unknown_names(files, names or ())
    if problems or estate is None:
        raise InvalidInput(problems)
    return estate


def _unknown_names(files: EstateFolder, names: Sequence[str]) -> list[Problem]:
    there = f"(there are: {', '.join(files.names)})"
    return [
        Problem.of_file(
            files.display, f"holds no environment {quoted(name)}{files.did_you_mean(name)} {there}"
        )
        for name in names
        if files.names and name not in files.names
    ]


class _Loading:
    def __init__(self, files: EstateFolder) -> None:
        self.problems: list[Problem] = []
        self._files = files

    def estate(self) -> Estate | None:
        """Read everything; the result holds what is valid, None when not even that makes an estate."""
        organization = self._organization()
        environments = {
            name: self._environment(name, path) for name, path in self._files.environments.items()
        }
        refactorings = {
            name: self._read(path, Refactoring, {}, may_be_empty=True)
            for name, path in self._files.refactorings.items()
        }
        shared = organization.validated.model
        if shared is None:
            return None
        if organization.exists:
            self._check_promotion(organization, shared)
        files: dict[str, _File[Any]] = {ORGANIZATION: organization, **environments}
        order = sorted(environments, key=lambda name: (*shared.promotion, name).index(name))
        models = ((name, environments[name].validated.model) for name in order)
        changes = ((name, file.validated.model) for name, file in refactorings.items())
        estate = Estate(
            shared,
            {name: environment for name, environment in models if environment},
            {name: refactoring for name, refactoring in changes if refactoring},
            frozenset(environments) - self._files.recorded,
            FilesPlaceholders({name: file.source for name, file in files.items()}, shared.domain),
        )
        self._check_crossing(estate, files)
        return estate

    def _check_crossing(self, estate: Estate, files: Mapping[str, _File[Any]]) -> None:
        """Report what files break together, unless it may be about what is not known of one of them."""
        for broken in broken_rules(estate.by_age()):
            if not any(self._may_say(files, str(name), tuple(path)) for name, *path in broken.absent):
                name, *below = broken.path
                self.problems += files[str(name)].problem(tuple(below), broken.message)

    def _may_say(self, files: Mapping[str, _File[Any]], name: str, path: ValuePath) -> bool:
        """Tell whether something may stand at ``path`` of an environment; one whose ending is wrong is not read."""
        return files[name].may_say(path) if name in files else name in self._files.misnamed

    def _organization(self) -> _File[Organization]:
        path = self._files.organization
        stand_ins = {"name": "unnamed", "domain": "example.com", "promotion": list(self._files.environments)}
        if path.exists():
            return self._read(path, Organization, stand_ins)
        nothing = empty_source(shown(path))
        if path.stem not in self._files.misnamed:
            advice = "write it, with name, domain and promotion (the environments in order)"
            self._files.report(nothing.display, f"does not exist; {advice}")
        return _File(nothing, validate(nothing, Organization, stand_ins), exists=False)

    def _environment(self, name: str, path: Path) -> _File[Environment]:
        file = self._read(path, Environment, {"environment": name, "state": {"local": {}}})
        said = file.validated.left_out.value(("environment",))
        if said != name:
            remedy = f"got {quoted(str(said))}; change it or rename the file"
            self.problems += file.problem(("environment",), f"must be {name}, as the file is named, {remedy}")
        return file

    def _check_promotion(self, organization: _File[Organization], shared: Organization) -> None:
        """Compare the promotion order with the files."""
        meant = set()
        for position, name in enumerate(shared.promotion):
            if name not in self._files.names:
                meant.add(nearest(name, self._files.names))
                remedy = self._files.did_you_mean(name) or "; add the file or take the name out"
                message = f"names {name}, but there is no {self._files.display}/{name}.yaml{remedy}"
                self.problems += organization.problem(("promotion", position), message)
        if organization.validated.left_out.touches(("promotion",)):
            return
        for name, path in self._files.environments.items():
            if name not in shared.promotion and name not in meant:
                advice = f"add {name} to promotion in {organization.source.display}"
                self._files.report(shown(path), f"has no place in the promotion order; {advice}")

    def _read(
        self, path: Path, model: type[M], stand_ins: Mapping[str, Any], *, may_be_empty: bool = False
    ) -> _File[M]:
        display = shown(path)
        source, problems = examine(path, display, may_be_empty=may_be_empty)
        self.problems += problems
        if source is None:
            nothing = empty_source(display)
            return _File(nothing, validate(nothing, model, stand_ins), exists=False)
        validated = validate(source, model, stand_ins)
        self.problems += validated.problems
        return _File(source, validated)
