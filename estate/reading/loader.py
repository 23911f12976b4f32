"""From the plain data of a file to a checked model, with every mistake at its place in the file.

What is wrong is reported, left out, and the rest is checked again until nothing new is found; so a
mistake in one field does not hide the rules of another. Left out: reading the file
(:mod:`estate.reading.yaml_source`) and rules across files (:mod:`estate.reading.estate_loader`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

import estate.rules  # noqa: F401 - whatever is read here is judged by all rules
from estate.model.rules import Path, RulesBroken, Violation
from estate.reading.declared import Place, fields_by_key, locate
from estate.reading.intended import Intended, intended
from estate.reading.problems import InvalidInput, Problem
from estate.reading.pruning import ABSENT, Pruned, value_at
from estate.reading.wording import is_secret, meant, missing_key, surprise, unknown_key, wrong_value
from estate.reading.yaml_nodes import MAX_PROBLEMS, too_many_problems
from estate.reading.yaml_source import Source

M = TypeVar("M", bound=BaseModel)

_NO_STAND_INS: Mapping[str, Any] = {}


class Validated(NamedTuple, Generic[M]):
    """The outcome of a validation.

    Attributes:
        model: the model; of what is valid only, when there are problems; None when not even that
            makes one.
        problems: everything wrong, in the order of the file.
        left_out: paths that the model does not hold because they are wrong.
    """

    model: M | None
    problems: list[Problem]
    left_out: Pruned

    def may_say(self, path: Path) -> bool:
        """Tell whether the file may say something at ``path`` that the model does not hold."""
        return self.model is None or self.left_out.may_hold(path)

    def whole(self) -> M:
        """The model of a file without a mistake.

        Raises:
            InvalidInput: the file is wrong; every mistake with its line.
        """
        if self.model is None or self.problems:
            raise InvalidInput(self.problems)
        return self.model


def validate(source: Source, model: type[M], stand_ins: Mapping[str, Any] = _NO_STAND_INS) -> Validated[M]:
    """Check what ``source`` holds against ``model``.

    Args:
        source: the file.
        model: the model of the whole file.
        stand_ins: values for required top-level keys, used in place of wrong or missing ones so
            that the rest can be checked; that they were used is always a problem too.
    """
    return _Validation(source, model, stand_ins).run()


class _Validation(Generic[M]):
    def __init__(self, source: Source, model: type[M], stand_ins: Mapping[str, Any]) -> None:
        self._source = source
        self._model = model
        self._pruned = Pruned(source.data, stand_ins)
        self._pruned.leave_out(self._whole(path) for path in source.refused)
        self._problems: dict[Problem, None] = {}

    def run(self) -> Validated[M]:
        checked = None if self._pruned.covers(()) else self._check()
        for path, value in self._source.surprises.items():
            if not self._pruned.covers(path) and path not in self._pruned.read:
                self._report(path, surprise(value, "", hidden=is_secret(path)))
        for path in self._said_nothing(self._source.data):
            if not self._pruned.covers(path):
                self._report(path, "says nothing; write its value, or take the key out")
        return Validated(checked, sorted(self._problems), self._pruned)

    def _said_nothing(self, value: Any, path: Path = ()) -> Iterator[Path]:
        """Every place with nothing after its colon or dash, as an unfinished or half-deleted section leaves it."""
        if value is None and path and not self._source.written(path):
            yield path
        steps = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for step, part in steps:
            yield from self._said_nothing(part, (*path, step))

    def _check(self) -> M | None:
        """Validate, report, leave out or mend, and repeat; each round leaves less to mend, so it ends."""
        while True:
            try:
                return self._model.model_validate(self._pruned.rest())
            except ValidationError as invalid:
                errors = invalid.errors(include_url=False)
            read = len(self._pruned.read)
            wrong = self._report_round(errors[:MAX_PROBLEMS])
            if len(errors) > MAX_PROBLEMS or len(self._problems) > MAX_PROBLEMS:
                self._problems[too_many_problems(self._source.display)] = None
                return None
            targets = {self._whole(path) for path in wrong if self._pruned.holds(path)}
            if len(self._pruned.read) > read and not targets:
                continue
            # What is not there cannot be left out, only what it is missing from; that waits until
            # nothing else is found, because it takes more of the file out of sight.
            targets = targets or {self._whole(self._holder(path)) for path in wrong}
            targets.discard(())
            if not targets:
                return None
            self._pruned.leave_out(targets)

    def _report_round(self, errors: list[ErrorDetails]) -> list[Path]:
        """Report what is new in ``errors`` and return the paths of what is to be left out."""
        places = [self._place(error) for error in errors]
        self._note_mistyped(places, errors)
        wrong: list[Path] = []
        before = frozenset(self._pruned.read)
        for error, place in zip(errors, places, strict=True):
            broken = error.get("ctx", {}).get("error")
            if isinstance(broken, RulesBroken):
                wrong += [
                    self._report_violation(place.path, violation)
                    for violation in broken.violations[: MAX_PROBLEMS + 1]
                ]
                continue
            if place.path in self._pruned.read - before:
                continue
            wrong.append(place.path)
            if not self._is_consequence(error, place):
                self._report_error(error, place)
        return [path for path in wrong if path not in self._pruned.read - before]

    def _place(self, error: ErrorDetails) -> Place:
        place = locate(self._model, error["loc"], unknown_key=error["type"] == "extra_forbidden")
        return replace(place, path=self._pruned.original(place.path))

    def _note_mistyped(self, places: list[Place], errors: list[ErrorDetails]) -> None:
        """Remember which keys an unknown key was meant to be: they are not missing as well."""
        for error, place in zip(errors, places, strict=True):
            if error["type"] != "extra_forbidden":
                continue
            suggestion = self._meant(place)
            if suggestion and any(suggestion in fields_by_key(owner) for owner in place.owners):
                self._pruned.mistyped.add((*place.path[:-1], suggestion))
            elif suggestion:
                self._pruned.mistyped.add(place.path[:-1])

    def _meant(self, place: Place) -> str | None:
        return meant(place, value_at(self._source.data, place.path[:-1]))

    def _is_consequence(self, error: ErrorDetails, place: Place) -> bool:
        """Tell whether ``error`` is only there because something else was left out or mistyped."""
        path = place.path
        if self._pruned.covers(path):
            return True
        if error["type"] == "missing":
            return self._pruned.is_mistyped(path)
        if error["type"] == "too_short":
            return bool(len(value_at(self._source.data, path)) >= error["ctx"]["min_length"])
        return False

    def _report_error(self, error: ErrorDetails, place: Place) -> None:
        if error["type"] == "extra_forbidden":
            self._report(
                place.path,
                unknown_key(place, self._meant(place)),
                self._source.position(place.path, key=True),
            )
        elif error["type"] == "missing":
            self._report(place.path, missing_key(place), self._source.position(place.path[:-1], key=True))
        elif place.on_key:
            self._report(
                place.path,
                wrong_value(error, place, "", Intended(ABSENT)),
                self._source.position(place.path, key=True),
            )
        else:
            self._report_value(error, place)

    def _report_value(self, error: ErrorDetails, place: Place) -> None:
        """Report a wrong value; where it is known what was meant, that is judged from now on."""
        path, written = place.path, self._source.written(place.path)
        value = self._pruned.value(path)
        error["input"] = error["input"] if value is ABSENT else value
        meant = intended(place, error["input"], written)
        self._report(path, wrong_value(error, place, written, meant))
        if meant.value is not ABSENT and path not in self._pruned.read:
            self._pruned.read_as(path, meant.value)

    def _report_violation(self, owner: Path, violation: Violation) -> Path:
        """Report a broken rule, unless it may be about what was left out, and return its place."""
        path = self._pruned.original((*owner, *violation.path))
        about = [path] if isinstance(value_at(self._source.data, path), list) else []
        about += [self._pruned.original((*owner, *absent)) for absent in violation.absent]
        known = self._pruned.covers(path) or self._pruned.is_mistyped(path)
        if not known and not any(self._pruned.may_hold(one) for one in about):
            self._report(path, violation.message)
        return path

    def _report(self, path: Path, message: str, position: tuple[int, int] | None = None) -> None:
        collection = isinstance(value_at(self._source.data, path), dict | list)
        problem = self._source.problem(path, message, key=collection)
        if position:
            problem = replace(problem, line=position[0], column=position[1])
        self._problems[problem] = None

    def _holder(self, path: Path) -> Path:
        """Return the nearest thing above ``path`` that can be left out, () when there is none."""
        while path and not self._pruned.holds(path):
            path = path[:-1]
        return path

    def _whole(self, path: Path) -> Path:
        """Return ``path``, or what it stands in where leaving it out would make that another thing.

        A key such as ``existing`` decides which model its mapping is checked against.
        """
        while path:
            holder = value_at(self._source.data, path[:-1])
            if not isinstance(holder, dict):
                return path
            rest = {key: value for key, value in holder.items() if key != path[-1]}
            choosers = locate(self._model, path, unknown_key=True).choosers
            if all(choose(holder) == choose(rest) for choose in choosers):
                return path
            path = path[:-1]
        return path
