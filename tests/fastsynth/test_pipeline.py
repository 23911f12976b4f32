"""Asking Node ahead: the same answers, fewer requests, and errors that are not lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fastsynth.interpreter import ROOT, run

STACK = """
import tempfile
from fastsynth import activation
activation.install()
import jsii
from cdktf import App, TerraformStack, Testing
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.vpc import Vpc

node = jsii.kernel.provider._process
asked = []
write = type(node)._write

def noted(self, api, body, *rest):
    asked.append(api)
    write(self, api, body, *rest)

type(node)._write = noted
stack = TerraformStack(App(outdir=tempfile.mkdtemp(), stack_traces=False), "stack")
"""


def in_stack(code: str) -> Any:
    """What ``code`` leaves in ``result`` when it runs beside a stack, with ``asked`` to look at."""
    return run(f"{STACK}\n{code}")


def test_answers_are_read_when_one_is_needed() -> None:
    """The first object of a type waits, later ones and what is set do not, an attribute does."""
    unread = in_stack(
        """
result = []
for step in (
    lambda: Vpc(stack, "a"),
    lambda: Vpc(stack, "b"),
    lambda: setattr(stack.node.find_child("b"), "cidr_block", "10.0.0.0/16"),
    lambda: stack.node.find_child("b").arn,
):
    step()
    result.append(len(node._unread))
"""
    )

    # `find_child` itself has to be answered.
    assert unread == [0, 1, 1, 0]


def test_an_attribute_is_asked_for_once() -> None:
    """A reference read again costs no request; what may change is asked for each time."""
    arns, inputs, gets = in_stack(
        """
vpc = Vpc(stack, "a", cidr_block="10.0.0.0/16")
arns = {vpc.arn, vpc.arn, vpc.arn}
inputs = [vpc.cidr_block_input]
vpc.cidr_block = "10.1.0.0/16"
inputs.append(vpc.cidr_block_input)
result = [len(arns), inputs, asked.count("get")]
"""
    )

    assert arns == 1
    assert inputs == ["10.0.0.0/16", "10.1.0.0/16"]
    assert gets == 3


def test_many_requests_never_fill_the_pipe() -> None:
    """Two thousand objects in a row, some of them larger than what may stay unread, all arrive."""
    most, count, largest = in_stack(
        """
most = 0
for number in range(2000):
    Vpc(stack, f"vpc-{number}", tags={"large": "x" * (50_000 if number % 500 == 0 else 10)})
    most = max(most, node._unread_bytes)
result = [most, len(stack.node.children), len(Testing.synth(stack).split("x" * 50_000)) - 1]
"""
    )

    assert count == 2000
    assert largest == 4
    # One alone may be larger: nothing else is then unread.
    assert most < 60_000


def test_an_error_says_which_request_was_meant() -> None:
    """Node's refusal of an object comes with a later request, and names the object."""
    result = in_stack(
        """
Vpc(stack, "a")
Vpc(stack, "a")
try:
    stack.to_terraform()
except RuntimeError as error:
    result = [str(error), error.__notes__]
# The conversation goes on in step.
Vpc(stack, "c")
result.append(sorted(child.node.id for child in stack.node.children))
"""
    )

    message, notes, children = result
    assert "There is already a Construct with name 'a'" in message
    assert notes == ["the answer to an earlier request: create @cdktf/provider-aws.vpc.Vpc a"]
    assert children == ["a", "c"]


def test_an_error_to_what_is_waited_for_is_raised_there() -> None:
    """A refused question raises where it is asked, as without fastsynth."""
    message, notes = in_stack(
        """
vpc = Vpc(stack, "a")
try:
    jsii.get(vpc, "noSuchProperty")
except jsii.errors.JSIIError as error:
    result = [str(error), getattr(error, "__notes__", None)]
"""
    )

    assert "noSuchProperty" in message
    assert notes is None


def test_an_answer_that_was_not_foreseen_is_refused() -> None:
    """An object under another name than the one it was used by ends the programme."""
    message = in_stack(
        """
from jsii._kernel.types import CreateRequest
Vpc(stack, "a")
node._newest += 5
Vpc(stack, "b")
try:
    stack.to_terraform()
except RuntimeError as error:
    result = f"{type(error).__name__}: {error}"
"""
    )

    assert message.startswith("Unforeseen: node made @cdktf/provider-aws.vpc.Vpc@")
    assert message.endswith("was foreseen")


def test_requests_take_turns_once_node_may_call_back() -> None:
    """An object with a method of its own is called from Node, and every answer is waited for."""
    before, after, called = in_stack(
        """
from cdktf import Aspects, IAspect
seen = []

@jsii.implements(IAspect)
class Note:
    def visit(self, node):
        seen.append(node.node.id)

Vpc(stack, "a")
Vpc(stack, "b")
before = len(node._unread)
Aspects.of(stack).add(Note())
Vpc(stack, "c")
after = len(node._unread)
Testing.synth(stack)
result = [before, after, sorted(seen)]
"""
    )

    assert before == 1
    assert after == 0
    assert called == ["a", "b", "c", "stack"]


def test_an_overridden_method_is_called() -> None:
    """A class that overrides a method of its binding works as without fastsynth."""
    result = in_stack(
        """
class Named(Vpc):
    def to_string(self):
        return "mine"

Vpc(stack, "a")
result = [str(Named(stack, "b").to_string()), len(node._unread)]
"""
    )

    assert result == ["mine", 0]


def test_the_hosts_stack_is_sent_when_asked_for() -> None:
    """With JSII_HOST_STACK_TRACES jsii's own way is used, which sends Python's stack along."""
    asked = run(f"{STACK}\nVpc(stack, 'a').arn\nresult = asked[1:]", env={"JSII_HOST_STACK_TRACES": "1"})

    assert asked == []


@pytest.mark.parametrize("hook", ["stderr_sink", "_NodeProcess.handshake", "_NodeProcess"])
def test_says_when_jsii_has_changed(hook: str) -> None:
    """Without a part of jsii that it builds on it leaves everything as it was, and says so."""
    reason, kept = run(
        f"""
        import jsii
        from fastsynth import pipeline
        from jsii._kernel.providers import process
        del process.{hook}
        kept = getattr(process, "_NodeProcess", None)
        reason = pipeline.install()
        result = [reason, kept is getattr(process, "_NodeProcess", None)]
        """
    )

    assert f"this jsii has no {hook.rpartition('.')[2]}" in reason
    assert kept is True


def test_says_when_there_is_no_jsii(tmp_path: Path) -> None:
    """A jsii without its process module is said in the warning's words."""
    (tmp_path / "jsii").mkdir()
    (tmp_path / "jsii" / "__init__.py").write_text("")

    reason = run("from fastsynth import pipeline; result = pipeline.install()", path=(tmp_path,))

    assert "jsii cannot be imported" in reason


def test_another_runtime_is_started_as_jsii_would(tmp_path: Path) -> None:
    """JSII_RUNTIME names what to start instead: it is started by jsii itself."""
    runtime = tmp_path / "runtime.js"
    runtime.write_text('console.error("mine"); process.exit(1);')

    completed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from fastsynth import activation; activation.install(); import cdktf; cdktf.App()",
        ],
        cwd=ROOT,
        env={**os.environ, "JSII_RUNTIME": str(runtime), "NODE_OPTIONS": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert completed.returncode != 0
    assert "mine" in completed.stderr


def test_a_node_that_has_ended_is_said() -> None:
    """As when the machine ran out of memory: whether it is asked or waited for, and ending is no error then."""
    said = in_stack(
        """
from fastsynth.pipeline import NodeEnded
node._process.kill()
node._process.wait()
result = []
for ask in (lambda: stack.node.path, lambda: stack.to_string(), lambda: Vpc(stack, "a")):
    try:
        ask()
    except (NodeEnded, BrokenPipeError) as error:
        result.append(f"{type(error).__name__}: {error}")
node.stop()
"""
    )

    assert len(said) == 3
    assert all(one.startswith("NodeEnded: ended by signal 9 before it was done") for one in said)


def test_a_node_that_ends_by_itself_is_said() -> None:
    """Half an answer is none."""
    said = in_stack(
        """
from fastsynth.pipeline import NodeEnded
node._process.stdin.write(b'{"exit":3}\\n')
node._process.stdin.flush()
node._process.wait()
node._process.stdin.close()
try:
    node._noted_line(node._process.stdout.readline())
except NodeEnded as error:
    result = str(error)
"""
    )

    assert said.startswith("ended with exit code 3")


def test_ending_what_never_started_is_no_error() -> None:
    """As when it is interrupted at that moment."""
    assert in_stack("result = type(node)().stop()") is None
