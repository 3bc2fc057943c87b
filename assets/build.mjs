// Builds static/dist from assets: a style sheet and one more for the office, each for both reading directions,
// our scripts, the brand images and the fonts of notices, each under a name that holds its own digest, so that a
// browser may keep it for ever. manifest.json maps "meritum.css" to "meritum.3f2a91c04b.css". Nothing is done when
// no input has changed.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, basename, join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const dist = join(here, "..", "static", "dist");
const testTools = join(here, "build");
const stampFile = join(dist, "inputs.sha256");

const FONTS = [
  ...["latin", "latin-ext", "vietnamese", "cyrillic", "greek"].flatMap((subset) => [
    ["noto-sans", "Noto Sans", subset, 400, "normal"],
    ["noto-sans", "Noto Sans", subset, 400, "italic"],
    ["noto-sans", "Noto Sans", subset, 700, "normal"],
  ]),
  ...["arabic", "devanagari"].flatMap((script) => [
    [`noto-sans-${script}`, `Noto Sans ${script[0].toUpperCase()}${script.slice(1)}`, script, 400, "normal"],
    [`noto-sans-${script}`, `Noto Sans ${script[0].toUpperCase()}${script.slice(1)}`, script, 700, "normal"],
  ]),
];

function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

function filesUnder(folder) {
  return readdirSync(join(here, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function inputsDigest() {
  const ours = [...filesUnder("scss"), ...filesUnder("js"), ...filesUnder("images")];
  const named = ["build.mjs", "package-lock.json"].map((name) => join(here, name));
  return digest(...[...named, ...ours].flatMap((path) => [path.slice(here.length), readFileSync(path)]));
}

async function compileStyles(name) {
  const sass = await import("sass");
  const { css } = sass.compile(join(here, "scss", name), {
    loadPaths: [here],
    style: "compressed",
    quietDeps: true,
    sourceMap: false,
    charset: false,
  });
  const { default: postcss } = await import("postcss");
  const root = postcss.parse(css);
  // The third-party styles point at pictures that we neither ship nor show.
  root.walkDecls((declaration) => {
    if (/url\((?!"?data:)/.test(declaration.value)) declaration.remove();
  });
  return root.toString();
}

async function mirror(css) {
  const { default: rtlcss } = await import("rtlcss");
  return rtlcss.process(css, { autoRename: false });
}

function fontSheet(put) {
  return FONTS.map(([pack, family, subset, weight, style]) => {
    const file = `${pack}-${subset}-${weight}-${style}.woff2`;
    const name = put(`fonts/${file}`, readFileSync(join(modules, "@fontsource", pack, "files", file)));
    return `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};src:url("${name.slice("fonts/".length)}") format("woff2")}`;
  }).join("\n");
}

async function build(target) {
  const manifest = {};
  const put = (logical, content) => {
    const extension = extname(logical);
    const named = join(dirname(logical), `${basename(logical, extension)}.${digest(content).slice(0, 10)}${extension}`);
    mkdirSync(join(target, dirname(logical)), { recursive: true });
    writeFileSync(join(target, named), content);
    if ([".css", ".js", ".svg"].includes(extension)) {
      writeFileSync(join(target, `${named}.gz`), gzipSync(content, { level: 9 }));
      writeFileSync(join(target, `${named}.br`), brotliCompressSync(content));
    }
    manifest[logical] = named;
    return named;
  };
  const css = await compileStyles("meritum.scss");
  put("meritum.css", css);
  put("meritum.rtl.css", await mirror(css));
  const office = await compileStyles("office.scss");
  put("office.css", office);
  put("office.rtl.css", await mirror(office));
  const vendor = readFileSync(join(modules, "govuk-frontend/dist/govuk/govuk-frontend.min.js"), "utf8");
  const components = put("components.js", vendor.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
  put("meritum.js", readFileSync(join(here, "js", "meritum.js"), "utf8").replace("./components.js", `./${components}`));
  for (const path of filesUnder("js")) {
    if (basename(path) !== "meritum.js") put(basename(path), readFileSync(path, "utf8"));
  }
  for (const path of filesUnder("images")) put(basename(path), readFileSync(path));
  put("fonts/notices.css", fontSheet(put));
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

const wanted = inputsDigest();
const isBuilt = existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted;
if (isBuilt && existsSync(join(testTools, "axe.min.js")) && !process.argv.includes("--force")) {
  console.log("static/dist is up to date");
} else {
  const target = `${dist}.new`;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await build(target);
  writeFileSync(join(target, "inputs.sha256"), wanted);
  rmSync(dist, { recursive: true, force: true });
  renameSync(target, dist);
  mkdirSync(testTools, { recursive: true });
  cpSync(join(modules, "axe-core", "axe.min.js"), join(testTools, "axe.min.js"));
  console.log("static/dist was built");
}
