"""Who can set an attribute, by the text of the providers' bindings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from operations.strangers.bindings import only_computed


@pytest.mark.parametrize(
    ("type_", "attribute"),
    [
        ("aws_route_table", "owner_id"),
        ("google_container_cluster", "master_version"),
        ("google_container_cluster", "private_cluster_config.public_endpoint"),
        ("google_gkeonprem_vmware_cluster", "status"),
    ],
)
def test_provider_alone_sets(type_: str, attribute: str) -> None:
    """No configuration has a word for it."""
    assert only_computed(type_, tuple(attribute.split(".")))


@pytest.mark.parametrize(
    ("type_", "attribute"),
    [
        pytest.param("aws_route_table", "route", id="optional and computed"),
        pytest.param("aws_route_table", "vpc_id", id="required"),
        pytest.param("aws_route_table", "new_in_a_newer_provider", id="unknown attribute"),
        pytest.param(
            "google_container_cluster", "private_cluster_config.master_ipv4_cidr_block", id="nested"
        ),
        pytest.param("google_container_cluster", "no_such.block", id="unknown block"),
        pytest.param("aws_no_such_type", "arn", id="unknown type"),
        pytest.param("nobody_knows", "arn", id="unknown provider"),
        pytest.param("../x_y", "arn", id="no name of a provider"),
        pytest.param("aws_../x", "arn", id="no name of a type"),
    ],
)
def test_people_may_set(type_: str, attribute: str) -> None:
    """What is not known as computed counts as somebody's."""
    assert not only_computed(type_, tuple(attribute.split(".")))


def test_nothing_of_the_binding_is_imported() -> None:
    """Importing one starts Node, which takes a second."""
    code = (
        "import sys; from operations.strangers.bindings import only_computed; "
        "assert only_computed('aws_kms_key', ('key_id',)); "
        "sys.exit(any(name.startswith(('jsii', 'cdktf')) for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
