"""What a person has to do once for an environment, because Terraform cannot: ``hybrid check --prerequisites``.

Sources: https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/minimal-infrastructure
and .../how-to/service-accounts.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import vsphere_stack
from estate.derived.vpn.keys import secrets
from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.access.google_groups import SECURITY_GROUPS
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.google.google import HostProject
from estate.model.organization import Organization
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from operations.cards.eks import eks_prerequisites

_Step = tuple[str, tuple[str, ...]]


def prerequisites(estate: Estate, name: str) -> Iterator[_Step]:
    """Yield each step with the commands to run, in order."""
    environment, organization = estate.environments[name], estate.organization
    if not environment.google:
        yield from eks_prerequisites(estate, name)
        return
    project = environment.google.host_project
    yield from _before_the_first_apply(environment, project)
    yield from _tunnel_keys(environment)
    if environment.vmware and environment.vmware.vsphere:
        yield from _vsphere(environment.vmware.vsphere, name)
    if environment.vmware:
        yield from _on_prem(environment.vmware, project.id)
    if environment.own_members and organization.platform_team:
        yield (
            "put what this prints into the repository that Config Sync reads: it makes the platform team "
            "cluster administrator, and until it is there the gateway lets the team through and the "
            "clusters do not",
            (f"terraform -chdir=cdktf.out/stacks/{name} output -raw cluster_admin_binding",),
        )
    yield from _nesting(organization, environment, project.id)
    yield from eks_prerequisites(estate, name)


def _before_the_first_apply(environment: Environment, project: HostProject) -> Iterator[_Step]:
    name = environment.environment
    if project.owner:
        yield f"apply {project.owner} first: it owns the host project {project.id}", ()
    elif environment.fleet:
        yield (
            f"if this shows a fleet, take it in before the first apply: write in environments/refactoring/{name}.yaml "
            f"import: [{{to: ADDRESS, id: projects/{project.id}/locations/global/fleets/default}}], where ADDRESS "
            f"is the google_gke_hub_fleet that hybrid synth {name} records in environments/stateful/{name}.txt",
            (f"gcloud container fleet describe --project={project.id}",),
        )
        if environment.vmware:
            yield (
                f"if this shows {', '.join(SERVICE_ACCOUNTS)}, take them in likewise, with "
                f"id: projects/{project.id}/serviceAccounts/EMAIL and the addresses that a plan shows",
                (f"gcloud iam service-accounts list --project={project.id}",),
            )


def _tunnel_keys(environment: Environment) -> Iterator[_Step]:
    variables = ", ".join(f"TF_VAR_{secret.variable}" for secret in secrets(environment))
    if variables:
        yield (
            "make a key of its own for each of these variables, keep them where your pipeline keeps secrets, export "
            f"them wherever Terraform plans or applies, and give the on-prem team theirs: {variables}",
            ("LC_ALL=C tr -dc A-Za-z1-9 </dev/urandom | head -c 48; echo",),
        )


def _vsphere(config: VsphereConfig, name: str) -> Iterator[_Step]:
    yield (
        "inside the data center's network, with VSPHERE_USER and VSPHERE_PASSWORD exported, apply "
        f"{vsphere_stack(name)} before {name}",
        (f"hybrid reach {name}", f"cdktf deploy {vsphere_stack(name)}"),
    )
    if config.access:
        yield (
            "have the vSphere team grant the clusters' account what it needs on objects of theirs",
            (f"hybrid check {name} --vsphere-permissions --output markdown",),
        )


def _on_prem(config: VmwareConfig, project: str) -> Iterator[_Step]:
    yield (
        "after the first apply, wake the On-Prem API, which answers nothing before its first call",
        (
            f"gcloud container vmware clusters query-version-config --project={project} "
            f"--location={config.location}",
        ),
    )
    yield (
        "make the service accounts' keys on the admin workstation, and nowhere else: a key that Terraform makes "
        "stands in its state",
        tuple(
            f"gcloud iam service-accounts keys create {account}.json "
            f"--iam-account={account}@{project}.iam.gserviceaccount.com"
            for account in SERVICE_ACCOUNTS
        ),
    )
    if config.admin_cluster is None:
        yield "make admin workstation and admin cluster with gkectl, then write vmware.admin_cluster", ()


def _nesting(organization: Organization, environment: Environment, project: str) -> Iterator[_Step]:
    nesting = organization.google_groups.nesting
    if nesting and nesting.environment == environment.environment:
        yield (
            f"apply as a manager of {SECURITY_GROUPS}@{organization.domain}, in which the groups are nested; as a person "
            "rather than a service account, have Cloud Identity charge the host project, or it refuses with 403",
            (f"export USER_PROJECT_OVERRIDE=true GOOGLE_BILLING_PROJECT={project}",),
        )
    nested = [address for _, address in organization.groups()]
    if environment.fleet and nested and not nesting:
        yield (
            "nest every group that has access, or no cluster sees who is in it",
            tuple(
                f"gcloud identity groups memberships add --group-email={SECURITY_GROUPS}@{organization.domain} "
                f"--member-email={address}"
                for address in nested
            ),
        )
