"""The command line of ``hybrid adopt aws-cluster``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from operations.options import Place, Write
from operations.project import ENVIRONMENTS


def aws_cluster(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="An AWSCluster and its AWSNodePools, any number in a file."),
    ],
    into: Annotated[
        str, typer.Option(metavar="ENV", help="Environment that has the VPC and takes the new cluster in.")
    ],
    key: Annotated[
        str | None,
        typer.Option("--as", metavar="KEY", help="Key of the new cluster; the old one's name when absent."),
    ] = None,
    aws: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What `aws ec2 describe-subnets` or `aws kms list-aliases` printed; any number, where it is asked for.",
        ),
    ] = None,
    installer: Annotated[
        str | None,
        typer.Option(
            metavar="ARN", help="Role that attaches the new cluster; that of another one when absent."
        ),
    ] = None,
    platform_version: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION",
            help="Google's software in the new cluster, such as 1.35.0-gke.1; that of another one when absent.",
        ),
    ] = None,
    write: Write = False,  # noqa: FBT002 - a flag of the command line
    place: Place = ENVIRONMENTS,
) -> None:
    """Put an EKS cluster beside one of GKE on AWS, in its VPC, and print the move; without --write it only shows."""
    from operations.adopt.management_service.clusters.move import Options, plan_move
    from operations.adopt.management_service.clusters.report import print_move

    options = Options(into, key, aws or (), installer, platform_version, write, place)
    print_move(plan_move(files, options), options)
