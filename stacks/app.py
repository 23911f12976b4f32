"""All stacks of the environments asked for, in one cdktf App: what others import of `stacks`.

Whoever imports this waits for nothing: cdktf is loaded, and Node started, by what is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cdktf import App

    from estate.derived.share import Share
    from estate.model.estate import Estate


def load() -> None:
    """Load cdktf, which starts Node, and refuse plain dicts in lists from here on; idempotent."""
    from stacks import plain_dict_guard

    plain_dict_guard.install()
    from cdktf import App  # noqa: F401


def synthesize(estate: Estate, names: Sequence[str], outdir: Path) -> None:
    """Write the stacks of the named environments below ``outdir``; builds nothing of the others.

    Raises:
        ValueError: an entity cannot be built, such as a physical name that is too long.
    """
    load()
    from cdktf import App

    from estate.derived.share import shares
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
    for name, stack in stacks.items():
        owner = estate.environments[name].waits_for
        if owner in stacks:
            stack.add_dependency(stacks[owner])
        _add_companions(app, estate, name, share[name])
    app.synth()


def _add_companions(app: App, estate: Estate, environment: str, share: Share) -> None:
    """Add the stacks that need vCenter, a private cluster or a person, for an environment that asks for them."""
    # Here, because the providers' packages take their time to load.
    from estate.derived.pipeline.ground import ground
    from estate.derived.stack_plan import attach_stack, bootstrap_stack, has_attach, vsphere_stack

    config = estate.environments[environment]
    if config.vmware and config.vmware.vsphere:
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
            share=share,
        )
    if config.google and has_attach(config):
        from stacks.attach_stack import AttachStack

        name = attach_stack(environment)
        AttachStack(
            app,
            name,
            config=config,
            google=config.google,
            organization=estate.organization,
            refactoring=estate.refactoring(name),
            share=share,
        )
    if found := ground(estate, environment):
        from stacks.bootstrap_stack import BootstrapStack

        name = bootstrap_stack(environment)
        BootstrapStack(
            app,
            name,
            config=config,
            ground=found,
            organization=estate.organization,
            refactoring=estate.refactoring(name),
            share=share,
        )
