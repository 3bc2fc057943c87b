// One key for each answer to a doubtful mark: the key named on a button or link presses it. Keys that somebody
// types into a field, or together with Control, Alt or Command, are theirs.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input:not([type=hidden]), textarea, select")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const place = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (!place) return;
  event.preventDefault();
  place.click();
});
