/* The desk without a mouse: J/K move through the queue, Enter opens, N takes, / searches; where two
   cases stand side by side, 1 to 3 go to a decision and Enter confirms it.
   Also: letters left in a headline, and "not saved yet" on a form that was touched.
   Every page works without this file. */
"use strict";

(function () {
  const rows = Array.from(document.querySelectorAll("[data-row]"));
  const keys = document.querySelector("[data-keys]");
  let at = -1;

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function move(step) {
    if (!rows.length) return;
    if (at >= 0) {
      rows[at].classList.remove("is-cursor");
      rows[at].removeAttribute("aria-current");
    }
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].classList.add("is-cursor");
    rows[at].setAttribute("aria-current", "true");
    rows[at].querySelector("[data-open]").focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const row = rows[at];
    const key = event.key.toLowerCase();
    const choice = document.querySelector('[data-focus-key="' + CSS.escape(key) + '"]');
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
    } else if (key === "?" && keys) {
      keys.scrollIntoView({ block: "nearest" });
    } else return;
    if (key !== "n" && key !== "enter") event.preventDefault();
  }

  if (keys) {
    keys.hidden = false;
    rows.forEach(function (row, index) {
      row.addEventListener("focusin", function () {
        if (index !== at) move(index - at);
      });
    });
    document.addEventListener("keydown", onKey);
  }

  document.querySelectorAll("[data-count]").forEach(function (input) {
    const shown = document.getElementById(input.id + "_count");
    const show = function () {
      shown.textContent = input.value.length + "/" + input.dataset.count;
    };
    if (shown) {
      shown.hidden = false;
      input.addEventListener("input", show);
      show();
    }
  });

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    const state = document.querySelector("[data-save-state]");
    let touched = false;
    form.addEventListener("input", function () {
      touched = true;
      if (state) state.textContent = state.dataset.saveState;
    });
    form.addEventListener("submit", function () {
      touched = false;
    });
    window.addEventListener("beforeunload", function (event) {
      if (touched) event.preventDefault();
    });
  });
})();
