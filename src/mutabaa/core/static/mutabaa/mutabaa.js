// Small comforts. Every page works without them.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-submit-on-change]")) box.form.requestSubmit();
    if (box.matches("[data-check-all]")) {
      for (const one of document.querySelectorAll(`input[type=checkbox][name="${box.dataset.checkAll}"]`)) one.checked = box.checked;
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  let dirty = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) dirty = true; });
  document.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
