// Small conveniences of the public forms; everything works without them.
"use strict";
(() => {
  // The list of errors is read out and reached first.
  document.querySelector(".kt-errors")?.focus();

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
