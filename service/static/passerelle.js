// Small comforts; every essential act works without this file.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const faults = document.getElementById("fautes");
  if (faults) faults.focus();
});
// A second click on a slow line must not send twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => { delete form.dataset.sent; }, 4000);
});
