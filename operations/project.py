"""Where the files of this project stand."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout that this code runs from."""

ENVIRONMENTS = Path("environments")
"""The folder of the environment files, below the folder that the command runs in."""
