"""The StorageClass of volumes that claims get which name none.

A volume is made where its pod is to run, since one of EBS stays in its zone. Parameters are those of the driver:
https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md (2026-11-30); what a class says cannot be
changed, so that another key is another class: https://kubernetes.io/docs/concepts/storage/storage-classes/.
"""

from __future__ import annotations

from estate.derived.clusters.storage import StorageClass
from manifests.kubernetes_object import Object, metadata


def storage_classes(config: StorageClass | None) -> list[Object]:
    """The default class; none where a cluster comes with one, or somebody else makes it."""
    if config is None:
        return []
    key = {"kmsKeyId": config.kms_key} if config.kms_key else {}
    return [
        {
            "apiVersion": "storage.k8s.io/v1",
            "kind": "StorageClass",
            "metadata": {
                **metadata(config.name),
                "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
            },
            "provisioner": "ebs.csi.aws.com",
            "parameters": {"type": "gp3", "encrypted": "true", **key},
            "reclaimPolicy": "Delete",
            "volumeBindingMode": "WaitForFirstConsumer",
            "allowVolumeExpansion": True,
        }
    ]
