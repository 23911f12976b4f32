"""A base plans a head that it takes for data, as its pipeline does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from operations.placeholders import VARIABLE
from operations.plans.sealed_plan import read_about
from tests.operations.heads.checkouts import ENVIRONMENT, STACK, Checkouts, git, synthesize, write
from tests.operations.pipeline.stand_in import StandIn

Capture = pytest.CaptureFixture[str]

ELSEWHERE = {**STACK, "provider": {"google": [{"compute_custom_endpoint": "https://example.com/"}]}}
RUNNING = {
    **STACK,
    "resource": {"null_resource": {"N": {"provisioner": [{"local-exec": {"command": "env"}}]}}},
}


def test_a_head_is_planned_as_it_is_committed(both: Checkouts, terraform: StandIn) -> None:
    """In a copy, of its tree; nothing is left in it."""
    both.push("environments/dev.yaml", (both.head / "environments" / "dev.yaml").read_text() + "# more\n")

    assert main(["plan", "dev", "--head=head"]) == 0

    about = read_about(Path("plans/dev.plan"))
    assert about.tree == git(both.head, "rev-parse", "HEAD^{tree}")
    assert terraform.commands == ["init", "plan", "show"]
    assert [path.name for path in (both.head / "cdktf.out" / "stacks" / "dev").iterdir()] == ["cdk.tf.json"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        pytest.param(
            'Error: a number is required: "h-u-n-t-e-r-2"\n\n  with google_compute_network.N,\n  with h-u-n-t-e-r-2,\n',
            "terraform plan failed at google_compute_network.N: Terraform's own words may hold values",
            id="title with a value",
        ),
        pytest.param(
            "Error: Resource precondition failed\n\nIt was h-u-n-t-e-r-2.\n",
            "terraform plan failed: Resource precondition failed; plan it on a machine of your own",
            id="detail with a value",
        ),
    ],
)
def test_what_terraform_says_of_a_head_is_not_told(
    both: Checkouts, terraform: StandIn, capsys: Capture, said: str, told: str
) -> None:
    """A secret that was taken apart by whoever wrote the stack is found by no search, and everybody reads the log."""
    assert both.head.is_dir()
    terraform.order(plan={"exit": 1, "stderr": said})

    assert main(["plan", "dev", "--head=head"]) == 2
    printed = "".join(capsys.readouterr())
    assert f"dev: cannot be planned: {told}" in printed
    assert "h-u-n-t-e-r-2" not in printed


def test_a_checkout_of_another_commit_is_refused(
    both: Checkouts, terraform: StandIn, capsys: Capture
) -> None:
    """What is planned and reviewed is the commit that the host named, not what was checked out by mistake."""
    commit = git(both.head, "rev-parse", "HEAD")
    codes = [
        main(["plan", "dev", "--head=head", f"--head-commit={commit}"]),
        main(["plan", "dev", "--head=head", "--head-commit=0123456789abcdef"]),
        main(["review-plans", "plans", "--head=head", "--head-commit=0123456789abcdef"]),
    ]

    assert codes == [0, 2, 2]
    said = f"head: is a checkout of {commit[:12]}, and 0123456789ab is judged"
    assert capsys.readouterr().err.count(said) == 2
    assert terraform.commands == ["init", "plan", "show"]


@pytest.mark.parametrize(
    ("stack", "words", "code"),
    [
        (ELSEWHERE, ["--agreed"], 0),
        (ELSEWHERE, [], 2),
        (RUNNING, [], 2),
        (RUNNING, ["--agreed"], 2),
    ],
    ids=["agreed", "not agreed", "runs code", "runs code, agreed"],
)
def test_nothing_is_planned_that_nobody_agreed_to(
    both: Checkouts, terraform: StandIn, capsys: Capture, stack: object, words: list[str], code: int
) -> None:
    """Terraform is not started, and no earlier plan stays."""
    (both.base / "plans").mkdir()
    (both.base / "plans" / "dev.plan").write_text("an earlier one")
    synthesize(both.head, dev=stack, test=STACK)

    assert main(["plan", "dev", "--head=head", *words]) == code

    assert bool(terraform.commands) is (code == 0)
    assert Path("plans/dev.plan").exists() is (code == 0)
    assert ("dev: is " in capsys.readouterr().err) is (code == 2)


@pytest.mark.parametrize(("value", "code"), [("true", 0), ("false", 2), ("", 2)])
def test_a_matrix_says_whether_people_agreed(
    both: Checkouts, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, value: str, code: int
) -> None:
    """In the variable that a workflow sets, whatever the stack."""
    assert terraform.orders
    synthesize(both.head, dev=ELSEWHERE, test=STACK)
    monkeypatch.setenv("HYBRID_AGREED", value)

    assert main(["plan", "dev", "--head=head"]) == code


def test_placeholders_of_the_head_are_refused(
    both: Checkouts, monkeypatch: pytest.MonkeyPatch, capsys: Capture, terraform: StandIn
) -> None:
    """It is the head that would be deployed."""
    monkeypatch.delenv(VARIABLE)

    assert both.head.is_dir()

    assert main(["plan", "dev", "--head=head"]) == 2

    assert "head/environments/dev.yaml" in capsys.readouterr().err
    assert terraform.commands == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plan", "dev", "--agreed"], "--agreed goes with --head only"),
        (["plan", "dev", "--head=head", "--uncommitted"], "--uncommitted and --head exclude each other"),
        (["stacks", "--head=head", "--plans=plans"], "--plans and --head exclude each other"),
        (["review-plans", "plans", "--approvals=approvals.json"], "--approvals goes with --head only"),
    ],
)
def test_words_that_do_not_go_together_are_refused(
    both: Checkouts, capsys: Capture, words: list[str], said: str
) -> None:
    """Before anything is done."""
    assert both.base.is_dir()

    assert main(words) == 2

    assert said in capsys.readouterr().err


def with_lab(both: Checkouts) -> None:
    """A head with one environment more."""
    write(
        both.head / "environments" / "organization.yaml",
        "{name: kl, domain: example.com, promotion: [dev, test, lab]}\n",
    )
    both.push("environments/lab.yaml", ENVIRONMENT.format(name="lab", number=2))


def test_people_read_to_what_they_agree(both: Checkouts, capsys: Capture) -> None:
    """Where it differs, and no value."""
    synthesize(both.head, dev=ELSEWHERE, test=RUNNING)

    assert main(["stacks", "--head=head", "--format=markdown"]) == 0

    text = capsys.readouterr().out
    agreed, refused = (text.partition(title)[2].split("\n\n")[1] for title in ("People have", "Refused, who"))
    assert "provider.google" in agreed
    assert "compute_custom_endpoint" in agreed
    assert "example.com" not in text
    assert "local-exec" not in refused
    assert "test" in refused


def test_stacks_here_are_a_table_alone(both: Checkouts, capsys: Capture) -> None:
    """Nobody has to agree to what is merged."""
    assert both.base.is_dir()

    assert main(["stacks", "--format=markdown"]) == 0

    assert "agree" not in capsys.readouterr().out


def test_the_matrix_names_where_each_is_planned(both: Checkouts, capsys: Capture) -> None:
    """The GitHub environment whose people agree, for a changed stack and a new one; why is said."""
    with_lab(both)
    synthesize(both.head, dev=ELSEWHERE, test=RUNNING, lab=STACK)

    assert main(["stacks", "--head=head", "--format=github"]) == 0

    printed = capsys.readouterr()
    assert json.loads(printed.out.removeprefix("stacks=")) == [
        {"stack": "dev", "environment": "agreed-dev", "runner": "ubuntu-24.04", "agreed": True},
        {"stack": "test", "environment": "plan-test", "runner": "ubuntu-24.04", "agreed": False},
        {"stack": "lab", "environment": "agreed-lab", "runner": "ubuntu-24.04", "agreed": True},
    ]
    assert "dev: people have to agree: its providers are not those of the base" in printed.err
    assert "test: is not planned with credentials: " in printed.err


def test_the_matrix_of_an_apply_stays(both: Checkouts, capsys: Capture) -> None:
    """An environment is the one that is applied to."""
    assert both.base.is_dir()

    assert main(["stacks", "--format=github"]) == 0

    assert json.loads(capsys.readouterr().out.removeprefix("stacks="))[0] == {
        "stack": "dev",
        "environment": "dev",
        "runner": "ubuntu-24.04",
    }
