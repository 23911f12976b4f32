"""The companion that attaches a cluster, planned by real Terraform with the real providers.

The emulated AWS holds the cluster, and a small server stands in for the one call that a plan makes to Google. Left
out: applying, which needs a cluster that runs pods, and Google's side of it.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import addresses, read_stack
from stacks.app import synthesize
from tests.deploy.conftest import Cloud
from tests.deploy.emulated_aws import EmulatedAws
from tests.deploy.plan import Plan
from tests.deploy.toolchain import HELM, CannotDeploy, Toolchain, environment, find_toolchain
from tests.model.access.estates import SEEIENDOM
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.fleet.attached_documents import AKS, INSIDE, PUBLIC

pytestmark = pytest.mark.deploy

MANIFEST = "apiVersion: v1\nkind: Namespace\nmetadata: {name: gke-install}\n# {{ not for Helm }}\n"

# Whatever this machine knows of Terraform and of the clouds.
_FOREIGN = ("AWS_", "CLOUDSDK_", "GCLOUD_", "GOOGLE_", "HELM_", "KUBE", "TF_")


@pytest.fixture(name="toolchains", scope="module")
def three_toolchains(tools: Toolchain, google_tools: Toolchain) -> list[Toolchain]:
    """Terraform with the three providers; skipped with the reason where one cannot be had."""
    try:
        return [tools, google_tools, find_toolchain(HELM, exact=True)]
    except CannotDeploy as reason:
        pytest.skip(str(reason))


@contextmanager
def install_manifests(asked: list[str]) -> Iterator[str]:
    """Serve the same manifest for every cluster, and note what was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = json.dumps({"manifest": MANIFEST}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/"
        finally:
            server.shutdown()
            thread.join()


def write_estate(folder: Path) -> None:
    """One environment with an attached cluster, two of others, a team and features."""
    features: dict[str, Any] = {"policy_controller": {}}
    team = {**SEEIENDOM, "access": {"dev": "edit"}}
    documents = {
        "organization": {
            "name": "kl",
            "domain": "example.com",
            "promotion": ["dev"],
            "platform_team": {"group": "platform@example.com"},
            "teams": {"seeiendom": team},
        },
        "dev": {
            "environment": "dev",
            "state": {"local": {}},
            "google": {
                "host_project": {"id": "kl-dev-host", "number": 123456789012},
                "region": "europe-north1",
            },
            "fleet": {"features": features, "attached_clusters": {"web": AKS, "inside": INSIDE}},
            "aws": AWS,
        },
    }
    folder.mkdir()
    for name, document in documents.items():
        (folder / f"{name}.yaml").write_text(json.dumps(document), "utf-8")


def plan(stack: Path, toolchains: list[Toolchain], aws: EmulatedAws, google: str) -> Plan:
    """Plan the companion as a person does who stands inside the network."""
    aws_tools, google_tools, _ = toolchains
    override: dict[str, Any] = {
        "terraform": {"required_providers": {**aws_tools.required, **google_tools.required}},
        "provider": {
            "aws": [aws_tools.provider.settings],
            # Not as a variable of the environment, which a provider that runs already does not hear of.
            "google": [{"container_attached_custom_endpoint": google}],
        },
    }
    (stack / "override.tf.json").write_text(json.dumps(override), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    variables = {
        **kept,
        **aws.environment,
        **environment(stack, aws_tools.binary, toolchains),
        "GOOGLE_OAUTH_ACCESS_TOKEN": "nobody-is-asked",
    }

    def terraform(*arguments: str) -> str:
        ended = subprocess.run(
            [aws_tools.binary, f"-chdir={stack}", *arguments],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"[-8000:]
        return ended.stdout

    terraform("init", "-input=false")
    terraform("plan", "-input=false", "-out=plan")
    return Plan(json.loads(terraform("show", "-json", "plan")))


def test_a_first_plan_attaches_what_stands(tmp_path: Path, cloud: Cloud, toolchains: list[Toolchain]) -> None:
    """The providers accept every argument; cluster, issuer and manifest are found by the cluster's name."""
    asked: list[str] = []
    write_estate(tmp_path / "environments")
    synthesize(load_estate(tmp_path / "environments"), ["dev"], tmp_path / "cdktf.out")
    stack = tmp_path / "cdktf.out/stacks/dev-attach"
    cloud.aws.empty()
    with install_manifests(asked) as google:
        made = cloud.aws.client("eks").create_cluster(
            name="kl-dev-cloud",
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/eks",
            resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]},
        )["cluster"]

        found = plan(stack, toolchains, cloud.aws, google)

    resources = {one["address"]: one["change"]["after"] for one in found.json["resource_changes"]}
    members = {
        body["name"]: body for name, body in resources.items() if "google_container_attached_cluster." in name
    }
    cluster, releases = (
        members["kl-dev-cloud"],
        [body for name, body in resources.items() if "helm_release." in name],
    )
    assert found.actions == dict.fromkeys(
        addresses(read_stack(tmp_path / "cdktf.out", "dev-attach")), ("create",)
    )
    assert cluster["oidc_config"][0]["issuer_url"] == made["identity"]["oidc"]["issuer"]
    assert [json.loads(release["values"][0]) for release in releases] == [{"manifest": MANIFEST}] * 3
    assert members["kl-dev-web"]["oidc_config"] == [{"issuer_url": AKS["issuer"], "jwks": None}]
    assert members["kl-dev-inside"]["oidc_config"] == [{"issuer_url": INSIDE["issuer"], "jwks": PUBLIC}]
    assert {path.partition("?")[0] for path in asked} == {
        "/v1/projects/kl-dev-host/locations/europe-north1:generateAttachedClusterInstallManifest"
    }
