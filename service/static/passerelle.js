// Small comforts; every essential act works without this file.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const faults = document.getElementById("fautes");
  if (faults) faults.focus();
  for (const adder of document.querySelectorAll("[data-adds]")) adder.hidden = false;
  for (const ticker of document.querySelectorAll("[data-ticks]")) {
    ticker.hidden = false;
    ticker.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll(`input[type="checkbox"][form="${ticker.dataset.ticks}"]`)];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
      ticker.textContent = all ? "Tout cocher" : "Tout décocher";
    });
  }
  for (const list of document.querySelectorAll("select[data-long]")) narrowed(list);
});
// A long list of choices is narrowed by what is typed above it; it stays whole until then.
function narrowed(list) {
  if (list.options.length < 20) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control mb-1";
  field.placeholder = "Chercher dans la liste";
  field.setAttribute("aria-label", `Chercher dans la liste : ${list.labels[0].firstChild.textContent.trim()}`);
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    const kept = [...list.options].filter((option) => {
      option.hidden = option.value !== "" && !words.every((word) => plain(option.text).includes(word));
      return option.value !== "" && !option.hidden;
    });
    for (const group of list.querySelectorAll("optgroup")) group.hidden = ![...group.children].some((o) => !o.hidden);
    if (field.value && kept.length === 1) list.value = kept[0].value;
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(field);
}
// What an answer asks for opens with it.
document.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  const detail = event.target.form && event.target.form.querySelector(`details[data-opened-by~="${CSS.escape(event.target.value)}"]`);
  if (detail) detail.open = true;
});
// A link to a folded subject opens it, and so does a fault that the browser finds inside.
function unfold(inside) {
  for (let fold = inside?.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
}
function aim() {
  const aimed = location.hash && document.getElementById(location.hash.slice(1));
  if (aimed && aimed.closest("details.fold:not([open])")) { unfold(aimed); aimed.scrollIntoView(); }
}
aim();
window.addEventListener("hashchange", aim);
document.addEventListener("invalid", (event) => unfold(event.target), true);
// A file too large is told beside its field before anything is sent, so that nothing typed is lost.
const LARGEST = 10_000_000;
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file") return;
  const heavy = [...field.files].find((file) => file.size > LARGEST);
  const told = heavy ? `« ${heavy.name} » dépasse 10 Mo : réduisez-le, ou déposez-le en plusieurs parties.` : "";
  let fault = document.getElementById(`t-${field.id}`);
  if (!fault) {
    fault = document.createElement("div");
    fault.id = `t-${field.id}`; fault.className = "fault"; fault.setAttribute("role", "alert");
    field.after(fault);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${fault.id}`.trim());
  }
  fault.textContent = told && `▲ ${told}`; fault.hidden = !told;
  field.setCustomValidity(told);
  if (told) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
});
// A second click on a slow line must not send twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => { delete form.dataset.sent; }, 4000);
});
// Fields that suggest as one types (macros/reference.html): an ARIA combobox over a plain field.
document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("input[data-suggest]") || field.dataset.ready) return;
  field.dataset.ready = "1";
  const list = document.createElement("ul");
  const said = document.createElement("span");
  list.id = `${field.id}-choix`; list.className = "suggestions"; list.hidden = true;
  list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "Suggestions");
  said.className = "visually-hidden"; said.setAttribute("role", "status");
  field.after(list, said);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) field.setAttribute(name, value);
  let timer = 0, asked = 0, at = -1;
  const close = () => { list.hidden = true; at = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  const move = (to) => {
    const items = [...list.children];
    if (!items.length) return;
    at = (to + items.length) % items.length;
    items.forEach((item, rank) => item.setAttribute("aria-selected", rank === at ? "true" : "false"));
    field.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  };
  const lines = field.dataset.addsTo ? document.getElementById(field.dataset.addsTo) : null;
  const add = (label) => {
    const there = lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!there.includes(label)) lines.value = [...there, label].join("\n");
    field.value = ""; close(); said.textContent = `Ajoutée : ${label}.`;
  };
  const take = (item) => {
    if (lines) { add(item.dataset.label); return; }
    field.value = item.dataset.label; close(); said.textContent = "";
  };
  const show = (choices) => {
    list.replaceChildren(...choices.map((choice, rank) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${rank}`; item.dataset.label = choice.label; item.textContent = choice.label;
      item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false");
      if (choice.hint) { const hint = document.createElement("small"); hint.textContent = ` ${choice.hint}`; item.append(hint); }
      return item;
    }));
    at = -1; list.hidden = !choices.length; field.setAttribute("aria-expanded", String(!list.hidden));
    list.scrollIntoView({ block: "nearest" });
    said.textContent = choices.length ? `${choices.length} suggestion${choices.length > 1 ? "s" : ""} : flèches pour choisir, Entrée pour prendre.` : "Aucune suggestion.";
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    const typed = field.value.trim(), turn = ++asked;
    if (typed.length < 2) { close(); return; }
    timer = window.setTimeout(async () => {
      try {
        const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`, { headers: { accept: "application/json" } });
        if (answer.ok && turn === asked && document.activeElement === field) show((await answer.json()).choices);
      } catch { close(); }
    }, 180);
  });
  field.addEventListener("keydown", (press) => {
    if (lines && press.key === "Enter" && (list.hidden || at < 0)) {
      press.preventDefault(); ++asked; window.clearTimeout(timer);
      if (field.value.trim()) add(field.value.trim());
      return;
    }
    if (list.hidden) return;
    if (press.key === "ArrowDown") { press.preventDefault(); move(at + 1); }
    else if (press.key === "ArrowUp") { press.preventDefault(); move(at - 1); }
    else if (press.key === "Enter" && at >= 0) { press.preventDefault(); take(list.children[at]); }
    else if (press.key === "Escape") { press.preventDefault(); close(); }
  });
  list.addEventListener("mousedown", (press) => { press.preventDefault(); const item = press.target.closest("li"); if (item) take(item); });
  field.addEventListener("blur", close);
});

// A long import goes on by itself, block after block; without scripts its button does the same.
document.querySelector("form[data-goes-on]")?.requestSubmit();
