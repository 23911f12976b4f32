"""The secrets: encrypted outside, refused in plaintext, never shown."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cdktf import TerraformResourceLifecycle, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.s3_object import S3Object

from constructs_lib.aws.management_service.ciphertexts import CIPHERTEXT_VARIABLES, Ciphertext, encrypted
from tests.constructs_lib.aws.management_service.defined import synthesized
from tests.synth import synthesize

TERRAFORM = shutil.which("terraform") or shutil.which("tofu")
# A service account key has about 2,300 bytes; KMS puts about 150 around it and begins with byte 1.
BLOB = bytes([1, 2, 2, 0, 120]) + bytes(range(256)) * 10
GOOD = base64.b64encode(BLOB).decode()
SERVICE_ACCOUNT_KEY = json.dumps({"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----"})
PEM = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n"
ALLOWED = {
    "empty": "",
    "a key": GOOD,
    "without padding": base64.b64encode(BLOB[:300]).decode(),
    "the longest": base64.b64encode((BLOB * 2)[:4600]).decode(),
}
REFUSED = {
    "plaintext": SERVICE_ACCOUNT_KEY,
    "base64 of plaintext": base64.b64encode(SERVICE_ACCOUNT_KEY.encode()).decode(),
    "PEM": PEM,
    "base64 of PEM": base64.b64encode(PEM.encode()).decode(),
    "an envelope": json.dumps({"CiphertextBlob": GOOD}),
    "too short": "AQICAHh=",
    "too long": base64.b64encode((BLOB * 2)[:4611]).decode(),
    "cut off": GOOD[:-1],
    "in lines": f"{GOOD[:76]}\n{GOOD[76:]}",
    "a file's name": "fileb://node-key.json",
}
PLAINTEXT = {"plaintext", "base64 of plaintext", "PEM", "base64 of PEM", "an envelope"}


def preconditions(tmp_path: Path) -> list[dict[str, str]]:
    """What is checked of one ciphertext, as Terraform reads it."""

    def define(stack: TerraformStack) -> None:
        value = TerraformVariable(stack, Ciphertext.NODE_KEY.variable_name, type="string").string_value
        lifecycle = TerraformResourceLifecycle(precondition=encrypted(Ciphertext.NODE_KEY, value))
        S3Object(stack, "Object", bucket="bucket", key="key", lifecycle=lifecycle)

    found: list[dict[str, str]] = synthesize(tmp_path, define).one("aws_s3_object")["lifecycle"][
        "precondition"
    ]
    return found


def refusals(tmp_path: Path, value: str) -> list[str]:
    """Messages for a value, as Python reads the same patterns."""
    plaintext, malformed = preconditions(tmp_path)
    patterns = [re.search(r'regex\("(.*)", var', rule["condition"]) for rule in (plaintext, malformed)]
    assert all(patterns)
    reads_as_plaintext, well_formed = (pattern[1] for pattern in patterns if pattern)
    found = [plaintext["error_message"]] if re.search(reads_as_plaintext, value) else []
    # Python's $ also stands before a last line break, RE2's does not.
    if len(value) > 6144 or not re.search(well_formed.removesuffix("$") + r"\Z", value):
        found.append(malformed["error_message"])
    return found


@pytest.mark.parametrize("value", ALLOWED.values(), ids=ALLOWED)
def test_takes_what_kms_gives(tmp_path: Path, value: str) -> None:
    """And nothing at all, until the key exists."""
    assert refusals(tmp_path, value) == []


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_what_kms_does_not_give(tmp_path: Path, name: str) -> None:
    """A plaintext is called one, because somebody has to revoke it."""
    messages = refusals(tmp_path, REFUSED[name])

    assert "must be the CiphertextBlob of `aws kms encrypt`" in messages[-1]
    assert (len(messages) == 2) == (name in PLAINTEXT)
    assert all(message.startswith("node_key_ciphertext ") for message in messages)


@pytest.mark.deploy
@pytest.mark.skipif(TERRAFORM is None, reason="needs terraform or tofu on PATH")
@pytest.mark.parametrize(
    ("value", "returncode"),
    [(GOOD, 0), ("", 0), (SERVICE_ACCOUNT_KEY, 1), (base64.b64encode(PEM.encode()).decode(), 1)],
    ids=["ciphertext", "empty", "plaintext", "base64 of plaintext"],
)
def test_terraform_refuses_a_plaintext_without_showing_it(
    tmp_path: Path, value: str, returncode: int
) -> None:
    """A validation of the variable would print it, which is how it would come into a log."""
    name = Ciphertext.NODE_KEY.variable_name
    (tmp_path / "plan").mkdir()
    configuration = {
        "variable": {name: {"type": "string", "sensitive": True}},
        "resource": {"terraform_data": {"object": {"lifecycle": {"precondition": preconditions(tmp_path)}}}},
    }
    (tmp_path / "plan/main.tf.json").write_text(json.dumps(configuration))
    assert TERRAFORM

    def terraform(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TERRAFORM, *arguments, "-no-color", "-input=false"],
            cwd=tmp_path / "plan",
            env={**os.environ, f"TF_VAR_{name}": value, "CHECKPOINT_DISABLE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert terraform("init").returncode == 0
    plan = terraform("plan")
    assert plan.returncode == returncode
    assert ("holds a key in plaintext" in plan.stderr) == bool(returncode)
    assert not value or value[:20] not in plan.stdout + plan.stderr


def test_names_the_variables_of_the_stack() -> None:
    """The README's commands set them by these names."""
    assert [(variable.name, variable.ciphertext) for variable in CIPHERTEXT_VARIABLES] == [
        ("management_service_key_ciphertext", Ciphertext.MANAGEMENT_SERVICE_KEY),
        ("connect_agent_key_ciphertext", Ciphertext.CONNECT_AGENT_KEY),
        ("node_key_ciphertext", Ciphertext.NODE_KEY),
        ("root_ca_key_ciphertext", Ciphertext.ROOT_CA_KEY),
    ]
    for variable in CIPHERTEXT_VARIABLES:
        assert f"purpose={variable.ciphertext};" in variable.description


def test_each_ciphertext_is_checked_before_it_is_stored(tmp_path: Path) -> None:
    """None of the four gets past."""
    objects = synthesized(tmp_path).resources("aws_s3_object").values()
    checks = {body["key"]: body.get("lifecycle", {}).get("precondition", []) for body in objects}

    assert {key: [rule["error_message"].split()[0] for rule in rules] for key, rules in checks.items()} == {
        "management.yaml": [],
        **{ciphertext.object_key: [ciphertext.variable_name] * 2 for ciphertext in Ciphertext},
    }


def test_ciphertexts_are_in_their_objects_and_nowhere_else(tmp_path: Path) -> None:
    """User data names versions of objects, never what is in them."""
    resources = synthesized(tmp_path).json["resource"]
    objects = resources.pop("aws_s3_object")

    assert json.dumps(objects).count("AQICAH") >= len(Ciphertext)
    assert "AQICAH" not in json.dumps(resources)
