"""The composition root: one Terraform stack for each environment, and a companion where it asks for one.

``python main.py``, ``cdktf synth`` and ``hybrid synth`` all come through here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdktf import App

    from environments.model.estate import Estate
    from environments.model.share import Share


def synthesize(estate: Estate, names: Sequence[str], outdir: Path) -> None:
    """Write the stacks of the named environments below ``outdir``; builds nothing of the others.

    Raises:
        ValueError: an entity cannot be built, such as a physical name that is too long.
    """
    prepare()
    from cdktf import App

    from environments.model.share import shares
    from stacks.environment_stack import EnvironmentStack

    # Absolute: Node keeps the folder that it was started in.
    app = App(outdir=str(outdir.absolute()), stack_traces=False)
    share = shares(estate)
    stacks = {
        name: EnvironmentStack(
            app,
            name,
            config=estate.environments[name],
            organization=estate.organization,
            refactoring=estate.refactoring(name),
            share=share[name],
        )
        for name in names
    }
    for name in names:
        _add_companion(app, estate, name)
        _add_attach_companion(app, estate, name, share[name])
    for name, stack in stacks.items():
        owner = estate.environments[name].waits_for
        if owner in stacks:
            stack.add_dependency(stacks[owner])
    app.synth()


def _add_companion(app: App, estate: Estate, environment: str) -> None:
    """Add the stack that needs vCenter, for an environment that asks for it."""
    config = estate.environments[environment]
    if config.vmware is None or config.vmware.vsphere is None:
        return
    # Here, because the provider's package takes its time to load.
    from environments.model.stack_plan import vsphere_stack
    from stacks.vsphere_stack import VsphereStack

    name = vsphere_stack(environment)
    VsphereStack(
        app,
        name,
        config=config,
        vmware=config.vmware,
        vsphere=config.vmware.vsphere,
        organization=estate.organization,
        refactoring=estate.refactoring(name),
    )


def _add_attach_companion(app: App, estate: Estate, environment: str, share: Share) -> None:
    """Add the stack that attaches EKS clusters to the fleet, for an environment that has some."""
    config = estate.environments[environment]
    from environments.model.stack_plan import attach_stack, has_attach

    if not has_attach(config):
        return
    from stacks.attach_stack import AttachStack

    name = attach_stack(environment)
    AttachStack(
        app,
        name,
        config=config,
        organization=estate.organization,
        refactoring=estate.refactoring(name),
        share=share,
    )


def prepare() -> None:
    """Set up what has to stand before the first ``import cdktf``, which starts Node; idempotent."""
    import fastsynth
    from operations.toolchain import use_pinned_node

    use_pinned_node()
    fastsynth.install()

    from stacks import plain_dict_guard

    plain_dict_guard.install()


if __name__ == "__main__":
    from operations.cli import main

    sys.exit(main(["synth", *sys.argv[1:]]))
