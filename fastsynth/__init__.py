"""Make the prebuilt CDKTF provider packages load what is used instead of everything.

A prebuilt provider imports all its resources when any one is needed, in Python (2,212 modules for
AWS) and again in the Node process behind it. :func:`fastsynth.activation.install` makes both sides
lazy, for the same synthesized bytes::

    from fastsynth import activation

    activation.install()

    from cdktf_cdktf_provider_aws.vpc import Vpc

Call it before the first ``import cdktf``: that import starts Node. Where something it builds on is
missing, the provider loads as slowly as without it and a
:class:`fastsynth.status.FastsynthWarning` says so.

It also keeps Python and Node from waiting for each other: see :mod:`fastsynth.pipeline`.

What it leaves out: the first run on a machine, when jsii unpacks each package into its cache and
Python compiles.
"""
