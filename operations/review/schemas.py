"""JSON Schemas of what a review reads and writes; ``python -m operations.review.schemas`` renews them."""

from __future__ import annotations

from pathlib import Path

from estate.schema_export import schema_text
from operations.allowances.acknowledgements import Acknowledgements
from operations.review import report_json
from operations.review.risks import Risks
from operations.review.trees.risks import TreeRisks

FOLDER = Path(__file__).with_name("schema")


def schemas() -> dict[str, str]:
    """The text of every schema by file name."""
    return {
        "acknowledgements.json": schema_text(Acknowledgements),
        "review.json": report_json.schema_text(),
        "risks.json": schema_text(Risks),
        "tree_risks.json": schema_text(TreeRisks),
    }


def write() -> None:
    """Write every schema."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
