"""The files of the command line: which is what, and the IP block files that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from estate.reading.paths import dotted, quoted, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import examine
from operations.adopt.gkectl.document import Document

_NEVER_READ: Final = "holds credentials, which are never read here; leave it out"


@dataclass(frozen=True)
class Config:
    """A cluster's configuration file, and its IP block file where it has one.

    Attributes:
        document: the configuration file.
        blocks: the IP block file; None when it names none, or one that cannot be used.
        lacks_blocks: whether it names one that cannot be used.
    """

    document: Document
    blocks: Document | None = None
    lacks_blocks: bool = False

    @property
    def documents(self) -> list[Document]:
        """Both."""
        return [self.document, *([self.blocks] if self.blocks else [])]


@dataclass
class Files:
    """All clusters of the command line.

    Attributes:
        users: user clusters, in the order of the command line.
        admin: the admin cluster, when its file was given.
        wanted: what is wrong with IP block files, which is asked for once it is known that a cluster can move in.
    """

    users: list[Config] = field(default_factory=list)
    admin: Config | None = None
    wanted: list[Problem] = field(default_factory=list)

    @property
    def configs(self) -> list[Config]:
        """All configuration files."""
        return [*self.users, *([self.admin] if self.admin else [])]

    @property
    def documents(self) -> list[Document]:
        """All files that were read."""
        return [document for config in self.configs for document in config.documents]

    def raise_problems(self) -> None:
        """Raise what has been reported of all files so far.

        Raises:
            InvalidInput: something has.
        """
        _raise([*self.wanted, *(problem for document in self.documents for problem in document.problems)])

    def raise_problems_of_configs(self) -> None:
        """Raise what has been reported of configuration files alone.

        Raises:
            InvalidInput: something has.
        """
        _raise([problem for config in self.configs for problem in config.document.problems])


def read_files(paths: Sequence[Path], ip_blocks: Sequence[Path]) -> Files:
    """Read configuration files and the IP block files that they name.

    Args:
        paths: configuration files of one admin cluster and its user clusters.
        ip_blocks: IP block files that do not lie where the configuration files say.

    IP block files that are wrong or not at hand are no error yet.

    Raises:
        InvalidInput: a configuration file cannot be read, or is something else.
    """
    reading = _Reading(ip_blocks)
    for path in paths:
        reading.take(path)
    reading.refuse_what_is_left()
    if reading.problems:
        raise InvalidInput(reading.problems)
    return reading.files


class _Reading:
    def __init__(self, ip_blocks: Sequence[Path]) -> None:
        self.files = Files()
        self.problems: list[Problem] = []
        self._ip_blocks = list(ip_blocks)
        self._used: set[Path] = set()
        self._names: dict[str, str] = {}

    def take(self, path: Path) -> None:
        document = self._read(path, self.problems)
        if document is None or not self._is_config(document):
            return
        wanted = len(self.files.wanted)
        blocks = self._blocks_of(document, path)
        config = Config(document, blocks, lacks_blocks=len(self.files.wanted) > wanted)
        if document.text("kind").value == "AdminCluster":
            if self.files.admin:
                self._report(document.name, "is a second admin cluster; adopt one admin cluster at a time")
            self.files.admin = config
            return
        name = document.text("name")
        first = self._names.setdefault(name.value or "", document.name)
        if first != document.name or any(one.document.name == document.name for one in self.files.users):
            name.problem(f"is {quoted(name.value or '')}, as in {first} already; each cluster once")
            self.problems += document.problems
        self.files.users.append(config)

    def refuse_what_is_left(self) -> None:
        """Report IP block files that no configuration file names."""
        for path in self._ip_blocks:
            if path not in self._used and not self.files.wanted:
                self._want("--ip-blocks", f"{shown(path)} is not what any of the files names; leave it out")

    def _read(self, path: Path, problems: list[Problem]) -> Document | None:
        name = shown(path)
        source, found = examine(path, name, is_ours=False)
        problems += found
        if source is None or found:
            return None
        document = Document(source, path.read_text("utf-8-sig", errors="replace"))
        if document.text("kind").value == "CredentialFile":
            problems.append(Problem.of_file(name, _NEVER_READ))
            return None
        return document

    def _is_config(self, document: Document) -> bool:
        kind, version = document.text("kind"), document.text("apiVersion")
        if kind.value not in {"UserCluster", "AdminCluster"}:
            kind.problem(
                f"must be UserCluster or AdminCluster, got {quoted(kind.value) if kind.value else 'nothing'}; give "
                "gkectl's user-cluster.yaml or admin-cluster.yaml" + _hint(document)
            )
        elif version.value != "v1":
            version.problem(
                f"must be v1, got {quoted(version.value) if version.value else 'nothing'}; have gkectl write the "
                "file anew: gkectl get-config cluster, or gkectl get-config admin"
            )
        kind.use()
        version.use()
        self.problems += document.problems
        return not document.problems

    def _blocks_of(self, document: Document, config: Path) -> Document | None:
        named = document.text("network", "ipMode", "ipBlockFilePath")
        mode = document.text("network", "ipMode", "type")
        if named.value is None or (mode.value or "").lower() != "static":
            return None
        named.use()
        path = self._at_hand(Path(named.value), config)
        if path is None:
            message = (
                f"names {quoted(named.value)}, which is not at hand; lay it beside {document.name}, "
                "or say where it is with --ip-blocks PATH"
            )
            place = document.position(named.path)
            self.files.wanted.append(Problem(document.name, *place, dotted(named.path), message))
            return None
        blocks = self._read(path, self.files.wanted)
        if blocks and not blocks.place("blocks").value:
            self._want(blocks.name, f"holds no blocks; {document.name} names it as its IP block file")
        return blocks

    def _at_hand(self, named: Path, config: Path) -> Path | None:
        """An option of that name comes first, then what lies where the file says, beside it, an only option."""
        given = [path for path in self._ip_blocks if path.name == named.name]
        there = [path for path in (config.parent / named, config.parent / named.name) if path.is_file()]
        only = self._ip_blocks if len(self._ip_blocks) == 1 and not self._used else []
        found = next(iter([*given, *there, *only]), None)
        if found in self._ip_blocks:
            self._used.add(found)
        return found

    def _report(self, name: str, message: str) -> None:
        self.problems.append(Problem.of_file(name, message))

    def _want(self, name: str, message: str) -> None:
        self.files.wanted.append(Problem.of_file(name, message))


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput(problems)


def _hint(document: Document) -> str:
    blocks = document.place("blocks").value
    return "; this looks like an IP block file, which goes with --ip-blocks" if blocks else ""
