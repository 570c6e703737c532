/* Saves while one types and shows what the checks say; inserts references. Without it the button 保存 does the same. */
(() => {
  const form = document.getElementById("report-form");
  if (!form || !form.dataset.autosave) return;
  const status = document.querySelector("[data-status]");
  const findings = document.querySelector("[data-findings]");
  const blocking = document.querySelector("[data-blocking]");
  const WAIT = 1500; // milliseconds after the last key
  let timer = 0;
  let running = false;
  let changed = false;
  let left = form.elements.namedItem("text:overview");

  const show = (answer) => {
    form.elements.namedItem("seen").value = answer.revision;
    document.querySelectorAll("[data-seen]").forEach((field) => { field.value = answer.revision; });
    // A half-written explanation is not thrown away: the list waits until its form has been left.
    const writing = findings.querySelector("textarea:focus") || [...findings.querySelectorAll("textarea")].some((field) => field.value);
    if (!writing) findings.innerHTML = answer.findings;
    blocking.textContent = answer.blocking;
    Object.entries(answer.previews).forEach(([key, html]) => {
      const preview = document.querySelector(`[data-preview="${key}"]`);
      if (preview) preview.innerHTML = html;
    });
    Object.entries(answer.totals).forEach(([anchor, text]) => {
      const total = document.querySelector(`[data-total="${anchor}"]`);
      if (total && text) total.textContent = text;
    });
  };

  const save = async () => {
    if (running) return schedule();
    running = true;
    changed = false;
    status.textContent = "正在保存";
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const body = await answer.json();
      if (answer.ok) {
        show(body);
        status.textContent = `${new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}已自动保存`;
      } else {
        status.textContent = body.error;
      }
    } catch {
      status.textContent = "没有保存成功，网络恢复后请点“保存”。";
    }
    running = false;
    if (changed) schedule();
  };

  const schedule = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT);
  };

  form.addEventListener("input", () => {
    changed = true;
    schedule();
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-text]")) left = event.target;
  });

  const picker = document.querySelector("[data-picker]");
  if (!picker) return;
  picker.hidden = false;
  picker.querySelector("[data-insert]").addEventListener("click", () => {
    const figure = picker.querySelector("[data-figure]").value.trim();
    const act = picker.querySelector("[data-act]").value;
    if (!figure || !left) return;
    const reference = act ? `{{ ${act}：${figure} }}` : `{{ ${figure} }}`;
    left.setRangeText(reference, left.selectionStart, left.selectionEnd, "end");
    left.focus();
    left.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
