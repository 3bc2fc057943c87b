// Shows what a form of numbers would give while they are typed: a moment after the last key the same page is
// fetched and the part named by data-live put in place. Without this script the button does the same.
const PAUSE = 250;

for (const form of document.querySelectorAll("form[data-live]")) begin(form);

function begin(form) {
  const part = document.getElementById(form.dataset.live);
  let timer = 0;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });

  async function show() {
    const mine = ++asked;
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    let answer = null;
    try {
      answer = await fetch(address, { headers: { Accept: "text/html" } });
    } catch {
      // The connection is lost for now: what stands on the page stays until the next key.
    }
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(form.dataset.live);
    if (next === null) return;
    const said = next.querySelector("[data-said]")?.textContent ?? next.textContent.trim();
    part.replaceChildren(...next.childNodes);
    document.getElementById(`${part.id}-status`).textContent = said;
    history.replaceState(null, "", address);
  }
}
