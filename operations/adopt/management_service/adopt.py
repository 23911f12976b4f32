"""The flow of ``hybrid adopt management-service``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from estate.reading.paths import quoted, shown
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.management_service.accounts import find_account
from operations.adopt.management_service.addresses import synthesized
from operations.adopt.management_service.imports import Imports, find_imports, imports_text
from operations.adopt.management_service.inputs import Inputs
from operations.adopt.management_service.keys import managed_keys
from operations.adopt.management_service.reading import (
    HOW_TO_GET_A_PUBLIC_KEY,
    Document,
    read_document,
    read_existing_vpc,
    read_public_key,
)
from operations.adopt.management_service.running import RunningService, check_place, look_at
from operations.adopt.management_service.section import Section
from operations.adopt.management_service.section_yaml import section_text
from operations.adopt.management_service.tfstate import read_state
from operations.adopt.management_service.translation import KUBERNETES_VERSIONS, translate
from operations.console import progress
from operations.files.writing import write_file

_KUBERNETES_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+")
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What the command line says beside the document.

    Attributes:
        account_id: the account in place of the one in the document's ARNs.
        public_key: file with the public half of the key pair.
        kubernetes_version: for the example of a cluster.
        existing_vpc: file with the ids of the VPC, for a document without a dedicated one.
        tfstate: state of the Terraform that ``anthos-gke`` generated.
        imports: file to write the import entries to.
    """

    account_id: str | None = None
    public_key: Path | None = None
    kubernetes_version: str | None = None
    existing_vpc: Path | None = None
    tfstate: Path | None = None
    imports: Path | None = None


@dataclass(frozen=True)
class Adopted:
    """The outcome.

    Attributes:
        text: the section as YAML.
        section: what is in it and what is not.
        imports: what is taken over; None without a state.
    """

    text: str
    section: Section
    imports: Imports | None


def adopt(file: Path, options: Options) -> Adopted:
    """Translate the document and, with a state, write the import entries.

    Raises:
        InvalidInput: the document, an option or a file that it names is wrong; nothing was written.
        OSError: the import entries cannot be written.
    """
    reading = _Reading(file, options)
    inputs, state = reading.inputs(), reading.state
    if reading.problems or inputs is None:
        raise InvalidInput(reading.problems)
    section = translate(inputs)
    model = section.checked()
    imports = None
    if state is not None and options.imports is not None:
        check_place(state, model.account_id, model.region)
        with progress("synthesizing the section to find its addresses"):
            stack = synthesized(model)
        bucket = section.data["management_service"].get("bootstrap_bucket")
        imports = find_imports(stack, state, managed_keys(section, inputs), bucket)
        write_file(options.imports, imports_text(imports, options.imports))
    return Adopted(section_text(section, inputs.document), section, imports)


class _Reading:
    """Reads everything there is to read, and keeps what is wrong with all of it."""

    def __init__(self, file: Path, options: Options) -> None:
        self.problems: list[Problem] = list(_wrong_options(options))
        self._options = options
        self._document = self._try(lambda: read_document(file))
        tfstate = options.tfstate
        self.state = self._try(lambda: read_state(tfstate)) if tfstate else None

    def inputs(self) -> Inputs | None:
        """Everything that the section is made from; None when something of it is missing or wrong."""
        document = self._document
        running = look_at(self.state, document) if self.state and document else RunningService()
        public_key = self._public_key(running)
        if document is None:
            return None
        account, problems = find_account(document, self._options.account_id)
        self.problems += problems
        existing_vpc = self._existing_vpc(document)
        version = self._kubernetes_version(document)
        if account is None or self.problems:
            return None
        return Inputs(
            document,
            account,
            public_key or "",
            version or "",
            existing_vpc,
            running,
            takes_over=self.state is not None,
        )

    def _public_key(self, running: RunningService) -> str | None:
        file = self._options.public_key
        if file is not None:
            return self._try(lambda: read_public_key(file))
        # A state that could not be read might have had one.
        if running.public_key is None and (self.state or not self._options.tfstate):
            message = f"is needed, the document holds no key for SSH; {HOW_TO_GET_A_PUBLIC_KEY}"
            self._report("--public-key", message)
        return running.public_key

    def _kubernetes_version(self, document: Document) -> str | None:
        service = document.at("spec", "version")
        version = self._options.kubernetes_version or KUBERNETES_VERSIONS.get(service)
        if version is None:
            self._report(
                "--kubernetes-version",
                f"is needed, for the example of a cluster: one that {quoted(service)} brings, as its release notes "
                "and its own cluster_example say, such as 1.16.9-gke.12",
            )
        return version

    def _existing_vpc(self, document: Document) -> dict[str, object] | None:
        file = self._options.existing_vpc
        dedicated = document.at("spec", "dedicatedVPC") is not None
        if dedicated and file:
            self._report("--existing-vpc", "must be left out, the document has its own dedicatedVPC")
        elif not dedicated and not file:
            self._report(
                "--existing-vpc",
                "is needed, the document has no dedicatedVPC and names too little of another one; write a file with "
                "vpc_id, cidr and zones, `zones: {eu-west-1a: {private: subnet-..., public: subnet-...}}`",
            )
        elif file:
            return self._try(lambda: read_existing_vpc(file))
        return None

    def _report(self, option: str, message: str) -> None:
        self.problems.append(Problem.of_file(option, message))

    def _try(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InvalidInput as error:
            self.problems += error.problems
            return None


def _wrong_options(options: Options) -> Iterator[Problem]:
    version, imports = options.kubernetes_version, options.imports
    if version is not None and not _KUBERNETES_VERSION.fullmatch(version):
        message = f"must be a version such as 1.16.9-gke.12, got {quoted(version)}"
        yield Problem.of_file("--kubernetes-version", message)
    if options.tfstate and not imports:
        message = (
            "is needed with --tfstate: the file for the import entries, environments/refactoring/ENV.yaml"
        )
        yield Problem.of_file("--imports", message)
    if imports and not options.tfstate:
        yield Problem.of_file("--imports", "needs --tfstate, the state that the entries are made from")
    if imports and imports.exists():
        message = "exists already; name another file and put the entries together by hand"
        yield Problem.of_file(shown(imports), message)
