r"""The owners of files, as GitHub reads a CODEOWNERS file.

A line is a pattern and its owners; the last line that matches a path decides, and one without owners leaves it to
nobody. Patterns are those of gitignore without what GitHub leaves out: ``!``, ``[ ]``, and ``\#`` at the beginning.
GitHub skips a line that it cannot read, which gives its paths to an earlier one; here a file with such a line is
refused as a whole. Left out: whether an owner exists or may write, which only the host knows.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
(in github/docs at 013c8bd; inline comments by its example; read 2026-11-30).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.reading.paths import quoted
from estate.reading.problems import InvalidInput, Problem

PLACES: Final = (Path(".github/CODEOWNERS"), Path("CODEOWNERS"), Path("docs/CODEOWNERS"))
"""Where GitHub looks for the file, in this order; the first one counts."""

JUDGES: Final = "# hybrid: judges"
"""The comment from which on lines are of what judges a pull request, until :data:`END` or the end of the file."""

END: Final = "# hybrid: end"

_LARGEST: Final = 3_000_000
"""GitHub loads no larger one."""

_OWNER: Final = re.compile(
    r"@[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)?|[^@\s#]+@[^@\s#]+\.[^@\s#]+"
)
_FIELD: Final = re.compile(r"(?:\\.|\S)+")
_PART: Final = re.compile(r"\\(.)|(\*\*)|(\*)|(\?)|([^\\*?])")


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        number: 1-based.
        pattern: as it stands in the file.
        matches: what paths it is about.
        owners: whose they are, as ``@user``, ``@organization/team`` or an address of mail.
        judges: whether it stands among what judges a pull request.
    """

    number: int
    pattern: str
    matches: re.Pattern[str]
    owners: tuple[str, ...]
    judges: bool


@dataclass(frozen=True)
class Owners:
    """A whole file."""

    lines: tuple[Line, ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Whose a file is, by its path from the repository's root with slashes; nobody's when empty."""
        return next((line.owners for line in reversed(self.lines) if line.matches.match(path)), ())

    def judge(self, path: str) -> bool:
        """Whether a line among what judges is about a file, whatever a later line says of its owners."""
        return any(line.judges and line.matches.match(path) for line in self.lines)


def read_owners(text: str, display: str = "CODEOWNERS") -> Owners:
    """Read a file.

    Args:
        text: what it says.
        display: what to call it in an error.

    Raises:
        InvalidInput: lines that GitHub skips, all of them, or it is so large that GitHub reads none of it.
    """
    if len(text.encode()) > _LARGEST:
        message = "is larger than 3 MB, so GitHub does not load it; say more with fewer patterns"
        raise InvalidInput.of_file(display, message)
    problems: list[Problem] = []
    lines = []
    judges = False
    for number, line in enumerate(text.split("\n"), 1):
        said = line.strip()
        judges = (judges or said == JUDGES) and said != END
        if not said or said.startswith("#"):
            continue
        pattern, *words = _FIELD.findall(said)
        owners = tuple(_before_comment(words))
        wrong = [*_wrong_pattern(pattern), *_wrong_owners(owners)]
        problems += [Problem(display, number, 1, "", message) for message in wrong]
        if not wrong:
            lines.append(Line(number, pattern, _matcher(pattern), owners, judges))
    if problems:
        raise InvalidInput(problems)
    return Owners(tuple(lines))


def find_owners(root: Path) -> tuple[Path, Owners] | None:
    """The file of a checkout, from its root, and what it says; None without one.

    Raises:
        InvalidInput: it cannot be read as GitHub would.
    """
    place = next((place for place in PLACES if (root / place).is_file()), None)
    if place is None:
        return None
    try:
        text = (root / place).read_text("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput.of_file(place, "is not UTF-8; write it anew") from None
    return place, read_owners(text, str(place))


def _before_comment(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("#"):
            return
        yield word


def _wrong_pattern(pattern: str) -> Iterator[str]:
    if pattern.startswith("!"):
        yield f"{quoted(pattern)} leaves paths out, which GitHub cannot; name them in a later line with their owners, or none"
    if pattern.startswith("\\#"):
        yield f"{quoted(pattern)} begins with an escaped #, which GitHub takes for no pattern; begin it with a slash"
    if re.search(r"(?<!\\)[\[\]]", pattern):
        yield f"{quoted(pattern)} has brackets, which GitHub does not read as a range; write a line for each"
    if pattern.endswith("\\") and not pattern.endswith("\\\\"):
        yield f"{quoted(pattern)} ends with a backslash that escapes nothing; take it out"
    if "#" in pattern.removeprefix("\\#"):
        yield f"{quoted(pattern)} has a # in it, where some read a comment; put a ? there"
    if not pattern.strip("/"):
        yield f"{quoted(pattern)} names no path; write * for everything"


def _wrong_owners(owners: Sequence[str]) -> Iterator[str]:
    for owner in owners:
        if not _OWNER.fullmatch(owner):
            yield f"{quoted(owner)} must be @user, @organization/team or an address of mail, or GitHub skips the line"


def _matcher(pattern: str) -> re.Pattern[str]:
    """A pattern as an expression over a whole path; what matches a folder matches all below it."""
    folder, shallow = pattern.endswith("/"), pattern.endswith("/*")
    anchored = "/" in pattern[:-1]
    segments = pattern.strip("/").split("/")
    expression = "" if anchored else "(?:.*/)?"
    for position, segment in enumerate(segments):
        last = position == len(segments) - 1
        if segment == "**":
            expression += ".*" if last else "(?:.*/)?"
        else:
            expression += "".join(map(_part, _PART.finditer(segment))) + ("" if last else "/")
    below = "/.+" if folder else "" if shallow else "(?:/.*)?"
    return re.compile(f"{expression}{below}\\Z", re.DOTALL)


def _part(found: re.Match[str]) -> str:
    escaped, *wild, plain = found.groups()
    if any(wild):
        return "[^/]" if wild[-1] else "[^/]*"
    return re.escape(escaped or plain)
