// "12 of 100 words" under a text with data-word-limit. The form says it too when it is sent; this says it while writing.
(() => {
  const { words } = document.currentScript.dataset;

  const count = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

  function follow(text) {
    if (text.dataset.wordsCounted) return;
    text.dataset.wordsCounted = "true";
    const limit = Number(text.dataset.wordLimit);
    const line = document.createElement("p");
    line.className = "words";
    line.id = `${text.id}-words`;
    text.after(line);
    text.setAttribute("aria-describedby", `${text.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
    const say = () => {
      const number = count(text.value);
      line.textContent = words.replace("{number}", number).replace("{limit}", limit);
      line.classList.toggle("words--over", number > limit);
    };
    text.addEventListener("input", say);
    say();
  }

  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("textarea[data-word-limit]").forEach(follow),
  );
})();
