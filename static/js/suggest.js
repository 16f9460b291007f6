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
  let emergency;
  let lastQuestion = "";

  const ask = async () => {
    const values = new FormData();
    for (const name of ["text", "url"]) {
      values.append(name, form.elements[name].value);
    }
    const question = `${values.get("text")}\n${values.get("url")}`.trim();
    if (question === lastQuestion) return;
    lastQuestion = question;
    request?.abort();
    request = new AbortController();
    try {
      const response = await fetch(place.dataset.suggest, {
        method: "POST",
        body: values,
        signal: request.signal,
      });
      if (!response.ok) return;
      place.innerHTML = await response.text();
      note.hidden = !place.querySelector(".kt-suggest");
      // Whom to call stands right below the words of somebody in danger.
      emergency?.remove();
      emergency = place.querySelector(".kt-emergency");
      if (emergency) note.after(emergency);
    } catch {
      // No network, or a newer question: the form itself asks again when it is sent.
    }
  };

  const askLater = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  };
  form.elements.text.addEventListener("input", askLater);
  form.elements.url.addEventListener("input", askLater);
})();
