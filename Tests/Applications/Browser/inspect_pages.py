#!/usr/bin/env python3
"""Looks at pages with headless Chromium, as people see them: wide and narrow, light and dark.

For each page and each look it opens the page in a browser that knows nothing of the others, and finds
  - what axe-core calls serious or critical for people who use a screen reader, a keyboard or little contrast,
  - errors on the console, exceptions, and what the content security policy refused,
  - requests to other hosts than the page's own, and those that failed or were answered with an error,
  - content that is wider than the window.

It prints one line of JSON for each: {"case", "ok", "detail", "url", "width", "scheme", "screenshot", "minor"}, where
`minor` has what axe calls moderate or minor: it is told, and is no failure. Exit codes: 0 all pages were looked at,
whatever was found, 1 there is no browser, 2 usage, 3 it did not run.

Usage: inspect_pages.py [OPTIONS] URL...
  --look WIDTHxHEIGHT:SCHEME  a look, such as 400x800:dark; may be given several times
                              (without it: 1400x900 and 400x800, each light and dark)
  --screenshots FOLDER        writes NAME-WIDTH-SCHEME.png there, NAME being the page's path
  --whole                     a screenshot is of the whole page, not only of what the window shows
  --wait SELECTOR             a page is ready when this is there; without it: when it has loaded
  --settle SECONDS            looks only after so long, for pages that fill themselves; requests may go on meanwhile
  --press KEY                 pressed once the page is ready, such as Tab; may be given several times
  --header 'NAME: VALUE'      sent with each request to the page's own host, such as a token
  --status CODE               the page is answered with this status, and that is no failure
  --no-script                 as for a reader whose browser runs no scripts
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Error, Page, Request, Response, async_playwright

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
LOOKS = ["1400x900:light", "1400x900:dark", "400x800:light", "400x800:dark"]
# What axe calls its findings; these are failures.
GRAVE = {"serious", "critical"}
# Milliseconds that a page may take until it is there.
LOAD_LIMIT = 30_000
# Characters of one finding, and findings of one page, that are told.
TEXT_LIMIT = 300
FINDINGS_LIMIT = 40
# Pages that are open at the same time.
OPEN_LIMIT = 2
# These load nothing from a network.
LOCAL_SCHEMES = {"data", "blob", "about"}


@dataclass(frozen=True)
class Look:
    width: int
    height: int
    scheme: str

    @staticmethod
    def parsed(text: str) -> "Look":
        match = re.fullmatch(r"(\d+)x(\d+):(light|dark)", text)
        if not match:
            raise argparse.ArgumentTypeError(f"'{text}' is no look; write one as 400x800:dark")
        return Look(int(match[1]), int(match[2]), match[3])


@dataclass
class Findings:
    grave: list[str] = field(default_factory=list)
    minor: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        short = " ".join(text.split())[:TEXT_LIMIT]
        if short not in self.grave and len(self.grave) < FINDINGS_LIMIT:
            self.grave.append(short)


def home(url: str) -> tuple[str, str]:
    """What must be equal for two addresses to be of one place: all files are."""
    parts = urlsplit(url)
    return (parts.scheme, "" if parts.scheme == "file" else parts.netloc)


def name_of(url: str) -> str:
    parts = urlsplit(url)
    path = Path(parts.path)
    words = [path.parent.name, path.stem] if parts.scheme == "file" else [parts.path.strip("/")]
    return re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(filter(None, words))).strip("-") or "index"


def watch(page: Page, url: str, findings: Findings) -> None:
    """Everything that a page does from its first byte on."""
    def said(message) -> None:
        # A status of the page itself is looked at on its own.
        is_of_status = message.text.startswith("Failed to load resource") and message.location.get("url") == url
        if message.type == "error" and not is_of_status:
            findings.add(f"console: {message.text}")

    def requested(request: Request) -> None:
        if urlsplit(request.url).scheme not in LOCAL_SCHEMES and home(request.url) != home(url):
            findings.add(f"request elsewhere: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.url != url:
            findings.add(f"{response.status}: {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: findings.add(f"exception: {error}"))
    page.on("request", requested)
    page.on("response", answered)
    page.on("requestfailed", lambda request: findings.add(f"failed: {request.url}: {request.failure}"))


async def accessibility(page: Page, findings: Findings) -> None:
    # Without `preload` it would ask for style sheets itself, which a strict policy refuses.
    result = await Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    for rule in result.response["violations"]:
        for node in rule["nodes"]:
            where = " ".join(str(part) for part in node["target"])
            text = f"axe {rule['impact']}: {rule['id']}: {rule['help']}: {where}: {node['html']}"
            if rule["impact"] in GRAVE:
                findings.add(text)
            elif len(findings.minor) < FINDINGS_LIMIT:
                findings.minor.append(" ".join(text.split())[:TEXT_LIMIT])


async def width(page: Page, findings: Findings) -> None:
    wide, window = await page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if wide > window:
        findings.add(f"the content is {wide} pixels wide, the window {window}")


async def inspect(page: Page, url: str, look: Look, options: argparse.Namespace) -> dict:
    findings = Findings()
    shot = None
    watch(page, url, findings)
    try:
        response = await page.goto(url, timeout=LOAD_LIMIT, wait_until="load")
        status = response.status if response is not None else 200
        if status >= 400 and status != options.status:
            findings.add(f"{status}: {url}")
        if options.wait:
            await page.wait_for_selector(options.wait, timeout=LOAD_LIMIT)
        if options.settle:
            await asyncio.sleep(options.settle)
        for key in options.press:
            await page.keyboard.press(key)
        await width(page, findings)
        if options.screenshots:
            shot = str(Path(options.screenshots) / f"{name_of(url)}-{look.width}-{look.scheme}.png")
            await page.screenshot(path=shot, full_page=options.whole)
        # Its rules are a script, too.
        if not options.no_script:
            await accessibility(page, findings)
    except Error as error:
        findings.add(f"the page was not there: {error.message}")
    return {
        "case": f"{name_of(url)} {look.width} {look.scheme}",
        "ok": not findings.grave,
        "detail": "; ".join(findings.grave),
        "url": url,
        "width": look.width,
        "scheme": look.scheme,
        "screenshot": shot,
        "minor": findings.minor,
    }


async def run(options: argparse.Namespace) -> None:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        sys.exit("inspect_pages: there is no Chromium: run scripts/setup.sh --test")
    # Root has no sandbox of Chromium's, and a container's /dev/shm is often too small for it.
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=flags)
        places = asyncio.Semaphore(OPEN_LIMIT)

        async def look_at(url: str, look: Look) -> None:
            async with places:
                context = await browser.new_context(
                    viewport={"width": look.width, "height": look.height},
                    color_scheme=look.scheme,
                    java_script_enabled=not options.no_script,
                    extra_http_headers=dict(options.header),
                )
                verdict = await inspect(await context.new_page(), url, look, options)
                await context.close()
                print(json.dumps(verdict), flush=True)

        await asyncio.gather(*(look_at(url, look) for url in options.urls for look in options.look))
        await browser.close()


def header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise argparse.ArgumentTypeError(f"'{text}' is no field; write one as 'Name: value'")
    return name.strip(), value.strip()


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__, add_help=True)
    parser.add_argument("urls", nargs="+", metavar="URL")
    parser.add_argument("--look", action="append", type=Look.parsed)
    parser.add_argument("--screenshots")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--wait")
    parser.add_argument("--settle", type=float, default=0)
    parser.add_argument("--press", action="append", default=[])
    parser.add_argument("--header", action="append", type=header, default=[])
    parser.add_argument("--status", type=int, default=200)
    parser.add_argument("--no-script", action="store_true")
    options = parser.parse_args()
    options.look = options.look or [Look.parsed(look) for look in LOOKS]
    if options.screenshots:
        Path(options.screenshots).mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(run(options))
    except Error as error:
        print(f"inspect_pages: the browser did not run: {error.message}", file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
