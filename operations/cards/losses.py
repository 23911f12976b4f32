"""What goes with a resource that is destroyed, where its name does not say it."""

from __future__ import annotations

_LOSSES = {
    "google_gkeonprem_vmware_cluster": "with it go its nodes, its etcd, the volumes that no retain policy keeps, "
    "and its fleet membership",
    "google_container_cluster": "with it go its nodes, its etcd, the disks that no retain policy keeps, and its "
    "fleet membership",
    "google_kms_key_ring": "its name is never free again; count generation up to make another",
    "google_kms_crypto_key": "with it goes what it encrypted, and its name is never free again",
    "google_compute_network": "with it goes everything that stands in it",
    "google_compute_address": "whoever lets it in knows no other",
    "aws_eks_cluster": "with it goes its etcd, and nobody knows whose the volumes are that stay",
    "google_container_attached_cluster": "with it go its membership and all access by the Connect gateway; the "
    "cluster itself stays",
    "google_gke_hub_namespace": "with it goes the namespace in every cluster, and all that runs there",
    "google_gke_hub_fleet": "it goes only once it has no member, and Terraform does not destroy the admin cluster's "
    "membership",
}


def loss(address: str) -> str:
    """What goes with the resource at ``address``, to be added to a sentence; empty when nothing else does."""
    lost = _LOSSES.get(address.split(".", maxsplit=1)[0])
    return f": {lost}" if lost else ""
