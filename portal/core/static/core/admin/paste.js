// A table from Word or Excel pasted into a text: the editor knows no tables and takes its cells without anything between
// them ("A", "cel B" and "1" became "Acel B1"). Each row becomes a line, its cells apart.
(() => {
  const BLOCKS = "p, div, br, ul, ol, li, h1, h2, h3, h4, h5, h6, blockquote, pre";

  function line(page, row) {
    const paragraph = page.createElement("p");
    for (const cell of row.cells) {
      cell.querySelectorAll(BLOCKS).forEach((block) => block.replaceWith(" ", ...block.childNodes, " "));
      if (paragraph.hasChildNodes()) paragraph.append(" | ");
      paragraph.append(...cell.childNodes);
    }
    return paragraph;
  }

  function withoutTables(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    // The innermost first: a table in a cell is words of that cell.
    [...page.querySelectorAll("table")].reverse().forEach((table) => {
      const lines = [...table.rows].filter((row) => row.textContent.trim()).map((row) => line(page, row));
      table.replaceWith(...lines);
    });
    return page.body.innerHTML;
  }

  document.addEventListener(
    "paste",
    (event) => {
      const html = event.clipboardData?.getData("text/html") || "";
      if (!event.target.closest?.(".Draftail-Editor") || !/<table[\s>]/i.test(html)) return;
      const data = new DataTransfer();
      data.setData("text/html", withoutTables(html));
      data.setData("text/plain", event.clipboardData.getData("text/plain"));
      event.preventDefault();
      event.stopImmediatePropagation();
      event.target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }));
    },
    true,
  );
})();
