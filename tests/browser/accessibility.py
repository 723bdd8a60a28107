"""Judges what is on the screen: axe's rules of WCAG 2.2 AA, and no scrolling to the side."""

from functools import cache
from typing import Any, Final, Literal

from playwright.sync_api import Page

from infra.local.stamps import PROJECT

_AXE: Final = PROJECT / "frontend/node_modules/axe-core/axe.min.js"
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A theme changes colours only, so the other rules are asked in one of the two.
_OF_COLOUR: Final = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RUN: Final = """
async (rules) => {
  for (const animation of document.getAnimations()) animation.finish();
  // A mail shows in a sandboxed frame, where no script can look.
  const result = await axe.run(document, {
    runOnly: rules, resultTypes: ["violations"], iframes: false,
  });
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`));
}
"""
_WEAR: Final = """
theme => document.documentElement.setAttribute("data-mantine-color-scheme", theme)
"""
Theme = Literal["light", "dark"]
THEMES: Final[tuple[Theme, Theme]] = ("light", "dark")


def flaws(page: Page) -> list[str]:
    """What axe finds in either theme, and whether the page is wider than its window."""
    found = [flaw for theme in THEMES for flaw in _axe(page, theme)]
    sideways = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, f"the page is {sideways} px too wide"] if sideways else found


def _axe(page: Page, theme: Theme) -> list[str]:
    page.emulate_media(color_scheme=theme)
    if page.evaluate("!window.axe"):
        page.evaluate(_axe_source())
    # The browser reports a change of theme with its next frame, and a page nobody looks at may
    # wait long for one. That the app follows the system is test_finding's business.
    page.evaluate(_WEAR, theme)
    found: list[Any] = page.evaluate(_RUN, _RULES if theme == "light" else _OF_COLOUR)
    return [f"{theme}: {flaw}" for flaw in found]


@cache
def _axe_source() -> str:
    return _AXE.read_text(encoding="utf-8")
