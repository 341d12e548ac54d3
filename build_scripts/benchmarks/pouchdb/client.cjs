// Replicates all tickets into a new local database, as a laptop with PouchDB would.
// node client.cjs URL FOLDER COUNT    prints the seconds it took
"use strict";
const path = require("node:path");
const PouchDB = require("./tickets_db.cjs");

const [url, folder, count] = process.argv.slice(2);

async function main() {
  const here = new PouchDB(path.join(folder, "tickets"));
  const begun = process.hrtime.bigint();
  const done = await here.replicate.from(`${url}/tickets`);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const { doc_count: stored } = await here.info();
  if (!done.ok || stored !== Number(count)) throw new Error(`${stored} tickets came`);
  await here.close();
  console.log(seconds);
}

main();
