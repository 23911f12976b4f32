"""Run code in a Python interpreter that has imported nothing of jsii, and make provider packages that are small enough to read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.warm.programs import UNDER_JSII, begun

ROOT = Path(__file__).parents[2]


def run(code: str, *, env: Mapping[str, str] | None = None, path: tuple[Path, ...] = ()) -> Any:
    """Return what ``code`` leaves in ``result``, as plain data.

    Args:
        code: Python source that assigns ``result``.
        env: variables on top of the process's own, of which NODE_OPTIONS is left out.
        path: folders to import from before the project's own.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    places = [*map(str, (*path, ROOT))]
    program = (
        f"import sys\nsys.path[:0] = {places}\n{dedent(code)}\nimport json; print('\\n' + json.dumps(result))"
    )
    variables = {**inherited, "PYTHONPATH": os.pathsep.join(places), **(env or {})}
    with begun(UNDER_JSII, program, environment=variables) as begun_one:
        said, complained = begun_one.communicate()
    assert begun_one.returncode == 0, complained
    return json.loads(said.splitlines()[-1])


def make_provider(folder: Path, name: str, *, lazy_already: bool = False) -> None:
    """Write a provider package with the resources ``eip`` and ``vpc_peering``, as jsii-pacmak does.

    Args:
        folder: where the package goes.
        name: the package's name.
        lazy_already: whether its root has a ``__getattr__`` of its own in place of eager imports.
    """
    package = folder / name
    (package / "_jsii").mkdir(parents=True)
    (package / "_jsii/__init__.py").write_text(
        "from types import SimpleNamespace\n"
        "__jsii_assembly__ = SimpleNamespace(name='@cdktf/provider-fake')\n"
        "__all__ = ['__jsii_assembly__']\n"
    )
    for resource in ("eip", "vpc_peering"):
        (package / f"{resource}.py").write_text(f"Resource = {resource!r}\n")
    last = (
        "def __getattr__(name): return 'its own ' + name\n"
        if lazy_already
        else "from . import eip\nfrom . import vpc_peering\n"
    )
    (package / "__init__.py").write_text(
        "'''A provider.'''\n"
        "import publication\n"
        "from ._jsii import *\n"
        "VERSION = '1'\n"
        "__all__ = ['eip', 'vpc_peering', 'VERSION']\n"
        + ("" if lazy_already else "publication.publish()\n")
        + last
    )
