// A step of an application is saved as it is written: each field when it is left, and what is being typed a few
// seconds after the last key. What could not be sent yet waits in this tab's own storage, for this account and
// this page alone, so that neither a lost connection nor an ended session takes a keystroke.
const RETRIES = [2, 5, 15, 30, 60]; // seconds
const IDLE = 4_000;
const CARRIED = ["csrf_token", "opened_with", "page_key", "page_turn"];

for (const place of document.querySelectorAll("[data-autosave]")) start(place);

function start(place) {
  const form = place.querySelector("form");
  const status = place.querySelector("[role=status]");
  const store = shelf(`typed:${place.dataset.owner}:${location.pathname}`);
  const isNew = form.elements.opened_with.value === "" && location.pathname.endsWith("/add");
  let saved = written(form);
  let timer = 0;
  let tries = 0;
  let isSending = false;

  offerAgain(form, store, () => {
    status.textContent = place.dataset.found;
  });

  form.addEventListener("input", () => {
    const { opened_with: opened, page_key: page } = form.elements;
    store.put({ fields: [...new FormData(form)], opened: opened.value, page: page.value });
    later(IDLE);
  });
  form.addEventListener("change", () => later(0));
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") later(0);
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      status.textContent = place.dataset.offline;
      return;
    }
    clearTimeout(timer);
    turn(form);
    if (isNew) store.drop();
    else store.put({ ...store.get(), sent: true });
  });

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    const content = written(form);
    if (content === saved || isSending) {
      if (isSending) later(500);
      return;
    }
    isSending = true;
    status.textContent = place.dataset.saving;
    try {
      await send(content);
    } catch {
      status.textContent = place.dataset.offline;
      later(RETRIES[Math.min(tries++, RETRIES.length - 1)] * 1000);
    } finally {
      isSending = false;
    }
  }

  async function send(content) {
    turn(form);
    const answer = await fetch(place.dataset.autosave, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
      keepalive: content.length < 50_000,
    });
    if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) {
      status.textContent = place.dataset.ended;
    } else if (answer.ok || [409, 422].includes(answer.status)) {
      const said = await answer.json();
      status.textContent = said.text;
      if (said.saved_at) form.elements.opened_with.value = said.saved_at;
    } else {
      throw new Error(String(answer.status));
    }
    tries = 0;
    saved = content;
    if (answer.ok && written(form) === content) store.drop();
  }
}

// What waits from before goes into the form again; the form keeps who it was then, and the moment it was opened
// with, so that the server still sees whether something else was saved meanwhile.
function offerAgain(form, store, tell) {
  const kept = store.get();
  if (!kept?.fields) return;
  const opened = form.elements.opened_with;
  if (kept.sent && kept.opened !== opened.value) {
    store.drop();
    return;
  }
  const before = written(form);
  for (const control of form.elements) {
    if (CARRIED.includes(control.name) || control.type === "submit") continue;
    const values = kept.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  if (written(form) === before) {
    store.drop();
    return;
  }
  opened.value = kept.opened;
  form.elements.page_key.value = kept.page;
  tell();
}

// Each sending of a page carries a number above the last one's, so that the server passes over what a later one
// has overtaken on its way; the clock keeps them growing when what was typed is found again.
function turn(form) {
  const counted = form.elements.page_turn;
  counted.value = String(Math.max(Number(counted.value) + 1, Date.now()));
}

// What a person wrote, as text to compare: without what the page carries for the server.
function written(form) {
  const fields = [...new FormData(form)].filter(([name]) => !CARRIED.includes(name));
  return new URLSearchParams(fields).toString();
}

// The tab's storage may be full or forbidden; then the page works as it does without it.
function shelf(key) {
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };
  return {
    get: () => attempt(() => JSON.parse(sessionStorage.getItem(key))),
    put: (value) => attempt(() => sessionStorage.setItem(key, JSON.stringify(value))),
    drop: () => attempt(() => sessionStorage.removeItem(key)),
  };
}
