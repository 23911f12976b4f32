"""What is read from the log of an apply, in every form that somebody may have kept."""

from __future__ import annotations

import json

import pytest

from operations.salvage.log import Log, read_log

PLAIN = """\
aws_vpc.A: Creating...
aws_vpc.A: Creation complete after 2s [id=vpc-1]
aws_instance.B: Creating...
google_compute_router.C: Creating...
google_compute_router.D: Creating...
╷
│ Error: Error creating Router: googleapi: Error 409: The resource 'projects/p/regions/r/routers/c' already exists, alreadyExists
│
│   with google_compute_router.C,
│   on cdk.tf.json line 12, in resource.google_compute_router.C:
│   12:       }
│
╵
╷
│ Error: Error creating Router: googleapi: Error 403: Required permission, forbidden
│
│   with google_compute_router.D,
│   on cdk.tf.json line 22, in resource.google_compute_router.D:
│
╵
"""
EXPECTED = Log(("google_compute_router.C",), ("aws_instance.B",), 1)


def coloured(text: str) -> str:
    """As a terminal gets it."""
    return "\n".join(f"\x1b[31m{line}\x1b[0m\x1b[0m" for line in text.splitlines())


def of_cdktf(text: str) -> str:
    """With the construct's path behind each address, the stack before each line and no frame."""
    text = text.replace(".C,", ".C (Router/Resource),").replace(".B:", ".B (Bastion/Resource):")
    return "\n".join(
        f"sandbox  {line}" if "Creat" in line and "Error" not in line else line for line in text.splitlines()
    )


def unframed(text: str) -> str:
    """With -no-color."""
    lines = (line for line in text.splitlines() if line not in {"╷", "╵"})
    return "\n".join(line.removeprefix("│ ").removeprefix("│") for line in lines)


@pytest.mark.parametrize(
    "form", [str, coloured, of_cdktf, unframed], ids=["plain", "coloured", "cdktf", "unframed"]
)
def test_text_is_read(form: type[str]) -> None:
    """What exists, what was begun, and what is about something else."""
    assert read_log(form(PLAIN)) == EXPECTED


def test_lines_of_json_are_read() -> None:
    """As -json prints them, between lines that are none."""

    def hook(type_: str, address: str, action: str = "create") -> dict[str, object]:
        return {"@level": "info", "type": type_, "hook": {"action": action, "resource": {"addr": address}}}

    def error(summary: str, detail: str, address: str = "") -> dict[str, object]:
        told = {"severity": "error", "summary": summary, "detail": detail, "address": address}
        return {"@level": "error", "type": "diagnostic", "diagnostic": told}

    lines = [
        hook("apply_start", "aws_vpc.A"),
        hook("apply_complete", "aws_vpc.A"),
        hook("apply_start", "aws_instance.B"),
        hook("apply_start", "aws_kms_key.E", "update"),
        hook("apply_start", "google_compute_router.C"),
        hook("apply_errored", "google_compute_router.C"),
        error("Error creating Router", "googleapi: Error 409: already exists", "google_compute_router.C"),
        error("Backend failed", "gone"),
        {"@level": "warn", "type": "diagnostic", "diagnostic": {"severity": "warning"}},
    ]

    text = "\n".join(["{not json", '{"other": 1}', *map(json.dumps, lines)])

    assert read_log(text) == EXPECTED


def test_what_hybrid_apply_tells_is_read() -> None:
    """It tells each error in one line."""
    text = (
        "sandbox: aws_instance.B: Creating...\n"
        "sandbox: Error creating Router: google_compute_router.C: googleapi: Error 409: already exists\n"
        "Error creating Router: google_compute_router.C: googleapi: Error 409: already exists\n"
        "sandbox: not everything was applied; the state says what was\n"
    )

    assert read_log(text) == Log(("google_compute_router.C",), ("aws_instance.B",), 0)


@pytest.mark.parametrize(
    "said",
    [
        "EntityAlreadyExists: Role with name kl-dev-bastion already exists.",
        "ResourceAlreadyExistsException: The specified log group already exists",
        "InvalidGroup.Duplicate: The security group 'x' already exists for VPC 'vpc-1'",
        "InvalidKeyPair.Duplicate: The keypair already exists",
        "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded",
        "InvalidSubnet.Conflict: The CIDR '10.0.1.0/24' conflicts with another subnet",
        "Resource.AlreadyAssociated: the specified association conflicts with an existing association",
        "DuplicateLoadBalancerName: A load balancer with the same name 'x' exists",
        "googleapi: Error 409: Service account kl-dev-gke already exists within project, alreadyExists",
        "Error creating Feature: ALREADY_EXISTS",
        "cannot re-use a name that is still in use",
        "The name 'kl-sandbox' already exists.",
    ],
)
def test_words_of_every_cloud_are_known(said: str) -> None:
    """Each has its own for a name that is taken."""
    text = f"Error: {said}\n\n  with aws_vpc.A,\n"

    assert read_log(text) == Log(("aws_vpc.A",), (), 0)


@pytest.mark.parametrize(
    "said",
    [
        "BucketAlreadyExists: The requested bucket name is not available",
        "googleapi: Error 409: There were concurrent policy changes",
        "googleapi: Error 400: The vpn_tunnel resource is already being used by 'routers/x'",
    ],
)
def test_what_cannot_be_taken_in_is_another_error(said: str) -> None:
    """Somebody else's name, a conflict that passes, and what refuses to be deleted."""
    assert read_log(f"Error: {said}\n\n  with aws_s3_bucket.A,\n") == Log((), (), 1)


def test_an_error_without_an_address_is_counted() -> None:
    """Nothing can be made of it."""
    assert read_log("Error: already exists\n\nSomething.\n") == Log((), (), 1)
