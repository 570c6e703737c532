// Completes what is typed by a list of the browser's own; without this script the form works just the same.
"use strict";
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-suggestions`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let running = null;
  const ask = async () => {
    running?.abort();
    const question = input.value.trim();
    if (!question) { list.replaceChildren(); return; }
    running = new AbortController();
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(question)}`;
      const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(...suggestions.map((text) => new Option(text, text)));
    } catch {
      // Aborted by the next letter, or offline: the form still works.
    }
  };
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
}
