// Keys of the work queue: j and k go from piece to piece, Enter opens (as on every link), x chooses, a digit opens
// the view of that place, 0 the whole queue, ? shows the help. None of them works while somebody types, and all of them can be switched off on the page.
const OFF = "merit-queue-keys-off";
const rows = [...document.querySelectorAll("[data-queue] tr")];
const views = [...document.querySelectorAll("[data-view]")];
const help = document.querySelector("#keys");

if (help) {
  offerSwitch();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isOff()) return;
    if (event.key === "j" && rows.length) go(1);
    else if (event.key === "k" && rows.length) go(-1);
    else if (event.key === "x") choose();
    else if (event.key === "?") show();
    else if (event.key === "0") window.location.assign(window.location.pathname);
    else if (/^[1-9]$/.test(event.key) && views[event.key - 1]) views[event.key - 1].click();
    else return;
    event.preventDefault();
  });
}

function isTyping(target) {
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && field.type !== "checkbox";
}

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(step) {
  const place = here();
  const next = place < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(place + step, 0), rows.length - 1);
  rows[next].querySelector("a").focus();
}

function choose() {
  const box = rows[here()]?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
}

function show() {
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
}

function isOff() {
  return localStorage.getItem(OFF) === "yes";
}

function offerSwitch() {
  const place = help.querySelector("[data-keys-switch]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  const name = () => { button.textContent = isOff() ? "Switch the shortcuts on" : "Switch the shortcuts off"; };
  button.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "no" : "yes");
    name();
  });
  name();
  place.append(button);
  place.hidden = false;
}
