// The desk without a mouse: J/K move through the queue, Enter opens, N takes, / searches; where two
// cases are compared, 1 to 3 go to a decision and Enter confirms it.
// Also: letters left in a headline, and "not saved yet" on a form that was touched.
// Every page works without this file.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const help = document.querySelector("[data-keys]");
  let current = -1; // index of the row with the cursor

  const isTyping = (target) =>
    target.closest("input, textarea, select, [contenteditable]") !== null;

  const move = (step) => {
    if (!rows.length) return;
    if (current >= 0) {
      rows[current].classList.remove("is-cursor");
      rows[current].removeAttribute("aria-current");
    }
    current = Math.min(Math.max(current + step, 0), rows.length - 1);
    rows[current].classList.add("is-cursor");
    rows[current].setAttribute("aria-current", "true");
    rows[current].querySelector("[data-open]").focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const row = rows[current];
    const key = event.key.toLowerCase();
    const choice = document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
    if (choice) choice.focus();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "n" && row) {
      const take = row.querySelector("[data-take]");
      (take || row.querySelector("[data-open]")).click();
    } else if (key === "enter" && row && event.target === document.body) {
      row.querySelector("[data-open]").click();
    } else if (key === "/") {
      const search = document.querySelector("[data-key-search]");
      if (search) {
        search.focus();
        search.select();
      }
    } else if (key === "?" && help) {
      help.scrollIntoView({ block: "nearest" });
    } else return;
    if (key !== "n" && key !== "enter") event.preventDefault();
  };

  if (help) {
    help.hidden = false;
    for (const [index, row] of rows.entries()) {
      row.addEventListener("focusin", () => {
        if (index !== current) move(index - current);
      });
    }
    document.addEventListener("keydown", onKey);
  }

  for (const input of document.querySelectorAll("[data-count]")) {
    const counter = document.getElementById(`${input.id}_count`);
    if (!counter) continue;
    const show = () => {
      counter.textContent = `${input.value.length}/${input.dataset.count}`;
    };
    counter.hidden = false;
    input.addEventListener("input", show);
    show();
  }

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const state = document.querySelector("[data-save-state]");
    let touched = false;
    form.addEventListener("input", () => {
      touched = true;
      if (state) state.textContent = state.dataset.saveState;
    });
    form.addEventListener("submit", () => {
      touched = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (touched) event.preventDefault();
    });
  }
})();
