// Tell what the type declarations of npm packages say: a question a line of the input, an answer a line of the output.
//
// node declarations.cjs TYPESCRIPT FOLDER < [{ "module": "convex-helpers", "path": ["asyncMap", "()"] }, …]
//
// A path leads from an export of the module, by the name of a property, by "()" to what a call gives, by "new" to what
// a construction gives, by "await" to what a promise is of, by "#0" to what the first parameter takes. Each type on the
// way may be several: the overloads of a function, the members of a union. What is answered is the set of what these
// are: promise, function, reference, value, nothing (null, undefined, void), query, mutation or action with the
// visibility where it is known, any; and "missing" where the path leads nowhere. A promise that has other members than
// every promise is "promise with" these.

const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const [, , typescript, folder] = process.argv;
const ts = require(path.resolve(typescript));
const questions = JSON.parse(readFileSync(0, "utf8"));

const options = {
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  preserveSymlinks: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2023,
  types: existsSync(path.resolve(folder, "node_modules/@types/node")) ? ["node"] : [],
  typeRoots: [path.resolve(folder, "node_modules/@types")],
};
const home = path.resolve(folder, "ask.ts");
const host = ts.createCompilerHost(options);
const modules = [...new Set(questions.map((question) => question.module))];
const text = modules.map((name, at) => `export * as m${at} from ${JSON.stringify(name)};`).join("\n");
const read = host.getSourceFile;
host.getSourceFile = (name, ...rest) =>
  path.resolve(name) === home ? ts.createSourceFile(name, text, options.target) : read.call(host, name, ...rest);
const exists = host.fileExists;
host.fileExists = (name) => path.resolve(name) === home || exists.call(host, name);
const program = ts.createProgram([home], options, host);
const checker = program.getTypeChecker();
const source = program.getSourceFile(home);

function exportsOf(name, at) {
  const symbol = checker.getSymbolAtLocation(source.statements[at].moduleSpecifier);
  const found = new Map((symbol ? checker.getExportsOfModule(symbol) : []).map((one) => [one.name, one]));
  // A module of Node is its own default.
  return symbol && !found.has("default") ? found.set("default", symbol) : found;
}

const parts = (type) => (type.isUnion() ? type.types : [type]);

function isPromise(type) {
  return type.getProperty("then") !== undefined;
}

function step(type, name) {
  if (name === "()" || name === "new") {
    const kind = name === "()" ? ts.SignatureKind.Call : ts.SignatureKind.Construct;
    return checker.getSignaturesOfType(type, kind).map((one) => checker.getReturnTypeOfSignature(one));
  }
  if (name === "await") {
    const of = checker.getAwaitedType(type);
    return of ? [of] : [];
  }
  if (name.startsWith("#")) {
    const signatures = [ts.SignatureKind.Call, ts.SignatureKind.Construct].flatMap((kind) => [
      ...checker.getSignaturesOfType(type, kind),
    ]);
    return signatures.flatMap((one) => parameter(one, Number(name.slice(1))));
  }
  const property = checker.getPropertyOfType(checker.getApparentType(type), name);
  if (property) return [checker.getTypeOfSymbolAtLocation(property, source)];
  const index = checker.getIndexTypeOfType(checker.getApparentType(type), ts.IndexKind.String);
  return index ? [index] : [];
}

function parameter(signature, at) {
  const symbol = signature.parameters[Math.min(at, signature.parameters.length - 1)];
  if (!symbol) return [];
  const type = checker.getTypeOfSymbolAtLocation(symbol, source);
  const declaration = symbol.valueDeclaration;
  const rest = declaration && ts.isParameter(declaration) && declaration.dotDotDotToken;
  if (!rest) return at < signature.parameters.length ? [type] : [];
  const inside = at - signature.parameters.length + 1;
  return parts(checker.getBaseConstraintOfType(type) ?? type).flatMap((one) => {
    const items = checker.isTupleType(one) ? checker.getTypeArguments(one) : [];
    if (items.length) return inside < items.length ? [items[inside]] : [];
    const item = checker.getIndexTypeOfType(one, ts.IndexKind.Number);
    return item ? [item] : [];
  });
}

function kindOf(type) {
  if (type.flags & ts.TypeFlags.Any) return "any";
  if (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) return "nothing";
  const apparent = checker.getBaseConstraintOfType(type) ?? type;
  if (apparent !== type && apparent.isUnion()) return "value";
  for (const kind of ["Query", "Mutation", "Action"]) {
    const visibility = apparent.getProperty(`is${kind}`) && apparent.getProperty("_visibility");
    if (visibility) {
      const known = checker.getTypeOfSymbolAtLocation(visibility, source);
      return kind.toLowerCase() + (known.isStringLiteral() ? ` ${known.value}` : "");
    }
  }
  if (isPromise(apparent)) {
    const own = checker.getPropertiesOfType(apparent).map((one) => one.name);
    const more = own.filter((name) => !/^(then|catch|finally|__@.*)$/.test(name)).sort();
    return more.length ? `promise with ${more.join(" ")}` : "promise";
  }
  if (apparent.getProperty("_visibility") && apparent.getProperty("_returnType")) return "reference";
  return checker.getSignaturesOfType(apparent, ts.SignatureKind.Call).length ? "function" : "value";
}

const spread = (types) =>
  types.flatMap((type) => parts(type).flatMap((one) => parts(checker.getBaseConstraintOfType(one) ?? one).length > 1 ? parts(checker.getBaseConstraintOfType(one)) : [one]));

const known = new Map(modules.map((name, at) => [name, exportsOf(name, at)]));
const answers = questions.map((question) => {
  const [first, ...steps] = question.path;
  const symbol = known.get(question.module).get(first);
  if (!symbol) return ["missing"];
  const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (!(real.flags & ts.SymbolFlags.Value)) return real.flags & ts.SymbolFlags.Type ? ["type"] : ["missing"];
  let types = spread([checker.getTypeOfSymbolAtLocation(real, source)]);
  for (const name of steps) types = spread(types.flatMap((type) => step(type, name)));
  return types.length ? [...new Set(types.map(kindOf))].sort() : ["missing"];
});
console.log(JSON.stringify(answers));
