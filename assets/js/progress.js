// A page that waits for a job looks again by itself: once a second the part that tells how far it is, and the
// whole page when the job is over. Without this script the link in the part does the same by hand.
const EVERY = 1_000;

for (const part of document.querySelectorAll("[data-progress]")) watch(part);

function watch(part) {
  part.querySelector("[data-again]").hidden = true;
  setTimeout(() => look(part), EVERY);
}

async function look(part) {
  let answer = null;
  try {
    answer = await fetch(part.dataset.progress, { headers: { Accept: "text/html" } });
  } catch {
    // The connection is lost for now: what stands on the page stays, and it looks again.
  }
  if (!answer?.ok) {
    setTimeout(() => look(part), EVERY * 5);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-progress]");
  if (next === null) {
    location.assign(part.dataset.progress);
    return;
  }
  part.querySelector("progress").value = Number(next.querySelector("progress").getAttribute("value"));
  const [told, said] = [part, next].map((place) => place.querySelector("[role=status]"));
  if (told.textContent !== said.textContent) told.textContent = said.textContent;
  setTimeout(() => look(part), EVERY);
}
