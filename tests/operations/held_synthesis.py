"""``hybrid synth`` that waits where its stacks are written and not yet published, so that a test can come in between.

Run as a command: the first word is a file that is made when it waits, the others are what ``hybrid`` is told.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from estate.model.estate import Estate
from operations import entry
from stacks import app

_synthesize = app.synthesize


def _synthesize_and_wait(estate: Estate, names: Sequence[str], outdir: Path) -> None:
    _synthesize(estate, names, outdir)
    Path(sys.argv[1]).touch()
    time.sleep(600)


if __name__ == "__main__":
    app.synthesize = _synthesize_and_wait
    entry.hybrid(sys.argv[2:])
