// Counts the time until something leaves, once a second, and loads the page again when it is over. Screen readers
// are told by the minute only. Without this script the moment stands on the page, with a link to look again.
const MINUTE = 60;

for (const part of document.querySelectorAll("[data-until]")) begin(part);

function begin(part) {
  const [left, again] = [part.querySelector("[role=timer]"), part.querySelector("[data-again]")];
  const until = Date.parse(part.dataset.until);
  if (until <= Date.now()) return;
  again.hidden = true;
  const timer = setInterval(count, 1_000);
  count();

  function count() {
    const seconds = Math.ceil((until - Date.now()) / 1_000);
    if (seconds <= 0) {
      clearInterval(timer);
      left.textContent = "The letters are leaving.";
      setTimeout(() => location.reload(), 3_000);
      return;
    }
    const [minutes, rest] = [Math.floor(seconds / MINUTE), seconds % MINUTE];
    left.textContent = `${minutes} min ${String(rest).padStart(2, "0")} s left to undo`;
  }
}
