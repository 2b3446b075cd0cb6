// Tell what the types and values of a module have, by their declarations.
//
// node members.cjs TYPESCRIPT FOLDER < [["convex/server", "Scheduler"], …]
//
// Each answer is an object: the names of a type or of a value, and for each whether calling it gives a "promise",
// something else ("call"), or whether it is nothing to call ("value"). A union of strings has these as its names. The
// name "*" stands for the module itself: its exports, each "type" or "value".

const { readFileSync } = require("node:fs");
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
  types: [],
};
const home = path.resolve(folder, "ask.ts");
const host = ts.createCompilerHost(options);
const modules = [...new Set(questions.map(([module]) => module))];
const text = modules.map((name, at) => `export * as m${at} from ${JSON.stringify(name)};`).join("\n");
const read = host.getSourceFile;
host.getSourceFile = (name, ...rest) =>
  path.resolve(name) === home ? ts.createSourceFile(name, text, options.target) : read.call(host, name, ...rest);
const exists = host.fileExists;
host.fileExists = (name) => path.resolve(name) === home || exists.call(host, name);
const program = ts.createProgram([home], options, host);
const checker = program.getTypeChecker();
const source = program.getSourceFile(home);

const real = (symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
const isPublic = (symbol) =>
  !symbol.name.startsWith("__") &&
  !(ts.getCombinedModifierFlags(symbol.declarations[0]) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));

function kindOf(symbol) {
  const type = checker.getTypeOfSymbolAtLocation(symbol, source);
  const calls = checker.getSignaturesOfType(checker.getApparentType(type), ts.SignatureKind.Call);
  const gives = calls.map((one) => checker.getReturnTypeOfSignature(one));
  if (!gives.length) return "value";
  return gives.every((one) => checker.getApparentType(one).getProperty("then")) ? "promise" : "call";
}

function answer([module, name]) {
  const symbol = checker.getSymbolAtLocation(source.statements[modules.indexOf(module)].moduleSpecifier);
  const found = symbol ? checker.getExportsOfModule(symbol) : [];
  if (name === "*") {
    return Object.fromEntries(
      found.map((one) => [one.name, real(one).flags & ts.SymbolFlags.Value ? "value" : "type"]),
    );
  }
  const one = found.find((other) => other.name === name);
  if (!one) return {};
  const type =
    real(one).flags & ts.SymbolFlags.Type
      ? checker.getDeclaredTypeOfSymbol(real(one))
      : checker.getTypeOfSymbolAtLocation(real(one), source);
  if (type.isUnion() && type.types.every((part) => part.isStringLiteral())) {
    return Object.fromEntries(type.types.map((part) => [part.value, "value"]));
  }
  const properties = checker.getPropertiesOfType(type).filter((part) => part.declarations?.length && isPublic(part));
  return Object.fromEntries(properties.map((part) => [part.name, kindOf(part)]));
}

console.log(JSON.stringify(questions.map(answer)));
