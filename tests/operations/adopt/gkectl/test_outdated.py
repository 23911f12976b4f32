"""Clusters that no supported version would take: what is outdated, and what has to happen first, in order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.adopt.gkectl.samples import ADMIN, USER, Document, changed
from tests.operations.adopt.gkectl.workplace import INTO, Workplace


def old(version: str, *changes: tuple[Any, ...]) -> Document:
    """The sample cluster at another version, with changes: path and value."""
    document = changed(USER, "gkeOnPremVersion", to=version)
    for *path, value in changes:
        document = changed(document, *path, to=value)
    return document


def steps(err: str) -> list[str]:
    """The steps, each with its commands."""
    _, _, text = err.partition("what has to happen first, in this order:\n")
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("     $"):
            found[-1] += line.replace("     $", " $")
        elif line.startswith("  "):
            found.append(line.strip().partition(" ")[2])
    return found


KUBECEPTION = (("enableControlplaneV2", False), ("network", "controlPlaneIPBlock", None))
LEGACY = old("1.30.100-gke.96", *KUBECEPTION)


def test_a_kubeception_cluster_is_refused_with_what_to_do(work: Workplace) -> None:
    """Exit code 2 as for all input that cannot be used, nothing printed that could be pasted."""
    work.write("batch.yaml", LEGACY)
    before = work.files()

    said = work.refusal("batch.yaml", "admin.yaml")

    assert work.files() == before
    assert f"\n{work.place('enableControlplaneV2')}" in said
    assert "enableControlplaneV2: is false: the control plane runs in the admin cluster (kubeception)" in said
    assert [step.split(" $")[0] for step in steps(said)] == [
        "turn the admin cluster's own repair off meanwhile: autoRepair.enabled: false in its file",
        "batch: change all of this at once: enableControlplaneV2: true with masterNode.replicas: 3, three free "
        "addresses of the cluster's own subnet in network.controlPlaneIPBlock, network.hostConfig, and a new "
        "loadBalancer.vips.controlPlaneVIP there",
        "turn on again what was turned off",
        "batch: upgrade to 1.34, one minor version at a time (1.31, 1.32, 1.33, 1.34); with 1.33 a cluster becomes an "
        "advanced one, which only gkectl can do; 1.34 is the oldest that is supported, newer ones do too",
        "give this command the files as they are by then",
    ]
    assert "gkectl update cluster --kubeconfig ADMIN_KUBECONFIG --config batch.yaml" in said
    assert said.splitlines()[-1].startswith(
        "Google's guides say more of each: https://docs.cloud.google.com/"
    )


def test_everything_outdated_at_once_is_put_in_order(work: Workplace) -> None:
    """From 1.15 with Seesaw, Dataplane V1, encryption and Windows, its admin cluster just as old."""
    user = old(
        "1.15.3-gke.47",
        *KUBECEPTION,
        ("enableDataplaneV2", False),
        ("loadBalancer", "kind", "Seesaw"),
        ("secretsEncryption", {"mode": "GeneratedKey", "generatedKey": {"keyVersion": 1}}),
        ("masterNode", "replicas", 1),
        ("nodePools", 0, "osImageType", "windows"),
    )
    admin = changed(ADMIN, "bundlePath", to="/b/gke-onprem-vsphere-1.14.0-gke.1-full.tgz")
    admin = changed(changed(admin, "adminMaster", "replicas"), "loadBalancer", "kind", to="F5BigIP")

    said = work.refusal_of(user, admin=admin)

    beginnings = [step[:60] for step in steps(said)]
    assert beginnings == [
        "batch, kl-dev-admin: upgrade to 1.30, one minor version at a",
        "batch: say secretsEncryption.generatedKey.disabled: true $ g",
        "batch: say enableDataplaneV2: true; take network policies ou",
        "batch: choose the node pool for MetalLB: enableLoadBalancer:",
        "turn the admin cluster's own repair off meanwhile: autoRepai",
        "batch: change all of this at once: enableControlplaneV2: tru",
        "turn on again what was turned off $ gkectl update admin --ku",
        "kl-dev-admin, once its user clusters are migrated: loadBalan",
        "batch: move what runs on Windows elsewhere and delete the po",
        "kl-dev-admin, batch: upgrade to 1.34, one minor version at a",
        "give this command the files as they are by then",
    ]
    assert "(1.15, 1.16, 1.28, 1.29, 1.30)" in said
    assert "adminMaster.replicas: must be 3 in every supported version, not said means 1" in said
    assert "--config admin.yaml" in said
    assert said.count("$ gkectl upgrade admin") == 2


@pytest.mark.parametrize(
    ("user", "said"),
    [
        (
            old("1.31.0-gke.889", ("loadBalancer", "kind", "F5BigIP")),
            "loadBalancer.kind: ManualLB with the ports",
        ),
        (
            old("1.31.0-gke.889", ("loadBalancer", "kind", "Seesaw")),
            "loadBalancer.kind: MetalLB with the ingress VIP",
        ),
        (old("1.31.0-gke.889", ("enableDataplaneV2", None)), "is not said: the cluster has Dataplane V1"),
        (
            old("1.12.0-gke.1", ("enableControlplaneV2", None)),
            "enableControlplaneV2: is not said: the control plane runs",
        ),
        (
            old("1.16.0-gke.1", ("enableControlplaneV2", None), ("network", "controlPlaneIPBlock", None)),
            "enableControlplaneV2: is not said: the control plane runs",
        ),
        (
            old("1.28.0-gke.1", ("masterNode", "replicas", None)),
            "masterNode.replicas: must be 3 in every supported version, not said means 1 in 1.28",
        ),
        (old("1.33.0-gke.799", ("masterNode", "replicas", 1)), "batch: give its control plane three nodes"),
        (old("1.33.0-gke.799"), "batch: upgrade to 1.34, one minor version at a time (1.34)"),
        (old("1.28.0-gke.1"), "one minor version at a time (1.29, 1.30)"),
        (
            old("1.35.0-gke.525", ("loadBalancer", "kind", "Seesaw")),
            "batch: find out what runs: no version after 1.31",
        ),
        (old("1.29.0-gke.1", *KUBECEPTION), "batch: upgrade to 1.30, one minor version at a time (1.30)"),
    ],
    ids=[
        *(
            "F5",
            "Seesaw",
            "Dataplane V1",
            "before Controlplane V2",
            "by its addresses",
            "one node by default",
            "one node",
            "old",
            "older",
        ),
        *("impossible", "preview"),
    ],
)
def test_each_outdated_feature_is_known(work: Workplace, user: Document, said: str) -> None:
    """With its own advice."""
    assert said in work.refusal_of(user)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("adminMaster", "replicas"), 1, "adminMaster.replicas: must be 3 in every supported version, got 1"),
        (("loadBalancer", "kind"), "Seesaw", "gkectl get-config admin --kubeconfig ADMIN_KUBECONFIG"),
    ],
    ids=["one node", "Seesaw"],
)
def test_an_outdated_admin_cluster_is_refused_alone_too(
    work: Workplace, path: tuple[str, ...], value: Any, said: str
) -> None:
    """No version manages clusters from it."""
    work.write("admin.yaml", changed(ADMIN, *path, to=value))

    assert said in work.refusal("admin.yaml")


@pytest.mark.parametrize(
    "user",
    [
        changed(USER, "enableControlplaneV2"),
        changed(USER, "enableDataplaneV2"),
        changed(changed(USER, "masterNode", "replicas"), "loadBalancer", "kind", to="metalLB"),
        changed(USER, "secretsEncryption", to={"mode": "GeneratedKey"}),
    ],
    ids=["Controlplane V2", "Dataplane V2", "replicas", "encryption"],
)
def test_what_a_supported_version_always_has_needs_not_be_said(work: Workplace, user: Document) -> None:
    """From 1.32 on there is nothing else."""
    assert work.cluster(user)["version"] == "1.35.0-gke.525"


def test_an_admin_cluster_with_an_old_load_balancer_alone(work: Workplace) -> None:
    """Its control plane has three nodes already."""
    admin = changed(ADMIN, "bundlePath", to="/b/gke-onprem-vsphere-1.31.0-gke.889-full.tgz")
    work.write("admin.yaml", changed(admin, "loadBalancer", "kind", to="F5BigIP"))

    said = work.refusal("admin.yaml")

    assert (
        "kl-dev-admin, once its user clusters are migrated: loadBalancer.kind: ManualLB or MetalLB $"
        in steps(said)[0]
    )


def test_an_admin_cluster_with_one_node_alone(work: Workplace) -> None:
    """Its load balancer stays."""
    admin = changed(ADMIN, "bundlePath", to="/b/gke-onprem-vsphere-1.31.0-gke.889-full.tgz")
    work.write("admin.yaml", changed(admin, "adminMaster", "replicas"))

    said = work.refusal("admin.yaml")

    assert (
        "kl-dev-admin, once its user clusters are migrated: adminMaster.replicas: 3 with three"
        in steps(said)[0]
    )


def test_a_cluster_that_changes_its_dataplane_only(work: Workplace) -> None:
    """Nothing else is touched, so nothing is turned off."""
    said = work.refusal_of(old("1.31.0-gke.889", ("enableDataplaneV2", False)))

    assert "autoRepair" not in said


def test_encryption_that_is_off_is_no_step(work: Workplace) -> None:
    """It stands in nobody's way."""
    off = {"mode": "GeneratedKey", "generatedKey": {"disabled": True}}

    said = work.refusal_of(changed(LEGACY, "secretsEncryption", to=off))

    assert "secretsEncryption" not in said


def commands(err: str) -> list[str]:
    """Every command that is printed, without options."""
    return [line.split("$ ")[1].split(" --")[0] for line in err.splitlines() if line.startswith("     $")]


def test_text_and_commands_name_clusters_in_one_order(work: Workplace) -> None:
    """Up to 1.30 user clusters come first, from 1.31 on the admin cluster, and each stretch is a step."""
    admin = changed(ADMIN, "bundlePath", to="/b/gke-onprem-vsphere-1.28.0-gke.1-full.tgz")

    said = work.refusal_of(old("1.28.0-gke.1"), admin=admin)

    assert [step.split(" $")[0].split(";")[0] for step in steps(said)] == [
        "batch, kl-dev-admin: upgrade to 1.30, one minor version at a time (1.29, 1.30), each time user clusters before "
        "the admin cluster",
        "kl-dev-admin, batch: upgrade to 1.34, one minor version at a time (1.31, 1.32, 1.33, 1.34), each time the admin "
        "cluster before user clusters",
        "give this command the files as they are by then",
    ]
    assert commands(said) == [
        "gkectl upgrade cluster",
        "gkectl upgrade admin",
        "gkectl upgrade admin",
        "gkectl upgrade cluster",
    ]


def test_an_admin_cluster_without_a_file_goes_along(work: Workplace) -> None:
    """It has to be upgraded too, and nobody said that it was."""
    work.write("batch.yaml", old("1.33.0-gke.799"))

    said = work.refusal("batch.yaml")

    assert "1. their admin cluster, where it is older, batch: upgrade to 1.34" in said
    assert commands(said) == ["gkectl upgrade admin", "gkectl upgrade cluster"]


def test_nothing_else_is_asked_of_who_has_to_migrate(work: Workplace) -> None:
    """Not for an IP block file either, which may tell nothing; what the version does by default stands then."""
    (work.folder / "batch-ipblock.yaml").unlink()
    work.write("batch.yaml", LEGACY)
    kubeception = work.refusal("batch.yaml", "admin.yaml")
    unsaid = old("1.16.0-gke.1", ("enableControlplaneV2", None), ("network", "controlPlaneIPBlock", None))
    work.write("batch.yaml", unsaid)
    by_default = work.refusal("batch.yaml", "admin.yaml")

    assert "what has to happen first" in kubeception
    assert "not at hand" not in kubeception + by_default
    assert ("kubeception" in kubeception, "kubeception" in by_default) == (True, False)


def test_an_environment_is_left_alone(work: Workplace) -> None:
    """Also where writing was asked for."""
    work.environment()
    work.write("batch.yaml", LEGACY)
    before = work.files()

    work.refusal("batch.yaml", *INTO, "--write")

    assert work.files() == before
