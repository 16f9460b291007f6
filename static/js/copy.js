// Buttons with data-copy="#id" copy that element's text. They are hidden until this script runs:
// without it the text can still be selected.
"use strict";
(() => {
  const textOf = (element) =>
    element.dataset.copyText || ("value" in element ? element.value : element.innerText);

  // Inside Zalo's browser the clipboard may be refused: then a selection is copied.
  const copySelection = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "kt-vh";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelection(text);
    }
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const target = document.querySelector(button.dataset.copy);
    if (!target) continue;
    const label = button.querySelector("span") || button;
    const text = label.textContent;
    const status = document.createElement("span");
    status.className = "kt-vh";
    status.setAttribute("role", "status");
    button.after(status);
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!(await copy(textOf(target)))) return;
      label.textContent = status.textContent = button.dataset.copied || text;
      setTimeout(() => {
        label.textContent = text;
        status.textContent = "";
      }, 2500);
    });
  }
})();
