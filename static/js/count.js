// Counts what is typed or pasted into a field with a limit; everything works without it.
"use strict";
(() => {
  // How many letters are left, once it gets tight. Nothing is cut off: the server says how much is
  // over.
  for (const area of document.querySelectorAll("[data-limit]")) {
    const limit = Number(area.dataset.limit);
    const counter = document.createElement("p");
    counter.className = "kt-hint kt-num";
    area.after(counter);
    const show = () => {
      const used = [...area.value].length;
      const format = (number) => number.toLocaleString(document.documentElement.lang);
      counter.textContent = used > limit * 0.8 ? `${format(used)} / ${format(limit)}` : "";
      if (used > limit) area.setAttribute("aria-invalid", "true");
      else if (used) area.removeAttribute("aria-invalid");
    };
    area.addEventListener("input", show);
    show();
  }
})();
