"""The page: complete without a network or a script, and what its script does in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from operations.allowances.acknowledgements import Acknowledgement
from operations.heads.brought import Brought
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.html import html
from operations.review.review import NotReviewed, Review
from tests.operations.review.browser import Page, browser, find_browser
from tests.operations.review.reviewed import change, plan, reviewed

_HOSTILE = "<script>alert(1)</script>\"'\u202e\x1b[31m"


def _page(*, hostile: str = "harmless") -> str:
    key = change("aws_kms_key.KmsKeys_secrets_449ECE8D", "delete", {"description": hostile})
    eip = change("aws_eip.Bastion_Address_36DE36E3", "update", {"tags": "a"}, {"tags": hostile})
    moved = change("aws_eip.b", "no-op", {}, {}, previous_address=f"aws_eip.{hostile}")
    forced = change("aws_vpc.c", "delete create", {"a": 1}, {"a": 2}, replace_paths=[["a"]])
    many = change("aws_eip.d", "update", {}, {f"a{i}": i for i in range(1, 40)})
    environments = (
        reviewed(plan(key, eip, moved, many), name="prod"),
        reviewed(plan(forced, errored=True), name="dev"),
    )
    review = Review(
        date(2026, 11, 21), environments, (NotReviewed("prod-vsphere", "prod", "needs the network"),)
    )
    return html(review, judge(review, (), Level.HIGH))


def test_page_loads_nothing() -> None:
    """No address of a network stands in it, and its policy would refuse one."""
    page = _page()

    assert re.findall(r"(?:src|href|url)\s*[=(]|https?:", page) == []
    assert "default-src &#x27;none&#x27;" in page


def test_page_says_everything_without_its_script() -> None:
    """Findings, what to do, addresses and attributes stand in the text."""
    page = re.sub(r"(?s)<script>.*?</script>|<wbr>", "", _page())

    for words in (
        "May not merge",
        "KMS key secrets",
        "hand it over",
        "aws_kms_key.KmsKeys_secrets_449ECE8D",
        "prod-vsphere was not planned: needs the network",
        "made anew because of",
        "until now",
        "and 9 more attributes",
        "planning ended with an error",
    ):
        assert words in page


def test_what_a_plan_holds_is_text() -> None:
    """A tag in an attribute opens none, and control characters are gone."""
    page = _page(hostile=_HOSTILE)

    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in page
    assert not set("\u202e\x1b") & set(page)


def test_acknowledged_and_stale_are_said() -> None:
    """Who took responsibility, and whose word has to go."""
    word = {"reason": "unused", "who": "kari", "expires": "2026-12-01"}
    review = Review(date(2026, 11, 21), (reviewed(plan(change("aws_kms_key.a", "delete", {}, None))),))
    words = [Acknowledgement(address=f"aws_kms_key.{name}", **word) for name in ("a", "b")]

    page = html(review, judge(review, words, Level.HIGH))

    assert '<ul class="open">' not in page
    assert "<code>aws_kms_key.a</code> key-destroyed by kari until 2026-12-01: unused" in page
    assert "Acknowledgement of <code>aws_kms_key.b</code> by kari: nothing needs it" in page

    past = Acknowledgement(address="aws_kms_key.a", **{**word, "expires": "2026-11-20"})
    page = html(review, judge(review, [past], Level.HIGH))
    assert '<p class="verdict stops">Acknowledgement of <code>aws_kms_key.a</code> by kari: ' in page


def test_what_the_pull_request_brings_stands_first() -> None:
    """Escaped, before what is open."""
    gone = change("aws_kms_key.a", "delete", {}, None)
    review = Review(date(2026, 11, 21), (reviewed(plan(gone)),))
    brought = Brought("judge-changed", "changes <b>", "@kari", "")

    page = html(review, judge(review, (), Level.HIGH, brought=[brought]))

    assert "changes &lt;b&gt;; counts once @kari has approved this commit" in page
    assert page.index("changes &lt;b&gt;") < page.index('<ul class="open">')
    assert "May not merge: 1 thing that waits for a code owner and 1 finding" in page


def test_head_names_what_is_open() -> None:
    """The worst first, and the rest counted."""
    gone = [change(f"aws_kms_key.k{n}", "delete", {}, None) for n in range(21)]
    vpc = change("aws_vpc.v", "delete", {}, None)
    review = Review(date(2026, 11, 21), (reviewed(plan(vpc, *gone), name="prod"),))

    head = html(review, judge(review, (), Level.HIGH)).partition("</header>")[0]

    assert head.count("<li>") == 21
    assert (
        "prod <code>aws_<wbr>kms_<wbr>key.<wbr>k0</code>: everything encrypted with the key is lost" in head
    )
    assert "<li>and 2 more, below</li>" in head
    assert "vpc" not in head.partition("<ul")[2]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page in a real browser."""
    command = find_browser()
    if command is None:
        pytest.skip("no browser: chromium or google-chrome is not on PATH")
    folder = tmp_path_factory.mktemp("browser")
    (folder / "review.html").write_text(_page(hostile=_HOSTILE), "utf-8")
    with browser(command, folder / "profile") as opened:
        opened.open(folder / "review.html")
        yield opened


_SHOWN = "[...document.querySelectorAll('details.entity')].filter(e => e.checkVisibility()).length"
_FOCUSED = "document.activeElement.textContent"


def test_browser_runs_the_script_without_a_complaint(page: Page) -> None:
    """The policy lets the page's own script run and nothing of the plan."""
    told = page.run("document.getElementById('shown').textContent")

    assert told == "6 of 6 shown"
    assert page.errors == []


def test_search_shows_what_holds_all_words(page: Page) -> None:
    """Typed after a slash, cleared by Escape."""
    page.press("/")
    page.call("Input.insertText", text="kms secrets")
    found = page.run(_SHOWN)
    page.press("Escape")

    assert (found, page.run(_SHOWN)) == (1, 6)


def test_levels_and_environments_filter(page: Page) -> None:
    """A level can be switched off, an environment chosen."""
    page.run("document.querySelector('button[data-level=critical]').click()")
    without_critical = page.run(_SHOWN)
    page.run("document.querySelector('button[data-level=critical]').click()")
    page.run(
        "const s = document.getElementById('environment'); s.value = 'dev'; s.dispatchEvent(new Event('change'))"
    )
    only_dev = page.run(_SHOWN)
    page.run("s.value = ''; s.dispatchEvent(new Event('change'))")

    assert (without_critical, only_dev, page.run(_SHOWN)) == (4, 2, 6)


def test_keys_reach_everything(page: Page) -> None:
    """J and k step through the entities, Enter opens one, e and c open and close all."""
    page.press("j")
    first = page.run(_FOCUSED)
    page.press("j")
    second = page.run(_FOCUSED)
    page.press("k")
    page.press("Enter")
    opened = page.run("document.activeElement.parentElement.open")
    page.press("e")
    all_open = page.run("document.querySelectorAll('details.entity[open]').length")
    page.press("c")
    none_open = page.run("document.querySelectorAll('details.entity[open]').length")

    assert "KMS key secrets" in first
    assert second != first
    assert (opened, all_open, none_open) == (True, 6, 0)


@pytest.mark.parametrize("width", [400, 1280])
def test_no_column_is_squeezed(page: Page, width: int) -> None:
    """Values of any length leave every cell wide enough for words, and the page is no wider than the window."""
    page.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
    )
    page.press("e")

    narrowest = page.run("Math.min(...[...document.querySelectorAll('td')].map(e => e.clientWidth))")
    too_wide = page.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    marked = page.run("getComputedStyle(document.querySelector('summary'), '::before').content")
    page.press("c")
    page.call("Emulation.clearDeviceMetricsOverride")

    assert narrowest > 150
    assert too_wide == 0
    assert marked == '""'


def test_light_and_dark(page: Page) -> None:
    """The page follows the person's preference until they say otherwise."""
    colour = "getComputedStyle(document.body).backgroundColor"
    page.prefer("light")
    light = page.run(colour)
    page.prefer("dark")
    dark = page.run(colour)
    page.run("document.getElementById('theme').click()")
    chosen = page.run(colour)
    page.run("document.getElementById('theme').click()")

    assert (light, dark, chosen) == ("rgb(255, 255, 255)", "rgb(13, 17, 23)", light)
    assert page.run(colour) == dark
