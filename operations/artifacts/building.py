"""Stacks as files, built from an estate in memory: the one place that asks `stacks` for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from estate.reading.problems import InvalidInput
from operations.toolchain import use_pinned_node, use_usable_temporary_folder
from stacks import app

if TYPE_CHECKING:
    from estate.model.estate import Estate


def prepare() -> None:
    """Set up what has to stand before the first ``import cdktf``, and import it; idempotent.

    The import starts Node, which goes on by itself: whoever has other things to do calls this first.
    """
    from fastsynth import activation

    use_pinned_node()
    use_usable_temporary_folder()
    activation.install()
    app.load()


def build(estate: Estate, names: Sequence[str], outdir: Path) -> None:
    """Synthesize the named environments into ``outdir`` and leave everything else alone.

    Raises:
        InvalidInput: a construct refused what the model let through.
    """
    prepare()
    try:
        app.synthesize(estate, names, outdir)
    except ValueError as error:
        raise InvalidInput.of_file("environments", str(error)) from error
