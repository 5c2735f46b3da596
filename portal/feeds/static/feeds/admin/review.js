// Makes the boxes of the list of what came in one column to the keyboard: the arrows go from one to the next, and Enter
// to the buttons for what is ticked. Everything works without it, only with more presses of Tab.
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches("input[form=chosen]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const boxes = [...document.querySelectorAll("input[form=chosen]")];
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  let next = boxes[boxes.indexOf(box) + steps[event.key]];
  if (event.key === "Enter") next = document.querySelector("#chosen button:enabled");
  else if (!(event.key in steps)) return;
  event.preventDefault();
  next?.focus();
});
