// Run programs with the real package, and say what becomes of them: `node run.mjs FOLDER < PROGRAMS`.
//
// The input is a list of { at, how, entry, schema }: a folder below FOLDER, what to do, with which module, and the folder
// of the schema. Each answer has
// `error`, what was thrown (null where nothing was), and `gives`, what the package exports to the server.
//
// The server is played by `Convex` below. What it refuses is written after its source, which each check names.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder] = process.argv;
const programs = JSON.parse(readFileSync(0, "utf8"));
const FIVE_YEARS = 5 * 366 * 24 * 3600;
let indexes = {};
let pages = 0;

const refuse = (message) => {
  throw new Error(message);
};

// crates/common/src/query.rs, IndexRange::split and IndexRange::compile
function checkRange(name, range) {
  const fields = indexes[name] ?? refuse(`Index ${name} not found`);
  const equal = new Set();
  let unequal = null;
  const bounds = new Set();
  for (const { type, fieldPath } of range) {
    if (type === "Eq") {
      if (equal.has(fieldPath)) refuse(`Already defined equality bound on ${fieldPath}`);
      equal.add(fieldPath);
      continue;
    }
    const bound = type[0];
    if (bounds.has(bound)) refuse(`Already defined bound on ${fieldPath}`);
    if (unequal !== null && unequal !== fieldPath) refuse("Bounds on multiple fields");
    unequal = fieldPath;
    bounds.add(bound);
  }
  if (equal.has(unequal)) refuse(`Already defined inequality bound on ${unequal}`);
  for (const one of [...equal, ...(unequal === null ? [] : [unequal])]) {
    if (!fields.includes(one)) refuse(`${one} is not in the index ${name}`);
  }
  const used = [...equal].sort((a, b) => fields.indexOf(a) - fields.indexOf(b));
  if (unequal !== null) used.push(unequal);
  used.forEach((one, at) => fields[at] === one || refuse(`The fields of ${name} are not used in order`));
}

function checkQuery({ source }) {
  // crates/common/src/query.rs, Order
  if (![undefined, null, "asc", "desc"].includes(source.order)) refuse(`unknown variant ${source.order}`);
  if (source.type === "IndexRange") checkRange(source.indexName, source.range);
}

// crates/udf/src/validation.rs, validate_schedule_args
function checkSchedule({ ts }) {
  if (Math.abs(ts - Date.now() / 1000) > FIVE_YEARS) refuse("more than 5 years away");
}

// crates/isolate/src/environment/udf/async_syscall.rs, query_page
function checkPage({ query, pageSize }) {
  if (pageSize === 0) refuse("Must request at least 1 document while paginating");
  // MultiplePaginatedDatabaseQueries
  if (++pages > 1) refuse("This query or mutation function ran multiple paginated queries");
  checkQuery(query);
}

const answers = {
  "1.0/queryStream": (given) => (checkQuery(given.query), { queryId: 0 }),
  "1.0/queryCleanup": () => null,
  "1.0/queryStreamNext": () => ({ value: null, done: true }),
  "1.0/queryPage": (given) => (checkPage(given), { page: [], isDone: true, continueCursor: "" }),
  "1.0/count": () => 0,
  "1.0/insert": () => ({ _id: "id" }),
  "1.0/schedule": (given) => (checkSchedule(given), "id"),
};
const answer = (op, given) => {
  const known = answers[op] ?? refuse(`no answer to ${op}`);
  return JSON.stringify(known(JSON.parse(given)));
};
globalThis.Convex = { syscall: answer, asyncSyscall: async (op, given) => answer(op, given) };

const ways = {
  // What a module declares is all that is looked at.
  module: async () => null,
  args: async (module) => JSON.parse(module.run.exportArgs()),
  schema: async (module) => JSON.parse(module.default.export()),
  crons: async (module) => JSON.parse(module.default.export()),
  routes: async (module) =>
    module.default.getRoutes().map(([path, method, handler]) => {
      // What `HttpRouter.runRequest` calls when a request comes.
      handler.invokeHttpAction ?? refuse("endpoint.invokeHttpAction is not a function");
      return [path, method];
    }),
  query: async (module) => module.run.invokeQuery("[{}]"),
  mutation: async (module) => module.run.invokeMutation("[{}]"),
};

const load = (at, name) => import(pathToFileURL(path.resolve(folder, at, `${name}.js`)));

// The indexes of a schema, by the folder that holds it.
const known = new Map();

async function indexesOf(at) {
  if (!known.has(at)) {
    const { tables } = JSON.parse((await load(at, "schema")).default.export());
    const found = {};
    for (const { tableName, indexes: own } of tables) {
      found[`${tableName}.by_id`] = ["_id"];
      found[`${tableName}.by_creation_time`] = ["_creationTime", "_id"];
      for (const { indexDescriptor, fields } of own) {
        found[`${tableName}.${indexDescriptor}`] = [...fields, "_creationTime", "_id"];
      }
    }
    known.set(at, found);
  }
  return known.get(at);
}

async function run({ at, how, entry, schema }) {
  try {
    pages = 0;
    indexes = schema && how !== "schema" ? await indexesOf(schema) : {};
    return { error: null, gives: await ways[how](await load(at, entry)) };
  } catch (error) {
    return { error: String(error?.message ?? error), gives: null };
  }
}

const said = [];
for (const program of programs) said.push(await run(program));
process.stdout.write(JSON.stringify(said));
