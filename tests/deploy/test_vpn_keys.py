"""Keys of tunnels, refused by real Terraform before anything is made, and never shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.vpn_stack import VpnStack
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT
from tests.stacks.test_environment_stack import synthesize

A, B, MD5 = "vpn_key_dev_onprem_a", "vpn_key_dev_onprem_b", "vpn_md5_key_dev_onprem_a"
A1, A2, B1, B2 = (f"vpn_key_dev_aws_{c}_tunnel{t}" for c in "ab" for t in (1, 2))
GOOD = {name: f"k{n}Vq8Zr5Tn2Xb7Wc4Mj1wqYt6" for n, name in enumerate((A, B, MD5, A1, A2, B1, B2))}
FIELDS = {
    # The addresses of name servers are asked of the cloud, and there is none.
    "google": changed(ENVIRONMENT["google"], network__inbound_dns=False),
    "aws": ENVIRONMENT["aws"],
    "vpn": changed(ENVIRONMENT["vpn"], onprem__tunnels__a__md5=True),
}


@pytest.fixture(scope="module", name="stack")
def stack_of_preconditions(terraform: str, tmp_path_factory: pytest.TempPathFactory) -> VpnStack:
    """The variables of a stack, and what is asked of them, on resources that need no provider."""
    folder: Path = tmp_path_factory.mktemp("keys")
    found = synthesize(folder / "out", **FIELDS).json
    asked: dict[str, Any] = {
        name: {"lifecycle": body["lifecycle"]}
        for type_ in ("aws_vpn_connection", "google_compute_vpn_tunnel")
        for name, body in found["resource"][type_].items()
    }
    stack = VpnStack(folder, terraform, GOOD)
    stack.write(
        {
            "variable": found["variable"],
            "locals": found["locals"],
            "resource": {"terraform_data": asked},
        }
    )
    assert stack.terraform("init", "-input=false").returncode == 0
    return stack


def test_good_keys_are_taken(stack: VpnStack) -> None:
    """And shown to nobody."""
    told = stack.terraform("plan", "-no-color", "-input=false")

    assert told.returncode == 0, told.stderr
    assert not [value for value in GOOD.values() if value in told.stdout + told.stderr]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({A: ""}, [(A, "is not set")]),
        ({A: "kVq8Zr5Tn2Xb7Wc4Mj1wqYt"}, [(A, "is too short")]),
        ({A: GOOD[B]}, [(A, "is the key of something else"), (B, "is the key of something else")]),
        ({MD5: GOOD[B1]}, [(MD5, "is the key of something else"), (B1, "is the key of something else")]),
        ({B: "ChangeMeVq8Zr5Tn2Xb7Wc4Mj1"}, [(B, "looks like a placeholder")]),
        ({B: "abababababababababababababab"}, [(B, "looks like a placeholder")]),
        ({B: "Vq8Zr5Tn2Xb7Wc4Mj1wqYt6kQ\n"}, [(B, "has a space, a line break")]),
        ({MD5: "Vq8Zr5Tn2Xb7Wc4Mj1wqYt6" * 4}, [(MD5, "is too long")]),
        ({A1: "0Vq8Zr5Tn2Xb7Wc4Mj1wqYt6k"}, [(A1, "begins with 0")]),
        ({A2: "Vq8Zr5Tn2Xb7Wc4Mj1wqYt6-k"}, [(A2, "has a character that AWS refuses")]),
        ({B2: "Vq8Zr5Tn2Xb7Wc4Mj1wqYt6" * 3}, [(B2, "is too long")]),
        ({A: "short1", B2: "0" * 70}, [(A, "is too short"), (B2, "looks like"), (B2, "is too long")]),
    ],
    ids=[
        "missing",
        "short",
        "reused",
        "reused for MD5",
        "placeholder",
        "simple",
        "line break",
        "long MD5",
        "leading zero",
        "character",
        "long",
        "several at once",
    ],
)
@pytest.mark.parametrize("output", ["text", "json"])
def test_refuses_a_bad_key_without_showing_it(
    stack: VpnStack, keys: dict[str, str], expected: list[tuple[str, str]], output: str
) -> None:
    """Neither in the message, nor in the code that Terraform shows with it, nor in its JSON."""
    told = stack.terraform(
        "plan", "-input=false", *(["-json"] if output == "json" else ["-no-color"]), **keys
    )

    said = told.stdout + told.stderr
    plain = " ".join(said.split())
    assert told.returncode == 1
    for variable, reason in expected:
        assert f"TF_VAR_{variable}, " in plain
        assert reason in plain
    for value in (*keys.values(), *GOOD.values()):
        shown = json.dumps(value)[1:-1]
        assert not value or (value not in said and shown not in said and value.strip() not in said)
