// Makes the lines of a transcript one text to the keyboard, and comes back to the line somebody was at.
// Everything works without it, only with more scrolling.
(() => {
  const form = document.querySelector("[data-correct]");
  const lines = [...form.querySelectorAll(".correct__lines textarea")];
  let last = "";

  form.addEventListener("focusin", ({ target }) => {
    if (target.name && target.tagName === "TEXTAREA") last = target.id;
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    lines[lines.indexOf(event.target) + (event.shiftKey ? -1 : 1)]?.focus();
  });

  form.addEventListener("submit", ({ submitter }) => {
    if (last && submitter?.value !== "look") form.action = `#${last}`;
  });

  const at = document.getElementById(location.hash.slice(1));
  if (at && form.contains(at)) at.focus();
})();
