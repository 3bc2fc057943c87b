// Passkeys: a form marked data-passkey="create" or "get" asks the server for a question, has the browser answer
// it, and is then sent with the answer. Where the browser knows no passkeys, the form stays hidden.
const isKnown = "credentials" in navigator && "PublicKeyCredential" in window;

function fromBase64url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBase64url(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function opened(question) {
  question.challenge = fromBase64url(question.challenge);
  if (question.user) question.user.id = fromBase64url(question.user.id);
  for (const named of [...(question.excludeCredentials ?? []), ...(question.allowCredentials ?? [])]) {
    named.id = fromBase64url(named.id);
  }
  return question;
}

function written(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toBase64url(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({ id: credential.id, rawId: toBase64url(credential.rawId), type: credential.type, response: parts });
}

async function ask(form) {
  const answer = await fetch(form.dataset.question, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" },
  });
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(answer.status);
  const publicKey = opened(await answer.json());
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey });
}

if (isKnown) for (const advice of document.querySelectorAll("[data-passkey-without]")) advice.hidden = true;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!isKnown) continue;
  (form.closest("[data-passkey-part]") ?? form).hidden = false;
  const failure = form.querySelector("[data-passkey-failure]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failure.className = "";
    failure.hidden = true;
    try {
      form.elements.credential.value = written(await ask(form));
      form.submit();
    } catch {
      failure.className = "govuk-error-message"; // not before: the class would show it
      failure.hidden = false;
    }
  });
}
