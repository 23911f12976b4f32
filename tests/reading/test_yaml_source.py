"""Reading YAML files: positions, and one clear line for everything that is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.problems import InvalidInput
from estate.reading.yaml_source import MAX_BYTES, Source, examine, read

BOTH_PARSERS = pytest.mark.parametrize(
    "parser", [pytest.param(yaml.CSafeLoader, id="libyaml"), pytest.param(yaml.SafeLoader, id="python")]
)


def write(folder: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / "f.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def problems(path: Path) -> list[str]:
    """Return the rendered problems of a file that is refused."""
    with pytest.raises(InvalidInput) as refused:
        read(path, "f.yaml")
    return [str(problem) for problem in refused.value.problems]


def parse(folder: Path, text: str) -> Source:
    """Read a file that is accepted."""
    return read(write(folder, text), "f.yaml")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            b"\x7fELF\0\0", "f.yaml: is binary (zero byte at offset 4); must be YAML in UTF-8", id="binary"
        ),
        pytest.param(
            "a: 1\nby: Bodø\n".encode("latin-1"),
            "f.yaml:2:8: is not UTF-8 text (byte 0xf8 at offset 12); save it as UTF-8",
            id="latin-1",
        ),
        pytest.param("a: 1\n".encode("utf-16"), "f.yaml: is UTF-16 text; save it as UTF-8", id="utf-16"),
        pytest.param("a: 1\n".encode("utf-32"), "f.yaml: is UTF-32 text; save it as UTF-8", id="utf-32"),
        pytest.param(
            b"a: 1\nb: \x1b[31m\n",
            "f.yaml:2:4: has the control character U+001B; delete it",
            id="escape sequence",
        ),
        pytest.param(
            b"a: " + b"x" * MAX_BYTES,
            "f.yaml: is too large, 1.0 MiB; at most 1 MiB is read, is this the right file?",
            id="too large",
        ),
    ],
)
def test_refuses_what_is_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    """Bytes that are no UTF-8 text get one line that says what they are."""
    assert problems(write(tmp_path, content)) == [expected]


def test_refuses_fifty_megabytes_without_reading_them(tmp_path: Path) -> None:
    """The size is looked at first; the file here takes no room on disk and would take long to parse."""
    path = tmp_path / "f.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert problems(path) == [
        "f.yaml: is too large, 50.0 MiB; at most 1 MiB is read, is this the right file?"
    ]


def test_reads_no_further_than_the_limit() -> None:
    """Files of the kernel say that they are empty, and others grow while they are read."""
    endless = Path("/proc/kallsyms")
    if not endless.exists() or len(endless.read_bytes()) <= MAX_BYTES:
        pytest.skip("needs a large file whose size is said to be 0")

    assert problems(endless) == [
        "f.yaml: is too large, 1.0 MiB; at most 1 MiB is read, is this the right file?"
    ]


def test_refuses_a_folder(tmp_path: Path) -> None:
    """A folder whose name ends in .yaml is no file."""
    assert problems(tmp_path) == ["f.yaml: is a folder; must be a file"]


def test_refuses_a_pipe_without_waiting_for_it(tmp_path: Path) -> None:
    """Opening a pipe that nobody writes to would wait for ever."""
    path = tmp_path / "f.yaml"
    os.mkfifo(path)

    assert problems(path) == ["f.yaml: is a pipe; must be a file"]


def test_refuses_a_device() -> None:
    """Devices have no end."""
    assert problems(Path(os.devnull)) == ["f.yaml: is a device; must be a file"]


def test_says_that_a_file_does_not_exist(tmp_path: Path) -> None:
    """The commonest reason has plain words."""
    assert problems(tmp_path / "f.yaml") == ["f.yaml: does not exist"]


def test_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    """The system's own reason is passed on."""
    path = tmp_path / "f.yaml"
    path.symlink_to(path)

    assert problems(path) == ["f.yaml: cannot be read: too many levels of symbolic links"]


def test_says_that_a_file_is_not_ours_to_read(tmp_path: Path) -> None:
    """Missing permission is a problem, not a traceback."""
    path = write(tmp_path, "a: 1\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")

    assert problems(path) == ["f.yaml: cannot be read: permission denied"]
    path.chmod(stat.S_IRUSR)


def test_accepts_a_byte_order_mark(tmp_path: Path) -> None:
    """Editors on Windows write one; positions count without it."""
    source = read(write(tmp_path, b"\xef\xbb\xbfa: 1\n"), "f.yaml")

    assert (source.data, source.position(("a",), key=True)) == ({"a": 1}, (1, 1))


def test_empty_file_may_stand_for_an_empty_mapping(tmp_path: Path) -> None:
    """Where it is allowed, a file of comments holds nothing."""
    source, found = examine(write(tmp_path, "# nothing left\n"), "f.yaml", may_be_empty=True)

    assert (source and source.data, found) == ({}, [])


@pytest.mark.parametrize("text", ["", "# nothing\n\n", "---\n", "--- # nothing\n...\n"])
def test_refuses_an_empty_file(tmp_path: Path, text: str) -> None:
    """Comments and marks are nothing too."""
    assert problems(write(tmp_path, text)) == ["f.yaml: is empty; must hold a mapping (key: value)"]


@pytest.mark.parametrize("text", ["~\n", "--- null\n"])
def test_a_null_that_somebody_wrote_is_not_emptiness(tmp_path: Path, text: str) -> None:
    """It says something, and not that a file of entries has none."""
    source, found = examine(write(tmp_path, text), "f.yaml", may_be_empty=True)

    assert (source, [problem.message for problem in found]) == (
        None,
        ["must be a mapping (key: value), got nothing"],
    )


def test_refuses_with_every_problem_of_the_text(tmp_path: Path) -> None:
    """What the parser and what the tree refuse come together, ordered by place."""
    assert problems(write(tmp_path, "a: 1\na: !x 2\nb: [\n")) == [
        "f.yaml:2:1: a: stands here a second time, first in line 1; keep one",
        'f.yaml:2:4: has the tag "!x"; tags are not allowed, write the plain value',
        "f.yaml:3:4: opens a bracket that is never closed",
    ]


def test_path_deeper_than_the_file_has_the_place_of_its_nearest_ancestor(tmp_path: Path) -> None:
    """What is missing is shown where it is missing from."""
    source = parse(tmp_path, "x: 1\na:\n  b: {c: 1}\n")

    assert (source.position(("a", "b", "d", 0)), source.position(("z",)), source.written(("a", "z"))) == (
        (3, 3),
        (1, 1),
        "",
    )


@given(content=st.binary(max_size=60))
def test_no_bytes_end_in_anything_but_data_or_problems(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """The same for bytes that may be no text at all."""
    path = write(tmp_path_factory.mktemp("bytes"), content)

    source, found = examine(path, "f.yaml")

    assert source or found
