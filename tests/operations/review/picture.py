"""Draws the documents' pictures of a review: ``python -m tests.operations.review.picture``, with a browser on PATH."""

from __future__ import annotations

import base64
import json
import tempfile
from datetime import date
from pathlib import Path

from markdown_it import MarkdownIt

from operations.project import ROOT
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.html import html
from operations.review.markdown import markdown
from operations.review.review import Review
from tests.operations.review.browser import browser, find_browser
from tests.operations.review.golden import PLANS
from tests.operations.review.reviewed import reviewed

FOLDER = ROOT / "docs" / "images"

_SHOWN = {"dev": "estate-new-team", "test": "estate-upgrade-and-resize", "prod": "google-vpn-one-tunnel-gone"}
_STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; color: #1f2328; margin: 24px; width: 860px; }
h2, h3 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; }
code { background: #eff1f3; border-radius: 6px; padding: .1em .35em; font-size: 85%; }
details { margin: 4px 0; }
"""


def main() -> None:
    """Write both pictures."""
    command = find_browser()
    if command is None:
        raise SystemExit("no browser: chromium or google-chrome is not on PATH")
    environments = tuple(
        reviewed(json.loads((PLANS / f"{plan}.json").read_text("utf-8")), name=name)
        for name, plan in _SHOWN.items()
    )
    review = Review(date(2026, 11, 21), environments)
    gate = judge(review, (), Level.HIGH)
    comment = MarkdownIt("commonmark", {"html": True}).render(markdown(review, gate))
    pages = {
        "review-comment.png": f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>{comment}',
        "review-page.png": html(review, gate),
    }
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser(command, Path(folder) / "profile") as page:
        page.call(
            "Emulation.setDeviceMetricsOverride", width=960, height=620, deviceScaleFactor=1, mobile=False
        )
        page.prefer("light")
        for name, text in pages.items():
            path = Path(folder) / "page.html"
            path.write_text(text, "utf-8")
            page.open(path)
            picture = page.call(
                "Page.captureScreenshot", format="png", captureBeyondViewport=name == "review-comment.png"
            )
            (FOLDER / name).write_bytes(base64.b64decode(picture["data"]))
            print(FOLDER / name)


if __name__ == "__main__":
    main()
