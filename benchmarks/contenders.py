"""What is measured side by side: the same resources, made in five ways."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import packages
from benchmarks.bindings import Bindings
from benchmarks.outputs import Stacks, refuse_other_bytes, refuse_other_resources
from benchmarks.programs import Style, write_program
from operations.project import ROOT

OURS: Final = "a"
PLAIN_IMPORTS: Final = "b"
JAVASCRIPT: Final = "c"
TYPESCRIPT: Final = "d"
TYPESCRIPT_ROOT: Final = "d, root"

LABELS: Final = {
    OURS: "ours",
    PLAIN_IMPORTS: "ours, plain imports of the bindings",
    JAVASCRIPT: "JavaScript",
    TYPESCRIPT: "TypeScript by ts-node",
    TYPESCRIPT_ROOT: "TypeScript by ts-node, package root imported",
}
"""What stands in tables for each key."""


@dataclass(frozen=True)
class Contender:
    """One way to synthesize a workload.

    Attributes:
        key: one of the constants above.
        command: what to run.
        cwd: where to run it.
        check: raises Differs when what it made is not what ours made; called once.
    """

    key: str
    command: list[str]
    cwd: Path
    check: Callable[[], None]


def our_command(folder: Path, outdir: Path, *names: str) -> list[str]:
    """``python main.py`` for the estate in ``folder``, or for some of its environments."""
    return [sys.executable, "main.py", *_options(folder, outdir, *names)]


def ours(folder: Path, outdir: Path) -> Contender:
    """The product as it is."""
    return Contender(OURS, our_command(folder, outdir), ROOT, lambda: None)


def others(
    folder: Path, stacks: Stacks, ours_outdir: Path, work: Path, wanted: Callable[[str], bool]
) -> Iterator[Contender]:
    """Everything else that is wanted, writing the programmes that it takes.

    Args:
        folder: the estate.
        stacks: what ours made of it.
        ours_outdir: where ours left that.
        work: folder for programmes and outputs; below `packages.CACHE`.
        wanted: whether the contender of a key takes part.
    """
    outdir = work / "plain-imports"
    if wanted(PLAIN_IMPORTS):
        yield Contender(
            PLAIN_IMPORTS,
            [sys.executable, "-m", "benchmarks.plain_imports", *_options(folder, outdir)],
            ROOT,
            lambda: refuse_other_bytes(ours_outdir, outdir),
        )
    for key, style in (
        (JAVASCRIPT, Style.JAVASCRIPT),
        (TYPESCRIPT, Style.TYPESCRIPT),
        (TYPESCRIPT_ROOT, Style.TYPESCRIPT_ROOT),
    ):
        if wanted(key):
            yield _program(key, style, stacks, ours_outdir, work)


def _options(folder: Path, outdir: Path, *names: str) -> list[str]:
    return [*names, "--folder", str(folder), "--output", str(outdir)]


def _program(key: str, style: Style, stacks: Stacks, ours_outdir: Path, work: Path) -> Contender:
    bindings = Bindings(packages.FOLDER / "node_modules")
    main = write_program(work / style, stacks, bindings, style)
    run = [packages.node()]
    if style is not Style.JAVASCRIPT:
        # What `npx ts-node` starts, without the time that npx takes to find it.
        run.append(str(packages.FOLDER / "node_modules" / "ts-node" / "dist" / "bin.js"))
    outdir = main.parent / "cdktf.out"
    return Contender(
        key,
        [*run, str(main), str(outdir)],
        main.parent,
        lambda: refuse_other_resources(ours_outdir, outdir),
    )
