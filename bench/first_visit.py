"""What the first visit of a page costs: `.venv/bin/python bench/first_visit.py [http://127.0.0.1:8000/nl/] …`

Needs a portal that runs and Chromium. Prints for each address: the bytes that came over the wire with an empty cache
(answers with their headers), of these the JavaScript, the requests, and the largest contentful paint at 150 ms round
trip, 1.6 Mbit/s and a processor four times slower, light and on a phone's width (median of three visits).
The budget is in docs/architecture.md: 100 KB, 15 KB of JavaScript, 1.5 s.
"""

import os
import shutil
import statistics
import sys
from collections import Counter

from playwright.sync_api import Browser, sync_playwright

VISITS = 3
ROUND_TRIP_MS = 150
BYTES_A_SECOND = 1_600_000 / 8
SLOWER = 4
BUDGET = {"bytes": 100_000, "JavaScript": 15_000, "LCP": 1500}
LARGEST_PAINT = """() => new Promise(resolve => new PerformanceObserver(list => {
    const last = list.getEntries().at(-1);
    resolve([last.startTime, (last.element?.outerHTML ?? "").slice(0, 60)]);
}).observe({type: "largest-contentful-paint", buffered: true}))"""


def visit(browser: Browser, url: str) -> dict:
    """One visit with an empty cache: bytes by type of answer, requests, milliseconds to the largest paint."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    kinds, sizes, names = {}, Counter(), {}

    def answered(event):
        kinds[event["requestId"]] = event["type"]
        names[event["requestId"]] = (event["response"]["url"], event["response"]["headers"].get("content-encoding", ""))

    session.on("Network.responseReceived", answered)
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])})
    )
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load")
    page.wait_for_load_state("networkidle")
    largest, element = page.evaluate(LARGEST_PAINT)
    context.close()
    by_kind = Counter()
    for request, size in sizes.items():
        by_kind[kinds.get(request, "Other")] += size
    answers = sorted(((size, *names.get(request, ("", ""))) for request, size in sizes.items()), reverse=True)
    return {"by_kind": by_kind, "answers": answers, "lcp": largest, "element": element}


def report(browser: Browser, url: str) -> None:
    """Print the figures of one address."""
    visits = [visit(browser, url) for _turn in range(VISITS)]
    last = visits[-1]
    everything, script = last["by_kind"].total(), last["by_kind"]["Script"]
    largest = statistics.median(one["lcp"] for one in visits)
    print(f"\n{url}")
    for name, value, unit in (("bytes", everything, "B"), ("JavaScript", script, "B"), ("LCP", largest, "ms")):
        verdict = "within" if value <= BUDGET[name] else "OVER"
        print(f"  {name:12} {value:10,.0f} {unit:3} {verdict} {BUDGET[name]:,} {unit}")
    print(f"  painted last {last['element']}")
    print("  by type      " + ", ".join(f"{kind} {size:,}" for kind, size in last["by_kind"].most_common()))
    print(f"  requests     {len(last['answers'])}")
    for size, address, encoding in last["answers"][:8]:
        print(f"    {size:8,}  {encoding or 'plain':6} {address[:110]}")


def main() -> None:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("There is no Chromium. On Debian: sudo apt install chromium")
    sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=sandbox)
        for url in sys.argv[1:] or ["http://127.0.0.1:8000/nl/"]:
            report(browser, url)
        browser.close()


main()
