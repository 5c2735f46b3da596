/* Filters apply as they are chosen: the list beside them is asked for again, and the reader stays where she is.
   Without this, or when the portal cannot be reached, the form and the links load the page as they always do. */
const SAME_LIST = ".filters a, .chips a, .sort a, .views a";
const here = () => location.pathname + location.search;

export default function filters(element) {
  const list = element.parentElement;
  const [form, sheet, status] = ["form", "[popover]", "[role=status]"].map((name) => element.querySelector(name));
  let shown = here();
  let asking;

  async function show(url, remember = true) {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    try {
      const response = await fetch(url, { signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const theirs = page.querySelector(".filters");
      if (!response.ok || !theirs) throw new Error(response.status);
      if (remember) history.pushState(null, "", url);
      shown = here();
      document.title = page.title;
      exchange(theirs, page);
    } catch {
      if (!signal.aborted) location.assign(url);
    }
  }

  function exchange(theirs, page) {
    const focused = document.activeElement;
    const open = [...form.querySelectorAll("details")].map((details) => details.open);
    const results = theirs.nextElementSibling;
    for (const name of [".filters__open", "form"])
      element.querySelector(name).replaceChildren(...theirs.querySelector(name).childNodes);
    for (const [number, details] of form.querySelectorAll("details").entries()) details.open ||= open[number];
    for (const name of [".langs", "[data-with-filters]"]) {
      const others = [...page.querySelectorAll(name)];
      document.querySelectorAll(name).forEach((part, number) => part.replaceWith(others[number] ?? ""));
    }
    element.nextElementSibling.replaceWith(results);
    for (const id of focused.isConnected
      ? []
      : [focused.id, form.querySelector("input:enabled[id]").id, "filters-open"])
      if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
    status.textContent = results.querySelector(".tally > p").textContent.replace(/\s+/g, " ").trim();
  }

  const address = () => `?${new URLSearchParams(new FormData(form))}`;
  form.addEventListener("change", () => show(address()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sheet.hidePopover();
    list.scrollIntoView();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest(SAME_LIST);
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href);
  });
  addEventListener("popstate", () => here() !== shown && show(location.href, false));
}
