"""The composition root by name, which `cdktf.json` runs: `python main.py` is `hybrid synth`.

The stacks are put together in `stacks/app.py`.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from operations.entry import hybrid

    hybrid(["synth", *sys.argv[1:]])
