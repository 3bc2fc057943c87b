import { initAll } from "./components.js";

initAll();

// A form is sent once: a second press does nothing for ten seconds, after which a lost sending may be tried
// again (the server knows a repeated key). Coming back with the browser's Back button frees it at once. A form
// that answers with a file leaves its page standing, so that it may be sent again, for another file, at once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // so does a button that answers into a frame of the page, such as a preview
  if (form.method === "get" || "downloads" in form.dataset || event.submitter?.formTarget) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10_000);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Beside a deadline in the agency's zone stands the same moment on the reader's own clock, where the two differ.
const language = document.documentElement.lang;
const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit", hour12: true,
  timeZoneName: "short",
});

for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const written = /([+-])(\d\d):(\d\d)$/.exec(time.dateTime);
  if (Number.isNaN(moment.getTime()) || !written) continue;
  const there = Number(`${written[1]}1`) * (Number(written[2]) * 60 + Number(written[3]));
  if (there === -moment.getTimezoneOffset()) continue;
  const note = document.createElement("span");
  note.className = "merit-local-time";
  note.textContent = time.dataset.local.replace("%s", format.format(moment));
  time.append(note);
}
