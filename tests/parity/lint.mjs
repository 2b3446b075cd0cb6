// Prints what the rules of @convex-dev/eslint-plugin find in projects: `node lint.mjs TOOLS FOLDER PROJECT...`, where TOOLS
// has the node_modules, and each PROJECT in FOLDER a tsconfig.json, so that the rules have types.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [tools, folder, ...projects] = process.argv.slice(2);
const require = createRequire(path.join(tools, "package.json"));
const load = async (name) => await import(pathToFileURL(require.resolve(name)).href);

const { ESLint } = await load("eslint");
const { default: typed } = await load("typescript-eslint");
const { default: plugin } = await load("@convex-dev/eslint-plugin");

const every = "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: [
    { ignores: ["**/_generated/**", "**/*.test.*", "**/*.d.ts"] },
    {
      files: [every],
      languageOptions: {
        parser: typed.parser,
        parserOptions: { project: projects.map((name) => `${name}/tsconfig.json`), tsconfigRootDir: folder },
      },
      linterOptions: { reportUnusedDisableDirectives: "off" },
      plugins: { "@convex-dev": plugin },
      rules: Object.fromEntries(Object.keys(plugin.rules).map((name) => [`@convex-dev/${name}`, "warn"])),
    },
  ],
});

const results = await eslint.lintFiles(projects.map((name) => `${name}/${every}`));
const found = results.flatMap(({ filePath, messages }) =>
  messages
    .filter(({ ruleId }) => ruleId?.startsWith("@convex-dev/"))
    .map(({ ruleId, line, endLine }) => ({
      path: path.relative(folder, filePath).split(path.sep).join("/"),
      rule: ruleId.slice("@convex-dev/".length),
      first: line,
      last: endLine ?? line,
    })),
);
console.log(JSON.stringify({ rules: Object.keys(plugin.rules), found }));
