// Rating by keyboard: a number gives the mark of the row in which one stands, Enter goes on to the next row,
// Backspace back. In a field where one writes, keys write; without this script the form is a form like any other.
const place = document.querySelector("[data-marking]");
if (place) start(place.querySelector("form"), [...place.querySelectorAll("[data-marking-row]")]);

function start(form, rows) {
  const last = form.querySelector("button[name=submit_marks]");
  document.querySelector("[data-marking-keys]").hidden = false;
  const begin = rows.find((row) => !isMarked(row)) ?? rows[0];
  focus(begin);

  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest("[data-marking-row]");
    const isWriting = event.target.matches("textarea, input[type=text]");
    if (!row || event.target.matches("textarea")) return;
    if (event.key === "Enter") {
      event.preventDefault();
      go(rows.indexOf(row) + 1);
    } else if (event.key === "Backspace" && (!isWriting || event.target.value === "")) {
      event.preventDefault();
      go(rows.indexOf(row) - 1);
    } else if (/^[0-9]$/.test(event.key) && !isWriting) {
      event.preventDefault();
      choose(row, event.key);
    }
  });

  function go(position) {
    if (position >= rows.length) last.focus();
    else if (position >= 0) focus(rows[position]);
  }
}

// Two digits typed quickly make a number such as 10, where the row has such a mark.
let typed = { row: null, text: "", at: 0 };
function choose(row, digit) {
  const now = performance.now();
  const text = typed.row === row && now - typed.at < 700 ? typed.text + digit : digit;
  const button = radio(row, text) ?? radio(row, digit);
  if (!button) return;
  typed = { row, text: button.value, at: now };
  button.checked = true;
  button.focus();
}

function radio(row, value) {
  return row.querySelector(`input[type=radio][value="${CSS.escape(value)}"]`);
}

function isMarked(row) {
  const chosen = row.querySelector("input[type=radio]:checked");
  const field = row.querySelector("input[type=text]");
  return Boolean(chosen || field?.value);
}

function focus(row) {
  const target = row.querySelector("input[type=radio]:checked") ?? row.querySelector("input[type=radio], input[type=text]");
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}
