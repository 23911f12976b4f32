"""The workflows' own shell steps, from a branch to an applied estate, on an emulated AWS with real Terraform.

One story for all tests of this file, which run in the order in which they stand: two environments are made,
then a change of one is planned, commented, merged and applied; then things go wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from operations.pipeline.github_keys import places
from operations.plans.keys import new_pairs
from tests.deploy.actions import Actions, Result
from tests.deploy.conftest import NewWorkplace
from tests.deploy.workplace import Workplace, sandbox_aws
from tests.fake_github import REPOSITORY, FakeGithub, fake_github

pytestmark = pytest.mark.deploy

NAMES = ("sandbox", "dev")
SECRET = "hunter2-hunter2"  # noqa: S105 - good nowhere


def _keys() -> dict[str, str]:
    """Keys as they stand in GitHub's environments; the same for all of them, which jobs here do not tell apart."""
    found = list(places(NAMES, dict.fromkeys(NAMES, new_pairs())))
    kinds = {"secret": "secrets", "variable": "vars"}
    return {f"{kinds[one.kind]}.{one.name}": one.value for one in found}


@dataclass
class Story:
    """A repository, its jobs and its clouds.

    Attributes:
        work: where people work.
        actions: runs jobs.
        github: what they talk to.
    """

    work: Workplace
    actions: Actions
    github: FakeGithub

    def git(self, *words: str) -> str:
        """Run git where people work."""
        who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
        return self.work.run("git", *who, *words).strip()

    def edit(self, name: str, branch: str, **description: str) -> tuple[str, str]:
        """Change a key's description on a branch; gives the branch's commit, and that which would merge it."""
        self.git("checkout", "-q", "-b", branch, "main")
        path = self.work.environments / f"{name}.yaml"
        document = json.loads(path.read_text("utf-8"))
        for key, text in description.items():
            document["aws"]["kms_keys"][key]["description"] = text
        path.write_text(json.dumps(document, indent=2), "utf-8")
        self.git("commit", "-qam", branch)
        head = self.git("rev-parse", "HEAD")
        self.git("checkout", "-q", "--detach", "main")
        self.git("merge", "-q", "--no-ff", "-m", "as GitHub tries it", branch)
        return head, self.git("rev-parse", "HEAD")

    def review(self, merge: str) -> Result:
        """Run the jobs of a pull request, and give the one that comments."""
        self.actions.expressions["github.event.pull_request.base.sha"] = self.git("rev-parse", "main")
        checked = self.actions.run("review", "check", merge)
        assert checked.failed == "", checked.said
        for job in json.loads(checked.outputs["stacks"]):
            planned = self.actions.run("review", "plan", merge, stack=job["stack"])
            assert planned.failed == "", planned.said
        return self.actions.run("review", "review", merge)

    def merge(self, branch: str, head: str) -> str:
        """Merge a branch, as a squash with another commit than was tried; gives the new commit."""
        self.git("checkout", "-q", "main")
        self.git("merge", "-q", "--squash", branch)
        self.git("commit", "-qm", f"{branch} (#7)")
        commit = self.git("rev-parse", "HEAD")
        self.github.pulls[commit] = [
            {
                "number": 7,
                "merged_at": "2026",
                "merge_commit_sha": commit,
                "head": {"sha": head, "repo": {"full_name": REPOSITORY}},
            }
        ]
        self.github.runs = [
            {"id": 5, "run_number": 1, "head_sha": head, "event": "pull_request", "conclusion": "success"}
        ]
        self.actions.environment = {**self.actions.environment, "GITHUB_SHA": commit}
        return commit

    def apply(self, commit: str) -> list[tuple[str, Result]]:
        """Run the jobs of a merge, one stack after the other, and give those."""
        reviewed = self.actions.run("apply", "reviewed", commit)
        assert reviewed.failed == "", reviewed.said
        assert reviewed.outputs["run"] == "5"
        stacks = [job["stack"] for job in json.loads(reviewed.outputs["stacks"])]
        self.github.jobs = [
            {"name": f"apply {stack}", "conclusion": None, "status": "queued"} for stack in stacks
        ]
        results = []
        for stack, job in zip(stacks, self.github.jobs, strict=True):
            result = self.actions.run("apply", "apply", commit, stack=stack)
            job["conclusion"] = "failure" if result.failed else "success"
            results.append((stack, result))
        return results

    def drift(self) -> Result:
        """Run the jobs of a night, and give the one that reports."""
        commit = self.git("rev-parse", "main")
        for name in NAMES:
            planned = self.actions.run("drift", "plan", commit, stack=name)
            assert planned.failed == "", planned.said
        return self.actions.run("drift", "report", commit)

    def key(self, description: str) -> str:
        """The id of the account's key of this description."""
        kms = self.work.aws.client("kms")
        keys = [kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for key in kms.list_keys()["Keys"]]
        (found,) = (key["KeyId"] for key in keys if key["Description"] == description)
        return str(found)


@pytest.fixture(scope="module")
def story(new_workplace: NewWorkplace) -> Iterator[Story]:
    """Two environments with a key each, whose states lie in buckets, committed and not applied yet."""
    work = new_workplace("pipeline")
    s3 = work.aws.client("s3")
    section = {name: sandbox_aws()[name] for name in ("region", "account_id")}
    organization = {"name": "kl", "domain": "example.com", "promotion": list(NAMES)}
    work.write_document("organization.yaml", organization)
    for name in NAMES:
        bucket = f"kl-{name}-tfstate"
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": section["region"]})
        keys = {"data": {"description": f"{name} data"}}
        state = {"s3": {"bucket": bucket, "region": section["region"]}}
        work.write_document(
            f"{name}.yaml", {"environment": name, "state": state, "aws": {**section, "kms_keys": keys}}
        )
    (work.folder / ".gitignore").write_text(
        "/cdktf.out/\n/.cdktf*\n/plans/\n/base/\n*.md\n/.venv\n/terraform.rc\n/.state/\n", "utf-8"
    )

    def lay_overrides(checkout: Path) -> None:
        for stack in (checkout / "cdktf.out" / "stacks").iterdir():
            (stack / "override.tf.json").write_text(json.dumps(work.tools.override), "utf-8")

    expressions = {
        "vars.HYBRID_RUNNERS": "",
        "vars.AWS_ROLE": "",
        "vars.AWS_REGION": "",
        "vars.AWS_SECONDS || '3600'": "3600",
        "vars.GOOGLE_PROVIDER": "",
        "vars.GOOGLE_SERVICE_ACCOUNT": "",
        **_keys(),
        "secrets.HYBRID_VARIABLES": json.dumps({"unused": SECRET}),
        "secrets.VSPHERE_USER": "",
        "secrets.VSPHERE_PASSWORD": "",
        "github.event.pull_request.number": "7",
        "needs.reviewed.outputs.run": "5",
    }
    with fake_github() as github:
        expressions["github.token"] = github.environment["GITHUB_TOKEN"]
        environment = {
            **work.environment,
            **{name: github.environment[name] for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY")},
            "GITHUB_RUN_ID": "9",
            # The emulated S3 knows buckets by path only.
            "TF_CLI_ARGS_init": "-backend-config=use_path_style=true",
        }
        actions = Actions(work.folder, work.folder.parent / "jobs", environment, expressions, lay_overrides)
        told = Story(work, actions, github)
        work.hybrid("synth")
        told.git("init", "-q")
        told.git("add", "-A")
        told.git("commit", "-qm", "first")
        yield told


def test_a_new_estate_is_reviewed_and_applied_in_the_order_of_promotion(story: Story) -> None:
    """What nobody has is planned, commented and made; nothing of it is left in plain."""
    head, merge = story.edit("sandbox", "begin", data="sandbox data, first")

    reviewed = story.review(merge)
    applied = story.apply(story.merge("begin", head))

    (comment,) = story.github.comments
    assert "aws_kms_key" in comment["body"]
    assert reviewed.failed == "", reviewed.said
    assert [(stack, result.failed) for stack, result in applied] == [("sandbox", ""), ("dev", "")]
    assert story.key("sandbox data, first") != story.key("dev data")
    for name in NAMES:
        sealed = (story.actions.artifact(f"plan-{name}") / f"{name}.plan").read_bytes()
        assert b"PK\x03\x04" not in sealed
        assert f"{name} data".encode() not in sealed


def test_a_change_is_commented_in_place_and_applied_as_planned(story: Story) -> None:
    """The comment is the same one; only the stack that changes has a job."""
    head, merge = story.edit("dev", "describe", data="dev data, second")

    reviewed = story.review(merge)
    untouched = story.key("dev data")
    applied = story.apply(story.merge("describe", head))

    (comment,) = story.github.comments
    assert reviewed.failed == "", reviewed.said
    assert "dev data, second" in comment["body"]
    assert [(stack, result.failed) for stack, result in applied] == [("dev", "")]
    assert story.key("dev data, second") == untouched


def test_a_plan_is_stale_once_the_state_has_changed(story: Story) -> None:
    """Somebody runs the job of the last merge again: nothing is applied, and the words say what to do."""
    commit = story.git("rev-parse", "main")
    story.work.aws.client("kms").update_key_description(
        KeyId=story.key("dev data, second"), Description="other"
    )

    result = story.actions.run("apply", "apply", commit, stack="dev")

    story.work.aws.client("kms").update_key_description(
        KeyId=story.key("other"), Description="dev data, second"
    )
    assert result.failed == "Apply"
    assert (
        "is stale: the state was changed after it was made; nothing was applied; plan it again" in result.said
    )


def test_what_is_done_behind_terraforms_back_is_in_the_issue_until_it_is_undone(story: Story) -> None:
    """With address and attribute, without values."""
    kms = story.work.aws.client("kms")
    kms.update_key_description(KeyId=story.key("dev data, second"), Description="by hand")

    found = story.drift()
    (issue,) = story.github.issues
    opened, body = issue["state"], issue["body"]
    kms.update_key_description(KeyId=story.key("by hand"), Description="dev data, second")
    undone = story.drift()

    assert (found.failed, opened) == ("Drift", "open")
    assert "was changed outside Terraform (`description`); an apply would update it" in body
    assert "by hand" not in body.replace("Undo what was done by hand", "")
    assert undone.failed == "", undone.said
    assert [one["state"] for one in story.github.issues] == ["closed"]
