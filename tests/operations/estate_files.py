"""Environment files as people write them, for tests of commands that change or compare them."""

from __future__ import annotations

from pathlib import Path

ORGANIZATION = "{{name: kl, domain: example.com, promotion: [{promotion}]}}\n"
ENVIRONMENT = """\
# The estate of {name}.
environment: {name}
state: {{local: {{}}}}   # on this machine

google:
  host_project: {{id: kl-{name}-host, number: 12345678901{number}}}
  region: europe-north1

vmware:
  location: europe-north1
  admin_cluster:
    membership: projects/kl-{name}-host/locations/europe-north1/memberships/kl-{name}-admin
    version: "{admin}"   # quoted on purpose
  admin_workstation: {{ip: 10.20.2{number}.2}}
  vcenter: {{datacenter: DC1, cluster: GKE, datastore: ds1, hosts: 3}}
  user_clusters:{clusters}
fleet:
  features: {{policy_controller: {{bundles: {{pss-baseline-v2022: {{}}}}}}}}
"""
CLUSTER = """
    {key}:
      version:   {version} # what runs
      network: {{port_group: vlan-{net}, cidr: 10.2{net}.0/24, gateway: 10.2{net}.1, node_ips: [10.2{net}.20-10.2{net}.39], dns: [10.30.0.53], ntp: [10.30.0.123], pods: 192.168.0.0/16, services: 10.96.0.0/20}}
      control_plane: {{vip: 10.2{net}.5, ips: [10.2{net}.10, 10.2{net}.11, 10.2{net}.12]}}
      load_balancer: {{metal_lb: {{ingress_vip: 10.2{net}.200, pools: {{ingress: {{addresses: [10.2{net}.200]}}}}}}}}
      node_pools:
        balancers: {{replicas: 3, load_balancer: true}}
        workers: {{replicas: 4}}
"""


def environment_text(name: str, number: int, admin: str, clusters: dict[str, str]) -> str:
    """The file of an environment with an admin cluster and user clusters.

    Args:
        name: the environment.
        number: a digit of its own, for its addresses.
        admin: the admin cluster's version.
        clusters: versions of user clusters by key.
    """
    text = "".join(
        CLUSTER.format(key=key, version=version, net=f"{number}.{position}")
        for position, (key, version) in enumerate(clusters.items())
    )
    return ENVIRONMENT.format(name=name, number=number, admin=admin, clusters=text or " {}\n")


def write_estate(folder: Path, **texts: str) -> Path:
    """Write the files of environments, in promotion order, and of their organization."""
    environments = folder / "environments"
    environments.mkdir(exist_ok=True)
    (environments / "organization.yaml").write_text(ORGANIZATION.format(promotion=", ".join(texts)), "utf-8")
    for name, text in texts.items():
        (environments / f"{name}.yaml").write_bytes(text.encode("utf-8"))
    return environments


def file_bytes(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
