"use strict";
// The form that inspectors take along: it keeps what is typed in this browser, says what is wrong as the
// service would, and saves the result to be sent. It asks nobody for anything: there may be no network.

const told = JSON.parse(document.getElementById("told").textContent);
const form = document.getElementById("form");
const kept = document.getElementById("kept");
const KEY = `inspection-form/1 ${told.result.inspection} ${told.result.provider}`;
const LONGEST = 2000;
const NOT_LOOKED_AT = ["not-applicable", "not-assessed"];
const FARTHEST_DAYS = 731;

const fields = () => [...form.elements].filter((one) => one.name);
const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
const clean = (text) => text.replaceAll("\r\n", "\n").trim();

// Keeping

function read() {
  const typed = {};
  for (const one of fields()) {
    if (one.type === "radio" || one.type === "checkbox") typed[one.id] = one.checked;
    else typed[one.id] = one.value;
  }
  return typed;
}

function write(typed) {
  for (const one of fields()) {
    if (!(one.id in typed)) continue;
    if (one.type === "radio" || one.type === "checkbox") one.checked = typed[one.id] === true;
    else one.value = String(typed[one.id]);
  }
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(read()));
    kept.textContent = `Kept in this browser at ${new Date().toLocaleTimeString("en-GB")}.`;
  } catch {
    kept.textContent = "This browser keeps nothing: save the result before you close this page.";
  }
}

function restore() {
  try {
    const before = localStorage.getItem(KEY);
    if (before === null) return;
    write(JSON.parse(before));
    kept.textContent = "What you typed before is here again.";
  } catch {
    kept.textContent = "This browser keeps nothing: save the result before you close this page.";
  }
}

function erase() {
  if (!window.confirm("Erase everything that you typed from this device? It cannot be brought back.")) return;
  clearTimeout(waiting);
  waiting = undefined;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // where nothing can be kept there is nothing to erase
  }
  form.reset();
  shown();
  tell([]);
  kept.textContent = "Erased from this browser. A file that you saved is still where you saved it.";
}

// Reading the result off the form

const criteria = () =>
  [...document.querySelectorAll(".criterion")].filter((one) => covers(one.dataset.site));
const covers = (site) => document.getElementById(`covers-${site}`).checked;
const chosen = (name) => form.querySelector(`input[name="${CSS.escape(name)}"]:checked`)?.value ?? null;

function judgementOf(block) {
  const { site, criterion, files } = block.dataset;
  const key = `${site}-${criterion}`;
  const value = (part) => document.getElementById(`${part}-${key}`).value;
  const judgement = chosen(`j-${key}`);
  const found = { site: Number(site), criterion, judgement };
  if (clean(value("finding"))) found.finding = clean(value("finding"));
  if (clean(value("note"))) found.note = clean(value("note"));
  if (!NOT_LOOKED_AT.includes(judgement)) {
    found.method = chosen(`m-${key}`);
    found.seen_on = value("seen") || null;
    if (document.getElementById(`carried-${key}`)?.checked) found.carried = true;
  }
  if (files) found.files = files.split(" ");
  return found;
}

function resultOf() {
  const inspectors = [...form.querySelectorAll('input[name="inspector"]:checked')];
  return {
    ...told.result,
    reference: document.getElementById("reference").value.trim(),
    visited_on: document.getElementById("visited_on").value,
    sites: told.result.sites.filter(covers),
    inspectors: inspectors.map((one) => one.value),
    judgements: criteria().map(judgementOf),
    written_at: new Date().toISOString(),
  };
}

// What is wrong: each with the field to go to

function monthsLater(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

function faultOf(found, gate) {
  const key = `${found.site}-${found.criterion}`;
  const looked = !NOT_LOOKED_AT.includes(found.judgement);
  if (!found.judgement) return [`j-${key}-met`, "Say what you found; where nobody looked, say so."];
  if (found.judgement !== "met" && !found.finding) {
    return [`finding-${key}`, looked ? "Say what was seen." : "Say why nobody looked."];
  }
  for (const part of ["finding", "note"]) {
    if (found[part] && !/[\p{L}\p{N}]/u.test(found[part])) {
      return [`${part}-${key}`, "Write something with letters or digits in it."];
    }
    if (found[part]?.length > LONGEST) return [`${part}-${key}`, `Write at most ${LONGEST} characters.`];
  }
  if (!looked) return null;
  if (!found.method) return [`m-${key}-visit`, "Say how the evidence was seen."];
  if (!found.seen_on) return [`seen-${key}`, "Say on which day the evidence was seen."];
  if (found.seen_on > today()) return [`seen-${key}`, "Nothing is seen in the future."];
  const months = told.counts_months[gate];
  if (months !== undefined && monthsLater(found.seen_on, months) < today()) {
    return [`seen-${key}`, `Evidence counts for ${months} months, and this is older. Look again, or say not assessed.`];
  }
  const last = told.last[key];
  if (found.carried && (found.judgement !== last.judgement || found.seen_on !== last.seen_on)) {
    return [`carried-${key}`, "What is carried forward stays as it was. Where you saw something else, it is not carried."];
  }
  return null;
}

function faultsOf(result) {
  const faults = [];
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(result.reference)) {
    faults.push(["reference", "Name the result with letters, digits, dots, hyphens and underscores."]);
  }
  const oldest = new Date(Date.now() - FARTHEST_DAYS * 86_400_000).toISOString().slice(0, 10);
  if (!result.visited_on) faults.push(["visited_on", "Say on which day you were there."]);
  else if (result.visited_on > today()) faults.push(["visited_on", "Nothing is found on a visit in the future."]);
  else if (result.visited_on < oldest) faults.push(["visited_on", "It is more than two years ago."]);
  if (!result.inspectors.length) {
    const first = form.querySelector('input[name="inspector"]');
    faults.push([first ? first.id : "reference", "Say who looked."]);
  }
  if (!result.sites.length) faults.push([`covers-${told.result.sites[0]}`, "Say of which site it is."]);
  const blocks = criteria();
  result.judgements.forEach((found, place) => {
    const fault = faultOf(found, blocks[place].dataset.gate);
    if (fault) faults.push([...fault, `${found.site}-${found.criterion}`]);
  });
  return faults;
}

function tell(faults) {
  const box = document.getElementById("faults");
  for (const block of document.querySelectorAll(".criterion")) {
    block.classList.remove("has-fault");
    const words = block.querySelector(".fault");
    words.hidden = true;
    words.textContent = "";
  }
  const list = box.querySelector("ul");
  list.replaceChildren();
  for (const [id, words, key] of faults) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = key ? `Site ${key.replace("-", ", ")}: ${words}` : words;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(id).focus();
    });
    item.append(link);
    list.append(item);
    if (!key) continue;
    const place = document.getElementById(`fault-${key}`);
    place.textContent = words;
    place.hidden = false;
    document.getElementById(`c-${key}`).classList.add("has-fault");
  }
  box.hidden = faults.length === 0;
  if (faults.length) box.focus();
}

// Saving

function save(event) {
  event.preventDefault();
  keep();
  const result = resultOf();
  const faults = faultsOf(result);
  tell(faults);
  const saved = document.getElementById("saved");
  if (faults.length) {
    saved.textContent = `Not saved: ${faults.length} thing(s) to mend.`;
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(result, null, 2)], { type: "application/json" }));
  link.download = `${result.reference}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  saved.textContent = `Saved as ${link.download}. Send it when you have a network again; it may be sent twice.`;
}

// Showing only what belongs to what was chosen

function shown() {
  for (const block of document.querySelectorAll(".criterion")) {
    const key = `${block.dataset.site}-${block.dataset.criterion}`;
    block.hidden = !covers(block.dataset.site);
    block.querySelector(".evidence").hidden = NOT_LOOKED_AT.includes(chosen(`j-${key}`));
  }
}

// What is said anew is no longer carried forward: the box follows what was typed.
function lookedAnew(target) {
  const block = target.closest(".criterion");
  const key = block && `${block.dataset.site}-${block.dataset.criterion}`;
  const box = block && document.getElementById(`carried-${key}`);
  if (!box || target === box || /^(finding|note)-/.test(target.id)) return;
  const last = told.last[key];
  const same = chosen(`j-${key}`) === last.judgement && document.getElementById(`seen-${key}`).value === last.seen_on;
  if (!same) box.checked = false;
}

let waiting;
form.addEventListener("input", (event) => {
  lookedAnew(event.target);
  shown();
  clearTimeout(waiting);
  waiting = setTimeout(keep, 200);
});
for (const leaving of ["pagehide", "visibilitychange"]) {
  window.addEventListener(leaving, () => {
    if (waiting !== undefined) keep();
  });
}
form.addEventListener("submit", save);
document.getElementById("erase").addEventListener("click", erase);
document.getElementById("print").addEventListener("click", () => window.print());
restore();
shown();
