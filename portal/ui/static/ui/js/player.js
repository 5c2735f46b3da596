/* The player: only after the click does the browser speak to the platform. */
export default function player(box) {
  const facade = box.querySelector("a[data-embed]");
  facade?.addEventListener("click", (event) => {
    if (asksForAnotherTab(event)) return;
    event.preventDefault();
    play(box, from(facade.dataset.embed, momentAsked()), facade.dataset.title);
  });
  const video = box.querySelector("video");
  const begin = momentAsked() || (video && Number(video.dataset.at));
  if (video && begin) video.currentTime = begin;

  // Once something plays here, a moment on this page is heard here, and the address says which.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#t-']");
    const frame = box.querySelector("iframe");
    if (!link || !(frame || video) || asksForAnotherTab(event)) return;
    const address = new URL(link.getAttribute("href"), location.href);
    if (address.pathname !== location.pathname) return;
    // A link within the page also goes to the words; any other would load the page again.
    if (!link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      history.replaceState(null, "", address);
    }
    const second = Number(address.hash.slice(3));
    if (video) {
      video.currentTime = second;
      video.play();
    } else {
      play(box, from(frame.src, second), frame.title);
    }
  });
}

/* The page is the same for every moment; which one was asked for stands in the address only. */
const momentAsked = () => Math.floor(Number(new URLSearchParams(location.search).get("t"))) || 0;

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
