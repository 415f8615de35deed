// The walk of a TypeScript client whose types `openapi-typescript` wrote beside it.
//
// Told the register's address, it tells what it saw as JSON.

import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Schemas = components["schemas"];
type Got<T> = { data?: T; error?: unknown };

const PAGE = 7;
const STATUSES: Schemas["PublicStatus"][] = [
  "listed",
  "listed-with-actions",
  "under-review",
  "suspended",
  "removed",
  "closed",
];
const [base] = process.argv.slice(2);
if (base === undefined) throw new Error("say where the register is");
const { GET, POST } = createClient<paths>({ baseUrl: base });

function good<T>({ data, error }: Got<T>): T {
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

async function search(): Promise<{ total: number; numbers: string[] }> {
  const numbers: string[] = [];
  let cursor: string | undefined;
  for (let total = -1; ; ) {
    const query = {
      status: STATUSES,
      sort: "name" as const,
      limit: PAGE,
      include: ["total" as const],
      ...(cursor === undefined ? {} : { cursor }),
    };
    const found: Schemas["SearchAnswer"] = good(await GET("/v1/providers", { params: { query } }));
    total = found.total ?? total;
    numbers.push(...found.items.map((item) => item.provider.number));
    if (found.links.next === null) return { total, numbers };
    cursor = new URL(found.links.next, base).searchParams.get("cursor") ?? undefined;
  }
}

async function feed(): Promise<{ entries: number[]; head: number }> {
  const entries: number[] = [];
  for (;;) {
    const query = { after: entries.at(-1) ?? 0, limit: PAGE };
    const page: Schemas["FeedAnswer"] = good(
      await GET("/v1/register/entries", { params: { query } }),
    );
    entries.push(...page.items.map((item) => item.entry));
    if (page.items.length === 0) return { entries, head: page.register.entry };
  }
}

async function recordOf(number: string): Promise<Schemas["ProviderRecord"]> {
  return good(await GET("/v1/providers/{number}", { params: { path: { number } } }));
}

const { total, numbers } = await search();
const records = await Promise.all(numbers.map(recordOf));
const known = records.find((one) => one.identifiers.length > 0);
const identifier = known?.identifiers[0];
if (known === undefined || identifier === undefined) throw new Error("nobody has a number");
const { number } = known;
const history = good(
  await GET("/v1/providers/{number}/history", {
    params: { path: { number }, query: { limit: 100 } },
  }),
);
const resolved = good(
  await GET("/v1/identifiers/{scheme}/{value}", {
    params: { path: { scheme: identifier.scheme, value: identifier.value } },
  }),
);
const lookedUp = good(
  await POST("/v1/providers/lookup", { body: { numbers: [number, "AP999999Q"] } }),
);
const nothing = await GET("/v1/providers/{number}", { params: { path: { number: "nothing" } } });

const saw = {
  total,
  numbers,
  names: records.map((one) => one.name),
  history_ends_with: history.items[0]?.entry === known.register.entry,
  resolved: resolved.items.some((one) => one.number === number),
  looked_up:
    JSON.stringify(lookedUp.items.map((item) => item.providers.map((one) => one.number))) ===
    JSON.stringify([[number], []]),
  refused: nothing.error?.type,
  ...(await feed()),
};
process.stdout.write(JSON.stringify(saw));
