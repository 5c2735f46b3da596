"""Makes the tour: a silent film of the portal's own pages, synchronised with its chapters and captions.

    .venv/bin/python tools/tour_film/make_tour.py http://127.0.0.1:8000 --data data

Needs a portal that runs with the starter content, its data folder (for the first administrator's password), Chromium
and ffmpeg. Writes film.webm and poster.webp beside the captions of the tour, where the loader of the starter content
reads them. The tour shows its own page, so after a change of the player run it, load the starter content, and run it
again.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright  # noqa: E402

from tools.tour_film.scenes import DURATION_S, show_everything  # noqa: E402
from tools.tour_film.strip import HEIGHT, WIDTH, Strip  # noqa: E402

TOUR = Path(__file__).resolve().parents[2] / "portal" / "starter" / "content" / "recordings" / "rondleiding"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    options = _options()
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None or shutil.which("ffmpeg") is None:
        sys.exit("Chromium and ffmpeg are needed. On Debian: sudo apt install chromium ffmpeg")
    password = (options.data / "admin_password").read_text().strip()
    sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--hide-scrollbars", *sandbox])
        context = browser.new_context(
            base_url=options.address,
            viewport={"width": WIDTH, "height": HEIGHT},
            locale="nl-BE",
            reduced_motion="reduce",
        )
        strip = Strip(context.new_page(), options.pictures or Path(folder))
        show_everything(strip, password)
        browser.close()
        strip.develop(TOUR / "film.webm", DURATION_S)
        strip.print_poster(TOUR / "poster.webp")
    for name in ("film.webm", "poster.webp"):
        sys.stdout.write(f"{name}: {(TOUR / name).stat().st_size:,} bytes\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("address", help="where the portal answers, for example http://127.0.0.1:8000")
    parser.add_argument("--pictures", type=Path, help="folder to keep the pictures in")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("SCHAKEL_DATA") or "data"), help="data folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
