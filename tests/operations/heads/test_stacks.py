"""The stacks of a head are those that it may have, and are planned in a copy of what was looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.artifacts.estate_stacks import HOSTED
from operations.heads.stacks import Sides, foreign, head_stacks, safe_copy
from tests.operations.heads.checkouts import STACK, Checkouts, synthesize, write


def sides(both: Checkouts) -> Sides:
    """Both sides as verbs take them."""
    return Sides(both.opened(), Path("environments"), Path("cdktf.out"))


def test_the_stacks_of_a_head_are_listed(both: Checkouts) -> None:
    """As those of a synthesis here."""
    assert [one.name for one in head_stacks(both.opened(), {})] == ["dev", "test"]


def test_what_the_head_says_of_itself_decides_no_runner(both: Checkouts) -> None:
    """It would be planned on a machine inside of the company's network, or not at all."""
    there = both.head / "cdktf.out" / "stacks.json"
    order = json.loads(there.read_text())
    order["stacks"]["dev"]["reaches"] = ["vcenter.kl.example.com"]
    there.write_text(json.dumps(order))

    stacks = head_stacks(both.opened(), {"*": "own"})

    assert [(one.runner, one.obstacle) for one in stacks] == [(HOSTED, ""), (HOSTED, "")]


@pytest.mark.parametrize(
    "stack",
    [
        {**STACK, "terraform": {"backend": {"local": {}}}},
        {},
        {**STACK, "terraform": {}},
        {**STACK, "terraform": {"backend": {}}},
        {**STACK, "terraform": {"backend": 1}},
    ],
    ids=["said", "nothing said", "no backend", "an empty one", "none"],
)
def test_a_state_that_lies_elsewhere_than_the_files_say_is_refused(
    both: Checkouts, stack: dict[str, object]
) -> None:
    """A stack whose state lies on somebody's machine is not planned, and nobody would know what it does."""
    synthesized = both.head / "cdktf.out" / "stacks" / "test" / "cdk.tf.json"
    synthesized.write_text(json.dumps(stack))

    with pytest.raises(InvalidInput, match=r"says otherwise than test\.yaml whether its state lies"):
        head_stacks(both.opened(), {})


@pytest.mark.parametrize("text", [None, "{", "{}", "[]"])
def test_an_order_of_no_use_is_refused(both: Checkouts, text: str | None) -> None:
    """Whoever pushes wrote it."""
    order = both.head / "cdktf.out" / "stacks.json"
    order.unlink()
    if text is not None:
        order.write_text(text)

    with pytest.raises(InvalidInput, match=r"holds no stacks\.json that synthesis writes; synthesize"):
        head_stacks(both.opened(), {})


def test_a_name_that_leads_elsewhere_is_not_a_stack(both: Checkouts) -> None:
    """It would become a folder, an artifact and a GitHub environment; another environment's would have its password."""
    order = {
        "order": ["../../dev", "dev\nstacks=[]", "dev", "test"],
        "stacks": {"dev": {"environment": "prod"}},
    }
    write(both.head / "cdktf.out" / "stacks.json", json.dumps(order))

    found = head_stacks(both.opened(), {})

    assert [(one.name, one.environment) for one in found] == [("dev", "dev"), ("test", "test")]


@pytest.mark.parametrize("backend", [{"local": {}}, {"gcs": {}, "local": {}}])
def test_a_state_that_is_somewhere_else_than_the_file_says_is_refused(
    both: Checkouts, backend: dict[str, object]
) -> None:
    """It would go unplanned, as one that lies on somebody's machine."""
    synthesize(both.head, dev={**STACK, "terraform": {"backend": backend}}, test=STACK)

    with pytest.raises(InvalidInput, match=r"says otherwise than dev\.yaml whether its state lies on"):
        head_stacks(both.opened(), {})


def test_what_a_stack_reaches_is_read_from_the_files(both: Checkouts) -> None:
    """One that says that no runner reaches it would go unplanned."""
    order = {name: {"environment": name, "after": [], "reaches": ["vcenter:443"]} for name in ("dev", "test")}
    write(both.head / "cdktf.out" / "stacks.json", json.dumps({"order": list(order), "stacks": order}))

    assert [one.obstacle for one in head_stacks(both.opened(), {})] == ["", ""]


def test_a_stack_that_the_files_ask_for_cannot_be_left_out(both: Checkouts) -> None:
    """Nobody would plan it."""
    synthesize(both.head, dev=STACK)

    with pytest.raises(InvalidInput, match="holds no stack test, which the files ask for"):
        head_stacks(both.opened(), {})


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        pytest.param(
            "stateful/dev.txt",
            "google_kms_key_ring.Gone\n",
            r"dev\.yaml: google_kms_key_ring\.Gone holds data or identity",
            id="record",
        ),
        pytest.param(
            "refactoring/dev.yaml",
            "import: [{to: google_compute_network.Gone, id: a}]\n",
            r"head/environments/refactoring/dev\.yaml: import\[0\]\.to: ",
            id="entry",
        ),
    ],
)
def test_what_synthesis_refuses_of_records_the_base_refuses(
    both: Checkouts, path: str, text: str, words: str
) -> None:
    """Whether the head's own synthesis asked, nobody knows."""
    both.push(f"environments/{path}", text)

    with pytest.raises(InvalidInput, match=words):
        head_stacks(both.opened(), {})


def test_a_base_that_is_not_synthesized_is_refused(both: Checkouts) -> None:
    """Every stack would be new, and no base would differ."""
    (both.base / "cdktf.out" / "stacks.json").unlink()

    with pytest.raises(InvalidInput, match=r"cdktf\.out/stacks\.json: is not there; run hybrid synth"):
        foreign(sides(both), ["dev"])


def test_a_copy_holds_the_stack_and_nothing_that_lies_beside_it(both: Checkouts) -> None:
    """Terraform takes other files of code, variables, modules and programs for its own."""
    beside = both.head / "cdktf.out" / "stacks" / "dev"
    for name in (
        "evil.tf",
        "x.auto.tfvars",
        ".terraform/providers/x",
        ".terraform.lock.hcl",
        "override.tf.json",
    ):
        write(beside / name, "evil")

    with safe_copy(sides(both), ["dev"], agreed=False) as outdir:
        found = sorted(str(path.relative_to(outdir)) for path in outdir.rglob("*") if path.is_file())

        assert found == ["stacks/dev/cdk.tf.json"]
        assert json.loads((outdir / found[0]).read_text()) == STACK
    assert not outdir.exists()


def test_a_copy_has_the_lock_that_the_repository_keeps(both: Checkouts) -> None:
    """And it is not changed by the plan."""
    both.merge("environments/locks/dev.hcl", "provider {}\n")

    with safe_copy(sides(both), ["dev"], agreed=False) as outdir:
        stack = outdir / "stacks" / "dev"

        assert (stack / ".terraform.lock.hcl").read_text() == "provider {}\n"
        assert (stack / ".terraform.lock.hcl.laid").is_file()


@pytest.mark.parametrize("merged", [None, "provider {}\n"])
def test_another_lock_needs_people(both: Checkouts, merged: str | None) -> None:
    """Its checksums say which programs are run."""
    if merged:
        both.merge("environments/locks/dev.hcl", merged)
    both.push("environments/locks/dev.hcl", "provider {evil}\n")

    assert foreign(sides(both), ["dev"])["dev"].agreed == ("its provider lock is not that of the base",)


def test_what_lies_beside_by_right_comes_along(both: Checkouts) -> None:
    """A chart, from the base where an archive left it out; another one needs people."""
    chart = "cdktf.out/stacks/dev/assets/chart/values.yaml"
    write(both.base / chart, "a: 1\n")
    with safe_copy(sides(both), ["dev"], agreed=False) as outdir:
        assert (outdir / "stacks/dev/assets/chart/values.yaml").read_text() == "a: 1\n"

    write(both.head / chart, "a: 2\n")
    with pytest.raises(
        InvalidInput, match="it brings assets that the base does not have; plan it in agreed-dev"
    ):
        safe_copy(sides(both), ["dev"], agreed=False).__enter__()
    with safe_copy(sides(both), ["dev"], agreed=True) as outdir:
        assert (outdir / "stacks/dev/assets/chart/values.yaml").read_text() == "a: 2\n"


def test_everything_is_refused_at_once(both: Checkouts) -> None:
    """What nobody can agree to, and what somebody has to."""
    evil = {**STACK, "module": {}, "provider": {"google": [{"project": "other"}]}}
    synthesize(both.head, dev=evil, test=STACK, lab=STACK)

    with pytest.raises(InvalidInput) as refused:
        safe_copy(sides(both), ["dev", "test", "lab"], agreed=False).__enter__()

    assert [str(problem) for problem in refused.value.problems] == [
        'dev: is not planned with credentials: it has what no stack here has: block "module"; take it out, or merge '
        "what knows it first",
        "dev: is planned only where people agreed: its providers are not those of the base: "
        '"provider.google[0].project", "provider.google[0].region"; plan it in agreed-dev, with --agreed',
        "lab: is planned only where people agreed: it is new, so nobody has seen yet where its state lies and its "
        "credentials go; plan it in agreed-lab, with --agreed",
    ]


@pytest.mark.parametrize(
    "text", ['{"resource": {}, "resource": {}}', "[" * 100_000], ids=["two blocks of one name", "too deep"]
)
def test_a_stack_that_can_be_read_in_two_ways_is_never_planned(both: Checkouts, text: str) -> None:
    """Another reader sees the harmless half."""
    write(both.head / "cdktf.out" / "stacks" / "dev" / "cdk.tf.json", text)

    [reason] = foreign(sides(both), ["dev"])["dev"].refused

    assert reason.startswith("it can be read in several ways or in none: ")


def test_what_was_looked_at_is_what_is_planned(both: Checkouts) -> None:
    """Each stack is read once, and the copy holds what was read, whatever lies there by then."""
    of = sides(both)
    stack = both.head / "cdktf.out" / "stacks" / "dev" / "cdk.tf.json"

    foreign(of, ["dev"])
    write(stack, json.dumps({**STACK, "module": {"evil": {}}}))

    with safe_copy(of, ["dev"], agreed=False) as outdir:
        assert json.loads((outdir / "stacks/dev/cdk.tf.json").read_text()) == STACK
    assert of.head.code.stack("dev") is of.head.code.stack("dev")
