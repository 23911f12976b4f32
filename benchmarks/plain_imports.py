"""``main.py`` with the bindings' own imports: everything as ever but for fastsynth, which does nothing."""

from __future__ import annotations

import sys

from fastsynth import activation
from operations.cli import main

if __name__ == "__main__":
    activation.install = lambda: None  # type: ignore[assignment]  # the one difference to measure
    sys.exit(main(["synth", *sys.argv[1:]]))
