"""A provider that serves many commands of Terraform, attached as its developers attach one under a debugger.

Starting AWS's and checking its sum is half of what a small plan costs. Left out: whether a provider starts, which
`tests/deploy/test_killed_apply.py` and `test_cdktf_deploy.py` see, where Terraform starts its own.

https://developer.hashicorp.com/terraform/plugin/debugging
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.deploy.schema_relay import relayed
from tests.deploy.toolchain import MEMORY, Toolchain

_SAYS = "TF_REATTACH_PROVIDERS="
# The input ends with whoever started it, however that one ends, so no provider is left behind.
_UNTIL_ITS_INPUT_ENDS = '"$0" -debug & cat >/dev/null; kill $!; wait'


@contextmanager
def running(tools: Toolchain, variables: Mapping[str, str]) -> Iterator[Toolchain]:
    """Run the provider while the block runs; as it was where only an archive of it is at hand.

    Args:
        tools: Terraform and the provider.
        variables: the provider's environment, which Terraform does not hand on to one that runs already.
    """
    if tools.unpacked is None:
        yield tools
        return
    with (
        # Its socket's path has to be short.
        tempfile.TemporaryDirectory(prefix="provider-") as folder,
        subprocess.Popen(
            ["sh", "-c", _UNTIL_ITS_INPUT_ENDS, str(tools.unpacked)],
            # Of its own: where AWS_CA_BUNDLE is set, AWS's provider takes a second configuration for a failure.
            env={"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, **MEMORY, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            said = next((line for line in process.stdout if _SAYS in line), "")
            assert said, f"{tools.unpacked} does not say how to attach it"
            (how,) = json.loads(said.partition("=")[2].strip().strip("'")).values()
            relay = Path(folder, "relay")
            with relayed(Path(how["Addr"]["String"]), relay):
                how["Addr"]["String"] = str(relay)
                yield replace(tools, attached={tools.source: how})
        finally:
            process.stdin.close()
            process.wait(timeout=120)
