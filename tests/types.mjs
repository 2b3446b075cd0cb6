// Says of all methods of the parts of clients, in npm packages, whether they return a promise.
// Run in a folder with `node_modules`; the questions come as JSON on the standard input, the answers go out as JSON.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const ts = createRequire(`${process.cwd()}/x.js`)("typescript");
const questions = JSON.parse(await new Promise((done) => {
  let text = "";
  process.stdin.on("data", (piece) => (text += piece)).on("end", () => done(text));
}));
const specifiers = Object.keys(questions);
specifiers.forEach((one, at) => writeFileSync(`probe${at}.ts`, `import * as probed from ${JSON.stringify(one)};\n`));
const program = ts.createProgram(specifiers.map((_, at) => `probe${at}.ts`), {
  esModuleInterop: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ESNext,
  types: ["node"],
});
const checker = program.getTypeChecker();

function exported(file, name) {
  const module = checker.getSymbolAtLocation(file.statements[0].moduleSpecifier);
  const found = module && checker.getExportsOfModule(module).find((one) => one.getName() === name);
  if (!found) return undefined;
  const symbol = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
  return symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbolAtLocation(symbol, file) : undefined;
}

function made(type) {
  const [signature] = [...type.getConstructSignatures(), ...type.getCallSignatures()];
  return signature && checker.getReturnTypeOfSignature(signature);
}

function member(type, name, file) {
  const found = type.getProperty(name);
  return found && checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(found, file));
}

// `Client().part.method`: a name, then members, `()` for what calling or constructing gives.
function typeOf(file, path) {
  let type;
  path.split(".").forEach((part, at) => {
    const name = part.replace(/(\(\))+$/, "");
    type = at === 0 ? exported(file, name) : type && member(type, name, file);
    for (let left = (part.length - name.length) / 2; left > 0; left--) type = type && made(type);
  });
  return type;
}

function isPromise(type) {
  return Boolean(type.getProperty("then") && type.getProperty("catch"));
}

function returns(type) {
  const kinds = new Set(type.getCallSignatures().map((one) => isPromise(checker.getReturnTypeOfSignature(one))));
  return kinds.size === 0 ? "nothing" : kinds.size > 1 ? "both" : kinds.has(true) ? "promise" : "other";
}

// All methods of the parts of a client, `customers.create`, by what they return.
function methods(type, file, path, seen, found) {
  for (const property of type.getProperties()) {
    const name = property.getName();
    const at = property.valueDeclaration ?? property.declarations?.[0];
    const hidden = at && ts.getCombinedModifierFlags(at) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
    if (hidden || /^[_#]/.test(name) || name === "prototype") continue;
    const inner = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, file));
    const here = [...path, name];
    const kind = returns(inner);
    if (kind !== "nothing") {
      if (path.length > 0) found[here.join(".")] = kind;
    } else if (inner.isClassOrInterface() && here.length < 5 && !seen.includes(inner)) {
      methods(inner, file, here, [...seen, inner], found);
    }
  }
  return found;
}

const answers = {};
specifiers.forEach((specifier, number) => {
  const file = program.getSourceFile(`probe${number}.ts`);
  const asked = questions[specifier].map((path) => {
    const type = typeOf(file, path);
    return [path, type ? methods(type, file, [], [type], {}) : null];
  });
  answers[specifier] = Object.fromEntries(asked);
});
console.log(JSON.stringify(answers));
