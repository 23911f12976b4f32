"""Checks that every resource fails, so that what checkov did not look at is known by its absence.

checkov counts no resources, says nothing of a resource that no check is for, and passes when it reads nothing.
It looks in two ways, with checks in Python and with a graph, so there is one canary for each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PYTHON: Final = "CKV_HYB_SEEN"
GRAPH: Final = "CKV2_HYB_SEEN"

_PYTHON_CHECK = f"""\
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck


class Seen(BaseResourceCheck):
    def __init__(self):
        super().__init__("seen", "{PYTHON}", [CheckCategories.CONVENTION], ["*"])

    def scan_resource_conf(self, conf):
        return CheckResult.FAILED


check = Seen()
"""

_GRAPH_CHECK = f"""\
metadata: {{id: {GRAPH}, name: seen, category: CONVENTION}}
definition: {{cond_type: attribute, resource_types: all, attribute: seen_by_checkov, operator: exists}}
"""


def write_canaries(folder: Path) -> Path:
    """Write both canaries into ``folder`` as checks for checkov to load, and return it."""
    folder.mkdir()
    (folder / "__init__.py").write_text("", "utf-8")
    (folder / "seen.py").write_text(_PYTHON_CHECK, "utf-8")
    (folder / "seen.yaml").write_text(_GRAPH_CHECK, "utf-8")
    return folder
