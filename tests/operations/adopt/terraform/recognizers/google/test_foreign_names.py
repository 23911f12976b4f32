"""A Google half that others named: what it is called stays, and nothing of it is made a second time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from estate.derived.google.names import nameable
from estate.model.environment import Environment
from operations.adopt.terraform.adopt import Options, adopt
from operations.adopt.terraform.foreseeing import Fate
from operations.artifacts.building import build
from operations.artifacts.stack_json import read_stack
from tests.example import ENVIRONMENTS, ESTATE
from tests.operations.adopt.terraform.states import state_of, written

DEV = ESTATE.environments["dev"]
FILE = """\
environment: dev
state: {gcs: {bucket: kl-dev-tfstate}}

google:
  host_project: {id: kl-dev-host, number: 234567890123}
  region: europe-north1

vmware:
  location: europe-north1
  admin_cluster: {membership: projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-admin, version: 1.36.0-gke.532}

fleet: {}
"""
"""What stands there before: what no state tells."""


def named_by_others() -> Environment:
    """The environment with other names wherever one can be said."""
    document: dict[str, Any] = DEV.model_dump(exclude_unset=True)
    google = document["google"]
    google["names"] = {what: f"acme-{number}" for number, what in enumerate(sorted(nameable(DEV)))}
    google["network"]["subnets"]["gke"] |= {
        "name": "nodes",
        "pods_name": "gke-pods",
        "services_name": "gke-svc",
    }
    ring = f"projects/{google['host_project']['id']}/locations/europe-north1/keyRings/acme"
    google["kms_keys"]["secrets"] = {"ring": ring, "key_name": "Etcd"}
    google["gke_clusters"]["cloud"] |= {"name": "acme-cloud", "account_id": "acme-nodes"}
    document["vmware"]["user_clusters"]["apps"]["name"] = "acme-apps"
    del document["aws"]
    return Environment.model_validate(document)


def test_a_half_of_other_names_comes_over_as_it_is(tmp_path: Path) -> None:
    """Every object is imported, or moved with its state; none is made anew."""
    estate = replace(ESTATE, environments={**ESTATE.environments, "dev": named_by_others()})
    build(estate, ["dev"], tmp_path / "out")
    states = written(tmp_path, state_of(read_stack(tmp_path / "out", "dev"), module="module.acme"))
    folder = tmp_path / "environments"
    folder.mkdir()
    for file in ENVIRONMENTS.glob("*.yaml"):
        (folder / file.name).write_text(FILE if file.stem == "dev" else file.read_text("utf-8"), "utf-8")

    adopted = adopt(states, Options("dev", folder=folder))

    assert [one.address for one in adopted.of(Fate.NEW, Fate.REPLACED)] == []
    # Its folders are called after keys that nobody tells, so that the fleet's default gets a source, too.
    assert [one.address.partition("_8658")[0] for one in adopted.of(Fate.IN_PLACE)] == [
        "google_gke_hub_feature.Features_config_sync"
    ]
    assert adopted.not_recognized == []
    assert [left.origin.address for left in adopted.draft.left] == []
