#!/usr/bin/env python3
"""Uses a page in headless Chromium, step by step, as a person would who never reloads it.

Steps are done in their order. Each prints one line of JSON: {"case", "ok", "detail"}; behind them stands one for the page
as a whole: it was never loaded again, wrote no error to its console, and asked nobody but its own host.
Exit codes: 0 all steps were done, whatever came of them, 1 there is no browser, 2 usage, 3 it did not run.

Usage: use_page.py [STEPS] URL
  --absent SELECTOR   nothing in the page is like that
  --expect SELECTOR   something is, within twenty seconds
  --get URL           asked for, beside the page; the answer may be any
  --click SELECTOR    clicked; a question that the page asks is answered with yes
  --focus SELECTOR    focused, as by a keyboard
  --focused SELECTOR  what is focused is that
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, async_playwright

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
# Milliseconds that anything may take until it is there.
WAIT_LIMIT = 20_000


class Step(argparse.Action):
    def __call__(self, parser, namespace, value, option=None):
        namespace.steps.append((option.lstrip("-"), value))


def say(case: str, detail: str) -> None:
    print(json.dumps({"case": case, "ok": not detail, "detail": " ".join(detail.split())[:400]}), flush=True)


def get(url: str) -> None:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            answer.read()
    except (urllib.error.HTTPError, OSError):
        pass


async def do(page: Page, verb: str, value: str) -> str:
    match verb:
        case "absent":
            return "" if await page.query_selector(value) is None else f"{value} is there"
        case "expect":
            await page.wait_for_selector(value, timeout=WAIT_LIMIT)
        case "get":
            await asyncio.to_thread(get, value)
        case "click":
            await page.click(value, timeout=WAIT_LIMIT)
        case "focus":
            await page.focus(value, timeout=WAIT_LIMIT)
        case "focused":
            found = await page.evaluate("(selector) => document.activeElement.matches(selector)", value)
            return "" if found else await page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    return ""


async def use(page: Page, url: str, steps: list[tuple[str, str]]) -> None:
    faults: list[str] = []
    loads = 0

    def loaded(_) -> None:
        nonlocal loads
        loads += 1

    page.on("load", loaded)
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    page.on("pageerror", lambda error: faults.append(f"exception: {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: faults.append(f"elsewhere: {request.url}")
            if urlsplit(request.url).netloc != urlsplit(url).netloc else None)
    await page.goto(url, wait_until="load", timeout=WAIT_LIMIT)
    for verb, value in steps:
        try:
            detail = await do(page, verb, value)
        except Error as error:
            detail = error.message
        say(f"{verb} {value}", detail)
        if detail:
            break
    if loads != 1:
        faults.append(f"loaded {loads} times")
    say("the page as a whole", "; ".join(faults))


async def run(options: argparse.Namespace) -> None:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        sys.exit("use_page: there is no Chromium: run scripts/setup.sh --test")
    # Root has no sandbox of Chromium's, and a container's /dev/shm is often too small for it.
    flags = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=program, args=flags)
        await use(await browser.new_page(viewport={"width": 1200, "height": 900}), options.url, options.steps)
        await browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__, add_help=True)
    parser.set_defaults(steps=[])
    parser.add_argument("url", metavar="URL")
    for verb in ["absent", "expect", "get", "click", "focus", "focused"]:
        parser.add_argument(f"--{verb}", action=Step, dest="steps")
    options = parser.parse_args()
    try:
        asyncio.run(run(options))
    except Error as error:
        print(f"use_page: the browser did not run: {error.message}", file=sys.stderr)
        sys.exit(3)


if __name__ == "__main__":
    main()
