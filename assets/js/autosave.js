// A step of an application is saved as it is written: each field when it is left, and what is being typed a few
// seconds after the last key. What could not be sent yet waits in this tab's own storage, for this account and
// this page alone, so that neither a lost connection nor an ended session takes a keystroke.
const RETRIES = [2, 5, 15, 30, 60]; // seconds
const IDLE = 4_000;

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
    store.put({ fields: [...new FormData(form)], opened: form.elements.opened_with.value });
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
    if (isNew) store.drop();
    else store.put({ ...store.get(), sent: true });
  });

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    const body = written(form);
    if (body === saved || isSending) {
      if (isSending) later(500);
      return;
    }
    isSending = true;
    status.textContent = place.dataset.saving;
    try {
      await send(body);
    } catch {
      status.textContent = place.dataset.offline;
      later(RETRIES[Math.min(tries++, RETRIES.length - 1)] * 1000);
    } finally {
      isSending = false;
    }
  }

  async function send(body) {
    const answer = await fetch(place.dataset.autosave, {
      method: "POST",
      body: new URLSearchParams(body),
      redirect: "manual",
      keepalive: body.length < 60_000,
    });
    if (answer.type === "opaqueredirect" || [400, 401, 403].includes(answer.status)) {
      status.textContent = place.dataset.ended;
    } else if (answer.ok || [409, 422].includes(answer.status)) {
      status.textContent = (await answer.json()).text;
    } else {
      throw new Error(String(answer.status));
    }
    tries = 0;
    saved = body;
    if (answer.ok && written(form) === body) store.drop();
  }
}

// What waits from before goes into the form again; the form keeps the moment it was opened with then, so that the
// server still sees whether something else was saved meanwhile.
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
    if (["page_key", "csrf_token", "opened_with"].includes(control.name) || control.type === "submit") continue;
    const values = kept.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else if (values.length) control.value = values[0];
  }
  if (written(form) === before) {
    store.drop();
    return;
  }
  opened.value = kept.opened;
  tell();
  form.dispatchEvent(new Event("change"));
}

function written(form) {
  return new URLSearchParams(new FormData(form)).toString();
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
