"""How a command ends, the same for every verb; 0 is well, and ``docs/architecture.md`` has those of interruptions."""

from __future__ import annotations

from typing import Final

FAILED: Final = 1
"""It failed on the way: the machine (no Node, no disk, no permission), or Terraform in the middle of an apply."""

REFUSED: Final = 2
"""It was refused, or could not be asked: input, command line, or somebody who gave no answer; nothing was done."""

FOUND: Final = 3
"""It was asked to the end, and found something."""
