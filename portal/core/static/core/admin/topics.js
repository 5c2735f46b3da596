// Choosing topics from a long list: a box that narrows the list, which opens under it, and what is chosen as buttons.
// Without this script the list is an ordinary one.
(() => {
  const { filter, remove, none } = document.currentScript.dataset;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function improve(list) {
    if (list.dataset.improved) return;
    list.dataset.improved = "true";
    const frame = make("div", { className: "topic-list" });
    const chosen = make("ul", { className: "topic-list__chosen" });
    const field = make("div", { className: "topic-list__field" });
    const box = make("input", { type: "search", className: "topic-list__filter", autocomplete: "off" });
    box.setAttribute("aria-label", filter);
    box.placeholder = filter;
    const nothing = make("p", { className: "topic-list__none", textContent: none, hidden: true });
    nothing.setAttribute("role", "status");
    list.before(frame);
    field.append(box, list, nothing);
    frame.append(chosen, field);

    const changed = () => {
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const show = () => {
      chosen.replaceChildren(
        ...[...list.options]
          .filter((option) => option.selected)
          .map((option) => {
            const button = make("button", { type: "button", className: "topic-list__chip", textContent: option.text });
            button.setAttribute("aria-label", remove.replace("{topic}", option.text));
            button.addEventListener("click", () => {
              option.selected = false;
              changed();
              box.focus();
            });
            const item = document.createElement("li");
            item.append(button);
            return item;
          }),
      );
    };

    const narrow = () => {
      const wanted = plain(box.value.trim());
      let left = 0;
      for (const option of list.options) {
        option.hidden = !plain(`${option.text}, ${option.dataset.words || ""}`).includes(wanted);
        left += !option.hidden;
      }
      list.hidden = left === 0;
      nothing.hidden = left > 0;
    };

    // One click chooses or unchooses; nobody has to know that Ctrl keeps the others.
    list.addEventListener("mousedown", (event) => {
      if (event.target.tagName !== "OPTION" || event.button) return;
      event.preventDefault();
      const top = list.scrollTop;
      event.target.selected = !event.target.selected;
      list.focus();
      list.scrollTop = top;
      changed();
    });
    list.addEventListener("change", show);
    box.addEventListener("input", narrow);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const wanted = plain(box.value.trim());
      const left = [...list.options].filter((option) => !option.hidden && !option.selected);
      const first = left.find((option) => plain(option.text).startsWith(wanted)) || left[0];
      if (first && wanted) {
        first.selected = true;
        box.value = "";
        narrow();
        changed();
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") document.activeElement.blur();
    });
    show();
  }

  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("select[multiple][data-topic-list]").forEach(improve),
  );
})();
