"""The workflows' own shell steps, from a branch to an applied estate, on an emulated AWS with real Terraform.

One story for all tests of this file, which run in the order in which they stand: two environments are made,
then a change of one is planned, commented, merged and applied; then things go wrong.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from operations.github.runs import TITLE
from operations.pipeline.github_keys import places
from operations.plans.keys import new_pairs
from operations.policy.checkov.environment import checkov_python
from tests.deploy.actions import Actions, Result
from tests.deploy.conftest import NewWorkplace
from tests.deploy.workplace import Workplace, sandbox_aws
from tests.fake_github import FakeGithub, fake_github
from tests.operations.github.pulls import BRANCH, OWN, judged, lay, page, pull, pushed, review_run

pytestmark = pytest.mark.deploy

NAMES = ("sandbox", "dev")
SECRET = "hunter2-hunter2"  # noqa: S105 - good nowhere


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

    def edit(self, name: str, branch: str, **description: str) -> str:
        """Change a key's description on a branch that is up to date; gives its commit."""
        self.git("checkout", "-q", "-b", branch, "main")
        path = self.work.environments / f"{name}.yaml"
        document = json.loads(path.read_text("utf-8"))
        for key, text in description.items():
            document["aws"]["kms_keys"][key]["description"] = text
        path.write_text(json.dumps(document, indent=2), "utf-8")
        self.git("commit", "-qam", branch)
        return self.git("rev-parse", "HEAD")

    def open(self, head: str) -> str:
        """Open a pull request with this last commit and have its own code run, as run 5; gives the default branch's."""
        main = self.git("rev-parse", "main")
        self.actions.expressions["github.event.pull_request.head.sha"] = head
        checked = self.actions.run("review", "check", head)
        assert checked.failed == "", checked.said
        lay(self.github)
        self.github.open_pulls = [pull(head={"sha": head, "repo": OWN})]
        self.github.things |= {
            "/actions/runs/5": review_run(head_sha=head),
            "/pulls/7": pull(head={"sha": head, "repo": OWN}),
            "/branches/main": {"commit": {"sha": main}},
            f"/compare/{main}...{head}": {"behind_by": 0},
        }
        self.github.graphql = [page(head=head)]
        self.github.activities = {f"refs/heads/{BRANCH}": pushed("ola", head=head)}
        self.actions.environment = {**self.actions.environment, "GITHUB_SHA": main}
        return main

    def judge(self, main: str, *broken: str) -> dict[str, Result]:
        """Run the jobs that judge; those that plan broken stacks have nobody who signs in."""
        jobs = {"begin": self.actions.run("judge", "begin", main)}
        outputs = jobs["begin"].outputs
        self.actions.expressions |= {f"needs.begin.outputs.{key}": value for key, value in outputs.items()}
        jobs["approvals"] = self.actions.run("judge", "approvals", main)
        for job in json.loads(outputs.get("stacks", "[]")):
            shutil.rmtree(self.actions.artifact(f"plan-{job['stack']}"), ignore_errors=True)
            planned = Result("Plan", {}, "", self.actions.folder)
            if job["stack"] not in broken:
                # GitHub writes booleans as JSON does.
                told = {**job, "agreed": json.dumps(job["agreed"])}
                planned = self.actions.run("judge", "plan", main, **told)
            jobs["plan"] = planned if planned.failed else jobs.get("plan", planned)
        jobs["policy"] = self.actions.run("judge", "policy", main)
        jobs["review"] = self.actions.run("judge", "review", main)
        needs = {
            name: {"result": "failure" if one.failed else "success", "outputs": dict(one.outputs)}
            for name, one in jobs.items()
        }
        self.actions.expressions["toJSON(needs)"] = json.dumps(needs)
        jobs["verdict"] = self.actions.run("judge", "verdict", main)
        return jobs

    def merge(self, branch: str, head: str) -> str:
        """Merge a branch, as a squash with another commit than was judged; gives the new commit."""
        self.git("checkout", "-q", "main")
        self.git("merge", "-q", "--squash", branch)
        self.git("commit", "-qm", f"{branch} (#7)")
        commit = self.git("rev-parse", "HEAD")
        merged: dict[str, Any] = {"merged_at": "2026-11-30T12:00:00Z", "merge_commit_sha": commit}
        base = {"ref": "main", "repo": OWN}
        self.github.pulls[commit] = [pull(head={"sha": head, "repo": OWN}, base=base, **merged)]
        self.github.runs = [judged(1, id=6, display_title=TITLE.format(head=head, repository=OWN["id"]))]
        self.actions.environment = {**self.actions.environment, "GITHUB_SHA": commit}
        return commit

    def apply(self, commit: str) -> list[tuple[str, Result]]:
        """Run the jobs of a merge, one stack after the other, and give those."""
        reviewed = self.actions.run("apply", "reviewed", commit)
        assert reviewed.failed == "", reviewed.said
        self.actions.expressions |= {
            f"needs.reviewed.outputs.{key}": value for key, value in reviewed.outputs.items()
        }
        assert reviewed.outputs["run"] == "6"
        stacks = json.loads(reviewed.outputs["stacks"])
        self.github.jobs = [
            {"name": f"apply {job['stack']}", "conclusion": None, "status": "queued"} for job in stacks
        ]
        results = []
        for stack, job in zip(stacks, self.github.jobs, strict=True):
            result = self.actions.run("apply", "apply", commit, **stack)
            job["conclusion"] = "failure" if result.failed else "success"
            results.append((stack["stack"], result))
        return results

    def drift(self) -> Result:
        """Run the jobs of a night, and give the one that reports."""
        commit = self.git("rev-parse", "main")
        for name in NAMES:
            planned = self.actions.run("drift", "plan", commit, stack=name, environment=name)
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
    unused = {"rule": "HYB_KEY_USED", "resource": "aws_kms_key.KmsKeys_data_12047F0A", "reason": "for a test"}
    soon = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    waivers = [{"stack": name, **unused, "expires": soon} for name in NAMES]
    work.write_document("policy/waivers.yaml", {"waivers": waivers})
    (work.folder / ".gitignore").write_text(
        "/cdktf.out/\n/.cdktf*\n/plans/\n/head/\n/artifact/\n/approvals.json\n*.md\n/.venv\n/terraform.rc\n/.state/\n",
        "utf-8",
    )

    def lay_overrides(checkout: Path) -> None:
        # Into the stack itself: what is judged, and what is applied, is what synthesis writes and no other file.
        for path in (checkout / "cdktf.out" / "stacks").glob("*/cdk.tf.json"):
            stack = json.loads(path.read_text("utf-8"))
            # Under its own name: where a provider comes from is looked at before it is given credentials.
            stack["terraform"]["required_providers"]["aws"]["version"] = work.tools.version
            settings = work.tools.provider.settings
            stack["provider"]["aws"] = [{**one, **settings} for one in stack["provider"]["aws"]]
            path.write_text(json.dumps(stack), "utf-8")

    variables = {"secrets.HYBRID_VARIABLES": json.dumps({"unused": SECRET})}
    held: dict[str, dict[str, str]] = {"": {}}
    for place in places(NAMES, {name: new_pairs() for name in NAMES}):
        kind = {"secret": "secrets", "variable": "vars"}[place.kind]
        held.setdefault(place.environment, {**variables})[f"{kind}.{place.name}"] = place.value
    expressions = {
        "vars.AWS_SECONDS || '3600'": "3600",
        "github.event.workflow_run.id": "5",
        "needs.reviewed.outputs.run": "6",
    }
    with fake_github() as github:
        token = github.environment["GITHUB_TOKEN"]
        expressions |= {"github.token": token, "steps.app.outputs.token || github.token": token}
        expressions |= {
            "github.run_attempt": "1",
            "steps.writer.outputs.token || github.token": token,
            "steps.writer.outputs.app-slug || 'github-actions'": "github-actions",
        }
        environment = {
            **work.environment,
            **{name: github.environment[name] for name in ("GITHUB_API_URL", "GITHUB_REPOSITORY")},
            "GITHUB_RUN_ID": "9",
            "GITHUB_RUN_NUMBER": "1",
            "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_STEP_SUMMARY": str(work.folder.parent / "summary.md"),
            "HYBRID_CHECKOV_PYTHON": checkov_python(),
            # The emulated S3 knows buckets by path only.
            "TF_CLI_ARGS_init": "-backend-config=use_path_style=true",
        }
        actions = Actions(
            work.folder, work.folder.parent / "jobs", environment, expressions, held, lay_overrides
        )
        told = Story(work, actions, github)
        work.hybrid("synth")
        told.git("init", "-q")
        told.git("add", "-A")
        told.git("commit", "-qm", "first")
        yield told


def test_a_new_estate_is_reviewed_and_applied_in_the_order_of_promotion(story: Story) -> None:
    """What nobody has is planned, commented and made; nothing of it is left in plain."""
    head = story.edit("sandbox", "begin", data="sandbox data, first")

    judged = story.judge(story.open(head))
    assert [(name, one.failed, one.said) for name, one in judged.items() if one.failed] == []
    applied = story.apply(story.merge("begin", head))

    (comment,) = story.github.comments
    assert "aws_kms_key" in comment["body"]
    assert [status[:2] for status in story.github.statuses] == [(head, "pending"), (head, "success")]
    assert [(stack, result.failed) for stack, result in applied] == [("sandbox", ""), ("dev", "")], applied
    assert story.key("sandbox data, first") != story.key("dev data")
    for name in NAMES:
        sealed = (story.actions.artifact(f"plan-{name}") / f"{name}.plan").read_bytes()
        assert b"PK\x03\x04" not in sealed
        assert f"{name} data".encode() not in sealed


def test_a_change_is_commented_in_place_and_applied_as_planned(story: Story) -> None:
    """The comment is the same one; only the stack that changes has a job."""
    head = story.edit("dev", "describe", data="dev data, second")

    judged = story.judge(story.open(head))
    assert [(name, one.failed, one.said) for name, one in judged.items() if one.failed] == []
    untouched = story.key("dev data")
    applied = story.apply(story.merge("describe", head))

    (comment,) = story.github.comments
    assert "dev data, second" in comment["body"]
    assert [(stack, result.failed) for stack, result in applied] == [("dev", "")]
    assert story.key("dev data, second") == untouched


def test_a_plan_is_stale_once_the_state_has_changed(story: Story) -> None:
    """Somebody runs the job of the last merge again: nothing is applied, and the words say what to do."""
    commit = story.git("rev-parse", "main")
    story.work.aws.client("kms").update_key_description(
        KeyId=story.key("dev data, second"), Description="other"
    )

    result = story.actions.run("apply", "apply", commit, stack="dev", environment="dev")

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


def test_when_every_plan_fails_the_comment_says_so_and_nothing_merges(story: Story) -> None:
    """The comment of the commit before would say that it may merge."""
    head = story.edit("dev", "unplanned", data="dev data, third")

    judged = story.judge(story.open(head), *NAMES)

    (comment,) = story.github.comments
    assert (judged["review"].failed, judged["verdict"].failed) == ("Review", "Verdict")
    assert "could not be planned" in comment["body"]
    assert story.github.statuses[-1][:2] == (head, "failure")
