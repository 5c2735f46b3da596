// A date that staff type stays as they typed it; the server reads it, day first, or refuses it with a sentence.
// Wagtail's calendar understands its own format only: on leaving the field it wrote today over everything else, and
// an hour that was chosen in it went to today too.
(() => {
  const { jQuery: $, DateFormatter } = window;
  const defaults = $.fn.datetimepicker.defaults;
  defaults.validateOnBlur = false;
  defaults.scrollInput = false;

  const typed = /^\s*(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})(?:[\s,]+(\d{1,2})[:.uh](\d{2}))?\s*$/i;

  /** The moment of a text like 14/09/2025 13.30; null for another text and for a day that does not exist. */
  function dayFirst(text) {
    const found = typed.exec(text);
    if (!found) return null;
    const [day, month, year, hour, minutes] = found.slice(1).map((part) => Number(part ?? 0));
    const century = found[3].length === 4 ? 0 : year < 69 ? 2000 : 1900;
    const moment = new Date(century + year, month - 1, day, hour, minutes);
    return moment.getDate() === day && moment.getMonth() === month - 1 && moment.getHours() === hour ? moment : null;
  }

  const read = DateFormatter.prototype.parseDate;
  DateFormatter.prototype.parseDate = function parseDate(text, format) {
    if (typeof text !== "string" || !format.includes("Y")) return read.call(this, text, format);
    const isFormatted = /^\s*\d{4}\D/.test(text) || format.startsWith("d");
    return dayFirst(text) ?? (isFormatted ? read.call(this, text, format) : null);
  };

  // The calendar opens in the field where the cursor is, while that is empty or says a day that it can show. Otherwise
  // a choice in it would begin from today, and take away what was typed.
  const canShow = (text) =>
    !text.trim() || dayFirst(text) !== null || /^\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}:)/.test(text);
  defaults.onShow = (_moment, input) => input.is(":focus") && canShow(input.val());
  document.addEventListener("input", ({ target }) => $(target).data("xdsoft_datetimepicker")?.trigger("close.xdsoft"));
})();
