// Makes the lines of a transcript one text to the keyboard, and comes back to the line somebody was at.
// Everything works without it, only with more scrolling.
(() => {
  const form = document.querySelector("[data-correct]");
  const lines = [...form.querySelectorAll(".correct__lines textarea")];
  let last = "";

  form.addEventListener("focusin", ({ target }) => {
    if (target.name && target.closest(".correct__lines")) last = `c${target.id.slice(1)}`; // the text of the line
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "TEXTAREA") return;
    if ("divides" in event.target.dataset && !event.shiftKey) return; // there Enter divides the line
    event.preventDefault();
    lines[lines.indexOf(event.target) + (event.shiftKey ? -1 : 1)]?.focus();
  });

  form.addEventListener("submit", ({ submitter }) => {
    if (last && !submitter?.hasAttribute("formaction")) form.action = `#${last}`;
  });

  const wrong = form.querySelector("[aria-invalid]");
  const at = wrong || document.getElementById(location.hash.slice(1));
  // When all is there: the browser itself goes to the fragment of the address first.
  if (at && form.contains(at)) {
    window.addEventListener("load", () => {
      at.focus();
      wrong?.scrollIntoView({ block: "center" }); // clear of the message that comes in above
    });
  }
})();
