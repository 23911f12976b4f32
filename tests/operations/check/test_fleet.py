"""What hybrid check says of fleets, of access as a whole, and of what is done by hand."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.estate import Estate
from operations.cards.card import Turn
from operations.cards.contents import contents as of_environment
from operations.cards.notes import notes
from operations.cards.prerequisites import prerequisites
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import SECTION
from tests.operations.cards.asking import contents, steps, warnings

GIT = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token", "directory": "dev"}}
ALICE = {"user": "alice@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
NESTING = {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "prod"}}


def rows(fleet: dict[str, Any], **fields: Any) -> dict[str, str]:
    """Summaries by path of an environment with this fleet."""
    found = contents(environment("dev", fleet=fleet, **fields))
    return {row.path: row.summary for row in found if row.path.startswith("fleet")}


@pytest.mark.parametrize(
    ("feature", "settings", "summary"),
    [
        ("config_sync", GIT, "https://git.example.com/config.git at main, folder dev"),
        ("config_sync", {"oci": {"repo": "example.com/p/a", "secret_type": "none"}}, "example.com/p/a"),
        ("policy_controller", {"bundles": {"b": {}, "a": {}}}, "bundles a, b; audit every 60 s"),
        ("policy_controller", {}, "bundles none; audit every 60 s"),
        ("service_mesh", {}, "control plane manual, mesh proj-123456789012, networks none yet"),
        (
            "fleet_observability",
            {"default_logs": "copy"},
            "logs of clusters: copy, of teams: left where they are",
        ),
        (
            "fleet_observability",
            {"fleet_scope_logs": "move"},
            "logs of clusters: left where they are, of teams: move",
        ),
        ("cluster_upgrade", {}, "first of its sequence, then 7 days of soaking"),
        ("cluster_upgrade", {"upstream_fleet": 12}, "after the fleet of project 12, then 7 days of soaking"),
        (
            "multi_cluster_ingress",
            {"config_membership": "projects/kl-dev-host/locations/global/memberships/a"},
            "held by projects/kl-dev-host/locations/global/memberships/a",
        ),
    ],
)
def test_every_feature_is_summed_up(feature: str, settings: dict[str, Any], summary: str) -> None:
    """What a person wants to know at a glance."""
    assert rows({"features": {feature: settings}})[f"fleet.features.{feature}"] == summary


def test_clusters_of_their_own_mind_are_named() -> None:
    """And networks of the mesh."""
    found = rows({"features": {"service_mesh": {"clusters": {"apps": {}}}}}, vmware=SECTION)

    assert found["fleet.features.service_mesh"].endswith("networks dev-apps; otherwise in apps")


@pytest.mark.parametrize(
    ("fields", "summary"),
    [
        ({}, "of kl-dev-host, unnamed"),
        ({"fleet": {"display_name": "kl dev"}}, 'of kl-dev-host, "kl dev"'),
        ({"project": "kl-host", "owner": "prod"}, "of kl-host, owned by prod"),
    ],
    ids=["unnamed", "named", "another's"],
)
def test_a_fleet_says_whose_it_is(fields: dict[str, Any], summary: str) -> None:
    """Its project, and its owner where that is another."""
    found = {row.path: row.summary for row in contents(environment("dev", **fields))}

    assert found["fleet"] == summary


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, []),
        ({"fleet": None}, []),
        ({"project": "kl-host", "owner": "prod"}, ["belongs to prod: apply that environment first"]),
        ({"vmware": SECTION}, []),
        (
            {"vmware": SECTION, "deletion_protection": False},
            ["memberships delete kl-dev-admin first"],
        ),
        (
            {"vmware": SECTION, "fleet": {"features": {"cluster_upgrade": {}}}},
            ["no cluster on VMware obeys it"],
        ),
    ],
    ids=["plain", "no fleet", "another's", "protected", "to throw away", "upgrade"],
)
def test_what_matters_of_a_fleet_is_said(fields: dict[str, Any], words: list[str]) -> None:
    """Each warning for its reason, none without."""
    said = [one for one in warnings(environment("dev", **fields)) if "fleet" in one]

    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, []),
        ({"teams": {"a": SEEIENDOM}}, ["gke-security-groups@example.com: nest the 1 group that has access"]),
        (
            {
                "teams": {"a": SEEIENDOM},
                "platform_team": {"group": "platform@example.com"},
                "google_groups": NESTING,
            },
            ["prod nests all 2 groups that have access in gke-security-groups@example.com"],
        ),
        (
            {"break_glass": {"alice": ALICE}},
            ["alice@example.com may administer dev past all groups until 2027-01-31 (on call)"],
        ),
    ],
    ids=["nobody", "by hand", "by Terraform", "person"],
)
def test_what_matters_of_all_is_said_once(fields: dict[str, Any], words: list[str]) -> None:
    """Without its nesting a group is granted everything and may do nothing."""
    said = list(notes(estate(organization(**fields))))

    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))


def test_access_is_summed_up_in_a_row() -> None:
    """Two hundred teams are counted, not listed."""
    teams = {
        f"t{i}": {"group": f"t{i}@example.com", "namespace_prefix": f"t{i}-", "access": {"dev": access}}
        for i, access in enumerate(["view", "view", "edit", {"custom_role": "debugger", "gateway": "edit"}])
    }
    platform = {"group": "platform@example.com"}
    whole = estate(organization(teams=teams, platform_team=platform, break_glass={"alice": ALICE}))
    empty = estate(organization())
    bare = estate(organization(platform_team=platform), environment("dev", fleet=None))

    def access(of: Estate, name: str) -> list[str]:
        return [row.summary for row in of_environment(of, name) if row.path == "organization"]

    assert access(whole, "dev") == [
        "the platform team; teams: 1 debugger, 1 edit, 2 view; 1 by breaking glass"
    ]
    assert access(whole, "prod") == ["the platform team"]
    assert access(empty, "dev") == access(bare, "dev") == []


def test_what_is_done_by_hand_comes_with_its_commands() -> None:
    """Fleet, accounts, On-Prem API, keys, groups, in the order in which they are needed."""
    shared = organization(teams={"a": SEEIENDOM}, platform_team={"group": "platform@example.com"})
    whole = estate(shared, environment("dev", vmware=SECTION), environment("prod"))

    found = [(step.turn, step.commands) for step in prerequisites(whole, "dev")]

    assert [
        (turn, commands[0].split(" --")[0] if commands else "", len(commands)) for turn, commands in found
    ] == [
        (Turn.RIGHTS, "gcloud projects describe kl-dev-host", 2),
        (Turn.RIGHTS, "DEPLOYER=serviceAccount:NAME@PROJECT.iam.gserviceaccount.com", 2),
        (
            Turn.RIGHTS,
            "for policy in iam.disableServiceAccountKeyCreation iam.managed.disableServiceAccountKeyCreation; do gcloud "
            "org-policies describe $policy",
            1,
        ),
        (Turn.RIGHTS, "", 0),
        (
            Turn.RIGHTS,
            "for group in gke-security-groups@example.com platform@example.com seeiendom@example.com; do gcloud identity groups describe $group",
            1,
        ),
        (
            Turn.BEFORE,
            "gcloud services enable cloudresourcemanager.googleapis.com iam.googleapis.com serviceusage.googleapis.com",
            1,
        ),
        (Turn.BEFORE, "", 0),
        (Turn.BEFORE, "gcloud container fleet describe", 1),
        (Turn.BEFORE, "gcloud iam service-accounts list", 1),
        (Turn.AFTER, "gcloud container vmware clusters query-version-config", 1),
        (Turn.DATA_CENTER, "govc find / -type s -name ds1", 2),
        (Turn.ADMIN_CLUSTER, "gcloud iam service-accounts keys create component-access-sa.json", 4),
        (Turn.ADMIN_CLUSTER, "gcloud container fleet memberships describe kl-dev-admin", 1),
        (Turn.ADMIN_CLUSTER, "gkectl backup admin", 1),
        (Turn.WAY_IN, "", 0),
        (
            Turn.IN_CLUSTERS,
            "terraform -chdir=cdktf.out/stacks/dev output -raw cluster_admin_binding | kubectl",
            1,
        ),
        (Turn.GROUPS, "gcloud identity groups memberships add", 2),
    ]


def test_what_another_does_is_not_asked_for() -> None:
    """Neither of who shares a project, nor of who has the groups nested, nor of who has nothing there."""
    member = environment("dev", project="kl-host", owner="prod", vmware={"location": "europe-north1"})
    shared = organization(teams={"a": SEEIENDOM}, google_groups=NESTING)
    whole = estate(shared, member, environment("prod", project="kl-host"))
    bare = estate(
        organization(), environment("dev", google=None, fleet=None), environment("prod", fleet=None)
    )

    assert [step.split(",")[0] for step in steps(whole, "dev")] == [
        "have these projects made",
        "let whoever applies dev do so",
        "where one of these shows enforce: true",
        "have the product and its licences: Google Distributed Cloud for VMware is charged to the host project's billing account; vCenter and ESXi have Enterprise Plus",
        "have these groups in Cloud Identity",
        "apply prod first: it owns the host project kl-host",
        "wake the On-Prem API",
        "make the admin workstation; gkeadm wants the key of component-access-sa for it",
        "make the service accounts' keys on the admin workstation",
        "make the admin cluster with gkectl",
    ]
    assert steps(bare, "dev") == {}
    assert len(steps(bare, "prod")) == 3


def test_who_has_the_groups_nested_is_told_how_to_apply_it() -> None:
    """In the environment that holds the nesting, and in no other."""
    whole = estate(organization(teams={"a": SEEIENDOM}, google_groups=NESTING))

    found = {name: list(steps(whole, name).values()) for name in ("dev", "prod")}

    assert len(found["prod"]) == len(found["dev"]) + 1
    assert found["prod"][-1] == ("export USER_PROJECT_OVERRIDE=true GOOGLE_BILLING_PROJECT=kl-prod-host",)


def test_a_platform_team_without_clusters_has_nothing_to_print() -> None:
    """The object is for clusters that register themselves."""
    shared = organization(platform_team={"group": "platform@example.com"})

    assert [step for step in steps(estate(shared), "dev") if "cluster administrator" in step] == []
