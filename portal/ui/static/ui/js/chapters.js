/* Marks the chapter that is heard, or that the address asks for. */
export default function chapters(nav) {
  const links = [...nav.querySelectorAll("a")];
  const mark = (second) => {
    const current = links.findLast((link) => Number(link.hash.slice(3)) <= second + 0.05);
    for (const link of links) {
      if (link !== current) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        nav.firstElementChild.scrollLeft = link.offsetLeft - nav.clientWidth / 2;
      }
    }
  };
  document.addEventListener("moment", (event) => mark(event.detail.second));
  const asked = Number(new URLSearchParams(location.search).get("t"));
  if (asked) mark(asked);
}
