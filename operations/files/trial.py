"""Environment files as they would be: loaded with every rule, before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.files.temporary import temporary_folder


@contextmanager
def trial_folder(folder: Path, texts: Mapping[str, str]) -> Iterator[Path]:
    """Lay the environment files into a folder of their own, some with another text.

    Args:
        folder: the folder of the environment files.
        texts: new texts, by path below the folder.
    """
    with temporary_folder() as made:
        copy = made / "environments"
        copy.mkdir()
        for file in _files(folder):
            target = copy / file.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)
        for name, text in texts.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(text.encode("utf-8"))
        yield copy


def load_as(copy: Path, display: str) -> Estate:
    """Load the files of a copy; problems name the files as a person knows them.

    Args:
        copy: a folder of environment files.
        display: what to call the folder.

    Raises:
        InvalidInput: something is wrong in any file.
    """
    try:
        return load_estate(copy)
    except InvalidInput as error:
        raise InvalidInput(_renamed(problem, shown(copy), display) for problem in error.problems) from None


def load_with(folder: Path, texts: Mapping[str, str]) -> Estate:
    """Load the environment files as if some had another text; nothing is written to them.

    Raises:
        InvalidInput: a rule is broken, or a file cannot be read.
    """
    with trial_folder(folder, texts) as copy:
        return load_as(copy, shown(folder))


def _files(folder: Path) -> Iterator[Path]:
    """What an estate consists of, as the loader looks for it."""
    for part in (folder, folder / "refactoring", folder / "stateful"):
        for file in sorted(part.iterdir()) if part.is_dir() else ():
            if file.is_file() and not file.name.startswith("."):
                yield file


def _renamed(problem: Problem, copy: str, display: str) -> Problem:
    return replace(
        problem,
        file=problem.file.replace(copy, display, 1),
        message=problem.message.replace(copy, display),
    )
