// Prints THIRD-PARTY.md from the bills of material that sbom.sh wrote: what is shipped, under which licence, with the notices the licences ask for.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join } from "node:path";
import { homedir } from "node:os";

// Licences that let a part be shipped beside code under the MIT licence. Where a package offers a choice, one of them suffices.
const allowed = new Set(["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "PostgreSQL", "MS-PL", "Zlib", "Unlicense"]);
// Packages whose metadata names an address instead of a licence; each was looked up at that address.
const lookedUp = new Map([["https://github.com/dotnet/corefx/blob/master/LICENSE.TXT", "MIT"]]);

const folder = process.argv[2];
const parts = new Map();
for (const file of ["Tutor.Web.json", "Tutor.ModelHost.json", "Tutor.Web.Assets.json"])
  for (const part of JSON.parse(readFileSync(join(folder, file), "utf8")).components ?? []) {
    // esbuild bundles the page assets and is not in them.
    if (part.scope === "excluded" || /^pkg:npm\/(%40esbuild|@esbuild\/|esbuild@)/.test(part.purl)) continue;
    parts.set(part.purl, part);
  }

const ordered = [...parts.values()].sort((a, b) => fullName(a).localeCompare(fullName(b), "en"));
const refused = ordered.filter(part => !licences(part).some(licence => allowed.has(licence)));
if (refused.length > 0) {
  console.error("No known licence allows shipping: " + refused.map(part => `${fullName(part)} ${part.version} (${licences(part).join(", ") || "none named"})`).join("; "));
  process.exit(1);
}

console.log("# Parts of others that Tutor ships\n");
console.log("Made by `bash deploy/sbom.sh --third-party`; do not edit. Tutor itself is under the [MIT licence](LICENSE).\n");
console.log("| part | version | licence | copyright |\n|---|---|---|---|");
for (const part of ordered) console.log(`| ${fullName(part)} | ${part.version} | ${licences(part).join(" or ")} | ${cell(copyright(part))} |`);

// Many packages carry the same text: each stands once.
const texts = new Map();
for (const part of ordered)
  for (const text of notices(part)) {
    const key = text.replace(/\s+/g, " ").trim();
    if (!texts.has(key)) texts.set(key, { text: text.trim(), names: [] });
    texts.get(key).names.push(fullName(part));
  }
console.log("\n# Their licences and notices, as they ship them");
for (const { text, names } of texts.values())
  console.log(`\n## ${[...new Set(names)].join(", ")}\n\n\`\`\`text\n${text.replaceAll("```", "'''").replaceAll("\r", "")}\n\`\`\``);

function fullName(part) {
  return part.group ? `${part.group}/${part.name}` : part.name;
}

function licences(part) {
  return (part.licenses ?? []).flatMap(({ license, expression }) =>
    expression ? expression.split(/\s+OR\s+|[()]/).filter(Boolean) : [license.id ?? lookedUp.get(license.url) ?? license.name]);
}

function copyright(part) {
  return part.copyright ?? (part.authors ?? []).map(author => author.name).join(", ") ?? "";
}

function cell(text) {
  return (text || "see below").replaceAll("|", "/").replace(/\s+/g, " ").trim();
}

function notices(part) {
  const packages = process.env.NUGET_PACKAGES ?? join(homedir(), ".nuget/packages");
  const place = part.purl.startsWith("pkg:npm/")
    ? join("src/Tutor.Web/Assets/node_modules", fullName(part))
    : join(packages, part.name.toLowerCase(), part.version.toLowerCase());
  if (!existsSync(place)) return [];
  return readdirSync(place).filter(name => /^(licen[cs]e|notice|third.?party.*notices?|copying)/i.test(name) && !/\.(rtf|html?|docx?)$/i.test(name))
    .map(name => readFileSync(join(place, name), "utf8"));
}
