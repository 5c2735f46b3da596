/* Buttons that copy a text and say so. */
export default function cite(box) {
  const button = box.querySelector("[data-copies]");
  const status = box.querySelector("[role='status']");
  if (!navigator.clipboard) button?.remove();
  button?.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.querySelector(button.dataset.copies).innerText.trim());
    if (status) status.textContent = box.dataset.copied;
    const word = button.querySelector("span");
    const before = word.textContent;
    word.textContent = box.dataset.copied;
    setTimeout(() => {
      word.textContent = before;
    }, 2500);
  });
}
