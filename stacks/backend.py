"""The backend block of a stack."""

from __future__ import annotations

from cdktf import GcsBackend, LocalBackend, S3Backend, TerraformStack

from estate.model.environment import Environment


def define_backend(stack: TerraformStack, environment: Environment, name: str) -> None:
    """Declare the backend that the environment names.

    The local backend's path is relative to the stack's folder (``cdktf.out/stacks/<name>``) and leads
    out of it, so that the generated folder can be thrown away without losing the state.

    Args:
        stack: where to declare it.
        environment: whose stack it is.
        name: the stack's name; that of a companion begins with the environment's, and its folder in a
            bucket stands beside the environment's.
    """
    state = environment.state
    folder = state.folder(environment.environment, name)
    if state.gcs:
        GcsBackend(stack, bucket=state.gcs.bucket, prefix=folder)
    elif state.s3:
        S3Backend(
            stack,
            bucket=state.s3.bucket,
            key=f"{folder}/terraform.tfstate",
            region=state.s3.region,
            # Said without a key it asks for S3's own, whatever the bucket's default is: `PutObject` in
            # internal/backend/remote-state/s3/client.go of Terraform (2026-12-01).
            encrypt=None if environment.bootstrap else True,
            kms_key_id=state.s3.kms_key_arn,
        )
        # The binding is older than Terraform's own lock file in S3 (1.10).
        stack.add_override("terraform.backend.s3.use_lockfile", True)  # noqa: FBT003 - path and value
    else:
        LocalBackend(stack, path=f"../../../.state/{name}/terraform.tfstate")
