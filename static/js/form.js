// Small conveniences of the public forms; everything works without them.
"use strict";
(() => {
  // The list of errors is read out and reached first.
  document.querySelector(".kt-errors")?.focus();

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

  // A scanned QR code brings the receipt behind '#', which no server sees. It goes into the field
  // and out of the address, so that it is neither bookmarked nor shared by mistake.
  const field = document.querySelector("[data-from-fragment]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (field && /^[0-9A-Za-z]{24}$/.test(code)) {
    field.value = code.match(/.{4}/g).join(" ");
    history.replaceState(null, "", location.pathname + location.search);
    field.form.querySelector("[type=submit]").focus();
  }
})();
