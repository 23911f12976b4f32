"""The backend block of an environment's stack."""

from __future__ import annotations

from cdktf import GcsBackend, LocalBackend, S3Backend, TerraformStack

from environments.model.environment import Environment


def define_backend(stack: TerraformStack, environment: Environment) -> None:
    """Declare the backend that the environment names.

    The local backend's path is relative to the stack's folder (``cdktf.out/stacks/<name>``) and leads
    out of it, so that the generated folder can be thrown away without losing the state.
    """
    name, state = environment.environment, environment.state
    if state.gcs:
        GcsBackend(stack, bucket=state.gcs.bucket, prefix=state.gcs.prefix or name)
    elif state.s3:
        S3Backend(
            stack,
            bucket=state.s3.bucket,
            key=f"{state.s3.prefix or name}/terraform.tfstate",
            region=state.s3.region,
            encrypt=True,
            kms_key_id=state.s3.kms_key_arn,
        )
        # The binding is older than Terraform's own lock file in S3 (1.10).
        stack.add_override("terraform.backend.s3.use_lockfile", True)  # noqa: FBT003 - path and value
    else:
        LocalBackend(stack, path=f"../../../.state/{name}/terraform.tfstate")
