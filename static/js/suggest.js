// While somebody types: notices that may answer it already, above the button, and a line below the
// text that leads there, since on a phone the button is far out of sight.
"use strict";
(() => {
  const place = document.querySelector("[data-suggest]");
  const note = document.querySelector("[data-suggest-note]");
  const form = place?.closest("form");
  if (!form) return;
  const pause = 600; // milliseconds without a key
  let timer;
  let request;
  let last = "";

  const ask = async () => {
    const values = new FormData();
    for (const name of ["csrfmiddlewaretoken", "text", "url"]) {
      values.append(name, form.elements[name].value);
    }
    const now = `${values.get("text")}\n${values.get("url")}`.trim();
    if (now === last) return;
    last = now;
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(place.dataset.suggest, {
        method: "POST",
        body: values,
        signal: request.signal,
      });
      if (!answer.ok) return;
      place.innerHTML = await answer.text();
      note.hidden = !place.querySelector("section");
    } catch {
      // No network, or a newer question: the form itself asks again when it is sent.
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };
  form.elements.text.addEventListener("input", later);
  form.elements.url.addEventListener("input", later);
})();
