"""States as the Terraform that anthos-gke generates may leave them.

No such state is public; the shape is made up from what the product is seen to make: the network in the
root module with `count`, the rest in modules.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ACCOUNT = "012345678901"
REGION = "eu-west-1"
SECRETS_KEY = "4172f749-702e-41fe-ac3f-898d21930cb6"
DATABASE_KEY = "12560928-59cf-4157-a29f-eecb4ec93fd2"
PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY running"
ZONES = ("a", "b", "c")


def key_arn(key_id: str) -> str:
    """ARN of a KMS key in the account."""
    return f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{key_id}"


def resource(
    type_: str, name: str, *attributes: dict[str, Any], module: str | None = None, mode: str = "managed"
) -> dict[str, Any]:
    """A resource of a state; with several objects each has its index, as `count` gives it."""
    counted = len(attributes) > 1
    return {
        **({"module": f"module.{module}"} if module else {}),
        "mode": mode,
        "type": type_,
        "name": name,
        "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
        "instances": [
            {**({"index_key": i} if counted else {}), "schema_version": 0, "attributes": found}
            for i, found in enumerate(attributes)
        ],
    }


def network() -> list[dict[str, Any]]:
    """The VPC of the sample document and what belongs to it, one NAT gateway a zone."""
    arn = f"arn:aws:ec2:{REGION}:{ACCOUNT}"
    in_vpc = {"vpc_id": "vpc-0a1b2c3d"}

    def subnet(role: str, number: int, zone: str) -> dict[str, Any]:
        id_ = f"subnet-{role}{zone}"
        return {
            **in_vpc,
            "id": id_,
            "arn": f"{arn}:subnet/{id_}",
            "availability_zone": f"{REGION}{zone}",
            "cidr_block": f"10.0.{number}.0/24",
            "tags": {"kubernetes.io/cluster/gke-11111111": "shared"},
        }

    return [
        resource("aws_availability_zones", "here", {"id": REGION}, mode="data"),
        resource(
            "aws_vpc",
            "gke",
            {"id": "vpc-0a1b2c3d", "arn": f"{arn}:vpc/vpc-0a1b2c3d", "cidr_block": "10.0.0.0/16"},
        ),
        resource("aws_subnet", "private", *(subnet("private", i, z) for i, z in enumerate(ZONES, 1))),
        resource("aws_subnet", "public", *(subnet("public", i, z) for i, z in enumerate(ZONES, 4))),
        resource("aws_internet_gateway", "gke", {**in_vpc, "id": "igw-1"}),
        resource("aws_eip", "nat", *({"id": f"eipalloc-{z}", "public_ip": "192.0.2.1"} for z in ZONES)),
        resource(
            "aws_nat_gateway",
            "nat",
            *(
                {"id": f"nat-{z}", "subnet_id": f"subnet-public{z}", "allocation_id": f"eipalloc-{z}"}
                for z in ZONES
            ),
        ),
        resource(
            "aws_route_table",
            "public",
            {**in_vpc, "id": "rtb-public", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]},
        ),
        resource("aws_route_table", "private", *({**in_vpc, "id": f"rtb-{z}", "route": []} for z in ZONES)),
        resource(
            "aws_route",
            "private",
            *(
                {
                    "id": f"r-rtb-{z}1080289494",
                    "route_table_id": f"rtb-{z}",
                    "destination_cidr_block": "0.0.0.0/0",
                }
                for z in ZONES
            ),
        ),
        resource(
            "aws_route_table_association",
            "public",
            *(
                {"id": f"rtbassoc-p{z}", "subnet_id": f"subnet-public{z}", "route_table_id": "rtb-public"}
                for z in ZONES
            ),
        ),
        resource(
            "aws_route_table_association",
            "private",
            *(
                {"id": f"rtbassoc-{z}", "subnet_id": f"subnet-private{z}", "route_table_id": f"rtb-{z}"}
                for z in ZONES
            ),
        ),
    ]


def service() -> list[dict[str, Any]]:
    """What the modules beside the network make, a bastion among it."""
    return [
        resource(
            "aws_key_pair", "gke", {"id": "k", "key_name": "gke-404767c1-keypair", "public_key": PUBLIC_KEY}
        ),
        resource(
            "aws_instance",
            "this",
            {"id": "i-bastion", "subnet_id": "subnet-publica", "tags": {"Name": "gke-404767c1-bastion"}},
            module="gke_bastion",
        ),
        resource(
            "aws_eip", "this", {"id": "eipalloc-bastion", "instance": "i-bastion"}, module="gke_bastion"
        ),
        resource(
            "aws_security_group",
            "bastion",
            {"id": "sg-1", "name": "gke-404767c1-bastion"},
            module="gke_bastion",
        ),
        resource(
            "aws_security_group_rule", "ssh", {"id": "sgrule-1"}, module="gke_bastion_security_group_rules[0]"
        ),
        resource(
            "aws_iam_role",
            "this",
            {"id": "gke-404767c1-controlplane", "name": "gke-404767c1-controlplane"},
            module="gke_controlplane_iam_role",
        ),
        resource(
            "aws_ebs_volume",
            "etcd",
            {
                "id": "vol-1",
                "availability_zone": "eu-west-1b",
                "size": 100,
                "kms_key_id": key_arn(DATABASE_KEY),
            },
            module="gke_management",
        ),
        resource(
            "aws_s3_bucket_object",
            "ca",
            {"id": "ca", "content": "top-secret-ca-key"},
            module="gke_management",
        ),
        resource(
            "aws_lb",
            "management",
            {"id": "arn:lb", "name": "gke-404767c1-management"},
            module="gke_management",
        ),
        {"mode": "managed", "type": "aws_lb", "name": "spare", "provider": "p", "instances": []},
    ]


def keys() -> list[dict[str, Any]]:
    """The two keys of the sample document, made by the same Terraform."""
    return [
        resource(
            "aws_kms_key",
            name,
            {"id": key_id, "key_id": key_id, "arn": key_arn(key_id), "description": f"the {name} key"},
        )
        for name, key_id in (("secrets", SECRETS_KEY), ("database", DATABASE_KEY))
    ] + [
        resource(
            "aws_kms_alias",
            "secrets",
            {"id": "alias/anthos-key", "name": "alias/anthos-key", "target_key_id": SECRETS_KEY},
        )
    ]


def bucket(name: str) -> list[dict[str, Any]]:
    """A bucket with its versioning."""
    return [
        resource("aws_s3_bucket", "bootstrap", {"id": name, "bucket": name}),
        resource("aws_s3_bucket_versioning", "bootstrap", {"id": name, "bucket": name}),
    ]


def write_state(path: Path, *resources: dict[str, Any], version: int = 4, **fields: Any) -> Path:
    """Write a state of these resources to a file."""
    state = {"version": version, "terraform_version": "0.14.3", "serial": 7, "lineage": "l", "outputs": {}}
    path.write_text(json.dumps({**state, "resources": resources, **fields}), "utf-8")
    return path
