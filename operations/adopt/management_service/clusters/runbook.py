"""The runbook of the move: a second cluster beside the first, and when what is left can go.

Sources, excerpts of 2026-11-30 but for the last: deletion in the management service, and that volumes and load balancers
go first, https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/how-to/uninstalling and
.../reference/anthos-gke-management; a backup location that is only read while something is restored,
https://velero.io/docs/main/disaster-case/. Read in site/content/docs/main of https://github.com/vmware-tanzu/velero on that
day: that Velero saves by its files only what a running pod mounts, and how what it saved is seen (file-system-backup.md,
Limitations), and that it skips what is there (restore-reference.md). From memory: that Kubernetes counts deprecated
requests since 1.19.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from estate.derived.clusters.velero import OF_THE_CLUSTER
from estate.derived.share import Share
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.environment import Environment
from operations.adopt.management_service.clusters.documents import name_of
from operations.adopt.management_service.clusters.move import Move
from operations.adopt.management_service.clusters.names import old_membership
from operations.adopt.management_service.clusters.places import vpc_of
from operations.adopt.management_service.clusters.translation import old_minor
from operations.adopt.management_service.clusters.versions import SHUT_DOWN, gone_since
from operations.adopt.told import Step
from operations.cards.card import Entity
from operations.cards.steps.commands import kubeconfig
from operations.cards.steps.way_in import into_eks

_TUNNEL = "env HTTPS_PROXY=http://localhost:8118"
_BALANCERS = (
    'get services --all-namespaces --output=jsonpath=\'{range .items[?(@.spec.type=="LoadBalancer")]}'
    '{.metadata.namespace}/{.metadata.name} {.status.loadBalancer.ingress[0].hostname}{"\\n"}{end}\''
)
_OLD_CLASSES = ("standard-rwo", "premium-rwo")
"""What each cluster of the service has by itself; from memory."""
_CLASSES = "NAMESPACE:.metadata.namespace,NAME:.metadata.name,CLASS:.spec.storageClassName,SIZE:.spec.resources.requests.storage"
_DEFAULT_CLASS = (
    "get storageclass --output=jsonpath='{.items[?(@.metadata.annotations.storageclass\\.kubernetes\\.io/"
    'is-default-class=="true")].metadata.name}\''
)
_SAVED = (
    "NAMESPACE:.spec.pod.namespace,POD:.spec.pod.name,VOLUME:.spec.volume,"
    "CLAIM:.metadata.annotations.velero\\\\.io/pvc-name,PHASE:.status.phase"
)
"""Of what was saved by its files, the annotation of pkg/podvolume/configs/configs.go (Velero, 2026-11-30)."""
_BROUGHT = "NAMESPACE:.spec.pod.namespace,POD:.spec.pod.name,VOLUME:.spec.volume,PHASE:.status.phase"
_WITH_CLAIMS = "get persistentvolumeclaims --all-namespaces --output=jsonpath='{range .items[*]}{.metadata.namespace}{\"\\n\"}{end}'"
_LABELS = "velero.io/plugin-config= velero.io/change-storage-class=RestoreItemAction"


def steps(move: Move, *, written: bool) -> Iterator[Step]:
    """Say what a person does, in order."""
    book = _Runbook(move)
    if not written and move.change.before != move.change.after:
        yield "write it: give --write too", ()
    yield from book.make()
    yield from book.tag()
    yield from book.enter()
    yield from book.prepare()
    yield from book.workloads()
    yield from book.names()
    yield from book.leave()


class _Runbook:
    """The names that the steps are made of."""

    def __init__(self, move: Move) -> None:
        self._move = move
        self._environment: Environment = move.estate.environments[move.target.name]
        clusters = self._environment.aws.eks_clusters if self._environment.aws else {}
        self._config: EksClusterConfig = clusters[move.key]
        organization = move.estate.organization
        self._entity = Entity(organization, self._environment, (move.key,), self._config, Share())
        self._name = self._config.name_in(organization.name, move.target.name, move.key)
        self._old = name_of(move.documents.cluster)
        self._old_file = f"{self._old}.kubeconfig"
        self._backup = f"move-{move.key}"
        self._on_old = f"{_TUNNEL} kubectl --kubeconfig {self._old_file}"
        endpoint = self._config.endpoint
        tunnel = "" if endpoint.private_from or endpoint.public_from else f"{_TUNNEL} "
        self._on_new = f"{tunnel}kubectl --kubeconfig {kubeconfig(move.target.name, move.key)}"

    def make(self) -> Iterator[Step]:
        """The new cluster beside the old one."""
        env = self._move.target.name
        yield (
            "see what has to be there before, and what quotas two clusters at once need",
            (f"hybrid prerequisites {env}",),
        )
        attach = (f"hybrid reach {env}", f"cdktf deploy {env}-attach") if self._config.attach else ()
        yield (
            f"make {self._name} beside {self._old}; the plan adds, and changes nothing of the old cluster",
            (
                f"hybrid synth {env}",
                f"cd cdktf.out/stacks/{env} && terraform init && terraform plan",
                f"cdktf deploy {env}",
                *attach,
            ),
        )

    def tag(self) -> Iterator[Step]:
        """Load balancers take a subnet that bears another cluster's tag only where it bears theirs, too."""
        region = self._environment.aws.region if self._environment.aws else ""
        vpc = vpc_of(self._move.documents.cluster).value
        subnets = (
            f"$(aws ec2 describe-subnets --region {region} --filters Name=vpc-id,Values={vpc} "
            "--query 'Subnets[].SubnetId' --output text)"
        )
        yield (
            "tag the VPC's subnets for the new cluster as the old one tagged them for itself, or its load balancers find none; "
            "Terraform leaves these tags alone",
            (
                f"aws ec2 create-tags --region {region} --resources {subnets} "
                f"--tags Key=kubernetes.io/cluster/{self._name},Value=shared",
            ),
        )

    def enter(self) -> Iterator[Step]:
        """Both ways in; both tunnels listen on one port."""
        yield (
            f"enter {self._old} from the folder that anthos-gke made, through its own bastion-tunnel.sh, and keep the way in "
            "as a file",
            (
                f"{_TUNNEL} anthos-gke aws clusters get-credentials {self._old}",
                f"kubectl config view --minify --flatten > {self._old_file}",
            ),
        )
        into = into_eks(self._entity)
        yield (
            f"{into.what}; a bastion's tunnel listens where the other one does, so one at a time",
            into.commands,
        )

    def prepare(self) -> Iterator[Step]:
        """What is in the new cluster before any workload."""
        organization, env = self._move.estate.organization, self._move.target.name
        if organization.gitops:
            yield (
                "write what every cluster has, namespaces and rights among it, and have it applied to the new one",
                (f"hybrid manifests {env} --write", f"{self._on_new} get namespaces"),
            )
        else:
            yield (
                "bring what every cluster has, namespaces and rights among it, from where the old one has it",
                (f"{self._on_old} get namespaces", f"{self._on_new} get namespaces"),
            )
        gone = list(gone_since(old_minor(self._move.documents.cluster) or "", self._config.version))
        yield (
            f"find what {self._config.version} no longer serves, in repositories and charts, and write it anew: "
            f"{'; '.join(gone) or 'nothing that is known here'}",
            (f"{self._on_old} get --raw /metrics | grep apiserver_requested_deprecated_apis",),
        )
        yield (
            "find images that only the old nodes could pull, by the key of their service account: the new ones have none, "
            "so give the namespaces an imagePullSecret or the images another registry",
            (
                f"{self._on_old} get pods --all-namespaces --output=jsonpath='{{.items[*].spec.containers[*].image}}' | "
                "tr ' ' '\\n' | sort -u",
            ),
        )

    def workloads(self) -> Iterator[Step]:
        """By Velero what keeps volumes, then by Git what keeps nothing: Velero skips what is there."""
        yield (
            "see what runs there, and who keeps volumes, of which StorageClass",
            (
                f"{self._on_old} get deployments,statefulsets,daemonsets,cronjobs,ingresses --all-namespaces",
                f"{self._on_old} get persistentvolumeclaims --all-namespaces --output=custom-columns={_CLASSES}",
            ),
        )
        yield (
            "have Velero save what keeps volumes, in a version that knows both versions of Kubernetes, with one bucket for both "
            "clusters. Stop who writes, because what is written after it stays behind, and leave a pod up for each claim: Velero "
            "saves by its files only a volume that a running pod mounts, and of a workload that is scaled to 0 nothing. So have "
            "the pods only read, or scale them to 0 and start a pod in their namespace that mounts their claims and sleeps",
            (
                f"{_TUNNEL} velero --kubeconfig {self._old_file} backup create {self._backup} --default-volumes-to-fs-backup "
                f"--exclude-namespaces {','.join(OF_THE_CLUSTER)} --wait",
            ),
        )
        yield (
            "go on only when the first shows a line, Completed, for each claim that the second shows; where one is missing, no "
            "pod had it mounted: start one and save again under another name",
            (
                f"{self._on_old} --namespace=velero get podvolumebackups --selector=velero.io/backup-name={self._backup} "
                f"--output=custom-columns={_SAVED}",
                f"{self._on_old} get persistentvolumeclaims --all-namespaces",
            ),
        )
        velero = self._on_new.replace("kubectl", "velero", 1)
        yield (
            "have Velero bring the namespaces that hold claims, before Git brings anything into them: what is there it skips, and "
            "a claim that is there keeps its empty volume. The new cluster only reads the bucket, and its default "
            f"StorageClass takes the place of {' and '.join(_OLD_CLASSES)}: make a faster one for the latter where that counts, and "
            "name each other class that claims have and the new cluster has not in a --from-literal of its own. The last commands show a line, Completed, for each one that the backup showed, and each claim Bound",
            (
                f"{self._on_new} --namespace=velero patch backupstoragelocation default --type=merge "
                """--patch='{"spec":{"accessMode":"ReadOnly"}}'""",
                f"{self._on_new} --namespace=velero create configmap change-storage-class {self._default_for(_OLD_CLASSES)}",
                f"{self._on_new} --namespace=velero label configmap change-storage-class {_LABELS}",
                f"{velero} restore create {self._backup} --from-backup {self._backup} --wait "
                f'--include-namespaces "$({self._on_old} {_WITH_CLAIMS} | sort -u | paste -sd, -)"',
                f"{self._on_new} --namespace=velero get podvolumerestores --selector=velero.io/restore-name={self._backup} "
                f"--output=custom-columns={_BROUGHT}",
                f"{self._on_new} get persistentvolumeclaims --all-namespaces",
            ),
        )
        yield (
            f"have Git bring the rest, and take over what Velero brought: name {self._name} wherever a repository lists "
            "clusters, scale up what was scaled to 0, delete the pods that only sleep, and wait until all of it runs; Secrets that no "
            "repository holds come out of the backup",
            (
                f"{velero} restore create {self._backup}-secrets --from-backup {self._backup} --include-resources secrets --wait",
                f"{self._on_new} get pods --all-namespaces --field-selector=status.phase!=Running",
            ),
        )

    def _default_for(self, classes: Sequence[str]) -> str:
        default = f"$({self._on_new} {_DEFAULT_CLASS})"
        return " ".join(f'--from-literal={one}="{default}"' for one in classes)

    def names(self) -> Iterator[Step]:
        """Load balancers and memberships are called otherwise."""
        yield (
            "give the names of your DNS the new load balancers, which AWS calls otherwise: a short TTL a day before, then one "
            "record after the other; allowlists of others know the old addresses, too",
            (f"{self._on_old} {_BALANCERS}", f"{self._on_new} {_BALANCERS}"),
        )
        membership = old_membership(self._move.documents.cluster).value
        google = self._environment.google
        if not self._config.attach or not google:
            return
        place = self._config.attach.location or google.region
        project = google.host_project.id
        yield (
            f"name the membership projects/{project}/locations/{place}/memberships/{self._name} wherever the old one, "
            f"{membership or self._old}, is named: selectors of repositories, pipelines, dashboards, kubeconfigs of people",
            (
                f"gcloud container fleet memberships list --project={project}",
                f"git grep -n -w {self._old}",
                f"gcloud container fleet memberships get-credentials {self._name} --project={project} --location={place}",
            ),
        )

    def leave(self) -> Iterator[Step]:
        """The old cluster, and at last what looked after it."""
        pools = " ".join(name_of(pool) for pool in self._move.documents.pools)
        yield (
            f"once nothing has come to {self._old} for some days, and its data was seen in the new one, delete its services of "
            "type LoadBalancer and its claims by name, whose load balancers and volumes would stay and cost; then its pools "
            "and itself, in the management service; the last command shows whether its membership went with it",
            (
                f"{self._on_old} get services,ingresses,persistentvolumeclaims --all-namespaces",
                f"{_TUNNEL} anthos-gke aws management get-credentials",
                f"{_TUNNEL} kubectl delete awsnodepools {pools}",
                f"{_TUNNEL} kubectl delete awsclusters {self._old}",
                "gcloud container fleet memberships list" + self._project(),
            ),
        )
        yield (
            f"the management service can go when it shows no cluster any more, and has to before {SHUT_DOWN}: "
            f"{self._last()}",
            (f"{_TUNNEL} kubectl get awsclusters,awsnodepools --all-namespaces",),
        )

    def _project(self) -> str:
        value = old_membership(self._move.documents.cluster).value or ""
        return f" --project={value.split('/')[1]}" if value.startswith("projects/") else ""

    def _last(self) -> str:
        aws, file = self._environment.aws, self._move.target.source.display
        if aws and aws.management_service:
            return (
                f"take management_service out of {file}, and let keys stand that the new cluster names; synth says which "
                "entries let its volume and bucket go"
            )
        says = "`anthos-gke aws management delete` does it"
        if aws and isinstance(aws.management_vpc, ExistingVpcConfig):
            says += (
                f", but where the same Terraform made {aws.management_vpc.existing.vpc_id}, that would take the new cluster's "
                "network away: first move the VPC, its subnets, gateways and routes into another state, by import entries "
                "here (`hybrid adopt management-service --tfstate`) and `terraform state rm` there"
            )
        return says
