"""The flow of ``hybrid adopt aws-cluster``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.paths import differences, dotted
from estate.reading.problems import InvalidInput
from operations.adopt.gkectl.section import Section
from operations.adopt.gkectl.target import Target, check, read_target, with_section
from operations.adopt.management_service.clusters.cloud import read_cloud
from operations.adopt.management_service.clusters.documents import Documents, read_documents
from operations.adopt.management_service.clusters.inputs import Inputs
from operations.adopt.management_service.clusters.translation import EKS_CLUSTERS, translate
from operations.adopt.told import Change
from operations.cards.warnings import all_warnings
from operations.files.writing import write_file


@dataclass(frozen=True)
class Options:
    """What the command line says beside the documents.

    Attributes:
        into: the environment.
        key: the new cluster's key; after the old one's name when absent.
        aws: what AWS said of subnets and keys.
        installer: the role that attaches the new cluster.
        platform_version: Google's software in it.
        write: whether to write into the environment's file.
        folder: the folder of the environment files.
    """

    into: str
    key: str | None = None
    aws: Sequence[Path] = ()
    installer: str | None = None
    platform_version: str | None = None
    write: bool = False
    folder: Path = Path("environments")


@dataclass(frozen=True)
class Move:
    """The outcome.

    Attributes:
        documents: the cluster that runs.
        target: the environment as it is.
        estate: all environments as they will be.
        key: the new cluster's key.
        change: the environment's file; the same text twice where a cluster of that key stands there.
        notes: what a person should know.
    """

    documents: Documents
    target: Target
    estate: Estate
    key: str
    change: Change
    notes: Sequence[str] = field(default=())


def plan_move(paths: Sequence[Path], options: Options) -> Move:
    """Put the new cluster into an environment, and write that when asked to.

    Raises:
        InvalidInput: a file or an option is wrong; nothing was written.
        OSError: the environment's file cannot be written; it is as it was.
    """
    documents = read_documents(paths)
    inputs = _inputs(documents, options)
    key, section, problems = translate(inputs)
    documents.raise_problems(*problems)
    target = inputs.target
    if key in inputs.aws.eks_clusters:
        section.notes += _differing(section, target, key, options)
        unchanged = Change(target.path, target.text, target.text)
        return Move(documents, target, target.estate, key, unchanged, section.notes)
    text = with_section(target, section, "aws")
    estate = check(target, section, text)
    said = set(all_warnings(target.estate, target.name))
    notes = [*section.notes, *(one for one in all_warnings(estate, target.name) if one not in said)]
    if options.write:
        write_file(target.path, text)
    return Move(documents, target, estate, key, Change(target.path, target.text, text), notes)


def _inputs(documents: Documents, options: Options) -> Inputs:
    target = read_target(options.folder, options.into)
    aws = target.environment.aws
    if aws is None or aws.management_vpc is None:
        message = (
            "needs management_vpc, the VPC that the cluster stands in: `hybrid adopt management-service` writes it as the "
            "service's document has it, or say management_vpc: {existing: {vpc_id: ..., cidr: ..., zones: ...}}"
        )
        raise InvalidInput([target.problem(message, "aws")])
    return Inputs(
        documents,
        target,
        aws,
        aws.management_vpc,
        read_cloud(options.aws),
        options.key,
        options.installer,
        options.platform_version,
    )


def _differing(section: Section, target: Target, key: str, options: Options) -> Iterator[str]:
    """Say how a cluster of this key, which stands in the environment, differs from what the documents become.

    Raises:
        InvalidInput: it differs, and is to be written.
    """
    there = target.source.data["aws"]["eks_clusters"][key]
    paths = [dotted(path) for path, _, _ in differences(section.at(*EKS_CLUSTERS, key), there)]
    if not paths:
        return
    differing = f"stands here already and differs from what the documents become in {', '.join(paths)}"
    if options.write:
        message = f"{differing}; leave --write out to go on with it as it is, or call the new one otherwise by --as KEY"
        raise InvalidInput([target.problem(message, *EKS_CLUSTERS, key)])
    yield f"{dotted((*EKS_CLUSTERS, key))} {differing}; it stays as it is, and the move is to that one"
