// Shows every [data-print] button, hidden without scripts, and prints the page on a click.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
