/* The transcript marks what is being said in a recording that plays on this page: by that, focus never moves and nothing
   scrolls. Only whoever opens the page at a moment begins there, as a browser does by itself except for the focus. */
export default function transcript(box) {
  const moment = box.querySelector(":target");
  if (moment) begin(moment);
  const video = document.querySelector("#player video");
  if (video) follow(box, video);
  if (box.dataset.copy && navigator.clipboard) addCopyButtons(box);
}

function begin(moment) {
  moment.tabIndex = -1;
  moment.focus({ preventScroll: true });
}

function follow(box, video) {
  const cues = [...box.querySelectorAll("[data-start]")];
  const starts = cues.map((cue) => Number(cue.dataset.start));
  let shown = -1;
  video.addEventListener("timeupdate", () => {
    const now = starts.findLastIndex((start) => start <= video.currentTime + 0.05);
    if (now === shown) return;
    for (const element of [cues[shown], cues[shown]?.closest(".cue")]) element?.removeAttribute("aria-current");
    shown = now;
    for (const element of [cues[shown], cues[shown]?.closest(".cue")]) element?.setAttribute("aria-current", "true");
  });
}

function addCopyButtons(box) {
  const { copy, copied } = box.dataset;
  for (const paragraph of box.querySelectorAll(".cue")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet button--small cue__copy";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(quotation(paragraph, box.dataset.cite));
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = copy;
      }, 2500);
    });
    paragraph.append(button);
  }
}

/* What is selected in the paragraph, else the sentence that is marked, else all of it; with who, where and when. */
function quotation(paragraph, cite) {
  const text = paragraph.querySelector("p");
  const selection = getSelection();
  const selected = !selection.isCollapsed && text.contains(selection.anchorNode) ? selection.toString() : "";
  const marked = text.querySelector(":target, [aria-current]");
  const words =
    selected ||
    (marked ? marked.innerText : [...text.querySelectorAll("[data-start]")].map((cue) => cue.innerText).join(" "));
  const first = selected ? selection.getRangeAt(0).startContainer.parentElement : marked;
  const who = text.querySelector(".cue__who")?.innerText;
  return `“${words.trim()}” ${[who, cite].filter(Boolean).join(", ")} ${address(paragraph, first)}`;
}

/* The address of the words themselves, where they have one, else that of their paragraph. */
function address(paragraph, words) {
  const link = new URL(paragraph.querySelector(".cue__time").href);
  const moment = words?.closest("[id^=t-]")?.id;
  if (moment) {
    link.searchParams.set("t", moment.slice(2));
    link.hash = moment;
  }
  return link.href;
}
