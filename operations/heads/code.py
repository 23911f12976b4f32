"""The synthesized stacks of a head, each read from its file once: what was looked at is what is planned."""

from __future__ import annotations

from pathlib import Path

from operations.artifacts.stack_json import stack_folder
from operations.heads.stack_text import Object, parsed
from operations.project import STACK_FILE


class Code:
    """The code of every stack that somebody asked for."""

    def __init__(self, outdir: Path) -> None:
        """Of what was synthesized into a folder; nothing is read yet."""
        self._outdir = outdir
        self._texts: dict[str, bytes] = {}
        self._stacks: dict[str, Object] = {}

    def text(self, name: str) -> bytes:
        """A stack's file as it is.

        Raises:
            InvalidInput: there is none of this name.
        """
        if name not in self._texts:
            self._texts[name] = (stack_folder(self._outdir, name) / STACK_FILE).read_bytes()
        return self._texts[name]

    def stack(self, name: str) -> Object:
        """The same as Terraform reads it; nobody may change it.

        Raises:
            InvalidInput: there is none of this name.
            ValueError: it is not JSON, or can be read in two ways.
            RecursionError: it is too deep.
        """
        if name not in self._stacks:
            self._stacks[name] = parsed(self.text(name))
        return self._stacks[name]
