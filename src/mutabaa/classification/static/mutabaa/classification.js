// Going through suggestions by keys: arrows move, A accepts, R rejects. The forms work without it.
(() => {
  "use strict";
  const all = () => [...document.querySelectorAll("[data-suggestion]")].filter((one) => one.querySelector("[data-key]"));
  const said = document.querySelector("[data-said]");
  if (!said || !all().length) return;
  const keys = document.querySelector("[data-keys]");
  if (keys) keys.hidden = false;
  let at = null;

  const go = (one) => {
    if (at) at.removeAttribute("aria-current");
    at = one || null;
    if (!at) return;
    at.setAttribute("aria-current", "true");
    at.focus({ preventScroll: true });
    at.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const rows = all();
    const place = rows.indexOf(at);
    go(rows[Math.min(Math.max(place + by, 0), rows.length - 1)]);
  };

  const decide = async (one, form) => {
    if (one.dataset.busy) return;
    one.dataset.busy = "1";
    let answer = null;
    try {
      answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    } catch { answer = null; }
    if (!answer || !answer.ok) {
      delete one.dataset.busy;
      const words = answer && answer.headers.get("Content-Type")?.startsWith("text/plain") ? await answer.text() : "";
      said.textContent = words || said.dataset.failed;
      said.className = "message error";
      return;
    }
    const rows = all();
    const next = rows[rows.indexOf(one) + 1] || rows[rows.indexOf(one) - 1];
    const name = one.querySelector("strong")?.textContent || "";
    const accepted = form.querySelector("[data-key]").dataset.key === "a";
    const record = one.closest("[data-record]");
    one.remove();
    if (record && !record.querySelector("[data-suggestion]")) record.remove();
    said.className = "visually-hidden";
    said.textContent = `${accepted ? said.dataset.accepted : said.dataset.rejected}: ${name}`;
    if (next) go(next);
    else window.location.reload();
  };

  document.addEventListener("submit", (event) => {
    const one = event.target.closest("[data-suggestion]");
    if (!one || !event.target.querySelector("[data-key]")) return;
    event.preventDefault();
    decide(one, event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    const key = event.code === "KeyA" ? "a" : event.code === "KeyR" ? "r" : "";
    if (!key || !at) return;
    const button = at.querySelector(`[data-key="${key}"]`);
    if (button) {
      event.preventDefault();
      decide(at, button.form);
    }
  });

  document.addEventListener("focusin", (event) => {
    const one = event.target.closest("[data-suggestion]");
    if (one && one !== at && one.querySelector("[data-key]")) {
      if (at) at.removeAttribute("aria-current");
      at = one;
      at.setAttribute("aria-current", "true");
    }
  });
  go(all()[0]);
})();
