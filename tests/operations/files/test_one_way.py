"""Nothing changes a file in another way than the one that holds an order, modes, links and full disks."""

from __future__ import annotations

import ast

from tests.source import nodes

OWN_WAYS = frozenset(
    {"write_text", "write_bytes", "unlink", "mkstemp", "NamedTemporaryFile", "copyfile", "copytree"}
)
ELSEWHERE = {
    "operations/gate/gate.py": "a folder of its own that is thrown away",
    "operations/init/example.py": "run by the developers of this project",
    "operations/lock_providers/lock_providers.py": "a copy that is thrown away",
    "operations/pipeline/apply.py": "a folder of its own that is thrown away",
    "operations/pipeline/command.py": "an old plan goes before the new one is made",
    "operations/review/plans_command.py": "a folder of its own that is thrown away",
    "operations/policy/checkov/canary.py": "a copy that is thrown away",
    "operations/policy/checkov/scan_copy.py": "a copy that is thrown away",
    "operations/promotion/base.py": "a copy that is thrown away",
    "operations/reference/pages.py": "run by the developers of this project",
    "operations/report_file.py": "a file between two processes",
    "operations/review/schemas.py": "run by the developers of this project",
    "operations/review/terraform.py": "a folder of its own that is thrown away",
    "operations/terraform/guarded.py": "a folder of its own that is thrown away",
    "operations/toolchain.py": "a folder that takes its name when all of it is there",
    "operations/update/update.py": "git brings the files, and takes away the others in its way",
}


def test_files_are_changed_in_one_way() -> None:
    """Whoever needs another one says why in the list above, from which goes what does not need it any more."""
    found = {
        place.partition(":")[0]
        for place, node in nodes("operations")
        if isinstance(node, ast.Attribute) and node.attr in OWN_WAYS
        if not place.startswith("operations/files/")
    }

    assert found == set(ELSEWHERE)
