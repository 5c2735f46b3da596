/* Shows the funding acknowledgement of a project anew while the fields that it is computed from are filled in. */
document.addEventListener("DOMContentLoaded", () => {
  const panel = document.querySelector("[data-acknowledgement]");
  if (!panel) return;
  const names = panel.dataset.fields.split(" ");
  const form = panel.closest("form");
  let waiting;
  let asked = 0;

  async function ask() {
    const facts = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (names.includes(name)) facts.append(name, value);
    }
    const mine = ++asked;
    const answer = await fetch(`${panel.dataset.acknowledgement}?${facts}`);
    // An answer that was overtaken by a later question, or a login page, says nothing about the form as it is now.
    if (mine === asked && answer.ok && !answer.redirected) panel.innerHTML = await answer.text();
  }

  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
});
