"""checkov's own lies: what passes there because nobody looked, and what is made of it here."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.policy.checkov.environment import checkov_python
from operations.policy.checkov.scan import scan
from operations.policy.stacks import Place, Stack, make_stack
from tests.operations.commands import make_command
from tests.warm.checkov import COLD

BUCKET = {"aws_s3_bucket": {"B": {"bucket": "b"}}}
BLOCK = {
    "aws_s3_bucket_public_access_block": {
        "P": {
            "bucket": "${aws_s3_bucket.B.id}",
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        }
    }
}


def stack(name: str, resources: dict[str, Any], **body: Any) -> Stack:
    """A stack with some resources."""
    return make_stack(name, name, {"resource": resources, **body})


def test_what_makes_checkov_pass_does_not_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run, as each takes seconds: every stack is one thing that checkov 3.3.30 misreads.

    Around it, settings of somebody's machine that would have it pass everything.
    """
    for place in (tmp_path, tmp_path / "home"):
        place.mkdir(exist_ok=True)
        (place / ".checkov.yaml").write_text("soft-fail: true\nskip-check: [CKV2_AWS_6, CKV_AWS_24]\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CKV_SKIP_CHECK", "CKV2_AWS_6")
    monkeypatch.setenv("BC_API_KEY", "not-a-real-key")
    ingress = {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}
    group = {"aws_security_group": {"G": {"ingress": [{**ingress, "prefix_list_ids": None}]}}}
    rule = {"from_port": 22, "to_port": 22, "referenced_security_group_id": "sg-1"}
    moved = {
        "moved": [{"from": "aws_s3_bucket.A", "to": "aws_s3_bucket.B"}],
        "import": [{"id": "b", "to": "aws_s3_bucket.B"}],
        "removed": [{"from": "aws_s3_bucket.C", "lifecycle": [{"destroy": False}]}],
        "terraform": {"required_version": ">= 1.5", "backend": {"gcs": {"bucket": "b"}}},
    }
    odd = "é 😀 \u2028 \x85 \x7f # checkov:skip=CKV2_AWS_6:never mind"
    stacks = [
        stack("blocked", {**BUCKET, **BLOCK}),
        stack("elsewhere", BUCKET),
        stack("nulls", group),
        stack("groups", {"aws_vpc_security_group_ingress_rule": {"R": rule}}),
        stack("moves", BUCKET, **moved),
        stack(
            "odd", {"google_gke_hub_scope": {"S": {"scope_id": odd}}, **BUCKET}, data={"aws_ami": {"A": {}}}
        ),
        stack("nothing", {}),
    ]

    done = scan(stacks, os.environ.get(COLD) or checkov_python())

    found = {(one.rule, one.at) for one in done.findings}
    asked = ("CKV2_AWS_6", "CKV_AWS_24")
    assert {one for one in found if one[0] in asked} == {
        # A block in another environment's stack, under the same name, protects nothing here.
        ("CKV2_AWS_6", Place("elsewhere", "aws_s3_bucket.B")),
        ("CKV2_AWS_6", Place("moves", "aws_s3_bucket.B")),
        ("CKV2_AWS_6", Place("odd", "aws_s3_bucket.B")),
        ("CKV_AWS_24", Place("nulls", "aws_security_group.G")),
    }
    assert done.scanned == {"blocked": 2, "elsewhere": 1, "nulls": 1, "groups": 1, "moves": 1, "odd": 2}
    assert set(asked) <= done.checks


def answer(*failed: dict[str, Any], **results: Any) -> str:
    """An answer of checkov's."""
    lists: dict[str, Any] = {"passed_checks": [], "skipped_checks": [], "parsing_errors": []}
    return json.dumps(
        {"check_type": "terraform_json", "results": {**lists, "failed_checks": failed, **results}}
    )


def failed(
    check: str, resource: str = "resource.B", line: int = 4, file: str = "/dev/cdk.tf.json"
) -> dict[str, Any]:
    """A failed check in an answer."""
    return {
        "check_id": check,
        "check_name": "Ensure it holds.",
        "file_path": file,
        "file_line_range": [line, line + 2],
        "resource": resource,
    }


SEEN = failed("CKV_HYB_SEEN"), failed("CKV2_HYB_SEEN", "aws_s3_bucket.B")


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        pytest.param("", 2, "ended with 2", id="crash"),
        pytest.param(answer(*SEEN), 0, "ended with 0", id="nothing-found"),
        pytest.param("Traceback", 1, "not understood", id="no-json"),
        pytest.param("[]", 1, "not understood", id="another-form"),
        pytest.param('{"passed": 0}', 1, "not understood", id="nothing-scanned"),
        pytest.param(answer(*SEEN).replace("_json", ""), 1, "not understood", id="another-framework"),
        pytest.param(answer(*SEEN, passed_checks=None), 1, "not understood", id="no-list"),
        pytest.param(
            answer(*SEEN, parsing_errors=["/t/scan/dev/cdk.tf.json"]),
            1,
            "could not read dev/cdk.tf.json",
            id="unparsed",
        ),
        pytest.param(answer(*SEEN, skipped_checks=[{}]), 1, "skipped 1 checks", id="skipped"),
        pytest.param(
            answer(SEEN[0]), 1, "did not look at 1 of 1 resources of dev, such as aws_s3_bucket.B", id="graph"
        ),
        pytest.param(answer(SEEN[1]), 1, "did not look at 1 of 1", id="python"),
        pytest.param(answer(*SEEN, failed("A", "resource.C")), 1, "which is not there", id="other-name"),
        pytest.param(answer(*SEEN, failed("A", line=1)), 1, "which is not there", id="other-line"),
        pytest.param(answer(*SEEN, failed("A", file="/x.json")), 1, "which is not there", id="other-file"),
    ],
)
def test_what_is_no_whole_answer_is_refused(tmp_path: Path, said: str, code: int, reason: str) -> None:
    """A check that could not run fails, and says why."""
    (tmp_path / "said").write_text(said, "utf-8")
    python = make_command(tmp_path, "python", f"cat '{tmp_path / 'said'}'\nexit {code}")

    with pytest.raises(InvalidInput, match=reason):
        scan([stack("dev", BUCKET)], python)


def test_what_it_says_beside_its_answer_is_no_answer(tmp_path: Path) -> None:
    """A check of its own that broke is only mentioned there."""
    (tmp_path / "said").write_text(answer(*SEEN), "utf-8")
    python = make_command(
        tmp_path, "python", f"echo 'Failed to run check' >&2\ncat '{tmp_path / 'said'}'\nexit 1"
    )

    with pytest.raises(InvalidInput, match="checkov: did not run cleanly: Failed to run check"):
        scan([stack("dev", BUCKET)], python)


def test_a_check_that_breaks_is_told_with_its_resource(tmp_path: Path) -> None:
    """Somebody has to look there."""
    said = "[ERROR] Failed to run check CKV_1 on /dev/cdk.tf.json:aws_s3_bucket.B"
    python = make_command(tmp_path, "python", f"echo '{said}' >&2\necho 'IndexError: list' >&2\nexit 1")

    with pytest.raises(
        InvalidInput, match=r"did not run cleanly: CKV_1 breaks at dev aws_s3_bucket\.B; IndexError: list"
    ):
        scan([stack("dev", BUCKET)], python)


def test_a_cluster_without_logs_is_found_and_does_not_end_it() -> None:
    """Checkov asks for the first one of an empty list."""
    cluster = {
        "name": "e",
        "role_arn": "r",
        "enabled_cluster_log_types": [],
        "vpc_config": {"subnet_ids": ["a"]},
    }

    found = scan(
        [stack("dev", {"aws_eks_cluster": {"E": cluster, "F": {**cluster, "name": "f"}}})], checkov_python()
    )

    logs = [one.where for one in found.findings if one.rule == "CKV_AWS_37"]
    assert logs == ["dev aws_eks_cluster.E", "dev aws_eks_cluster.F"]


def test_without_checkov_it_says_so(tmp_path: Path) -> None:
    """Rather than pass."""
    with pytest.raises(InvalidInput, match="checkov: could not run"):
        scan([stack("dev", BUCKET)], str(tmp_path / "nothing"))


def test_where_nothing_is_made_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    """An environment may begin with its state alone; checkov is not even started."""
    done = scan([stack("dev", {})], str(tmp_path / "nothing"))

    assert (done.findings, done.scanned, done.checks) == ((), {}, frozenset())


def test_a_whole_answer_is_told_once_a_resource(tmp_path: Path) -> None:
    """In the words of the check, without its full stop."""
    (tmp_path / "said").write_text(answer(*SEEN, failed("CKV_AWS_1"), failed("CKV_AWS_1")), "utf-8")
    python = make_command(tmp_path, "python", f"cat '{tmp_path / 'said'}'\nexit 1")

    done = scan([stack("dev", BUCKET)], python)

    assert [(one.rule, one.message, one.where) for one in done.findings] == [
        ("CKV_AWS_1", "ensure it holds", "dev aws_s3_bucket.B")
    ]


def test_nothing_of_the_caller_s_environment_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key, no setting, and no way out to a network."""
    monkeypatch.setenv("BC_API_KEY", "not-a-real-key")
    python = make_command(
        tmp_path, "python", f"env >'{tmp_path / 'env'}'\necho \"$*\" >'{tmp_path / 'words'}'"
    )

    with pytest.raises(InvalidInput):
        scan([stack("dev", BUCKET)], python)

    got = dict(line.split("=", 1) for line in (tmp_path / "env").read_text("utf-8").splitlines())
    assert set(got) - {"PWD", "SHLVL", "_", "OLDPWD"} == {
        "PATH",
        "HOME",
        "TMPDIR",
        "LANG",
        "PYTHONWARNINGS",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "http_proxy",
        "https_proxy",
    }
    assert got["HOME"] != os.environ["HOME"]
    words = (tmp_path / "words").read_text("utf-8")
    for option in ("--skip-download", "--download-external-modules false", "--framework terraform_json"):
        assert option in words


def test_an_installed_package_is_told_where_checkov_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no set-up that could make it; a name that is empty is none."""
    monkeypatch.setenv("HYBRID_CHECKOV_PYTHON", "")
    with pytest.raises(InvalidInput, match="name an interpreter that has it in HYBRID_CHECKOV_PYTHON"):
        checkov_python(tmp_path)

    monkeypatch.setenv("HYBRID_CHECKOV_PYTHON", "/opt/checkov/bin/python")

    assert checkov_python(tmp_path) == "/opt/checkov/bin/python"


def test_a_set_up_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there is no network and nothing stands yet."""
    monkeypatch.delenv("HYBRID_CHECKOV_PYTHON", raising=False)
    (tmp_path / "setup.sh").write_text("exit 7\n", "utf-8")

    with pytest.raises(InvalidInput, match="set-up ended with 7"):
        checkov_python(tmp_path)

    (tmp_path / "setup.sh").write_text('test "$1" = checkov\n', "utf-8")

    assert checkov_python(tmp_path) == str(tmp_path / ".venv-checkov" / "bin" / "python")
