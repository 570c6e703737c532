/* Keeps the progress of a job up to date while its page is open. Without it the link 刷新 does the same. */
(() => {
  const section = document.querySelector("[data-job-status]");
  if (!section) return;
  const find = (name) => section.querySelector(`[data-job-${name}]`);
  const state = document.querySelector("[data-job-state]");
  const [what, count, bar] = [find("what"), find("count"), find("bar")];
  let wait = 1000;

  const ask = async () => {
    try {
      const answer = await fetch(section.dataset.jobStatus, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const job = await answer.json();
      if (!job.moving) return window.location.reload();
      state.textContent = job.state;
      if (job.what && what.textContent !== job.what) what.textContent = job.what;
      if (job.total) {
        count.textContent = `${job.done}/${job.total}`;
        bar.value = Math.min(100, Math.floor((100 * job.done) / job.total));
      }
    } catch {
      wait = 5000; // the network is away; the job is not
    }
    wait = Math.min(wait * 1.2, 5000);
    window.setTimeout(ask, wait);
  };
  window.setTimeout(ask, wait);
})();
