"""The one way in which verbs change files: each as a whole, several in an order, all of them or none.

Whoever writes several files orders them so that what stands after any of them is safe: a command can be killed
between two. What lets something go or keeps it goes before what needs it: moved and import entries before the
environment's file, and a record that gets shorter before the entries that account for its lines.

Left out: reading what is to be changed. Two commands that change the same text at once are not told apart.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from operations.files.alone import alone_in, is_free, lock

LEFTOVER: Final = ".hybrid-new"
"""End of the names of new texts that have not taken their place yet; the names begin with a dot."""

Change = tuple[Path, str | bytes | None]
"""A file and what is to stand in it; None for a file that is to be gone."""


def write_files(changes: Iterable[Change], within: Path, *, private: bool = False) -> list[Path]:
    """Change files in the order given.

    All new texts are written beside their places before the first one takes its place, so that a full disk or a
    missing permission changes nothing. A file keeps its mode, a link stays a link to the file that it names, and
    what is equal is left alone. A link that leads out of the repository is not followed: whoever may push could else
    choose a file of the user. Without a repository the folder beside ``within`` is the outermost. Likewise ``within``
    itself, where the working folder's repository holds it; elsewhere whoever named it chose it.

    Args:
        changes: what to change; iterated over while no other command changes files below ``within``.
        within: the folder that one command changes at a time, which is made when it is not there. What killed
            commands left in it, in its folders and beside the files is removed.
        private: whether the files are for this user alone, whatever their mode was.

    Returns:
        The files that changed.

    Raises:
        OSError: a file cannot be read or changed, or a link leads out; says which, and that all are as they were.
    """
    _is_here(within)
    within.mkdir(parents=True, exist_ok=True)
    with alone_in(within) as alone:
        steps = _steps(changes)
        for step in steps:
            _stays(step, within)
        if alone:
            _clear({*_folders(within), *(step.target.parent for step in steps)})
        _take(steps, 0o600 if private else None)
    return list(dict.fromkeys(step.path for step in steps))


def changed_files(changes: Iterable[Change]) -> list[Path]:
    """The files that :func:`write_files` would change."""
    return list(dict.fromkeys(step.path for step in _steps(changes)))


def write_file(path: Path, content: str | bytes, *, private: bool = False) -> bool:
    """Change one file as :func:`write_files` does; says whether anything changed."""
    return bool(write_files([(path, content)], path.parent, private=private))


def clear_unfinished(within: Path) -> None:
    """Remove what killed commands left in a folder and its folders; what a living one is writing stays."""
    if within.is_dir():
        _clear(_folders(within))


@dataclass(frozen=True)
class _Step:
    """A file that changes: what was in it, and what will be; None for nothing.

    Attributes:
        path: the file as the caller names it.
        target: where it really stands.
        before: what is in it.
        after: what will be.
    """

    path: Path
    target: Path
    before: bytes | None
    after: bytes | None

    @property
    def staged(self) -> Path:
        return self.target.with_name(f".{self.target.name}.{os.getpid()}{LEFTOVER}")

    @property
    def undone(self) -> _Step:
        return _Step(self.path, self.target, self.after, self.before)

    def stage(self, mode: int | None, staging: ExitStack) -> None:
        """Write what will be beside its place; locked until ``staging`` ends, so that nobody takes it for a leftover."""
        if self.after is None:
            return
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if mode is None:
            with suppress(FileNotFoundError):
                mode = stat.S_IMODE(self.target.stat().st_mode)
        self.staged.unlink(missing_ok=True)
        handle = os.open(self.staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
        stream = staging.enter_context(os.fdopen(handle, "wb"))
        lock(handle)
        if mode is not None:
            os.fchmod(handle, mode)
        stream.write(self.after)
        stream.flush()
        os.fsync(handle)

    def take_place(self) -> None:
        if self.after is None:
            self.target.unlink(missing_ok=True)
        else:
            self.staged.replace(self.target)
        # Without this a machine that loses power may come back with the later of two files only.
        folder = os.open(self.target.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # some file systems cannot be asked for it
                os.fsync(folder)
        finally:
            os.close(folder)


def _steps(changes: Iterable[Change]) -> list[_Step]:
    """What differs from what stands there; nothing when all of it ends as it is."""
    at_first: dict[Path, bytes | None] = {}
    there: dict[Path, bytes | None] = {}
    steps = []
    for path, content in changes:
        after = content.encode("utf-8") if isinstance(content, str) else content
        target = Path(os.path.realpath(path))
        if target not in there:
            at_first[target] = there[target] = _content(target)
        if there[target] != after:
            steps.append(_Step(path, target, there[target], after))
            there[target] = after
    return steps if there != at_first else []


def _is_here(within: Path) -> None:
    """Refuse a folder of the repository that a link takes out of it, before anything is made or locked there."""
    root = _root(Path.cwd())
    leads = Path(os.path.realpath(within))
    named = Path(os.path.normpath(within.absolute()))
    if root and named.is_relative_to(root) and not leads.is_relative_to(root):
        raise _refused(within, root, leads, "put the folder itself there, or name that one with --folder")


def _stays(step: _Step, within: Path) -> None:
    """Refuse a file that a link takes out of the repository."""
    named, folder = (Path(os.path.normpath(one.absolute())) for one in (step.path, within))
    if not named.is_relative_to(folder):
        folder = named.parent
    base = Path(os.path.realpath(folder))
    if step.target == base / named.relative_to(folder):
        return
    root = _root(base) or base.parent
    if not step.target.is_relative_to(root):
        raise _refused(step.path, root, step.target, "put the file itself there")


def _root(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def _refused(path: Path, root: Path, leads: Path, what_to_do: str) -> OSError:
    what = f"is reached by a link that leads out of {root}, to {leads}; every file is as it was"
    return OSError(errno.EPERM, f"{what}; {what_to_do}", str(path))


def _content(path: Path) -> bytes | None:
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(kind):
        # To read a pipe would be to wait for whoever writes into it.
        raise OSError(errno.EINVAL, "is no file", str(path))
    return path.read_bytes()


def _clear(folders: Iterable[Path]) -> None:
    """Remove what killed commands left."""
    for folder in folders:
        for left in folder.glob(f".*{LEFTOVER}"):
            with (
                suppress(OSError),
                left.open("rb") as stream,
            ):  # none of ours, or nothing may be written here at all
                if is_free(stream.fileno()):
                    left.unlink()


def _folders(within: Path) -> set[Path]:
    return {within, *(folder for folder in within.iterdir() if folder.is_dir())}


def _take(steps: list[_Step], mode: int | None) -> None:
    tried: list[_Step] = []
    at = ""
    try:
        with ExitStack() as staging:
            for step in steps:
                at = str(step.path)
                step.stage(mode, staging)
            for step in steps:
                at = str(step.path)
                tried.append(step)
                step.take_place()
    except BaseException as error:
        stuck = list(_undo(steps, tried))
        if not isinstance(error, OSError):
            raise
        what = f"{', '.join(stuck)} could not be put back" if stuck else "every file is as it was"
        raise OSError(error.errno, f"{error.strerror}; {what}", at) from error


def _undo(steps: list[_Step], tried: list[_Step]) -> Iterator[str]:
    """Put everything back; yields the files for which that fails."""
    _unstage(steps)
    for step in reversed(tried):
        # One that cannot be put back does not keep the others from it.
        try:
            if _content(step.target) != step.before:
                with ExitStack() as staging:
                    step.undone.stage(None, staging)
                    step.undone.take_place()
        except OSError:
            yield str(step.path)
    _unstage(tried)


def _unstage(steps: Iterable[_Step]) -> None:
    for step in steps:
        with suppress(OSError):
            step.staged.unlink()
