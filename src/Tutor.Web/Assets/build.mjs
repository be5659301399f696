// Builds wwwroot/lib from npm packages: Bootstrap's style sheet, the icons we use and the code editor.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const lib = new URL("../wwwroot/lib/", import.meta.url);
const modules = new URL("node_modules/", import.meta.url);

await rm(lib, { recursive: true, force: true });
await mkdir(lib, { recursive: true });
await Promise.all([writeBootstrap(), writeIcons(), writeEditor()]);

// Bootstrap switches to dark by an attribute that a script would have to set before the first paint. The portal follows
// the system's preference, so the same rules move into a media query and no script is needed.
async function writeBootstrap() {
  const css = await readFile(new URL("bootstrap/dist/css/bootstrap.css", modules), "utf8");
  const dark = [];
  const light = css.replace(/^([^\n{}]*\[data-bs-theme=dark\][^{}]*)\{([^{}]*)\}\n?/gm, (_, selectors, body) => {
    const own = selectors.split(",").map(s => s.trim()).filter(s => s.startsWith("[data-bs-theme=dark]"));
    if (own.length > 0) dark.push(own.map(s => s.replace("[data-bs-theme=dark]", ":root")).join(", ") + " {" + body + "}");
    return "";
  });
  if (dark.length < 3) throw new Error("Bootstrap's dark rules were not found; has its style sheet changed?");
  const whole = `${light.replace(/\/\*# sourceMappingURL.*/, "")}\n@media (prefers-color-scheme: dark) {\n${dark.join("\n")}\n}\n`;
  const { code } = await transform(whole, { loader: "css", minify: true });
  await writeFile(new URL("bootstrap.css", lib), code);
}

async function writeIcons() {
  const names = JSON.parse(await readFile(new URL("icons.json", import.meta.url), "utf8"));
  const symbols = await Promise.all(names.map(async name => {
    const svg = await readFile(new URL(`bootstrap-icons/icons/${name}.svg`, modules), "utf8");
    const content = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 16 16">${content}</symbol>`;
  }));
  await writeFile(new URL("icons.svg", lib), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function writeEditor() {
  await build({
    entryPoints: [new URL("editor.js", import.meta.url).pathname],
    outfile: new URL("editor.js", lib).pathname,
    bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "linked", logLevel: "warning",
  });
}
