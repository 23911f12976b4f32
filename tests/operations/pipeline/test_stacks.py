"""Listing stacks: for people, for GitHub's matrix, for Atlantis."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Final

import pytest
import typer.main
import yaml

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.estate_stacks import MATRIX_LIMIT, Stack, foreseen_stacks, read_stacks
from operations.artifacts.order import ORDER, order_text
from operations.cli import app, main
from operations.gate.workflows import atlantis_findings
from operations.pipeline.matrix import github_output
from tests.example import ENVIRONMENTS, PLANS

Capture = pytest.CaptureFixture[str]


def test_people_see_where_a_stack_can_be_planned(project: Path, capsys: Capture) -> None:
    """And why not in a pipeline."""
    assert project.is_dir()

    code = main(["stacks"])

    lines = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    told = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert code == 0
    assert told[2:] == [
        [
            "sandbox",
            "nothing",
            "ubuntu-24.04",
            "its state is on somebody's machine; give it a bucket (state: gcs or s3)",
        ],
        [
            "dev-vsphere",
            "nothing",
            "none",
            "no runner reaches vcenter.example.com:443; name one in the variable HYBRID_RUNNERS, or plan it there",
        ],
        ["dev", "dev-vsphere", "ubuntu-24.04", "planned"],
    ]


def test_machines_see_everything(project: Path, capsys: Capture) -> None:
    """As JSON."""
    assert project.is_dir()

    code = main(["stacks", "--format=json"])

    found = json.loads(capsys.readouterr().out)["stacks"]
    assert (code, [stack["stack"] for stack in found]) == (0, ["sandbox", "dev-vsphere", "dev"])
    assert found[2] == {
        "stack": "dev",
        "environment": "dev",
        "after": ["dev-vsphere"],
        "reaches": [],
        "runner": "ubuntu-24.04",
        "obstacle": "",
    }


@pytest.mark.parametrize(
    ("runners", "companion"),
    [
        pytest.param("", [], id="none"),
        pytest.param("dc", [{"stack": "dev-vsphere", "environment": "dev", "runner": "dc"}], id="all"),
        pytest.param(
            "dc dev-vsphere=dc2", [{"stack": "dev-vsphere", "environment": "dev", "runner": "dc2"}], id="one"
        ),
    ],
)
def test_the_matrix_has_what_a_runner_reaches(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, runners: str, companion: list[object]
) -> None:
    """One line for $GITHUB_OUTPUT; the labels come from a variable of the repository."""
    assert project.is_dir()
    monkeypatch.setenv("HYBRID_RUNNERS", runners)

    code = main(["stacks", "--format=github"])

    name, _, value = capsys.readouterr().out.removesuffix("\n").partition("=")
    assert (code, name) == (0, "stacks")
    assert json.loads(value) == [*companion, {"stack": "dev", "environment": "dev", "runner": "ubuntu-24.04"}]


@pytest.mark.parametrize(
    ("runner", "words"),
    [
        pytest.param(
            "qa=dc", "--runner: qa is no stack (there are: sandbox, dev-vsphere, dev)", id="unknown"
        ),
        pytest.param("dev=", "must be LABEL or STACK=LABEL", id="nothing"),
    ],
)
def test_a_runner_for_nothing_is_refused(project: Path, capsys: Capture, runner: str, words: str) -> None:
    """A misspelt stack would silently stay unplanned."""
    assert project.is_dir()

    code = main(["stacks", f"--runner={runner}"])

    assert code == 2
    assert words in capsys.readouterr().err


def test_more_stacks_than_github_makes_jobs_of_are_refused() -> None:
    """GitHub would refuse the whole workflow, in other words."""
    stacks = [Stack(f"e{n}", f"e{n}", (), (), "ubuntu-24.04", "") for n in range(MATRIX_LIMIT + 1)]

    assert github_output(stacks[:-1]).count('"stack"') == MATRIX_LIMIT
    with pytest.raises(Exception, match="256 jobs of one matrix at most, and there are 257 stacks"):
        github_output(stacks)


@pytest.mark.parametrize("name", ["drift", "review"])
def test_an_environment_that_is_called_as_the_pipelines_own_gets_no_jobs(name: str) -> None:
    """What is applied of it would run where the keys of whoever reviews are, and ask nobody."""
    stacks = [Stack(one, one, (), (), "ubuntu-24.04", "") for one in ("dev", name)]

    assert github_output(stacks[:1]).count('"stack"') == 1
    with pytest.raises(InvalidInput, match=f"{name} is what the pipeline calls an environment of GitHub's"):
        github_output(stacks)


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        pytest.param(
            lambda out: (out / "stacks.json").unlink(), "is not there; run hybrid synth", id="missing"
        ),
        pytest.param(lambda out: (out / "stacks.json").write_text("{"), "is not JSON", id="half"),
        pytest.param(
            lambda out: (out / "stacks.json").write_text("{}"), "is not what synthesis writes", id="other"
        ),
        pytest.param(
            lambda out: (out / "stacks" / "dev" / "cdk.tf.json").unlink(),
            "holds no stack dev; run",
            id="part",
        ),
    ],
)
def test_output_that_is_not_whole_is_refused(
    project: Path, capsys: Capture, break_it: object, words: str
) -> None:
    """A stack that nobody lists is a stack that nobody plans."""
    assert callable(break_it)
    break_it(project / "cdktf.out")

    code = main(["stacks"])

    assert code == 2
    assert words in capsys.readouterr().err


def test_atlantis_plans_one_project_a_stack_in_order(project: Path, capsys: Capture) -> None:
    """Each waits for the one before it; what is left out is said."""
    assert project.is_dir()

    code = main(["stacks", "--format=atlantis", "--runner=inside"])

    text = capsys.readouterr().out
    projects = yaml.safe_load(text)["projects"]
    assert code == 0
    assert [(p["name"], p["workspace"], p["execution_order_group"], p["depends_on"]) for p in projects] == [
        ("dev-vsphere", "dev-vsphere", 1, []),
        ("dev", "dev", 2, ["dev-vsphere"]),
    ]
    assert "# Left out: sandbox: its state is on somebody's machine" in text


def test_atlantis_yaml_lists_projects_and_decides_nothing(project: Path, capsys: Capture) -> None:
    """Atlantis takes it from the pull request: with requirements or steps in it, one could approve itself."""
    assert project.is_dir()

    assert main(["stacks", "--format=atlantis", "--runner=inside"]) == 0

    document = yaml.safe_load(capsys.readouterr().out)
    assert set(document) == {
        "version",
        "automerge",
        "parallel_plan",
        "parallel_apply",
        "abort_on_execution_order_fail",
        "projects",
    }
    assert {key for project in document["projects"] for key in project} == {
        "name",
        "dir",
        "workspace",
        "execution_order_group",
        "depends_on",
        "autoplan",
    }
    assert {project["dir"] for project in document["projects"]} == {"."}
    assert document["automerge"] is False


def test_the_server_decides_and_lets_nothing_be_decided(capsys: Capture) -> None:
    """What has to be agreed, for every command that changes something; a pull request may set none of it."""
    assert main(["stacks", "--format=atlantis-server", "--repository=github.com/example/estate"]) == 0

    document = yaml.safe_load(capsys.readouterr().out)
    [repo] = document["repos"]
    agreed = ["approved", "mergeable", "undiverged"]
    assert (repo["id"], repo["branch"], repo["repo_config_file"]) == (
        "github.com/example/estate",
        "/^main$/",
        "atlantis.yaml",
    )
    assert (repo["plan_requirements"], repo["apply_requirements"], repo["import_requirements"]) == (
        ["undiverged"],
        agreed,
        agreed,
    )
    assert (repo["allowed_overrides"], repo["allow_custom_workflows"]) == ([], False)
    assert (repo["allowed_workflows"], repo["workflow"], list(document["workflows"])) == (
        ["hybrid"],
        "hybrid",
        ["hybrid"],
    )
    assert repo["autodiscover"] == {"mode": "disabled"}


_VCENTERS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"VSPHERE_PASSWORD": "x", "HYBRID_VCENTERS": "vcenter.example.com"},
    {"VSPHERE_PASSWORD": "x"},
    {"VSPHERE_PASSWORD": "x", "HYBRID_VCENTERS": ""},
)
"""What a server may have: no password, one with the hosts that get it, and one for whatever a pull request names."""


def _ended(line: str, **given: str) -> int:
    return subprocess.run(["sh", "-c", line], env=given, check=False).returncode


def test_the_server_runs_nothing_of_the_pull_request(capsys: Capture) -> None:
    """Its own hybrid, on what synthesis has just made; every stage is said, or Atlantis would run steps of its own."""
    assert main(["stacks", "--format=atlantis-server", "--repository=github.com/example/estate"]) == 0

    stages = yaml.safe_load(capsys.readouterr().out)["workflows"]["hybrid"]
    lines = {name: [step["run"] for step in stage["steps"]] for name, stage in stages.items()}
    assert set(lines) == {"plan", "apply", "import", "state_rm"}
    assert (lines["import"], lines["state_rm"]) == (["exit 1"], ["exit 1"])
    for name in ("plan", "apply"):
        guard, clean, unlinked, vcenters, *merged = lines[name]
        merged, commands = merged[:4], merged[4:]
        assert (guard, clean) == ('test "$REPO_REL_DIR" = .', "rm -rf cdktf.out artifact")
        assert unlinked.startswith("find . ")
        assert [_ended(vcenters, **given) for given in _VCENTERS] == [0, 0, 1, 1]
        assert merged[-1] == "cd artifact && hybrid synth"
        assert [line for line in commands if not line.startswith("hybrid ")] == []
        # A project is named by the pull request: --hours=9999, say.
        assert [
            line for line in commands if line.partition(' -- "$PROJECT_NAME"')[0].count("$PROJECT_NAME")
        ] == []
    # What is open stops the apply as well: Atlantis may apply what a failed plan left behind.
    review = 'hybrid review-plans "$PLANFILE" --base artifact/cdktf.out --format markdown'
    assert lines["apply"][-2] == lines["plan"][-1] == review
    verbs = typer.main.get_command(app)
    for line in lines["plan"] + lines["apply"]:
        words = line.replace('"$PROJECT_NAME"', "dev").replace('"$PLANFILE"', "p").split()
        if words[0] == "hybrid":
            verbs.commands[words[1]].make_context(words[1], words[2:])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("link", "to"),
    [
        ("environments/dev.yaml", "/proc/self/environ"),
        ("environments/stateful/dev.txt", "../../../victim"),
        ("environments", ".."),
        (".state", "/"),
        (".gitignore", "README.md"),
    ],
)
def test_the_server_follows_no_link_of_a_pull_request(
    tmp_path: Path, capsys: Capture, link: str, to: str
) -> None:
    """It would read a file of the server's into an error, or write over one; those that git keeps for itself count not."""
    assert main(["stacks", "--format=atlantis-server", "--repository=github.com/example/estate"]) == 0
    stages = yaml.safe_load(capsys.readouterr().out)["workflows"]["hybrid"]
    [line] = {
        step["run"] for stage in stages.values() for step in stage["steps"] if step["run"].startswith("find ")
    }
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "own").symlink_to("/")

    def asked() -> tuple[int, str]:
        ended = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout

    without = asked()
    (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to(to)

    assert (without, asked()) == ((0, ""), (1, f"./{link}\n"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "got nothing"),
        (["--repository=/.*/"], 'got "/.*/"'),
        (["--repository=https://github.com/example/estate"], "must be HOST/ORGANIZATION/NAME"),
        (["--repository=example/estate"], "as in github.com/example/estate"),
    ],
)
def test_the_server_s_file_is_for_one_repository(capsys: Capture, said: list[str], words: str) -> None:
    """A pattern would let in whoever may make a repository."""
    assert main(["stacks", "--format=atlantis-server", *said]) == 2
    assert words in capsys.readouterr().err


def test_atlantis_yaml_is_current(real_output: Path) -> None:
    """That of the example estate, which documents show; `make snapshots` renews it."""
    (real_output / ORDER).write_text(order_text(PLANS))

    path = ENVIRONMENTS.parent / "atlantis.yaml"
    assert path.is_file()
    assert list(atlantis_findings(path, read_stacks(real_output, {}))) == []


def test_stacks_are_foreseen_as_they_are_synthesized(real_output: Path) -> None:
    """So that what names them can be written before anything is built."""
    (real_output / ORDER).write_text(order_text(PLANS))

    assert foreseen_stacks(load_estate(ENVIRONMENTS), {}) == read_stacks(real_output, {})
