"""What a class of the model is called in words: `EksNodeGroupConfig` is an EKS node group."""

from __future__ import annotations

import re

_ENDINGS = ("Config", "Json")
_SPELLED = {
    "addon": "add-on",
    "aws": "AWS",
    "cpu": "CPU",
    "eks": "EKS",
    "gcs": "Cloud Storage",
    "gke": "GKE",
    "google": "Google",
    "iam": "IAM",
    "kms": "KMS",
    "nat": "NAT",
    "oci": "OCI",
    "onprem": "on-prem",
    "s3": "S3",
    "vcenter": "vCenter",
    "vmware": "VMware",
    "vpc": "VPC",
    "vpn": "VPN",
    "vsphere": "vSphere",
}
_NAMES = (
    ("metal lb", "MetalLB"),
    ("Google cloud", "Google Cloud"),
    ("private Google access", "Private Google Access"),
    ("config sync", "Config Sync"),
    ("policy controller", "Policy Controller"),
    ("anti affinity", "anti-affinity"),
    ("multi cluster", "multi-cluster"),
)


def term(class_name: str) -> str:
    """The name of a class as a person says it, in the middle of a sentence."""
    bare = class_name.strip("_")
    for ending in _ENDINGS:
        bare = bare.removesuffix(ending)
    words = [_SPELLED.get(word.lower(), word.lower()) for word in re.findall(r"[A-Z][a-z]*[0-9]*", bare)]
    text = " ".join(words)
    for plain, name in _NAMES:
        text = text.replace(plain, name)
    return text


def title(class_name: str) -> str:
    """The same as a heading."""
    text = term(class_name)
    return text if re.search("[A-Z]", text.split(" ")[0]) else text[:1].upper() + text[1:]
