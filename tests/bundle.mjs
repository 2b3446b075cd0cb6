// Bundle texts as Convex does for its own runtime, and print the errors of each: `node bundle.mjs ESBUILD < texts.json`.
// The options are those of `innerEsbuild` in `npm-packages/convex/src/bundler/debugBundle.ts` of get-convex/convex-backend.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const esbuild = createRequire(import.meta.url)(`${process.argv[2]}/lib/main.js`);

const shims = {
  name: "shims",
  setup(build) {
    build.onResolve({ filter: /^(node:)?async_hooks$/ }, (found) => ({ path: found.path, namespace: "shim" }));
    build.onLoad({ filter: /.*/, namespace: "shim" }, () => ({ contents: "export const AsyncLocalStorage = 1;" }));
  },
};

async function errors({ text, loader, verbatim }) {
  try {
    await esbuild.build({
      stdin: { contents: text, loader, resolveDir: "/nowhere" },
      bundle: true,
      platform: "browser",
      format: "esm",
      target: "esnext",
      conditions: ["convex", "module"],
      define: { "process.env.NODE_ENV": '"production"' },
      minifySyntax: true,
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: verbatim } },
      treeShaking: true,
      write: false,
      logLevel: "silent",
      plugins: [shims],
    });
    return [];
  } catch (refused) {
    return refused.errors.map((one) => one.text);
  }
}

const found = [];
for (const asked of JSON.parse(readFileSync(0, "utf-8"))) found.push(await errors(asked));
console.log(JSON.stringify(found));
process.exit(0);
