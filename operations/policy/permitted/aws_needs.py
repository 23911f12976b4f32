"""What AWS asks for what stacks make: a table with dates. Who asks it of what, the finders tell.

A row is a need of the resource that its name begins with; ``context`` is what AWS's service is documented to bring.
"""

from __future__ import annotations

from typing import Final

from operations.policy.permitted.need import Need

_READ: Final = "2026-11-30"
_EC2: Final = {"kms:GrantIsForAWSResource": "true", "kms:ViaService": "ec2.{region}.amazonaws.com"}
_USE: Final = (
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)

CREATE_CLUSTER: Final = Need(
    task="make an EKS cluster with a key for its secrets",
    asks=("kms:CreateGrant", "kms:DescribeKey"),
    source="https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
    read=_READ,
    says="whoever calls create-cluster needs kms:DescribeKey and kms:CreateGrant, and EKS brings no "
    "kms:GrantIsForAWSResource",
)
START_NODES: Final = Need(
    task="start instances with disks that the key encrypts",
    asks=(*_USE, "kms:CreateGrant"),
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html",
    read=_READ,
    says="the service-linked role uses a customer managed key when the key's policy lets it, and grants EBS its use",
    context=_EC2,
)
MAKE_VOLUME: Final = Need(
    task="make a volume that the key encrypts",
    asks=("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
    source="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html",
    read=_READ,
    says="EBS calls KMS in the name of whoever makes the volume, and grants itself the key's use",
    context=_EC2,
)  # fmt: skip
ENCRYPT_LOGS: Final = Need(
    task="encrypt the log group",
    asks=_USE,
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    read=_READ,
    says="the service of the region uses the key, and names the log group in the encryption context",
    context={"kms:EncryptionContext:aws:logs:arn": "{group}", "aws:SourceAccount": "{account}", "aws:SourceArn": "{group}"},
)  # fmt: skip
WRITE_ENCRYPTED: Final = Need(
    task="write into a bucket that the key encrypts",
    asks=("kms:Decrypt", "kms:GenerateDataKey"),
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    read=_READ,
    says="whoever puts an object needs kms:GenerateDataKey, and kms:Decrypt for one that is put in parts, as for reading it",
)
"""Of a role whose policy lets it put objects into a bucket that is made here."""

USE_BY_POLICY: Final = Need(
    task="do what its own policy gives it",
    asks=(),
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
    read=_READ,
    says="no IAM policy gives the use of a key unless the key's policy lets the identity, or the account, use it",
)
"""Of a role's policy that names a key which is made here; asks what the policy gives."""

TRUST_CLUSTER: Final = Need(
    task="run the control plane",
    asks=("sts:AssumeRole",),
    source="https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html",
    read=_READ,
    says="eks.amazonaws.com takes the cluster's role on",
    context={"aws:SourceAccount": "{account}", "aws:SourceArn": "{cluster}"},
)
TRUST_INSTANCE: Final = Need(
    task="give instances their role",
    asks=("sts:AssumeRole",),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
    read=_READ,
    says="ec2.amazonaws.com takes the role of an instance profile on, and that of a node group likewise",
)
TRUST_FLOW_LOGS: Final = Need(
    task="write flow logs",
    asks=("sts:AssumeRole",),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    read=_READ,
    says="vpc-flow-logs.amazonaws.com takes the role on, for the account and the flow log that it names",
    context={"aws:SourceAccount": "{account}", "aws:SourceArn": "arn:aws:ec2:{region}:{account}:vpc-flow-log/fl-0"},
)  # fmt: skip
TRUST_SERVICE_ACCOUNT: Final = Need(
    task="give the add-on its role",
    asks=("sts:AssumeRoleWithWebIdentity",),
    source="https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    read=_READ,
    says="the service account's token comes from the cluster's issuer, with sts.amazonaws.com as its audience",
    context={"{issuer}:aud": "sts.amazonaws.com", "{issuer}:sub": "system:serviceaccount:{service_account}"},
)
TRUST_POD_IDENTITY: Final = Need(
    task="give pods their role",
    asks=("sts:AssumeRole", "sts:TagSession"),
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    read=_READ,
    says="pods.eks.amazonaws.com takes the role on and tags the session",
    context={
        "aws:SourceAccount": "{account}",
        "aws:SourceArn": "{cluster}",
        "aws:RequestTag/eks-cluster-arn": "{cluster}",
        "aws:RequestTag/kubernetes-namespace": "{namespace}",
        "aws:RequestTag/kubernetes-service-account": "{name}",
    },
)

RUN_CLUSTER: Final = Need(
    task="run the control plane",
    asks=(
        "ec2:CreateTags",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeInstanceTopology",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeVpcs",
        "kms:DescribeKey",
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html",
    read=_READ,
    says="the role has AmazonEKSClusterPolicy, or a policy of one's own with at least what the page lists",
    context={"aws:TagKeys": "kubernetes.io/cluster/any"},
    about={"ec2:CreateTags": "arn:aws:ec2:{region}:{account}:instance/i-0"},
)
JOIN_CLUSTER: Final = Need(
    task="join the cluster",
    asks=("ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "eks:DescribeCluster"),
    source="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html",
    read=_READ,
    says="the kubelet describes instances in the VPC, as AmazonEKSWorkerNodePolicy allows",
)
PULL_IMAGES: Final = Need(
    task="pull images of EKS and of the account",
    asks=("ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"),
    about={
        "ecr:BatchGetImage": "arn:aws:ecr:{region}:{account}:repository/any",
        "ecr:GetDownloadUrlForLayer": "arn:aws:ecr:{region}:{account}:repository/any",
    },
    source="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html",
    read=_READ,
    says="nodes use images of ECR, as AmazonEC2ContainerRegistryPullOnly allows",
)
NETWORK_PODS: Final = Need(
    task="give pods addresses",
    asks=(
        "ec2:AssignPrivateIpAddresses",
        "ec2:AttachNetworkInterface",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:UnassignPrivateIpAddresses",
    ),
    source="https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html",
    read=_READ,
    says="the plug-in has AmazonEKS_CNI_Policy by its service account or by the nodes' role",
)
MAKE_CLAIMED_VOLUMES: Final = Need(
    task="make and attach the volumes that pods claim",
    asks=("ec2:AttachVolume", "ec2:CreateTags", "ec2:CreateVolume", "ec2:DeleteVolume", "ec2:DescribeVolumes", "ec2:DetachVolume"),
    source="https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html",
    read=_READ,
    says="the driver has AmazonEBSCSIDriverPolicy by its service account, and tags what it makes",
    context={
        "aws:RequestTag/ebs.csi.aws.com/cluster": "true",
        "aws:RequestTag/CSIVolumeName": "pvc-0",
        "ec2:ResourceTag/ebs.csi.aws.com/cluster": "true",
        "ec2:ResourceTag/CSIVolumeName": "pvc-0",
        "ec2:CreateAction": "CreateVolume",
    },
    about=dict.fromkeys(
        ("ec2:AttachVolume", "ec2:CreateTags", "ec2:CreateVolume", "ec2:DeleteVolume", "ec2:DetachVolume"),
        "arn:aws:ec2:{region}:{account}:volume/vol-0",
    ),
)  # fmt: skip
WRITE_FLOW_LOGS: Final = Need(
    task="write flow logs into the group",
    asks=("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    read=_READ,
    says="the role makes streams in the group and writes into them; logs:CreateLogGroup is for a group that is not there",
    about={"logs:CreateLogStream": "{group}", "logs:DescribeLogStreams": "{group}", "logs:PutLogEvents": "{group}:log-stream:any"},
)  # fmt: skip
FIND_LOG_GROUP: Final = Need(
    task="find the group of the flow logs",
    asks=("logs:DescribeLogGroups",),
    source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    read=_READ,
    says="the role describes log groups, a call that names none, so a statement about one group does not allow it",
    about={"logs:DescribeLogGroups": "arn:aws:logs:{region}:{account}:log-group::log-stream:"},
)
OPEN_SESSIONS: Final = Need(
    task="be reached by Session Manager",
    asks=(
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    ),
    source="https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-add-permissions-to-existing-profile.html",
    read=_READ,
    says="the agent on the instance needs all four channels, and to report the instance",
)
KEEP_STATE: Final = Need(
    task="keep the state there",
    asks=("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
    source="https://developer.hashicorp.com/terraform/language/backend/s3",
    read=_READ,
    says="Terraform lists the bucket, reads and writes the state, and writes and deletes its lock file",
    about={
        "s3:ListBucket": "arn:aws:s3:::{bucket}",
        "s3:GetObject": "arn:aws:s3:::{bucket}/{key}",
        "s3:PutObject": "arn:aws:s3:::{bucket}/{key}",
        "s3:DeleteObject": "arn:aws:s3:::{bucket}/{key}.tflock",
    },
)
