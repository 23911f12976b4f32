"""Physical names and labels."""

from __future__ import annotations

import pytest

from constructs_lib.naming import Kind, Naming

NAMING = Naming(organization="kl", environment="sandbox")
LONGEST = Naming(organization="o" * 8, environment="e" * 12)


def test_a_name_reads_organization_environment_entity_key() -> None:
    """The same parts in the same order everywhere."""
    assert NAMING.name("bastion") == "kl-sandbox-bastion"
    assert (
        NAMING.name("key", "secrets", kind=Kind.KMS_ALIAS, prefix="alias/") == "alias/kl-sandbox-key-secrets"
    )


def test_a_name_that_the_file_says_takes_the_place_of_the_derived_one() -> None:
    """In Google Cloud, and of what is meant alone: what would be called the same has a name of its own to say."""
    naming = Naming("kl", "sandbox", {"nat-north": "gateway", "nat-north/router": "router"})

    assert [
        naming.name("nat", "north", kind=Kind.COMPUTE, part=part) for part in ("", "router", "address")
    ] == [
        "gateway",
        "router",
        "kl-sandbox-nat-north",
    ]
    assert naming.name("nat", "north") == "kl-sandbox-nat-north"


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
def test_refuses_a_name_longer_than_the_service_takes(kind: Kind) -> None:
    """The service would refuse it in the middle of an apply."""
    with pytest.raises(ValueError, match=rf"{kind.name} takes {kind.value[0]}; shorten the key"):
        NAMING.name("entity", "k" * kind.value[0], kind=kind)


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        (Kind.IAM, "a/b"),
        (Kind.KMS_ALIAS, "no-prefix"),
        (Kind.LOAD_BALANCER, "under_score"),
        (Kind.LOG_GROUP, "sp ace"),
        (Kind.S3_BUCKET, "Upper"),
        (Kind.SECURITY_GROUP, "per%cent"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_refuses_a_character_that_the_service_refuses(kind: Kind, entity: str) -> None:
    """Each service has its own alphabet."""
    with pytest.raises(ValueError, match=f"{kind.name} refuses"):
        NAMING.name(entity, kind=kind)


def test_the_longest_prefix_leaves_room_for_a_load_balancer() -> None:
    """The tightest limit, 32 characters, holds for the longest organization and environment."""
    assert len(LONGEST.name("management", kind=Kind.LOAD_BALANCER)) == 32


def test_labels_say_who_owns_it_and_cannot_be_written_over() -> None:
    """An environment's own labels come along, but never in place of the project's."""
    assert NAMING.labels({"cost_center": "4711", "environment": "prod"}) == {
        "cost_center": "4711",
        "organization": "kl",
        "environment": "sandbox",
        "managed-by": "hybrid-kubernetes-as-code",
    }
