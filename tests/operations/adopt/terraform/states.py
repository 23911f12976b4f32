"""States as Terraform leaves them, made of synthesized stacks: what was applied, without a cloud.

References become what the resource says that they mean; an id follows from it as far as ids do, and is made up where a
cloud makes it up: the same one in every run. A variable becomes a text that no output may show (:data:`SECRET`). Left
out: most of what only a provider computes, and what an expression of Terraform evaluates to.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from estate.facts.providers import default_version
from operations.adopt.terraform.found import Found
from operations.adopt.terraform.reading import read_states
from operations.artifacts.stack_json import StackJson, addresses
from operations.imports.import_ids import IdUnknown, ImportIds
from tests.example import ENVIRONMENTS
from tests.providers.holding import schemas_of

SECRET: Final = "pre-shared-and-never-shown"  # noqa: S105 - looked for in outputs
"""What every variable is in a state that is made here; all of a stack's variables are secret."""

ACCOUNT: Final = "345678901234"
"""The account of ARNs that are made up, where a stack's provider names none."""

_META: Final = frozenset({"//", "lifecycle", "depends_on", "provider", "provisioner", "connection"})
_MAPS: Final = frozenset(
    {"labels", "tags", "tags_all", "node_labels", "resource_labels", "annotations", "namespace_labels"}
)
"""What is a map where a stack writes braces; everything else is a block, of which a state has a list."""
_REFERENCE: Final = re.compile(r"\$\{((?:data\.)?[a-z][a-z0-9_]*\.[A-Za-z_][-\w]*)\.([^}]+)\}")
_EXPRESSION: Final = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")
_PREFIXES: Final = {
    "aws_customer_gateway": "cgw",
    "aws_default_security_group": "sg",
    "aws_ebs_volume": "vol",
    "aws_ec2_transit_gateway": "tgw",
    "aws_ec2_transit_gateway_vpc_attachment": "tgw-attach",
    "aws_eip": "eipalloc",
    "aws_flow_log": "fl",
    "aws_instance": "i",
    "aws_internet_gateway": "igw",
    "aws_launch_template": "lt",
    "aws_nat_gateway": "nat",
    "aws_route_table": "rtb",
    "aws_route_table_association": "rtbassoc",
    "aws_security_group": "sg",
    "aws_subnet": "subnet",
    "aws_vpc": "vpc",
    "aws_vpc_endpoint": "vpce",
    "aws_vpc_security_group_egress_rule": "sgr",
    "aws_vpc_security_group_ingress_rule": "sgr",
    "aws_vpn_connection": "vpn",
}
_ARNS: Final = {
    "aws_cloudwatch_log_group": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "aws_eks_cluster": "arn:aws:eks:{region}:{account}:cluster/{name}",
    "aws_iam_instance_profile": "arn:aws:iam::{account}:instance-profile/{name}",
    "aws_iam_openid_connect_provider": "{id}",
    "aws_iam_role": "arn:aws:iam::{account}:role/{name}",
    "aws_kms_key": "arn:aws:kms:{region}:{account}:key/{id}",
    "aws_lb": "{id}",
    "aws_lb_target_group": "{id}",
    "aws_s3_bucket": "arn:aws:s3:::{bucket}",
}


@functools.cache
def synthesized(stack: str) -> StackJson:
    """A stack of the example, as its snapshot says it; not to be changed."""
    text = (ENVIRONMENTS / "snapshots" / f"{stack}.tf.json").read_text("utf-8")
    made: StackJson = json.loads(text)
    return made


def state_of(stack: StackJson, *, module: str = "") -> dict[str, Any]:
    """The state of a stack that was applied.

    Args:
        stack: the synthesized stack.
        module: address of a module to put everything into, such as ``module.platform``; none when absent.
    """
    applied = _Applied(stack)
    some = [(address, applied.attributes(address)) for address in addresses(stack)]
    return state(*(resource(address, attributes, module=module) for address, attributes in some))


def found_in(folder: Path, *states: Mapping[str, Any]) -> Found:
    """What the reader finds in states.

    Args:
        folder: where they are written for it.
        states: the states.
    """
    return read_states(written(folder, *states))


def written(folder: Path, *states: Mapping[str, Any]) -> list[Path]:
    """The files of states, ``0.tfstate`` and so on."""
    files = [folder / f"{number}.tfstate" for number in range(len(states))]
    for file, one in zip(files, states, strict=True):
        file.write_text(json.dumps(one), encoding="utf-8")
    return files


def state(*resources: Mapping[str, Any]) -> dict[str, Any]:
    """A state of format 4 that holds resources."""
    return {
        "version": 4,
        "terraform_version": "1.9.8",
        "serial": 7,
        "lineage": "3f0d1c0e-6f5b-4c55-9d53-2c3a3a5f8b1d",
        "outputs": {},
        "resources": list(resources),
    }


def resource(
    address: str,
    *attributes: Mapping[str, Any],
    module: str = "",
    keys: Sequence[str | int] = (),
    provider: str = "",
) -> dict[str, Any]:
    """A resource of a state.

    Args:
        address: type and name.
        attributes: of each of its instances.
        module: address of the module that it stands in, "" for the root.
        keys: index of each instance, as count or for_each gives them; none when there is one without.
        provider: its provider's name, when that is not the first word of its type (``google-beta``).
    """
    type_, _, name = address.partition(".")
    instances = [
        {**({"index_key": keys[n]} if keys else {}), "schema_version": 0, "attributes": dict(one)}
        for n, one in enumerate(attributes)
    ]
    return {
        **({"module": module} if module else {}),
        "mode": "managed",
        "type": type_,
        "name": name,
        "provider": f'provider["registry.terraform.io/hashicorp/{provider or type_.partition("_")[0]}"]',
        "instances": instances,
    }


class _Applied(ImportIds):
    """What the resources of a stack became."""

    def __init__(self, stack: StackJson) -> None:
        super().__init__(stack)
        self._all = stack
        self._region = str(self._of_provider("aws").get("region", "eu-west-1"))
        self._account = str(self._of_provider("aws").get("allowed_account_ids", [ACCOUNT])[0])

    def attributes(self, address: str) -> dict[str, Any]:
        """What a state holds of a resource."""
        type_ = address.partition(".")[0]
        said = {
            key: self._value(value, key) for key, value in self._body(address).items() if key not in _META
        }
        for key, value in self._place(type_).items():
            said.setdefault(key, value)
        said["id"] = self._id(address)
        if type_.startswith("google_") and "effective_labels" in _attributes(type_):
            of_all = self._of_provider("google").get("default_labels", {})
            said["effective_labels"] = {**of_all, **said.get("labels", said.get("resource_labels", {}))}
        if type_.startswith("aws_") and "tags" in said:
            said["tags_all"] = {
                **self._of_provider("aws").get("default_tags", [{}])[0].get("tags", {}),
                **said["tags"],
            }
        computed = self._referred(address) | ({"arn"} if type_ in _ARNS else set())
        if type_.startswith("google_compute_"):
            computed.add("self_link")
        said |= {key: self._computed(address, key) for key in sorted(computed - said.keys())}
        return self._with_nested(address, said)

    def _with_nested(self, address: str, said: dict[str, Any]) -> dict[str, Any]:
        """With what a provider computes inside blocks."""
        type_, name = address.partition(".")[0], said.get("name")
        if type_ == "google_container_cluster" and "fleet" in said:
            member = {"membership_id": name, "membership_location": said["location"], "pre_registered": False}
            path = f"projects/{said['fleet'][0]['project']}/locations/{said['location']}/memberships/{name}"
            said["fleet"] = [{**said["fleet"][0], **member, "membership": f"//gkehub.googleapis.com/{path}"}]
        if type_ == "google_gkeonprem_vmware_cluster":
            path = f"projects/{said['project']}/locations/{said['location']}/memberships/{name}"
            said["fleet"] = [{"membership": path}]
        if type_ == "google_compute_ha_vpn_gateway":
            ips = [self._computed(address, f"vpn_interfaces[{n}].ip_address") for n in (0, 1)]
            said["vpn_interfaces"] = [{"id": n, "ip_address": ip} for n, ip in enumerate(ips)]
        if type_ == "aws_eks_cluster":
            said["identity"] = [{"oidc": [{"issuer": self._computed(address, "identity[0].oidc[0].issuer")}]}]
        return said

    def _look_up(self, address: str) -> str:
        """The id that a cloud made up."""
        type_ = address.partition(".")[0]
        word = hashlib.sha256(address.encode()).hexdigest()
        if type_ in _PREFIXES:
            return f"{_PREFIXES[type_]}-0{word[:16]}"
        if type_ == "aws_iam_openid_connect_provider":
            issuer = self._text(self._body(address)["url"]).removeprefix("https://")
            return f"arn:aws:iam::{self._account}:oidc-provider/{issuer}"
        if type_.startswith("aws_lb"):
            kind = type_.removeprefix("aws_lb_")
            return f"arn:aws:elasticloadbalancing:{self._region}:{self._account}:{kind}/{word[:16]}"
        return f"{word[:8]}-{word[8:12]}-{word[12:16]}-{word[16:20]}-{word[20:32]}"

    def _id(self, address: str) -> str:
        try:
            return self.of(address)
        except IdUnknown:
            return self._look_up(address) if address.startswith("aws_") else str(_number(address))

    def _value(self, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            below = {name: self._value(one, name) for name, one in value.items()}
            return below if key in _MAPS else [below]
        if isinstance(value, list):
            # A block's list holds its blocks, each of which is no list once more.
            return [
                {name: self._value(below, name) for name, below in one.items()}
                if isinstance(one, dict)
                else self._value(one, key)
                for one in value
            ]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        if "${var." in text:
            return SECRET
        return _EXPRESSION.sub("evaluated", _REFERENCE.sub(lambda of: self._meant(of[1], of[2]), text))

    def _meant(self, address: str, path: str) -> str:
        """What a reference to something that a resource has comes to."""
        if path == "id":
            return str(_number(address)) if address.startswith("data.") else self._id(address)
        if path.startswith("fleet[0]."):
            return str(self.attributes(address)["fleet"][0][path.partition(".")[2]])
        said = self._body(address).get(path, self._place(address.partition(".")[0]).get(path))
        return self._text(said) if isinstance(said, str) else self._computed(address, path)

    def _computed(self, address: str, path: str) -> str:
        """What a provider computes, or else a text that says what it would have been."""
        type_, id_ = address.partition(".")[0], "" if address.startswith("data.") else self._id(address)
        word = hashlib.sha256(f"{address}.{path}".encode()).hexdigest()
        known = {
            "self_link": f"https://www.googleapis.com/compute/v1/{id_}",
            "allocation_id": id_,
            "key_id": id_,
            "name": id_,
            "identity[0].oidc[0].issuer": f"https://oidc.eks.{self._region}.amazonaws.com/id/{word[:32].upper()}",
        }
        if path == "arn" and type_ in _ARNS:
            said = {key: value for key, value in self._body(address).items() if isinstance(value, str)}
            return _ARNS[type_].format(
                **{**said, "id": id_, "region": self._region, "account": self._account}
            )
        if path.endswith("address"):
            return f"35.{int(word[:2], 16)}.{int(word[2:4], 16)}.{int(word[4:6], 16)}"
        if path in known:
            return known[path]
        try:
            return self._literal(self._said(address, path), address)
        except IdUnknown:
            return f"{path}-of-{address}"

    def _referred(self, address: str) -> set[str]:
        """What other resources say that they take of it."""
        texts = _texts(self._all.get("resource", {}))
        return {
            path
            for text in texts
            for of, path in _REFERENCE.findall(text)
            if of == address and "[" not in path
        }

    def _body(self, address: str) -> Mapping[str, Any]:
        type_, _, name = address.removeprefix("data.").partition(".")
        part = "data" if address.startswith("data.") else "resource"
        body: Mapping[str, Any] = self._all.get(part, {}).get(type_, {}).get(name, {})
        return body

    def _place(self, type_: str) -> dict[str, str]:
        """Where everything of a provider stands that does not say otherwise."""
        key = {"google": "project", "aws": "region"}.get(type_.partition("_")[0], "")
        provider = self._of_provider(type_.partition("_")[0])
        has = key != "project" or key in _attributes(type_)
        return {key: provider[key]} if key in provider and has else {}

    def _of_provider(self, name: str) -> Mapping[str, Any]:
        providers = self._all.get("provider", {}).get(name) or [{}]
        first: Mapping[str, Any] = providers[0]
        return first


def _attributes(type_: str) -> frozenset[str]:
    """The attributes of a type of Google's provider."""
    schemas = schemas_of(
        {"terraform": {"required_providers": {"google": {"version": default_version("google")}}}}
    )
    return frozenset(schemas["google"]["resources"][type_]["attributes"])


def _number(word: str) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(below)
