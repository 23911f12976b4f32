"""The command line of ``hybrid adopt management-service``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def management_service(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The AWSManagementService, anthos-gke.yaml.")],
    account_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Account to put into all ARNs, 12 digits.")
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Public half of the key pair for SSH.")
    ] = None,
    kubernetes_version: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Kubernetes version for the example of a cluster.")
    ] = None,
    existing_vpc: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="vpc_id, cidr and zones of a VPC that is not the service's own."),
    ] = None,
    tfstate: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="State of the Terraform that anthos-gke generated, - for standard input."
        ),
    ] = None,
    imports: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="New file for the import entries that --tfstate gives."),
    ] = None,
) -> None:
    """Print a GKE on AWS management service as the aws: section of an environment."""
    from operations.adopt.management_service.adopt import Options, adopt
    from operations.adopt.management_service.report import print_report
    from operations.console import print_document

    options = Options(account_id, public_key, kubernetes_version, existing_vpc, tfstate, imports)
    adopted = adopt(file, options)
    print_document(adopted.text.removesuffix("\n"))
    print_report(adopted, imports)
