// A database of tickets behind express-pouchdb.
// node server.cjs LINES FOLDER    LINES: a file with {"ticket": {…}} on each line; prints its port, ends with its input
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const express = require("express");
const PouchDB = require("./tickets_db.cjs");

const [lines, folder] = process.argv.slice(2);
const docs = fs
  .readFileSync(lines, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line).ticket)
  .map((ticket) => ({ ...ticket, _id: ticket.id }));

async function main() {
  const Here = PouchDB.defaults({ prefix: folder + path.sep });
  const db = new Here("tickets");
  await db.bulkDocs(docs);
  const app = express();
  const options = { mode: "minimumForPouchDB", logPath: path.join(folder, "log.txt") };
  app.use("/", require("express-pouchdb")(Here, options));
  const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
}

process.stdin.resume().on("end", () => process.exit());
main();
