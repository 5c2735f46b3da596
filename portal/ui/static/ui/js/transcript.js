/* The transcript marks what is heard. Focus and page stay where they are; only a column of its own scrolls. Whoever opens
   the page at a moment, or chooses one outside the film and the text (or a chapter twice), begins at its words. */
export default function transcript(box) {
  const column = box.closest(".watch__words") ?? box;
  const now = document.querySelector(".now");
  const cues = [...box.querySelectorAll("[data-start]")];
  const starts = cues.map((cue) => Number(cue.dataset.start));
  const at = (second) => cues[starts.findLastIndex((start) => start <= second + 0.05)];
  const tools = sentenceTools(box);
  let shown, chosen;

  function mark(cue) {
    shown?.removeAttribute("aria-current");
    cue?.setAttribute("aria-current", "true");
    shown = cue;
    box.dataset.marked = "";
    if (!now) return;
    now.hidden = !cue;
    if (!cue) return;
    now.firstElementChild.href = addressOf(cue).hash;
    now.firstElementChild.textContent = clock(cue.dataset.start);
    now.lastElementChild.textContent = cue.innerText;
  }

  function offer(cue) {
    tools.querySelector("a").href = addressOf(cue);
    cue.closest(".cue").append(tools);
  }

  function reveal(cue) {
    const area = column.getBoundingClientRect();
    column.scrollTop += cue.getBoundingClientRect().top - area.top - area.height / 4;
  }

  function begin(cue) {
    cue.scrollIntoView({ block: "nearest" });
    cue.tabIndex = -1;
    cue.focus({ preventScroll: true });
  }

  function isInView(cue) {
    const area = column.getBoundingClientRect();
    const place = cue?.getBoundingClientRect();
    return place && place.top >= area.top && place.bottom <= area.bottom;
  }

  document.addEventListener("moment", ({ detail: { second, link, words } }) => {
    const cue = link ? words : at(second);
    if (!link && cue === shown) return;
    const follows = isInView(shown);
    mark(cue);
    if (cue && link) offer(cue);
    if (cue && (link ? !box.contains(link) : follows && !isInView(cue))) reveal(cue);
    if (cue && link && !box.contains(link) && (link === chosen || !link.closest(".dock"))) begin(cue);
    chosen = link ?? chosen;
  });

  const asked = new URLSearchParams(location.search).get("t");
  const target = box.querySelector(":target") ?? (asked && at(Number(asked)));
  if (!target) return;
  const first = target.closest("[data-start]");
  mark(first);
  offer(first);
  reveal(first);
  begin(target);
}

const clock = (second) =>
  new Date(second * 1000)
    .toISOString()
    .slice(11, 19)
    .replace(/^0(0:0?)?/, "");

/* Copies what is selected in a paragraph, else the sentence that is marked; with who, where and when. */
function sentenceTools(box) {
  const { copy, copied, cite, address } = box.dataset;
  const tools = document.createElement("p");
  tools.className = "cue__tools";
  tools.append(Object.assign(document.createElement("a"), { textContent: address }));
  if (!navigator.clipboard) return tools;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: copy });
  button.addEventListener("click", async () => {
    const paragraph = tools.closest(".cue");
    const cue = paragraph.querySelector("[aria-current]") ?? paragraph.querySelector("[data-start]");
    const selection = getSelection();
    const selected = paragraph.contains(selection.anchorNode) && selection.toString();
    const who = paragraph.querySelector(".cue__who")?.innerText;
    const from = [who, cite].filter(Boolean).join(", ");
    await navigator.clipboard.writeText(`“${(selected || cue.innerText).trim()}” ${from} ${addressOf(cue)}`);
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2500);
  });
  tools.prepend(button);
  return tools;
}

/* The address of a sentence, in the language of the transcript that is shown. */
function addressOf(cue) {
  const link = new URL(cue.closest(".cue").querySelector(".cue__time").href);
  const moment = cue.closest("[id^=t-]")?.id;
  if (moment) {
    link.searchParams.set("t", moment.slice(2));
    link.hash = moment;
  }
  return link;
}
