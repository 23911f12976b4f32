"""The Atlantis server's file: what is run for a pull request, and what has to be agreed, which no pull request changes.

``hybrid`` is that of the server, never one of the pull request: what Atlantis has checked out is data, and nothing in
it is executed. Every key is said, since one that is absent is taken from an earlier entry that matches
(https://www.runatlantis.io/docs/server-side-repo-config.html, in runatlantis/atlantis at 078d0a8, read 2026-11-30, as
are the sources of the keys below).
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from estate.reading.paths import quoted
from estate.reading.problems import InvalidInput

_HEAD: Final = """\
# Made by `hybrid stacks --format atlantis-server`, for `atlantis server --repo-config`; docs/atlantis.md says the rest.
# It stands on the server and in no repository that the server plans.
"""
_ID: Final = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*){2,}")
_WORKFLOW: Final = "hybrid"
_AGREED: Final = ["approved", "mergeable", "undiverged"]
_STOP: Final = "exit 1"

_AT_THE_ROOT: Final = 'test "$REPO_REL_DIR" = .'
"""A project of another folder could bring an estate of its own, which nobody owns."""

_OUR_OWN: Final = "rm -rf cdktf.out artifact"
"""What a commit put where synthesis writes would be read by Terraform: it takes every file of a stack's folder."""

_NO_LINKS: Final = "find . -path ./.git -prune -o -type l -print -exec false {} +"
"""Reading follows links, and so does writing: one could have a file of the server read, or written over. Names each,
and ends with 1 where there is one: find does when a command that ends with + failed
(https://man7.org/linux/man-pages/man1/find.1.html, excerpt, 2026-11-30; BusyBox was not tried)."""

_VCENTERS: Final = 'test -z "$VSPHERE_PASSWORD" || test -n "$HYBRID_VCENTERS"'
"""Which vCenter gets the password is in the pull request's files, and it gets it while it plans, before anybody agreed."""

_SYNTH: Final = "hybrid synth"

_MERGED: Final = (
    # What the review compares with. Atlantis clones the branch that is merged into and merges the pull request into that,
    # so that origin/main is what is merged; with the other strategy there is none, and the step fails
    # (server/events/working_dir.go at 0110a15, read 2026-12-01).
    "mkdir artifact",
    "git archive --format=tar --output=artifact/merged.tar origin/main",
    "tar -xf artifact/merged.tar -C artifact",
    "cd artifact && hybrid synth",
)
_REVIEW: Final = 'hybrid review-plans "$PLANFILE" --base artifact/cdktf.out --format markdown'
_PLAN: Final = (
    # A project's name is the pull request's, so it comes where nothing is an option any more.
    'hybrid plan --file "$PLANFILE" -- "$PROJECT_NAME"',
    _REVIEW,
)
_APPLY: Final = (
    # Atlantis before 0.46 applies what a plan left behind that failed afterwards; and an acknowledgement may have ended
    # since (https://github.com/runatlantis/atlantis/issues/6642 and server/events/apply_plan_validator.go at 078d0a8,
    # read 2026-11-30).
    _REVIEW,
    'hybrid apply --plan "$PLANFILE" -- "$PROJECT_NAME"',
)


def atlantis_server_yaml(repository: str | None) -> str:
    """The file's text.

    Args:
        repository: as Atlantis calls it, the host with the repository's path: `github.com/example/estate`.

    Raises:
        InvalidInput: the repository is not said, or is a pattern or an address.
    """
    if repository is None or not _ID.fullmatch(repository):
        said = "nothing" if repository is None else quoted(repository)
        message = f"must be HOST/ORGANIZATION/NAME for --format atlantis-server, as in github.com/example/estate, got {said}"
        raise InvalidInput.of_file("--repository", message)
    before = (_AT_THE_ROOT, _OUR_OWN, _NO_LINKS, _VCENTERS, *_MERGED, _SYNTH)
    document = {
        "repos": [_repo(repository)],
        "workflows": {
            _WORKFLOW: {
                "plan": _stage(*before, *_PLAN),
                "apply": _stage(*before, *_APPLY),
                # Atlantis' own steps, which are run for a stage that is not said, run Terraform in the checkout.
                "import": _stage(_STOP),
                "state_rm": _stage(_STOP),
            }
        },
    }
    return _HEAD + yaml.safe_dump(document, sort_keys=False, width=1000)


def _repo(repository: str) -> dict[str, Any]:
    return {
        "id": repository,
        # Commands in pull requests to other branches are ignored.
        "branch": "/^main$/",
        "repo_config_file": "atlantis.yaml",
        "workflow": _WORKFLOW,
        # A plan runs nothing of the pull request, so people see it before they agree. `undiverged` needs
        # --checkout-strategy=merge.
        "plan_requirements": ["undiverged"],
        "apply_requirements": _AGREED[:],
        "import_requirements": _AGREED[:],
        "allowed_overrides": [],
        "allowed_workflows": [_WORKFLOW],
        "allow_custom_workflows": False,
        "delete_source_branch_on_merge": False,
        "repo_locks": {"mode": "on_plan"},
        "policy_check": False,
        "custom_policy_check": False,
        # Else a pull request that takes atlantis.yaml away would have its folders planned by other steps.
        "autodiscover": {"mode": "disabled"},
    }


def _stage(*lines: str) -> dict[str, list[dict[str, str]]]:
    return {"steps": [{"run": line} for line in lines]}
