"""What a visitor waits for while others hold the site: `.venv/bin/python bench/load.py http://localhost:8000`.

Asks for pages one after the other while, in turn, nobody else is there; passwords are tried; somebody searches; a long
file is read a byte at a time; a form is sent a byte at a time; requests never end their headers. Prints for each the
median, 95th percentile and longest time of a page in milliseconds, and how the admin, a search and the file answer
meanwhile. Give the path of a film or document of more than 1 MB as second argument for the slow readers. Through nginx,
give its address (docs/operations.md, "A proxy in front").
"""

import re
import socket
import statistics
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

SECONDS = 6
SLOW = 40
PAGES = ("/nl/", "/nl/methodieken/", "/nl/webinars/?utm_source={}", "/fr/", "/nl/over/?fbclid={}")


def main(base: str, file: str) -> None:
    place = urlsplit(base)
    address = (place.hostname, place.port or 80)
    loads = {
        "nobody else": nothing(),
        "8 logins": working(8, lambda: login(base)),
        "8 searches": working(8, lambda: status(f"{base}/nl/zoeken/?q=overlast&n={time.time_ns()}")),
        "slow bodies": holding(address, post_that_never_ends),
        "slow headers": holding(address, headers_that_never_end),
    }
    if file:
        loads["slow readers"] = holding(address, lambda host: f"GET {file} HTTP/1.1\r\nHost: {host}\r\n\r\n")
    print(f"{'':14} median    p95    max   admin search file")
    for name, load in loads.items():
        with load:
            time.sleep(1)
            others = [status(base + path) for path in ("/admin/login/", "/nl/zoeken/?q=buurt", file) if path]
            times = sorted(pages(base))
        cut = statistics.quantiles(times, n=20)[-1]
        print(f"{name:14} {statistics.median(times):6.1f} {cut:6.1f} {times[-1]:6.1f}  ", *others, flush=True)


def pages(base: str):
    """The milliseconds of each page that is asked for."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for path in PAGES:
            begun = time.monotonic()
            status(base + path.format(time.time_ns()))
            yield (time.monotonic() - begun) * 1000


def status(url: str) -> int | str:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError as error:
        return type(error).__name__


def login(base: str) -> None:
    """Try a wrong password, as a browser would."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        form = browser.open(f"{base}/admin/login/", timeout=20).read().decode()
        token = re.search('csrfmiddlewaretoken" value="([^"]+)', form)[1]
        data = {"csrfmiddlewaretoken": token, "username": f"load{time.time_ns()}", "password": "x"}
        browser.open(f"{base}/admin/login/", urllib.parse.urlencode(data).encode(), timeout=20)
    except OSError:
        time.sleep(0.05)


@contextmanager
def nothing():
    yield


@contextmanager
def working(number: int, work):
    stop = threading.Event()

    def go_on():
        while not stop.is_set():
            work()

    threads = [threading.Thread(target=go_on) for _number in range(number)]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join()


@contextmanager
def holding(address, first_words):
    """Connections that say something, and then neither send nor read."""
    held = []
    for _number in range(SLOW):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(address)
        one.sendall(first_words(address[0]).encode())
        held.append(one)
    yield
    for one in held:
        one.close()
    time.sleep(1)


def post_that_never_ends(host: str) -> str:
    return (
        f"POST /admin/login/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken={'a' * 32}\r\n\r\na=1"
    )


def headers_that_never_end(host: str) -> str:
    return f"GET /nl/ HTTP/1.1\r\nHost: {host}"


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2] if len(sys.argv) > 2 else "")
