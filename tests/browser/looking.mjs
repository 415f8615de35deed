// Goes through the pages as invented people do, and lets axe look at two pages of each kind.
//
// Told on the command line, as JSON: where the register and Chromium are, who goes where first.
// Says what it found as JSON, one look a line.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { base, executable, people, planted } = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NOT_PAGES = /^\/(v1|static|oauth|openapi\.json|sign-in\/openid|healthz|readyz|metrics)(\/|$)/;

// Pages of one kind differ in whom or what they are about.
const kindOf = (url) =>
  url.pathname
    .replace(ID, "{id}")
    .replace(/AP\d{6}[0-9A-Z]/g, "{number}")
    .replace(/\/developers\/api\/[a-z-]+$/, "/developers/api/{subject}")
    .replace(/\/\d+(\.\d+[a-z]?)?(?=\/|$)/g, "/{n}");

async function look(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    (rules) => globalThis.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }),
    RULES,
  );
  return found.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}

// Public pages are the same for everybody, so that those the public has looked at are not again.
const alike = new Set();

async function goTo(page, address) {
  try {
    return await page.goto(address);
  } catch (error) {
    if (String(error).includes("Download is starting")) return null;
    throw error;
  }
}

async function goRound(context, person, starts) {
  const page = await context.newPage();
  const elsewhere = [];
  page.on("request", (asked) => {
    const { origin, protocol } = new URL(asked.url());
    if (protocol.startsWith("http") && origin !== base) elsewhere.push(`elsewhere: ${asked.url()}`);
  });
  const first = new Set(starts.map((path) => new URL(path, base).href));
  const waiting = [...first].map((href) => new URL(href));
  const seen = new Map();
  const opened = new Set();
  while (waiting.length) {
    const url = waiting.shift();
    const kind = kindOf(url);
    const times = seen.get(kind) ?? 0;
    const enough = kind.includes("{") ? 2 : 1;
    const isFirst = first.delete(url.href);
    if (!isFirst && (opened.has(url.pathname) || times >= enough || alike.has(kind))) continue;
    seen.set(kind, times + 1);
    opened.add(url.pathname);
    const answer = await goTo(page, url.href);
    if (answer === null) {
      const file = await context.request.get(url.href); // a browser keeps it, and shows nothing
      const path = url.pathname + url.search;
      console.log(JSON.stringify({ person, path, status: file.status(), violations: [] }));
      continue;
    }
    if (planted) await page.evaluate(() => document.querySelector("main").append(new Image()));
    const violations = [...(await look(page)), ...elsewhere.splice(0)];
    const path = url.pathname + url.search;
    console.log(JSON.stringify({ person, path, status: answer.status(), violations }));
    const links = await page.$$eval("a[href]", (all) => all.map((each) => each.href));
    for (const link of planted ? [] : links) {
      const further = new URL(link);
      if (further.origin === base && !NOT_PAGES.test(further.pathname)) waiting.push(further);
    }
  }
  return seen.keys();
}

const browser = await chromium.launch({
  executablePath: executable,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});
for (const { name, id, starts } of people) {
  const context = await browser.newContext({ bypassCSP: true }); // for axe alone, which is put in
  if (id) {
    const answer = await context.request.post(`${base}/sign-in/demonstration`, {
      form: { person_id: id },
      headers: { Origin: base },
      maxRedirects: 0,
    });
    if (answer.status() !== 303) throw new Error(`${name} was not let in: ${answer.status()}`);
  }
  const kinds = await goRound(context, name, starts);
  if (!id) for (const kind of kinds) if (!kind.startsWith("/sign")) alike.add(kind);
  await context.close();
}
await browser.close();
