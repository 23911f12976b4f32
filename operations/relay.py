"""What a child says, passed on without colours to whoever reads a pipe or a file.

The child goes on when nobody reads any more, or when there is no room for what it says: Terraform, stopped by
that in the middle of an apply, would leave its state locked.
"""

from __future__ import annotations

import re
from threading import Thread
from typing import IO, TextIO

from operations.texts.harmless import printable_lines

_COLOUR = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


class Relay(Thread):
    """Passes on until the child has closed its end.

    Attributes:
        failed: why not all could be passed on.
    """

    def __init__(self, source: IO[bytes], target: TextIO) -> None:
        super().__init__(daemon=True)
        self.failed: OSError | None = None
        self._source, self._target = source, target
        self.start()

    def run(self) -> None:
        """Pass on line by line."""
        with self._source:
            for line in self._source:
                if not self.failed:
                    self._pass_on(printable_lines(_COLOUR.sub(b"", line).decode("utf-8", "replace")))

    def _pass_on(self, text: str) -> None:
        try:
            self._target.write(text)
            self._target.flush()
        except OSError as error:
            self.failed = error
