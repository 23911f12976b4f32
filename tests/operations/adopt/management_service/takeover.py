"""A run of the command with the state of a running service."""

from __future__ import annotations

import re
from typing import Any

import yaml

from estate.model.refactoring import Refactoring
from estate.reading.loader import validate
from estate.reading.yaml_source import read
from tests.operations.adopt.management_service.documents import Workplace
from tests.operations.adopt.management_service.states import write_state

OPTIONS = ("--tfstate", "s.tfstate", "--imports", "imports.yaml")
"""The options of such a run."""


class Takeover:
    """A run of the command with a state, and what came of it."""

    def __init__(
        self, workplace: Workplace, document: dict[str, Any], *resources: dict[str, Any], **run: Any
    ) -> None:
        write_state(workplace.folder / "s.tfstate", *resources)
        options = run.pop("options", ())
        self.code, self.out, self.err = workplace.adopt(document, *OPTIONS, *options, **run)
        self.file = workplace.folder / "imports.yaml"

    @property
    def section(self) -> dict[str, Any]:
        """The section."""
        assert self.code == 0, self.err
        section: dict[str, Any] = yaml.safe_load(self.out)["aws"]
        return section

    @property
    def entries(self) -> dict[str, str]:
        """Ids of the import entries by address without its hash, read by this project's own reader."""
        assert self.code == 0, self.err
        model, problems, _ = validate(read(self.file, "imports.yaml"), Refactoring)
        assert (problems, model is not None) == ([], True)
        assert model is not None
        return {re.sub(r"_[0-9A-F]{8}$", "", entry.to): entry.id for entry in model.import_}
