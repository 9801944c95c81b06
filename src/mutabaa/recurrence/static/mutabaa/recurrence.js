// One key per decision: r, n, c, d press the button of the pair that has the focus, else of the first. The page works without it.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const pair = document.activeElement.closest("[data-pair]") || document.querySelector("[data-pair]");
    const button = pair && pair.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
