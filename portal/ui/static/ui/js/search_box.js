/* Suggestions under the question box: the combobox pattern of the ARIA practices (list autocomplete, manual selection).
   The box stays an ordinary box: Enter asks the question unless a suggestion was chosen with the arrow keys. */
const PAUSE_MS = 90;
const SHORTEST = 2;

export default function searchBox(form) {
  const input = form.querySelector("input[type=search]");
  const { suggest: address, label } = form.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  }))
    input.setAttribute(name, value);

  const known = new Map();
  let urls = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  const isOpen = () => !list.hidden;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show({ suggestions, said }) {
    urls = suggestions.map((one) => one.url);
    list.replaceChildren(...suggestions.map(option));
    mark(-1);
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(isOpen()));
    status.textContent = said;
  }

  function option({ title, kind, other, language }, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = item.appendChild(document.createElement("span"));
    name.textContent = other ? `${other} → ${title}` : title;
    name.lang = language;
    const pause = item.appendChild(document.createElement("span"));
    pause.className = "visually-hidden";
    pause.textContent = ", ";
    item.appendChild(document.createElement("small")).textContent = kind;
    return item;
  }

  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < SHORTEST) return close();
    if (known.has(text)) return show(known.get(text));
    const { signal } = (asking = new AbortController());
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(text)}`, { signal });
      if (answer.ok) known.set(text, await answer.json());
    } catch {
      // Typing went on, or the network is gone: the box works without suggestions.
    }
    if (signal.aborted || document.activeElement !== input) return;
    if (known.has(text)) show(known.get(text));
    else close();
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" && !isOpen() && input.value.trim().length >= SHORTEST) ask();
    else if (event.key === "ArrowDown" && isOpen()) mark(active < last ? active + 1 : -1);
    else if (event.key === "ArrowUp" && isOpen()) mark(active < 0 ? last : active - 1);
    else if (event.key === "Enter" && active >= 0) location.assign(urls[active]);
    else if (event.key === "Escape" && isOpen()) {
      close();
      event.stopPropagation();
    } else {
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) mark(-1);
      return;
    }
    event.preventDefault();
  });

  // The list never takes the focus, so that a click does not close it first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("li"));
    if (index < 0) return;
    if (event.ctrlKey || event.metaKey) open(urls[index], "_blank", "noopener");
    else location.assign(urls[index]);
  });
}
