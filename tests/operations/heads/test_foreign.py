"""What runs code or reads the machine is never planned with credentials; what sends them elsewhere, by agreement."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from operations.heads.foreign import Judged, judge
from operations.heads.known import known
from operations.heads.stack_text import parsed
from operations.heads.unusual import Usual
from operations.project import ROOT
from tests.example import ENVIRONMENTS
from tests.operations.heads.checkouts import STACK


def judged(change: dict[str, Any], base: dict[str, Any] | None = STACK) -> Judged:
    """What is foreign in the stack with something put into it."""
    return judge(merged(copy.deepcopy(STACK), change), base, Usual([] if base is None else [base], known()))


def merged(value: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """A document with another laid over it."""
    for key, more in change.items():
        value[key] = (
            merged(value[key], more) if isinstance(more, dict) and isinstance(value.get(key), dict) else more
        )
    return value


@pytest.mark.parametrize(
    "file", sorted((ENVIRONMENTS / "snapshots").glob("*.json")), ids=lambda file: file.stem
)
def test_nothing_that_is_made_here_is_foreign(file: Path) -> None:
    """Of none of the example's stacks, companions included."""
    stack = parsed(file.read_bytes())

    assert judge(stack, stack, Usual([stack], known())) == Judged((), ())


def test_every_type_that_is_made_here_is_known() -> None:
    """Those that the example has none of as well: by what constructs and stacks import."""
    text = "".join(
        path.read_text("utf-8")
        for folder in ("constructs_lib", "stacks")
        for path in (ROOT / folder).rglob("*.py")
    )
    found = set(re.findall(r"from cdktf_cdktf_provider_([a-z]+)\.([a-z0-9_]+)", text)) - {
        (name, "provider") for name in ("aws", "google", "helm", "vsphere")
    }

    made = {module for _, module in found if module.startswith("data_")}
    assert {module.removeprefix("data_") for module in made} <= known().data
    assert {f"{name}_{module}" for name, module in found if module not in made} <= known().resources


CALLS = "it calls {}, which could read this machine or show what is secret"
HIDDEN = "it has a template with a directive, a comment or signs that nothing here writes, which could call anything"
PROVISIONER = {"google_compute_network": {"N": {"provisioner": [{"local-exec": {"command": "env"}}]}}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"resource": PROVISIONER}, "it has provisioner, by which something is run", id="provisioner"
        ),
        pytest.param(
            {"removed": [{"from": "a.b", "provisioner": [{"local-exec": {}}]}]},
            "it has provisioner, by which something is run",
            id="provisioner of what is removed",
        ),
        pytest.param(
            {"resource": {"google_compute_network": {"N": {"connection": {"host": "x"}}}}},
            "it has connection, by which something is run",
            id="connection",
        ),
        pytest.param(
            {"data": {"external": {"e": {"program": ["env"]}}}},
            'data.external.e is of provider "external", which it does not pin',
            id="external data",
        ),
        pytest.param(
            {"data": {"http": {"e": {"url": "https://example.com"}}}},
            'data.http.e is of provider "http", which it does not pin',
            id="http data",
        ),
        pytest.param(
            {"data": {"terraform_remote_state": {"e": {"backend": "http"}}}},
            'data.terraform_remote_state.e is of provider "terraform", which it does not pin',
            id="another state",
        ),
        pytest.param(
            {"resource": {"terraform_data": {"t": {}}}},
            'terraform_data.t is of provider "terraform", which it does not pin',
            id="built-in provider",
        ),
        pytest.param(
            {"resource": {"google_compute_network": {"N": {"provider": "other.eu"}}}},
            'google_compute_network.N is of provider "other", which it does not pin',
            id="provider by name",
        ),
        pytest.param(
            {"terraform": {"required_providers": {"evil": {"source": "evil/evil", "version": "1.0.0"}}}},
            'provider "evil" comes from "evil/evil", which nothing here uses',
            id="provider of others",
        ),
        pytest.param(
            {
                "terraform": {
                    "required_providers": {"google": {"source": "registry.example.com/hashicorp/google"}}
                }
            },
            'provider "google" comes from "registry.example.com/hashicorp/google", which nothing here uses',
            id="registry of others",
        ),
        pytest.param(
            {"terraform": {"required_providers": {"google": {"version": ">= 1.0"}}}},
            'provider "google" is not pinned to a version, got ">= 1.0"',
            id="any version",
        ),
        pytest.param(
            {"terraform": {"required_providers": {"google": "6.50.0"}}},
            'provider "google" is not asked for by source and version',
            id="provider as a text",
        ),
        pytest.param(
            {"terraform": {"required_providers": {"google": {"configuration_aliases": []}}}},
            'provider "google" is not asked for by source and version',
            id="provider with more",
        ),
        pytest.param(
            {"terraform": {"required_providers": []}},
            "its backend or required_providers is no object",
            id="providers as a list",
        ),
        pytest.param(
            {"provider": {"evil": [{}]}},
            'it has what no stack here has: provider "evil"',
            id="provider that nobody pins",
        ),
        pytest.param(
            {"terraform": {"backend": {"http": {"address": "https://example.com"}}}},
            'it has what no stack here has: backend "http"',
            id="backend of others",
        ),
        pytest.param(
            {"terraform": {"cloud": {}}},
            'it has what no stack here has: setting of terraform "cloud"',
            id="cloud",
        ),
        pytest.param(
            {"module": {"m": {"source": "git::https://example.com"}}},
            'it has what no stack here has: block "module"',
            id="module",
        ),
        pytest.param(
            {"ephemeral": {}}, 'it has what no stack here has: block "ephemeral"', id="block to come"
        ),
        pytest.param(
            {"locals": {"a": '${filebase64("/proc/self/environ")}'}},
            "it calls filebase64, which could read this machine or show what is secret",
            id="function",
        ),
        pytest.param(
            {"locals": {'%{ if file /* a */ # b\n // c\n ("/x") == 1 }a%{ endif }': 1}},
            HIDDEN,
            id="function in a key, with comments",
        ),
        pytest.param({"locals": {"a": '${file #\n("/x")}'}}, HIDDEN, id="comment"),
        pytest.param({"locals": {"a": "${upper(var.x)}"}}, CALLS.format("upper"), id="function of others"),
        pytest.param({"locals": {"a": '${"${file("/x")}"}'}}, CALLS.format("file"), id="function in a text"),
        pytest.param(
            {"locals": {"a": '${"${"${"${"${"${"${"${"${1}"}"}"}"}"}"}"}"}'}}, HIDDEN, id="too deep"
        ),
        pytest.param({"locals": {"a": "$$${file(1)}"}}, HIDDEN, id="read in two ways"),
        pytest.param({"locals": {"a": '${"\\${file(1)}"}'}}, HIDDEN, id="escaped"),
        pytest.param({"locals": {"a": '${"'}}, HIDDEN, id="without an end"),
        pytest.param({"locals": {"a": "${1"}}, HIDDEN, id="without a brace"),
        pytest.param(
            {"resource": {"aws_s3_object": {"o": {"source": "/proc/self/environ"}}}},
            'it reads files that are no assets of its own: "aws_s3_object.o.source"',
            id="file of the machine",
        ),
        pytest.param(
            {"resource": {"helm_release": {"r": {"chart": "assets/../../../x"}}}},
            'it reads files that are no assets of its own: "helm_release.r.chart"',
            id="chart of the machine",
        ),
        pytest.param(
            {"output": {"a": {"value": "${nonsensitive(var.x)} ${provider::evil::run()}"}}},
            "it calls nonsensitive, provider::evil::run, which could read this machine or show what is secret",
            id="functions of providers",
        ),
        pytest.param(
            {"variable": {"x": {"type": "string"}, "y": {"sensitive": True}, "z": []}},
            'variables must be sensitive, or a plan shows what they are given: "x", "z"',
            id="variable in plain",
        ),
    ],
)
def test_what_runs_or_reads_is_never_planned(change: dict[str, Any], words: str) -> None:
    """Whoever agrees: with the reader's credentials it could send them anywhere."""
    assert words in judged(change).refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {
                "provider": {
                    "google": [{"project": "kl-dev-host", "compute_custom_endpoint": "https://example.com/"}]
                }
            },
            'its providers are not those of the base: "provider.google[0].region", '
            '"provider.google[0].compute_custom_endpoint"',
            id="endpoint",
        ),
        pytest.param(
            {"terraform": {"backend": {"gcs": {"bucket": "elsewhere"}}}},
            'its backend or the versions of its providers are not those of the base: "terraform.backend.gcs.bucket"',
            id="backend",
        ),
        pytest.param(
            {"terraform": {"required_providers": {"google": {"version": "6.50.1"}}}},
            "its backend or the versions of its providers are not those of the base: "
            '"terraform.required_providers.google.version"',
            id="version",
        ),
        pytest.param(
            {"terraform": {"backend": {"gcs": {"encryption_key": None}}}},
            'its backend or the versions of its providers are not those of the base: "terraform"',
            id="null",
        ),
        pytest.param(
            {"data": {"google_client_config": {"c": {}}}},
            'it reads what nothing here reads: "google_client_config"',
            id="type of data",
        ),
        pytest.param(
            {"resource": {"google_storage_bucket_object": {"o": {"name": "a"}}}},
            'it manages what nothing here manages: "google_storage_bucket_object"',
            id="type of resource",
        ),
    ],
)
def test_what_sends_credentials_elsewhere_needs_people(change: dict[str, Any], words: str) -> None:
    """And nothing else than that is said."""
    assert judged(change) == Judged((), (words,))


def test_a_new_stack_needs_people() -> None:
    """Nobody has seen yet where its state lies."""
    [reason] = judged({}, None).agreed

    assert reason.startswith("it is new")


def test_what_a_provider_reads_is_compared_too() -> None:
    """The provider's own block may stay the same, letter by letter, while what it refers to leads elsewhere."""
    provider = {"host": "${data.aws_eks_cluster.C.endpoint}", "token": "${local.token}${var.key}"}
    base: dict[str, Any] = {
        "provider": {"helm": [provider]},
        "data": {"aws_eks_cluster": {"C": {"name": "${local.name}"}}},
        "locals": {"name": "kl-dev", "token": "${aws_eks_cluster.A.x}", "loop": "${local.loop}"},
        "resource": {"aws_eks_cluster": {"A": {"name": "${local.loop}"}}},
        "variable": {"key": {"sensitive": True}},
    }
    head = copy.deepcopy(base)

    def beside() -> list[str]:
        return [reason for reason in judge(head, base, Usual([base], known())).agreed if "read" in reason]

    assert beside() == []
    head["locals"]["name"] = "evil"
    assert beside() == [
        'what its providers or its backend read is not what it is in the base: "data.aws_eks_cluster.C"'
    ]
    head["locals"]["name"] = "kl-dev"
    head["resource"]["aws_eks_cluster"]["A"]["name"] = "evil"
    assert beside() == ['what its providers or its backend read is not what it is in the base: "local.token"']


@pytest.mark.parametrize("more", ["/* */", " #", "$", "\\n", '"a"', "${"])
def test_no_text_takes_for_ever(more: str) -> None:
    """A text made to be tried in every way is tried in one."""
    text = "${file" + more * 100_000

    assert judge({"locals": {"a": text}}, {}, Usual([{}], known())).refused == (HIDDEN,)
