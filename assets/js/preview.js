// A letter is shown again a moment after the last key, by the same button that does it without a script.
const PAUSE = 700; // milliseconds

for (const button of document.querySelectorAll("button[data-preview]")) {
  let timer = 0;
  button.form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => button.form.requestSubmit(button), PAUSE);
  });
}
