"""The YAML files of a made estate in its first phase, commented: what comes before any cluster.

Left out: everything that a cluster needs of a person first, which the comments name.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.reading.placeholders import MARK
from operations.init.addresses import Addresses, addresses
from operations.init.placeholders import ACCOUNT_ID, PROJECT_NUMBER, project_id
from operations.init.wishes import StateKind, Wishes

_ZONES = "abc"


def organization_text(wishes: Wishes) -> str:
    """What all environments share, without its modeline."""
    first, last = wishes.environments[0], wishes.environments[-1]
    access = f"{{{first}: view}}" if first == last else f"{{{first}: edit, {last}: view}}"
    return f"""\
# What all environments share. The name begins every physical name, so it is for good.
name: {wishes.name}
domain: {wishes.domain}
promotion: [{", ".join(wishes.environments)}]

# Who runs the clusters and who works in them; each group must exist before it is written here.
# platform_team: {{group: platform@{wishes.domain}}}
# teams:
#   web: {{group: web@{wishes.domain}, namespace_prefix: web-, access: {access}}}
"""


def environment_text(wishes: Wishes, name: str) -> str:
    """One environment, without its modeline."""
    plan = addresses(wishes.environments.index(name))
    parts = [
        "".join(_head(wishes, name, plan)),
        "".join(_google(wishes, name, plan)),
        "".join(_vmware(wishes, name, plan)),
        "".join(_aws(wishes, name, plan)),
    ]
    return "\n".join(part for part in parts if part)


def _head(wishes: Wishes, name: str, plan: Addresses) -> Iterator[str]:
    yield f"# {plan.block} is this environment's; {plan.data_center} of it is left for data centers.\n"
    yield f"environment: {name}\n"
    bucket = f"{wishes.name}-{name}-tfstate"
    if wishes.state is StateKind.LOCAL:
        yield "# For trying out: nobody else sees or locks what lies on this machine.\n"
        yield "state: {local: {}}\n"
        return
    yield "# The bucket is made by hand before the first apply, with old versions kept.\n"
    region = f", region: {wishes.aws_region}" if wishes.state is StateKind.S3 else ""
    yield f"state: {{{wishes.state}: {{bucket: {bucket}{region}}}}}\n"


def _google(wishes: Wishes, name: str, plan: Addresses) -> Iterator[str]:
    if wishes.google is None:
        return
    told = wishes.google[name]
    id_ = told or project_id(name)
    owner = next(one for one in wishes.environments if told is None or wishes.google[one] == told)
    yield "# The foundation in Google Cloud: the host project with its fleet, and the network that clusters share.\n"
    yield "google:\n"
    yield "  host_project:\n"
    yield f"    id: {id_}{'' if told else f'  {MARK}the id of the host project'}\n"
    yield f"    number: {PROJECT_NUMBER}  {MARK}what gcloud projects describe {id_} says\n"
    if told and owner != name:
        yield f"    owner: {owner}  # has what the project has only once; an environment is safer with its own\n"
    yield f"  region: {wishes.google_region}\n"
    yield "  network:\n"
    yield "    subnets:\n"
    yield "      # With pods and services of a first GKE cluster; each cluster has a subnet of its own.\n"
    yield f"      gke: {{cidr: {plan.machines}, pods: {plan.pods}, services: {plan.services}}}\n"
    yield "    nat: {}\n\n"
    yield "fleet: {}\n"


def _vmware(wishes: Wishes, name: str, plan: Addresses) -> Iterator[str]:
    if not wishes.vmware or wishes.google is None:
        return
    project = wishes.google[name] or project_id(name)
    membership = f"projects/{project}/locations/{wishes.google_region}/memberships/{_admin(wishes, name)}"
    first = plan.data_center.network_address + 4
    yield "# Clusters on VMware, phase 1 of 3. What has to be done by hand, and when: hybrid prerequisites\n"
    yield "vmware:\n"
    yield f"  location: {wishes.google_region}\n"
    yield "  # Phase 2, when gkectl has made the admin cluster: write what it made.\n"
    yield "  # vcenter: {datacenter: DC1, cluster: GKE, datastore: ds1}\n"
    yield "  # admin_cluster:\n"
    yield f"  #   membership: {membership}\n"
    yield "  #   version: 1.36.0-gke.532\n"
    yield f"  #   addresses: [{first}-{first + 3}]\n"


def _admin(wishes: Wishes, name: str) -> str:
    """The admin cluster's name, of which Google's console takes 20 characters."""
    return f"{wishes.name}-{name}"[:14].rstrip("-") + "-admin"


def _aws(wishes: Wishes, name: str, plan: Addresses) -> Iterator[str]:
    if wishes.aws is None:
        return
    account = wishes.aws[name]
    yield "# The foundation in AWS: the management VPC over three zones, and a key for what is stored.\n"
    yield "aws:\n"
    yield f"  region: {wishes.aws_region}\n"
    mark = "" if account else f"  {MARK}the 12 digits of the account, in quotes"
    yield f'  account_id: "{account or ACCOUNT_ID}"{mark}\n'
    yield "  management_vpc:\n"
    yield f"    cidr: {plan.vpc}\n"
    yield "    zones:\n"
    for letter, (private, public) in zip(_ZONES, plan.zones, strict=True):
        yield f"      {wishes.aws_region}{letter}: {{private: {private}, public: {public}}}\n"
    yield "  # With the first cluster, or for a role of yours; policy finds a key that nothing uses.\n"
    yield "  # kms_keys: {secrets: {description: secrets of the clusters}}\n"


def waivers_text(wishes: Wishes, until: str) -> str:
    """Findings of ``hybrid policy`` that may stay: none, but for state that is on somebody's machine."""
    head = "# One rule on one resource, until a day; `hybrid policy` fails on one that is past it or that nothing needs.\n"
    if wishes.state is not StateKind.LOCAL:
        return f"{head}waivers: []\n"
    return f"{head}waivers:\n" + "".join(
        f"  - stack: {name}\n"
        "    resource: terraform.backend\n"
        "    rule: HYB_STATE_REMOTE\n"
        "    reason: for trying out\n"
        f'    expires: "{until}"\n'
        for name in wishes.environments
    )
