// Bundles GraphiQL into ../dist/graphiql, from where the program embeds it.
import { build } from "esbuild";
import { copyFileSync } from "node:fs";

const target = "../dist/graphiql";

await build({
  entryPoints: ["page.jsx"],
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  tsconfigRaw: {}, // not the explorer's, which stands one folder up
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file" },
});
copyFileSync("index.html", `${target}/index.html`);
