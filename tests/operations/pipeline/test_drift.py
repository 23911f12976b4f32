"""Drift: what others changed, what an apply would undo, what it would leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.pipeline.drift import Difference, drift
from operations.pipeline.drift_report import LIMIT, MARKER, drift_lines, drift_markdown
from tests.operations.pipeline.stand_in import StandIn

Capture = pytest.CaptureFixture[str]


def entry(
    address: str, *actions: str, before: Any = None, after: Any = None, **change: Any
) -> dict[str, Any]:
    """One entry of a plan's lists."""
    return {
        "address": address,
        "change": {"actions": list(actions), "before": before, "after": after, **change},
    }


PLAN = {
    "terraform_version": "1.11.4",
    "resource_drift": [
        entry(
            "aws_sg.A",
            "update",
            before={"port": 22, "tags": {}},
            after={"port": 443, "tags": {"x": "hunter2"}},
        ),
        entry("aws_kms_key.K", "delete", before={"arn": "x"}),
        entry("aws_vpc.V", "update", before={"tags": {}}, after={"tags": {"x": "hunter2"}}),
    ],
    "resource_changes": [
        entry(
            "aws_sg.A",
            "update",
            before={"port": 443, "id": 1},
            after={"port": 22},
            after_unknown={"id": True},
        ),
        entry("aws_kms_key.K", "create", after={"arn": "y"}, after_unknown={"id": True}),
        entry("aws_subnet.S", "delete", "create", before={"cidr": "a"}, after={"cidr": "b"}),
        entry("aws_vpc.V", "no-op", before={}, after={}),
        entry("data.aws_ami.D", "read", after={}),
        entry("aws_eip.I", "no-op", before={}, after={}, importing={"id": "x"}),
    ],
    "output_changes": {"url": {"actions": ["update"]}, "same": {"actions": ["no-op"]}},
}


def test_what_others_did_is_told_from_what_is_not_applied() -> None:
    """By address and attribute, never by value."""
    found = drift("dev", json.dumps(PLAN).encode())

    assert found.undone == (
        Difference("aws_sg.A", "changed", "update", ("port",)),
        Difference("aws_kms_key.K", "deleted", "create", ()),
    )
    assert found.pending == (
        Difference("aws_subnet.S", "", "delete/create", ("cidr",)),
        Difference("aws_eip.I", "", "no-op", ()),
        Difference("output.url", "", "update", ()),
    )
    assert found.kept == (Difference("aws_vpc.V", "changed", "", ("tags",)),)


def test_an_empty_plan_is_no_drift() -> None:
    """Nothing was changed, by nobody."""
    assert not drift("dev", b"{}").is_found
    assert list(drift_lines([drift("dev", b"{}")])) == ["dev: as it was applied"]


def _table(routes: list[Any]) -> dict[str, Any]:
    return {"id": "rtb-1", "vpc_id": "vpc-1", "owner_id": "1", "route": routes}


def _after_an_apply(*routes: dict[str, Any]) -> bytes:
    """A plan right after the apply that made a route table and, in it, a route to the internet."""
    types = {"aws_route_table.T": "aws_route_table", "aws_route.R": "aws_route"}
    route = {"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}
    plan: dict[str, Any] = {
        "configuration": {
            "root_module": {
                "resources": [
                    {"address": "aws_route_table.T", "expressions": {"vpc_id": {"references": ["aws_vpc.V"]}}}
                ]
            }
        },
        "resource_drift": [
            entry("aws_route_table.T", "update", before=_table([]), after=_table([*routes])),
            {
                **entry("module.m.aws_vpc.V", "update", before={}, after={"a": 1}),
                "module_address": "module.m",
            },
        ],
        "resource_changes": [
            entry("aws_route_table.T", "no-op", before=_table([*routes]), after=_table([*routes])),
            entry("aws_route.R", "no-op", before=route, after=route),
        ],
    }
    for part in ("resource_drift", "resource_changes"):
        for one in plan[part]:
            one["type"] = types.get(one["address"], "aws_vpc")
    return json.dumps(plan).encode()


def test_what_the_last_apply_moved_is_told_from_a_route_that_somebody_added() -> None:
    """The table lists both; an apply would undo neither."""
    ours = {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}
    theirs = {"cidr_block": "10.9.0.0/16", "network_interface_id": "eni-9"}
    module = Difference("module.m.aws_vpc.V", "changed", "", ("a",))

    assert drift("dev", _after_an_apply(ours)).kept == (module,)

    found = drift("dev", _after_an_apply(ours, theirs))

    assert found.kept == (Difference("aws_route_table.T", "changed", "", ("route",)), module)
    assert next(iter(drift_lines([found]))) == (
        "dev: aws_route_table.T was changed outside Terraform (route); no apply would undo it"
    )


def test_the_issue_says_what_an_apply_would_do() -> None:
    """And what was not looked at."""
    text = drift_markdown([drift("dev", json.dumps(PLAN).encode())], [("prod", "its state is somewhere")])

    assert (
        text
        == f"""{MARKER}
## Drift: dev

Undo what was done by hand by applying the code, or say it in the environment's file and have that reviewed.

- **prod** was not looked at: its state is somewhere

### dev

- `aws_sg.A` was changed outside Terraform (`port`); an apply would update it
- `aws_kms_key.K` was deleted outside Terraform; an apply would create it
- `aws_subnet.S` is not as the code says (`cidr`); an apply would delete/create it
- `aws_eip.I` is not as the code says; an apply would take it in
- `output.url` is not as the code says; an apply would update it
- `aws_vpc.V` was changed outside Terraform (`tags`); no apply would undo it
"""
    )


def test_the_issue_is_never_longer_than_github_takes() -> None:
    """What does not fit is counted."""
    changes = [entry(f"aws_vpc.{'V' * 100}{n}", "update", before={"a": 1}, after={}) for n in range(600)]

    text = drift_markdown([drift("dev", json.dumps({"resource_changes": changes}).encode())], [])

    assert len(text) < LIMIT + 100
    shown = text.count("- `aws_vpc")
    assert f"\n\n{600 - shown} more lines do not fit; run `hybrid drift`.\n" in text


def test_drift_plans_what_can_be_planned(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """Without a key and a trace; exit code 3."""
    terraform.order(json=PLAN)

    code = main(["drift", "--no-lock", "--format=markdown", "--output=drift.md"])

    said = capsys.readouterr().out
    assert code == 3
    assert "-lock=false" in terraform.log[1]["command"]
    assert "dev: aws_sg.A was changed outside Terraform (port); an apply would update it" in said
    assert "sandbox: not looked at: its state is on somebody's machine" in said
    assert "hunter2" not in said + (project / "drift.md").read_text()
    assert not (project / "plans").exists()


def test_no_drift_ends_well(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """Of a stack that was named, others are not spoken of."""
    assert project.is_dir()

    code = main(["drift", "dev"])

    assert (code, terraform.commands) == (0, ["init", "plan", "show"])
    assert capsys.readouterr().out == "dev: as it was applied\n"


def test_drift_reads_sealed_plans(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """As the nightly run made them, one job a stack; a stack whose job failed is a failure, after the report."""
    terraform.order(json=PLAN)
    main(["plan", "dev"])
    found = main(["drift", "--plans=plans", "--format=markdown", "--output=drift.md"])
    capsys.readouterr()

    missing = main(["drift", "--plans=plans", "--runner=dc", "--format=markdown", "--output=drift.md"])

    said = capsys.readouterr()
    assert (found, missing) == (3, 2)
    assert "dev-vsphere: has no plan among these, and should have one" in said.err
    assert (
        "- **dev-vsphere** was not looked at: it could not be planned" in (project / "drift.md").read_text()
    )


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_drift_is_told_in_a_form_and_written_to_a_file(
    form: str, project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """A document is all that stands on standard output; beside a file, lines for whoever reads along."""
    terraform.order(json=PLAN)
    main(["drift"])
    lines = capsys.readouterr().out
    main(["drift", f"--format={form}"])
    told = capsys.readouterr().out

    assert main(["drift", f"--format={form}", "--output=drift.md"]) == 3

    assert capsys.readouterr().out == lines
    assert (project / "drift.md").read_text() == told
    assert (told == lines) == (form == "text")


def test_drift_is_asked_in_one_way(project: Path, capsys: Capture) -> None:
    """Of stacks or of plans."""
    assert project.is_dir()

    code = main(["drift", "dev", "--plans=plans"])

    assert code == 2
    assert "--plans says which stacks; name none" in capsys.readouterr().err
