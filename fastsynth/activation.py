"""Switch the parts on, each by itself, and say which are."""

from __future__ import annotations

import functools
import sys
import warnings

from fastsynth import lazy_roots, node_options, package_cache, pipeline, type_checks, type_hints
from fastsynth.status import FastsynthWarning, Status


@functools.cache
def install() -> Status:
    """Make provider packages load lazily in this process; a second call changes nothing.

    Prepends a finder to ``sys.meta_path``, adds provider names to jsii's map of modules, has
    ``typing.get_type_hints`` remember what it said of jsii's functions, answers the simplest of
    typeguard's checks, replaces jsii's ``_NodeProcess``, and appends to ``NODE_OPTIONS``, which child
    processes inherit. Switches jsii's package cache off where jsii
    would refuse to use it. Never raises: a part that cannot be switched on is left out with a
    :class:`FastsynthWarning`.

    Returns:
        which parts are active; the same object at every call.
    """
    type_hints.install()
    type_checks.install()
    python_obstacle = lazy_roots.install()
    # Assemblies are loaded by `_jsii` modules, and the first one starts Node.
    started = next((name for name in sys.modules if name.endswith("._jsii")), None)
    node_obstacle = (
        f"node reads all of a provider, 2 s more each: {started.removesuffix('._jsii')} was imported "
        "and node started before fastsynth.activation.install(); call it before the first import of cdktf"
        if started
        else node_options.install()
    )
    cache_obstacle = None if started else package_cache.install()
    turns_obstacle = None if started else pipeline.install()

    reasons = [
        reason for reason in (python_obstacle, node_obstacle, cache_obstacle, turns_obstacle) if reason
    ]
    for reason in reasons:
        warnings.warn(reason, FastsynthWarning, stacklevel=2)
    return Status(
        python=python_obstacle is None, node=node_obstacle is None, reason="; ".join(reasons) or None
    )
