"""The mesh in the tree: what joins two clusters is the same on both sides, and nothing is shared that no file lists."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from kubernetes_validate import validate

from estate.derived.clusters.mesh import control_plane_settings, mesh_contents, service_settings
from tests.manifests.example_tree import objects, with_teams_repositories
from tests.manifests.example_tree import texts as tree_texts
from tests.manifests.mesh_tree import APPS, CLOUD, FOLDER, MESH, joined, mesh_objects, mesh_texts, of_kind
from tests.manifests.test_custom_resources import problems


def test_the_golden_mesh_is_what_is_rendered() -> None:
    """``make snapshots`` renews it; read its diff as a reviewer would."""
    standing = {str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in FOLDER.rglob("*.yaml")}

    assert standing == mesh_texts(joined())


@pytest.mark.parametrize(
    "mesh",
    [{"revision": "asm-managed"}, {"clusters": {"apps": {"revision": "asm-1313-9"}}}],
    ids=["a mesh", "one cluster's"],
)
def test_a_mesh_that_joins_nobody_makes_no_object(mesh: dict[str, Any]) -> None:
    """Its namespaces' label is all that the tree has of it, as before."""
    assert mesh_texts(joined(mesh)) == {}


def test_an_estate_that_says_nothing_of_it_has_the_tree_that_it_had() -> None:
    """Byte for byte, whatever the mesh of another estate is."""
    whole = with_teams_repositories("argo_cd")

    assert not [name for name in tree_texts(whole) if "mesh" in name or "asm" in name]


def test_the_gateway_takes_two_ports_and_reads_no_secret() -> None:
    """In its namespace lie the Secrets that open every other cluster; istiod's ports are for clusters without one."""
    found = mesh_objects(joined())
    ports = [[port["port"] for port in one["spec"]["ports"]] for one in of_kind("Service", found)]

    assert ports == [[15021, 15443], [15021, 15443]]
    assert not [one for one in found if one["kind"] in {"Role", "ClusterRole", "Secret", "RoleBinding"}]


def test_permissive_is_what_holds_until_strict_is_said() -> None:
    """Callers without a proxy would be cut the moment that the file names a control plane."""
    modes = [
        [one["spec"]["mtls"]["mode"] for one in of_kind("PeerAuthentication", mesh_objects(joined(mesh)))]
        for mesh in ({"clusters": {"apps": APPS, "cloud": CLOUD}}, MESH)
    ]

    assert modes == [["PERMISSIVE", "PERMISSIVE"], ["STRICT", "STRICT"]]


def test_argo_cd_may_touch_the_mesh_s_namespace_where_a_cluster_is_joined() -> None:
    """And nowhere else."""
    lets = {
        name: "istio-system" in str(one["spec"]["variables"])
        for name, found in objects(joined()).items()
        for one in found
        if one["metadata"]["name"] == "argo-cd-namespaces" and one["kind"] == "ValidatingAdmissionPolicy"
    }

    assert {name.split("/synced")[0] for name, yes in lets.items() if yes} == {
        "clusters/prod/apps",
        "clusters/prod/cloud",
    }


@pytest.mark.unmeasured
@pytest.mark.parametrize("minor", ["1.34", "1.35", "1.36"])
def test_kubernetes_takes_every_object(minor: str) -> None:
    """Its own kinds by its schemas, Istio's and Argo CD's by theirs, with every field known."""
    for one in mesh_objects(joined()):
        if "istio.io" in one["apiVersion"] or "argoproj.io" in one["apiVersion"]:
            assert problems(one) == []
        else:
            validate(one, minor, strict=True)


@pytest.mark.unmeasured
def test_a_wrong_mode_is_refused() -> None:
    """The schemas look."""
    [one, *_] = of_kind("PeerAuthentication", mesh_objects(joined()))

    assert "'STRIKT' is not one of" in "; ".join(problems({**one, "spec": {"mtls": {"mode": "STRIKT"}}}))


HOSTS: Final = st.lists(
    st.from_regex(r"[a-z]{1,4}\.[a-z]{1,4}", fullmatch=True).map(lambda name: f"{name}.svc.cluster.local"),
    unique=True,
    max_size=5,
)


@given(hosts=HOSTS)
def test_no_service_is_shared_that_no_file_lists(hosts: list[str]) -> None:
    """A service of the same name in two clusters is one, with traffic over both sites, unless it is said to be local."""
    found = json.loads(json.dumps(service_settings(tuple(hosts))))
    shared = [host for one in found if one["settings"] == {"clusterLocal": False} for host in one["hosts"]]

    assert found[0] == {"settings": {"clusterLocal": True}, "hosts": ["*"]}
    assert shared == hosts


@pytest.mark.unmeasured
@settings(max_examples=10, deadline=None)
@given(hosts=HOSTS, mtls=st.sampled_from(["strict", "permissive"]))
def test_both_sides_say_the_same_names(hosts: list[str], mtls: str) -> None:
    """The network of the namespace, the gateway's and the control plane's are one; the mesh's id and what is shared are everybody's."""
    mesh = {**MESH, "shared_hosts": hosts, "mtls": mtls}
    whole = joined(mesh)
    told = []
    for cluster in ("apps", "cloud"):
        contents = mesh_contents(whole.organization, whole.environments["prod"], cluster)
        assert contents
        told_of = json.loads(json.dumps(control_plane_settings(contents)))
        of_cluster = [
            one
            for name, text in mesh_texts(whole).items()
            if f"/{cluster}/synced/" in name
            for one in yaml.load_all(text, Loader=yaml.CSafeLoader)
        ]
        labels = [
            label
            for one in of_cluster
            for place in (one["metadata"], one.get("spec", {}).get("template", {}).get("metadata", {}))
            for key, label in place.get("labels", {}).items()
            if key == "topology.istio.io/network"
        ]
        assert set(labels) == {told_of["global"]["network"]}
        assert len(labels) == 3
        told.append((told_of["global"]["meshID"], told_of["meshConfig"]))

    assert told[0] == told[1]
