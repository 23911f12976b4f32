"""The backend block of a stack."""

from __future__ import annotations

from cdktf import GcsBackend, LocalBackend, S3Backend, TerraformStack

from estate.model.state import State


def define_backend(stack: TerraformStack, state: State, environment: str, name: str) -> None:
    """Declare the backend that the environment names.

    The local backend's path is relative to the stack's folder (``cdktf.out/stacks/<name>``) and leads
    out of it, so that the generated folder can be thrown away without losing the state.

    Args:
        stack: where to declare it.
        state: what the environment says of it.
        environment: the environment's name.
        name: the stack's name; that of a companion begins with the environment's, and its folder in a
            bucket stands beside the environment's.
    """
    if state.gcs:
        GcsBackend(stack, bucket=state.gcs.bucket, prefix=state.folder(environment, name))
    elif state.s3:
        S3Backend(
            stack,
            bucket=state.s3.bucket,
            key=f"{state.folder(environment, name)}/terraform.tfstate",
            region=state.s3.region,
            encrypt=True,
            kms_key_id=state.s3.kms_key_arn,
        )
        # The binding is older than Terraform's own lock file in S3 (1.10).
        stack.add_override("terraform.backend.s3.use_lockfile", True)  # noqa: FBT003 - path and value
    else:
        LocalBackend(stack, path=f"../../../.state/{name}/terraform.tfstate")
