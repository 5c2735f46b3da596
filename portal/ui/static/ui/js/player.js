/* The player: only after the click does the browser speak to the platform. It tells the chapters and the transcript the
   second that is heard: the event `moment`, with the link when a reader chose it. */
export default function player(box) {
  const facade = box.querySelector("a[data-embed]");
  const video = box.querySelector("video");
  const trouble = document.querySelector(".player__trouble");
  facade?.addEventListener("click", (event) => {
    if (asksForAnotherTab(event)) return;
    event.preventDefault();
    play(box, from(facade.dataset.embed, momentAsked()), facade.dataset.title);
    trouble.hidden = false;
  });
  if (video) {
    const begin = momentAsked() || Number(video.dataset.at);
    if (begin) video.currentTime = begin;
    video.addEventListener("timeupdate", () => tell(video.currentTime));
    // Errors of a source do not bubble.
    video.addEventListener("error", () => (box.hidden = !(trouble.hidden = false)), true);
  }

  // A moment of this page is heard here; the address says which. Before the click only the words are shown.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#t-']");
    const frame = box.querySelector("iframe");
    if (!link || asksForAnotherTab(event)) return;
    const address = new URL(link.getAttribute("href"), location.href);
    const words = document.getElementById(address.hash.slice(1))?.closest("[data-start]");
    if (address.pathname !== location.pathname || !(video || frame || words)) return;
    event.preventDefault();
    address.searchParams.set("t", address.hash.slice(3));
    history.replaceState(null, "", address);
    const second = Math.max(address.hash.slice(3), words?.dataset.start ?? 0);
    tell(second, link, words);
    if (video) {
      video.currentTime = second;
      video.play().catch(() => {});
    } else if (frame) {
      play(box, from(frame.src, Math.floor(second)), frame.title);
    }
  });
}

/* The page is the same for every moment; which one was asked for stands in the address only. */
const momentAsked = () => Math.floor(Number(new URLSearchParams(location.search).get("t"))) || 0;

const tell = (second, link, words) =>
  document.dispatchEvent(new CustomEvent("moment", { detail: { second, link, words } }));

function from(address, second) {
  const embed = new URL(address);
  if (second) embed.searchParams.set("start", second);
  return embed;
}

const asksForAnotherTab = (event) => event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;

function play(box, address, title) {
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  const focused = box.contains(document.activeElement);
  box.replaceChildren(frame);
  if (focused) frame.focus();
}
