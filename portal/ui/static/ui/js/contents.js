/* Marks in the list of contents which section is being read. */
export default function contents(nav) {
  const links = [...nav.querySelectorAll("a[href^='#']")];
  const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    const edge = innerHeight * 0.3;
    let current = -1;
    sections.forEach((section, index) => {
      if (section && section.getBoundingClientRect().top <= edge) current = index;
    });
    links.forEach((link, index) => {
      if (index === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "-5% 0px -65% 0px", threshold: [0, 1] });
  sections.forEach((section) => section && observer.observe(section));
  const details = nav.querySelector("details");
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a") && nav.querySelector("summary").checkVisibility()) details.open = false;
  });
  mark();
}
