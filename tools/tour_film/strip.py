"""Records a browser window as a strip of pictures, each with how long it is shown, and makes the film from them."""

import shutil
import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

WIDTH, HEIGHT = 1280, 720
FRAMES_A_SECOND = 8
STEP_S = 1 / FRAMES_A_SECOND
KEY_FRAME_S = 5
SCROLL_STEPS = 10
POINTER_STEPS = 5
POSTER_BYTES = 100_000
FILM_BYTES = 3_000_000

# Drawn through the object model: the page's policy has no room for a style element or a style attribute in the markup.
DRAW_POINTER = """([x, y, pressed]) => {
    let pointer = document.getElementById("tour-pointer");
    if (!pointer) {
        pointer = document.createElement("div");
        pointer.id = "tour-pointer";
        document.documentElement.append(pointer);
    }
    Object.assign(pointer.style, {
        position: "fixed", zIndex: 2147483647, pointerEvents: "none",
        width: "26px", height: "26px", borderRadius: "50%",
        left: `${x - 13}px`, top: `${y - 13}px`, border: "3px solid #fff", boxShadow: "0 0 0 2px #a4262c",
        background: pressed ? "#a4262c" : "rgb(164 38 44 / .35)",
    });
}"""

# The admin scrolls its content, the public site the window.
SCROLLER = (
    "(document.scrollingElement.scrollHeight > innerHeight"
    " ? document.scrollingElement : document.querySelector('main'))"
)


class Strip:
    """The film while it is being made: `page` is the window, `elapsed_s` what has been filmed."""

    def __init__(self, page: Page, folder: Path):
        self.page = page
        self.folder = folder
        self.shots: list[tuple[Path, float]] = []
        self.poster: Path | None = None
        self._pointer: tuple[float, float] | None = None

    @property
    def elapsed_s(self) -> float:
        return sum(seconds for _path, seconds in self.shots)

    # -- time ----------------------------------------------------------------------------------------------------
    def shoot(self, seconds: float = STEP_S) -> None:
        """Take a picture of the window and show it that long."""
        if self._pointer:
            self.page.evaluate(DRAW_POINTER, [*self._pointer, False])
        path = self.folder / f"{len(self.shots):05}.png"
        self.page.screenshot(path=path, animations="disabled", caret="initial")
        self.shots.append((path, seconds))

    def hold_until(self, second: float) -> None:
        """Show the window as it is now until that second of the film. Raises ValueError when that has passed."""
        left = second - self.elapsed_s
        if left < -STEP_S / 2:
            raise ValueError(f"A scene that is to end at {second} s already lasts until {self.elapsed_s:.2f} s.")
        if left > STEP_S / 2:
            self.shoot(left)

    # -- what a visitor does -------------------------------------------------------------------------------------
    def open(self, path: str) -> None:
        """Go to an address; the pointer is put away."""
        self._pointer = None
        self.page.goto(path, wait_until="networkidle")

    def scroll_to(self, target: Locator | int, margin: int = 60) -> None:
        """Scroll in steps until an element stands `margin` pixels under the upper edge, or to a height in pixels."""
        begin = self.page.evaluate(f"{SCROLLER}.scrollTop")
        if isinstance(target, int):
            end = target
        else:
            end = begin + target.evaluate("element => element.getBoundingClientRect().top") - margin
        lowest = self.page.evaluate(f"{SCROLLER}.scrollHeight - {SCROLLER}.clientHeight")
        end = round(max(0, min(end, lowest)))
        self._pointer = None
        self.page.evaluate("document.getElementById('tour-pointer')?.remove()")
        if end == begin:
            return
        for step in range(1, SCROLL_STEPS + 1):
            part = step / SCROLL_STEPS
            eased = part * part * (3 - 2 * part)
            self.page.evaluate(
                f"height => {SCROLLER}.scrollTo({{top: height, behavior: 'instant'}})",
                round(begin + (end - begin) * eased),
            )
            self.shoot()

    def point_at(self, target: Locator) -> None:
        """Move the pointer to the middle of an element."""
        box = target.bounding_box()
        if box is None:
            raise ValueError(f"There is nothing to point at: {target} is not visible.")
        end = (box["x"] + min(box["width"] / 2, 160), box["y"] + box["height"] / 2)
        begin = self._pointer or (WIDTH * 0.62, HEIGHT * 0.72)
        for step in range(1, POINTER_STEPS + 1):
            part = step / POINTER_STEPS
            self._pointer = (begin[0] + (end[0] - begin[0]) * part, begin[1] + (end[1] - begin[1]) * part)
            self.shoot()

    def click(self, target: Locator) -> None:
        """Point at an element and click it."""
        self.point_at(target)
        self.page.evaluate(DRAW_POINTER, [*(self._pointer or ()), True])
        path = self.folder / f"{len(self.shots):05}.png"
        self.page.screenshot(path=path, animations="disabled")
        self.shots.append((path, 2 * STEP_S))
        target.click()
        self.page.wait_for_load_state("networkidle")

    def type(self, target: Locator, text: str) -> None:
        """Write in a field, letter by letter."""
        for letter in text:
            target.press_sequentially(letter)
            self.shoot()

    # -- the film ------------------------------------------------------------------------------------------------
    def keep_as_poster(self) -> None:
        """Use the last picture as the poster of the film."""
        self.poster = self.shots[-1][0]

    def develop(self, film: Path, duration_s: float) -> None:
        """Make the VP9 film. Raises ValueError if its duration is wrong or it is too large."""
        if abs(self.elapsed_s - duration_s) > STEP_S:
            raise ValueError(f"The film lasts {self.elapsed_s:.2f} s, and its captions {duration_s} s.")
        script = self.folder / "shots.txt"
        lines = [f"file '{path}'\nduration {seconds:.4f}" for path, seconds in self.shots]
        script.write_text("\n".join([*lines, f"file '{self.shots[-1][0]}'"]) + "\n")
        # A key frame in every caption, so that a player jumps to it quickly.
        command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "concat", "-safe", "0", "-i", script, "-an"]
        command += ["-vf", f"fps={FRAMES_A_SECOND},format=yuv420p", "-t", str(duration_s), "-c:v", "libvpx-vp9"]
        command += [
            "-crf",
            "42",
            "-b:v",
            "0",
            "-g",
            str(KEY_FRAME_S * FRAMES_A_SECOND),
            "-deadline",
            "good",
            "-cpu-used",
            "2",
        ]
        developed = self.folder / film.name
        command += ["-row-mt", "1", "-fflags", "+bitexact", "-map_metadata", "-1", developed]
        subprocess.run([str(part) for part in command], check=True)
        if developed.stat().st_size > FILM_BYTES:
            raise ValueError(f"{film.name} has {developed.stat().st_size:,} bytes, more than {FILM_BYTES:,}.")
        shutil.copyfile(developed, film)

    def print_poster(self, path: Path) -> None:
        """Save the poster in the best quality that stays under its limit."""
        if self.poster is None:
            raise ValueError("No picture was kept as the poster.")
        with Image.open(self.poster) as picture:
            for quality in range(90, 30, -10):
                picture.convert("RGB").save(path, "WEBP", quality=quality, method=6)
                if path.stat().st_size <= POSTER_BYTES:
                    return
        raise ValueError(f"{path.name} does not fit in {POSTER_BYTES:,} bytes.")
