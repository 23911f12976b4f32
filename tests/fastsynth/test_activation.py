"""install() as its callers see it."""

from __future__ import annotations

from tests.fastsynth.interpreter import run


def test_switches_everything_on() -> None:
    """Called first, both sides are active and there is nothing to say."""
    result = run(
        """
        from fastsynth import activation
        status = activation.install()
        result = [status.python, status.node, status.reason]
        """
    )

    assert result == [True, True, None]


def test_a_second_call_changes_nothing() -> None:
    """Installing twice leaves one finder, one preload, and gives the same answer."""
    same, finders, preloads = run(
        """
        import os, sys
        from fastsynth import activation
        same = activation.install() is activation.install()
        result = [
            same,
            sum(type(finder).__module__.startswith("fastsynth") for finder in sys.meta_path),
            os.environ["NODE_OPTIONS"].count("preload.cjs"),
        ]
        """
    )

    assert same is True
    assert (finders, preloads) == (1, 1)


def test_once_node_runs_only_python_can_be_lazy() -> None:
    """After cdktf was imported Node's part is left out with one warning, also when asked again."""
    python, node, reason, caught, options, module = run(
        """
        import os, warnings
        import cdktf
        from fastsynth import activation
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            status = activation.install()
            activation.install()
        from cdktf_cdktf_provider_aws.vpc import Vpc
        result = [
            status.python, status.node, status.reason, [str(warning.message) for warning in caught],
            os.environ.get("NODE_OPTIONS"), Vpc.__module__,
        ]
        """
    )

    assert (python, node, options) == (True, False, None)
    assert caught == [reason]
    assert "node started before fastsynth.activation.install()" in reason
    assert module == "cdktf_cdktf_provider_aws.vpc"


def test_does_not_start_node() -> None:
    """install() itself imports jsii, which starts no Node yet, and nothing of cdktf."""
    result = run(
        """
        import sys
        from fastsynth import activation
        activation.install()
        import jsii
        result = [
            "_process" in vars(jsii.kernel.provider),
            [name for name in ("cdktf", "constructs") if name in sys.modules],
        ]
        """
    )

    assert result == [False, []]
