// Builds static/ into static/dist: bundled, minified, named by content, compressed beforehand, listed in manifest.json.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const dist = join(here, "dist");
const fresh = join(here, "dist.new");
const manifest = {};
// Pages of the build before may be open or still being served: its files stay for a while.
const keptForMs = 7 * 24 * 60 * 60 * 1000;

await rm(fresh, { recursive: true, force: true });
await mkdir(join(fresh, "img"), { recursive: true });

await bundle();
await sprite();
await pictures();
await printFonts();
await writeFile(join(fresh, "manifest.json"), JSON.stringify(sorted(manifest), null, 2) + "\n");
await compress(fresh);
await publish();
await report();

/** Bundles the style sheet and the script; fonts come along as files under fonts/. */
async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: ["css/site.css", "css/flyers.css", "css/doors.css", "js/site.js", "js/flyers.js", "js/doors/walk.js"],
    outdir: fresh,
    outbase: here,
    entryNames: "[dir]/[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    loader: { ".woff2": "file" },
    nodePaths: [modules],
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome100", "firefox100", "safari15.4"],
    legalComments: "none",
    metafile: true,
  });
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const built = relative(fresh, join(here, path));
    const [source] = output.entryPoint ? [output.entryPoint] : Object.keys(output.inputs);
    manifest[built.startsWith("fonts/") ? fontName(source) : source] = built;
  }
}

/** The name a template asks for: "fonts/golos-text-latin.woff2". */
function fontName(source) {
  return "fonts/" + source.split("/").pop().replace("-wght-normal", "");
}

/** One file with the icons of img/icons.json as symbols named after the icon. */
async function sprite() {
  const icons = JSON.parse(await readFile(join(here, "img", "icons.json"), "utf8"));
  const symbols = await Promise.all(icons.map(symbol));
  await store("img/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function symbol(name) {
  const file = join(modules, "lucide-static", "icons", `${name}.svg`);
  const text = await readFile(file, "utf8").catch(() => {
    throw new Error(`static/img/icons.json names "${name}", which Lucide does not have`);
  });
  const body = text.replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
  const drawing = body.replace(/\s+/g, " ").replace(/ ?(<|\/>) ?/g, "$1").trim();
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`
  );
}

/** Everything else in img/ is copied as it is, under a name that follows its content. */
async function pictures() {
  for (const name of await readdir(join(here, "img"))) {
    if (name.endsWith(".json")) continue;
    await store(`img/${name}`, await readFile(join(here, "img", name)));
  }
}

/**
 * Whole static TTFs for the press, one per family, weight and style: a family split by alphabet
 * prints garbage. The press is given fonts.conf and therefore finds these fonts and no others.
 */
async function printFonts() {
  const folder = join(fresh, "print-fonts");
  await mkdir(folder);
  const wanted = JSON.parse(await readFile(join(here, "print", "fonts.json"), "utf8"));
  for (const [name, styles] of Object.entries(wanted)) {
    for (const style of styles) {
      const file = `${familyName(name)}_${style}.ttf`;
      await copyFile(join(modules, "@expo-google-fonts", name, style, file), join(folder, file));
    }
    await copyFile(
      join(modules, "@expo-google-fonts", name, "LICENSE_FONT"),
      join(folder, `${name}-LICENSE.txt`),
    );
  }
  await copyFile(join(here, "print", "fonts.conf"), join(folder, "fonts.conf"));
}

/** "golos-text" is called GolosText in the names of its files. */
function familyName(name) {
  return name.split("-").map((word) => word[0].toUpperCase() + word.slice(1)).join("");
}

async function store(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const built = name.replace(/(\.\w+)$/, `-${hash}$1`);
  await writeFile(join(fresh, built), content);
  manifest[name] = built;
}

/** WhiteNoise serves these neighbours to browsers that accept them. */
async function compress(folder) {
  for (const path of await files(folder)) {
    if (!/\.(css|js|svg)$/.test(path)) continue;
    const content = await readFile(path);
    await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
    await writeFile(`${path}.br`, brotliCompressSync(content));
  }
}

/** Puts the build beside the ones before, the manifest last, so that no moment lacks a file. */
async function publish() {
  const before = await manifestBefore();
  const built = (await files(fresh)).map((path) => relative(fresh, path));
  for (const path of built.filter((path) => path !== "manifest.json")) await move(path);
  await move("manifest.json");
  await rm(fresh, { recursive: true, force: true });
  await forgetOld(new Set(built), new Set(Object.values(before)));
}

async function manifestBefore() {
  const text = await readFile(join(dist, "manifest.json"), "utf8").catch(() => "{}");
  return JSON.parse(text);
}

async function move(path) {
  await mkdir(dirname(join(dist, path)), { recursive: true });
  await rename(join(fresh, path), join(dist, path));
}

/** A file's time says when it was last part of a build: files out of use for long are dropped. */
async function forgetOld(built, before) {
  const now = new Date();
  for (const file of await files(dist)) {
    const path = relative(dist, file);
    if (built.has(path)) continue;
    if (before.has(path.replace(/\.(gz|br)$/, ""))) await utimes(file, now, now);
    else if (now - (await stat(file)).mtime > keptForMs) await rm(file);
  }
}

async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name));
}

async function report() {
  for (const [name, built] of Object.entries(sorted(manifest))) {
    const path = join(dist, built);
    const gzip = await stat(`${path}.gz`).catch(() => null);
    const size = ((gzip ?? (await stat(path))).size / 1024).toFixed(1);
    console.log(`${name.padEnd(36)} ${size.padStart(6)} KB${gzip ? " gzipped" : ""}`);
  }
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
