"""What a pull request reaches through the workflows: nothing that is secret, and no code but its own."""

from __future__ import annotations

import re

import yaml

from tests.workflows.files import ACTIONS, FOLDER, OURS, WORKFLOWS, jobs, read, steps, what_of

RIGHTS = {
    # By job: what GitHub's token may, beyond reading the repository.
    "review.check": {},
    "judge.begin": {"actions": "read", "pull-requests": "read", "statuses": "write"},
    "judge.plan": {"actions": "read", "id-token": "write"},
    "judge.approvals": {"pull-requests": "read"},
    "judge.policy": {"actions": "read"},
    "judge.review": {"actions": "read", "pull-requests": "write"},
    "judge.verdict": {"actions": "read", "pull-requests": "read", "statuses": "write"},
    "apply.reviewed": {"actions": "read", "pull-requests": "read"},
    "apply.apply": {"actions": "read", "id-token": "write"},
    "drift.check": {},
    "drift.plan": {"id-token": "write"},
    "drift.report": {"issues": "write"},
}
FROM_OUTSIDE = {
    # What workflows take of an event: numbers, commits and words of GitHub's own making, no text of anybody's.
    "pull_request.base.ref",
    "pull_request.head.sha",
    "pull_request.number",
    "review.state",
    "workflow_run.conclusion",
    "workflow_run.head_repository.id",
    "workflow_run.head_sha",
    "workflow_run.id",
}
MADE = {
    "actions/checkout",
    "make runtime",
    "hybrid synth",
    "hybrid check",
    f"{OURS}prepare",
    f"{OURS}head",
}


def test_no_text_from_outside_is_in_a_shell_line() -> None:
    """Neither a title nor a branch's name anywhere; expressions reach a shell by variables."""
    assert [step["run"] for _, step in steps() if "run" in step and "${{" in step["run"]] == []
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, *ACTIONS)]
    assert {one for text in texts for one in re.findall(r"github\.event\.([\w.]+)", text)} == FROM_OUTSIDE
    context = r"github\.(?!event\.|token|sha\b|run_id|run_attempt|ref ==|actions/)\w+"
    assert [one for text in texts for one in re.findall(context, text)] == []


def test_every_job_has_exactly_the_rights_that_it_needs() -> None:
    """None by default; a new one is written down here."""
    assert [read(path)["permissions"] for path in WORKFLOWS] == [{}] * len(WORKFLOWS)
    assert {name: job["permissions"] for name, job in jobs()} == {
        name: {"contents": "read", **rights} for name, rights in RIGHTS.items()
    }


def test_checkouts_keep_no_token() -> None:
    """What runs afterwards has none of the repository's."""
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]

    assert checkouts
    assert {step["with"]["persist-credentials"] for step in checkouts} == {False}


def test_the_pull_requests_own_code_gets_nothing() -> None:
    """A branch's as little as a fork's: no secret, no environment, no variable, no right but to read."""
    path = FOLDER / "workflows" / "review.yml"
    text = path.read_text("utf-8")

    assert [
        word for word in ("secrets.", "vars.", "environment:", "id-token", "github.token") if word in text
    ] == []
    assert read(path)["on"] == {
        "pull_request": {"branches": ["main"]},
        "pull_request_review": {"types": ["submitted", "dismissed"]},
    }
    (job,) = read(path)["jobs"].values()
    assert job["steps"][0]["with"]["ref"] == "${{ github.event.pull_request.head.sha }}"


def test_what_has_secrets_is_the_default_branchs() -> None:
    """The code of these events comes from there, whatever a branch or a fork holds; no other event is used."""
    events = {path.stem: set(read(path)["on"]) for path in WORKFLOWS}

    assert events == {
        "review": {"pull_request", "pull_request_review"},
        "judge": {"workflow_run"},
        "apply": {"push"},
        "drift": {"schedule", "workflow_dispatch"},
    }
    assert read(FOLDER / "workflows" / "apply.yml")["on"] == {"push": {"branches": ["main"]}}
    # By hand it may run on any branch, and then it does nothing.
    assert dict(jobs())["drift.check"]["if"] == "${{ github.ref == 'refs/heads/main' }}"


def test_the_pull_request_is_data() -> None:
    """It is laid into one folder by one action, and commands are told of that folder; nothing runs, makes or is in it."""
    laid = [
        step
        for _, step in steps()
        if step.get("uses", "").startswith("actions/checkout@") and "path" in step["with"]
    ]
    naming = {step["run"] for _, step in steps() if "head" in step.get("run", "")}

    assert [step["with"] for step in laid] == [
        {
            "ref": "${{ inputs.commit }}",
            "path": "head",
            "persist-credentials": False,
            "submodules": False,
            "lfs": False,
        }
    ]
    others = [run for run in naming if not re.search(r" --(head head|into head/cdktf\.out)\b", run)]
    assert others == []
    assert [run for run in naming if run.count("head") != 2 and "unpack" not in run] == []
    assert [name for name, step in steps() if "working-directory" in step] == []
    checked_out = {
        name
        for name, step in steps()
        if step.get("uses", "").startswith("actions/checkout@") and "ref" in step["with"]
    }
    assert checked_out == {"head", "review.check"}


def test_what_is_merged_is_synthesized_before_it_judges() -> None:
    """A stack of the pull request is held against that of the same name."""
    for name, job in jobs():
        done = [what_of(step) for step in job["steps"]]
        judging = [
            number for number, step in enumerate(job["steps"]) if " --head head" in step.get("run", "")
        ]
        merged = [number for number, what in enumerate(done) if what in {"hybrid synth", f"{OURS}prepare"}]
        laid = [number for number, what in enumerate(done) if what == f"{OURS}head"]
        assert not judging or max(*merged, *laid) < min(judging), name


def test_what_the_pull_request_made_is_unpacked_by_us() -> None:
    """The action that downloads it has no limit, and follows links."""
    folder = read(FOLDER / "actions" / "head" / "action.yml")["runs"]["steps"]

    (downloads,) = (
        step["with"] for step in folder if step.get("uses", "").startswith("actions/download-artifact@")
    )
    assert (downloads["skip-decompress"], downloads["path"]) == (True, "artifact")
    assert (
        folder[-1]["run"]
        == '.venv/bin/hybrid github unpack artifact --into head/cdktf.out --digest "$DIGEST" >> "$GITHUB_OUTPUT"'
    )
    laid = {name: step["with"]["digest"] for name, step in steps() if step.get("uses", "") == f"{OURS}head"}
    same = "${{ needs.begin.outputs.digest }}"
    assert laid == {"judge.begin": "any", "judge.plan": same, "judge.policy": same, "judge.review": same}
    others = [
        step["with"]
        for name, step in steps()
        if name != "head" and step.get("uses", "").startswith("actions/download-artifact@")
    ]
    assert {with_.get("pattern", with_.get("name")) for with_ in others} == {
        "approvals",
        "plan-*",
        "plan-${{ matrix.stack }}",
        "drift-*",
    }


def test_secrets_and_identities_stand_in_protected_environments() -> None:
    """A job without one gets neither."""
    holding = {
        name
        for name, job in jobs()
        if "secrets." in yaml.safe_dump(job) or job["permissions"].get("id-token") or "vars.AWS" in str(job)
    }

    assert {name for name, job in jobs() if "environment" in job} == holding
    assert {name: job["environment"] for name, job in jobs() if "environment" in job} == {
        "judge.plan": "${{ matrix.environment }}",
        "judge.approvals": "review",
        "judge.review": "review",
        "judge.verdict": "review",
        "apply.apply": "${{ matrix.environment }}",
        "drift.plan": "drift-${{ matrix.environment }}",
        "drift.report": "drift",
    }


def test_credentials_come_last() -> None:
    """Nothing is installed, synthesized, checked out or unpacked once there are any; what follows needs them."""
    for name, job in jobs():
        done = [what_of(step) for step in job["steps"]]
        with_secret = [number for number, step in enumerate(job["steps"]) if "secrets." in str(step)]
        signed_in = [number for number, what in enumerate(done) if what == f"{OURS}sign-in"]
        made = [number for number, what in enumerate(done) if what in MADE]

        assert made, name
        assert [number for number in (*with_secret, *signed_in) if number < max(made)] == [], name
        for number in signed_in:
            assert done[number + 1] in {"hybrid plan", "hybrid apply"}, name
        assert bool(signed_in) is ("id-token" in job["permissions"]), name
    signing = {"aws-actions/configure-aws-credentials", "google-github-actions/auth"}
    assert {name for name, step in steps() if what_of(step) in signing} == {"sign-in"}


def test_what_others_wrote_is_installed_where_no_key_is() -> None:
    """Policy installs checkov, which brings a hundred packages, when it is first asked."""
    policy = dict(jobs())["judge.policy"]

    assert [name for name, step in steps() if " policy " in step.get("run", "")] == ["judge.policy"]
    assert "environment" not in policy
    assert "secrets." not in yaml.safe_dump(policy)
    assert not policy["permissions"].keys() & {"id-token", "statuses", "pull-requests"}


def test_secrets_reach_the_step_that_needs_them_only() -> None:
    """Never a whole job or workflow."""
    assert [name for name, job in jobs() if "secrets." in str(job.get("env", ""))] == []
    assert ["env" in read(path) for path in WORKFLOWS] == [False] * len(WORKFLOWS)


def test_sealed_plans_alone_are_uploaded_and_not_for_long() -> None:
    """Anybody who may read the repository may download an artifact; the stacks are what the branch itself holds."""
    uploads = [
        step["with"] for _, step in steps() if step.get("uses", "").startswith("actions/upload-artifact@")
    ]

    paths = {"plans/${{ matrix.stack }}.plan", "cdktf.out", "approvals.json"}
    assert {upload["path"] for upload in uploads} == paths
    assert [upload for upload in uploads if not 1 <= upload["retention-days"] <= 4] == []
    assert {upload["if-no-files-found"] for upload in uploads} == {"error"}
    assert [name for name, step in steps() if step.get("with", {}).get("path") == "cdktf.out"] == [
        "review.check"
    ]
