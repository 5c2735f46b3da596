// Puts what changed in a Dutch passage right above that passage in the translation editor, which is drawn by a script of
// its own. A passage that is not found there stays in the list above the editor.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector(".passage-changes");
  const editor = document.querySelector(".js-translation-editor");
  if (!list || !editor) return;

  const place = () => {
    for (const change of list.querySelectorAll("[data-changed-passage]")) {
      const row = [...editor.querySelectorAll("li.errored")].find((one) =>
        [...one.children].some((child) => child.textContent === change.dataset.changedPassage),
      );
      if (!row) continue;
      const note = document.createElement("p");
      note.lang = change.lang;
      note.className = change.className;
      note.append(...change.childNodes);
      row.prepend(note);
      change.remove();
    }
    if (!list.querySelector("[data-changed-passage]")) list.hidden = true;
  };
  new MutationObserver(place).observe(editor, { childList: true, subtree: true });
  place();
});
