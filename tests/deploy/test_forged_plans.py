"""What somebody does who stole what plans an environment: its key that seals, its reader, its runner.

Real Terraform, and a stack of its built-in provider, which needs neither a cloud nor a download. Each forger makes the
most of what they have, with Terraform itself; each is refused, and nothing is applied.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.placeholders import VARIABLE
from operations.plans.key_ring import KeyRing, write_keys
from operations.plans.keys import new_pairs
from operations.plans.options import now
from operations.plans.sealed_plan import open_shown
from tests.deploy.forger import SECRET, Estate, exchanged, without_protection
from tests.operations.pipeline.conftest import git

pytestmark = pytest.mark.deploy

Capture = pytest.CaptureFixture[str]


@contextmanager
def standing(folder: Path, keys: Path, terraform: str) -> Iterator[None]:
    """The current folder and environment of somebody who plans and applies there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in [name for name in os.environ if name.startswith(("HYBRID_", "TF_CLI_ARGS", "TF_VAR_"))]:
            patch.delenv(name)
        patch.setenv(VARIABLE, "emulator")
        patch.setenv("TERRAFORM_BINARY_NAME", terraform)
        patch.setenv("HYBRID_KEYS", str(keys))
        patch.setenv("HYBRID_VARIABLES", json.dumps({"key": SECRET}))
        yield


@pytest.fixture(name="made", scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, terraform: str) -> Path:
    """A copy of an estate's folder, which is called `project`, with its keys beside it: applied once, then changed."""
    place = tmp_path_factory.mktemp("forged")
    folder, keys = place / "project", place / "keys.json"
    (folder / "cdktf.out").mkdir(parents=True)
    (folder / ".gitignore").write_text("/cdktf.out/\n/plans/\n/*.tfstate*\n")
    write_keys(keys, {"dev": new_pairs(), "prod": new_pairs()})
    with standing(folder, keys, terraform):
        git(folder, "init", "-q")
        estate = Estate(folder, terraform, KeyRing({}, keys))
        estate.code()
        assert main(["plan", "dev"]) == 0
        assert main(["apply", "dev", "--plan=plans/dev.plan"]) == 0
        estate.code(new={"input": "new"})
        assert main(["plan", "dev"]) == 0
    return Path(shutil.copytree(folder, place / "made"))


@pytest.fixture
def estate(made: Path, terraform: str) -> Iterator[Estate]:
    """One object is new; in the same place each time, which its plans and states name."""
    folder, keys = made.with_name("project"), made.with_name("keys.json")
    shutil.rmtree(folder)
    shutil.copytree(made, folder)
    with standing(folder, keys, terraform):
        yield Estate(folder, terraform, KeyRing({}, keys))


def refused(estate: Estate, capsys: Capture, *options: str) -> str:
    """Why it is not applied; the state is as it was."""
    before = estate.state
    capsys.readouterr()
    code = main(["apply", "dev", "--plan=plans/dev.plan", *options])
    said = capsys.readouterr()
    assert (code, estate.state, SECRET in said.out + said.err) == (2, before, False)
    return said.err


def test_the_plan_that_was_reviewed_is_applied(estate: Estate, capsys: Capture) -> None:
    """Whoever reviews sees what happens, and no secret; the file tells none either."""
    about, text = open_shown(estate.plan, estate.ring.reviewing, now())
    plan = json.loads(text)

    code = main(["apply", "dev", "--plan=plans/dev.plan"])

    changes = [(one["address"], one["change"]["actions"]) for one in plan["resource_changes"]]
    assert ("terraform_data.new", ["create"]) in changes
    assert (about.environment, SECRET in text.decode(), SECRET.encode() in estate.plan.read_bytes()) == (
        "dev",
        False,
        False,
    )
    assert (code, estate.state) == (0, {"kept": "kept", "secret": SECRET, "new": "new"})
    assert capsys.readouterr().out.endswith("dev: applied as it was planned\n")


def test_a_plan_that_destroys_more_than_its_json_says_is_refused(estate: Estate, capsys: Capture) -> None:
    """What is shown for review is the JSON; what would be applied, the plan."""
    code = (estate.folder / "cdktf.out/stacks/dev/cdk.tf.json").read_bytes()
    harmless = estate.terraform()
    destroys = exchanged(
        estate.terraform("-destroy", edit=without_protection), **{"tfconfig/m-/cdk.tf.json": code}
    )
    estate.forge(replace(destroys, json=harmless.json))

    assert "does something else than was shown for review" in refused(estate, capsys)


def test_a_plan_that_the_code_does_not_ask_for_is_refused(estate: Estate, capsys: Capture) -> None:
    """Even if it is shown as it is: the merged code protects what it destroys."""
    code = (estate.folder / "cdktf.out/stacks/dev/cdk.tf.json").read_bytes()
    destroys = exchanged(
        estate.terraform("-destroy", edit=without_protection), **{"tfconfig/m-/cdk.tf.json": code}
    )
    (estate.folder.parent / "copy" / "p").write_bytes(destroys.plan)
    told = estate.run(estate.folder.parent / "copy", "show", "-json", "p").encode()
    estate.forge(replace(destroys, json=told))

    said = refused(estate, capsys)

    assert "would delete terraform_data.kept, and a fresh plan leaves it" in said
    assert (
        "has its state elsewhere than a fresh plan, or is limited to some objects, or made to destroy" in said
    )


def _more_code(copy: Path) -> None:
    (copy / "more.tf.json").write_text('{"resource": {"terraform_data": {"more": {"input": "more"}}}}')


def _code_in_place(copy: Path) -> None:
    path = copy / "cdk.tf.json"
    path.write_text(path.read_text().replace('"new"', '"forged"'))


@pytest.mark.parametrize("edit", [_more_code, _code_in_place], ids=["another file", "another text"])
def test_a_plan_of_other_code_is_refused(
    estate: Estate, capsys: Capture, edit: Callable[[Path], None]
) -> None:
    """An apply follows the configuration in the plan, not what lies around."""
    estate.forge(estate.terraform(edit=edit))

    assert "was made from other code than what is synthesized now" in refused(estate, capsys)


def test_a_plan_of_some_objects_is_refused(estate: Estate, capsys: Capture) -> None:
    """The rest of what was merged would stay undone."""
    estate.forge(estate.terraform("-target=terraform_data.new"))

    assert "is not of the whole stack: it was limited by -target" in refused(estate, capsys)


def test_another_value_of_a_variable_is_refused(estate: Estate, capsys: Capture) -> None:
    """A pre-shared key that somebody else knows; neither value is told."""
    estate.forge(estate.terraform(key="forged-forged-forged"))

    said = refused(estate, capsys)

    assert "was made with another value of variable key than this environment's; see HYBRID_VARIABLES" in said
    assert "would update terraform_data.secret, and a fresh plan leaves it" in said
    assert "forged-forged" not in said


def test_another_place_for_the_state_is_refused(estate: Estate, capsys: Capture, tmp_path: Path) -> None:
    """Where whoever forged it would read every secret that the apply writes down."""
    shutil.copy(estate.folder / "dev.tfstate", tmp_path / "theirs.tfstate")
    code = (estate.folder / "cdktf.out/stacks/dev/cdk.tf.json").read_bytes()

    def elsewhere(copy: Path) -> None:
        path = copy / "cdk.tf.json"
        path.write_text(
            path.read_text().replace(str(estate.folder / "dev.tfstate"), str(tmp_path / "theirs.tfstate"))
        )

    stolen = estate.terraform(edit=elsewhere)
    estate.forge(exchanged(stolen, **{"tfconfig/m-/cdk.tf.json": code}))

    assert "has its state elsewhere than a fresh plan" in refused(estate, capsys)


def _lost(state: dict[str, Any]) -> None:
    state["resources"] = [one for one in state["resources"] if one["name"] != "kept"]


def _rebound(state: dict[str, Any]) -> None:
    for one in state["resources"]:
        if one["name"] == "kept":
            one["instances"][0]["attributes"]["id"] = "another-object"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(_lost, "has a state that lacks terraform_data.kept", id="lost"),
        pytest.param(
            _rebound,
            "has a state that is not that of a fresh plan for terraform_data.kept (attribute id)",
            id="another object",
        ),
    ],
)
def test_a_forged_state_within_the_plan_is_refused(
    estate: Estate, capsys: Capture, edit: Callable[[dict[str, Any]], None], words: str
) -> None:
    """An apply goes on from the state in the plan, which nobody is shown."""
    true = estate.terraform()
    with zipfile.ZipFile(io.BytesIO(true.plan)) as archive:
        state = json.loads(archive.read("tfstate"))
    edit(state)
    forged = exchanged(true, tfstate=json.dumps(state).encode())
    (estate.folder.parent / "copy" / "p").write_bytes(forged.plan)
    told = estate.run(estate.folder.parent / "copy", "show", "-json", "p").encode()
    estate.forge(replace(forged, json=told))

    assert words in refused(estate, capsys)


@pytest.mark.parametrize(
    ("about", "options", "words"),
    [
        pytest.param({"pull_request": "8"}, ["--pull-request=7"], "was made for pull request 8, not for 7", id="other"),
        pytest.param({"pull_request": "8"}, [], "was made for pull request 8; say --pull-request 8", id="unsaid"),
        pytest.param({}, ["--pull-request=7"], "was made for no pull request, not for 7", id="none"),
        pytest.param(
            {"pull_request": "7", "head": "a" * 40},
            ["--pull-request=7", f"--head-commit={'b' * 40}"],
            "was made of head aaaaaaaaaaaa, not of bbbbbbbbbbbb",
            id="old run",
        ),
        pytest.param({"tree": "0" * 40}, [], "was made from tree 000000000000, and here are tree", id="tree"),
        pytest.param({"expires": "2026-01-01T00:00:00+00:00"}, [], "expired at 2026-01-01", id="expired"),
    ],
)  # fmt: skip
def test_a_plan_of_another_request_or_time_is_refused(
    estate: Estate, capsys: Capture, about: Mapping[str, str], options: list[str], words: str
) -> None:
    """An old run's, another pull request's, one that has waited too long."""
    estate.forge(estate.terraform(), **about)

    assert words in refused(estate, capsys, *options)


@pytest.mark.parametrize("about", [{}, {"environment": "prod"}], ids=["as dev's", "as prod's"])
def test_another_environments_keys_seal_nothing(
    estate: Estate, capsys: Capture, about: Mapping[str, str]
) -> None:
    """Whoever may plan prod, or dev, gets nothing applied in the other one."""
    estate.forge(estate.terraform(), "prod", **about)

    said = refused(estate, capsys)

    assert (
        "is not sealed by whoever plans dev" in said
        or "is sealed for prod, and dev is none of its stacks" in said
    )


def test_a_plan_that_waited_for_another_apply_is_stale(estate: Estate, capsys: Capture) -> None:
    """The state is another; nothing else has to be told of it."""
    waiting = estate.plan.read_bytes()
    assert main(["apply", "dev", "--plan=plans/dev.plan"]) == 0
    estate.plan.write_bytes(waiting)

    assert "is stale: the state was changed after it was made; nothing was applied" in refused(estate, capsys)
