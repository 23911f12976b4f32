"""Commands that stand in for Terraform in a test: small shell scripts on a path of their own."""

from __future__ import annotations

from pathlib import Path


def make_command(folder: Path, name: str, script: str) -> str:
    """Write a shell script that can be run by its path, and return the path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)
