/** What version control keeps for itself; `.git` is a file in a worktree. */
const VERSION_CONTROL: ReadonlySet<string> = new Set([".git", ".hg", ".svn", ".jj"])

/** Folders that hold no source of the project itself: dependencies, caches, build output. */
const FOLDERS: ReadonlySet<string> = new Set(
  `node_modules bower_components jspm_packages Pods Carthage DerivedData
  .venv venv site-packages __pycache__ .tox .nox .mypy_cache .pytest_cache .ruff_cache .eggs
  dist out-tsc .next .nuxt .output .svelte-kit .angular .turbo .parcel-cache .cache .vite .nyc_output
  .gradle .idea .vs .terraform .serverless .dart_tool .stack-work dist-newstyle zig-cache .zig-cache`.split(
    /\s+/,
  ),
)

/** Names of dependencies that are a project's own code where they lie in one of its source folders, which imports it. */
const FOREIGN_FOLDERS: ReadonlySet<string> = new Set(["vendor", "third_party"])
const SOURCE_FOLDERS: ReadonlySet<string> = new Set(["src", "source", "sources", "lib"])

/** Names of build output that are also names of source folders: believed only where no ignore file tells them apart. */
const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(["build", "out", "target", "bin", "obj", "coverage"])

/** Files that are written by tools for tools. */
const FILES: ReadonlySet<string> = new Set(
  `package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock Cargo.lock poetry.lock uv.lock Pipfile.lock
  Gemfile.lock composer.lock go.sum mix.lock flake.lock pubspec.lock packages.lock.json Package.resolved .DS_Store`.split(
    /\s+/,
  ),
)

/** Ends of names, from any of their dots on, of binary, generated, minified or bulk data files. */
const ENDINGS: ReadonlySet<string> = new Set(
  `.png .jpg .jpeg .gif .bmp .ico .icns .webp .avif .tif .tiff .psd .ai .eps .pdf .svg
  .mp3 .mp4 .m4a .mov .avi .mkv .webm .wav .ogg .flac .aac .woff .woff2 .ttf .otf .eot
  .zip .gz .tgz .bz2 .xz .zst .br .7z .rar .tar .jar .war .ear .whl .egg .gem .nupkg .deb .rpm .dmg .iso .apk .vsix
  .o .a .so .dylib .dll .exe .lib .obj .pdb .class .pyc .pyo .pyd .wasm .node .bin .dat .rlib .rmeta .beam .elc
  .db .sqlite .sqlite3 .mdb .parquet .arrow .feather .npy .npz .h5 .onnx .pt .pkl .safetensors .gguf .rdb
  .doc .docx .xls .xlsx .ppt .pptx .odt .ods .keystore .jks .p12 .pfx .der
  .csv .tsv .jsonl .ndjson .log .snap .map .min.js .min.mjs .min.cjs .min.css .bundle.js .chunk.js
  .pb.go .pb.h .pb.cc _pb2.py _pb2_grpc.py .g.dart .freezed.dart .designer.cs .g.cs .tsbuildinfo`.split(
    /\s+/,
  ),
)

/** Whether a file or folder is none of the project's, whatever an ignore file says. */
export function isSkippedAlways(name: string): boolean {
  return VERSION_CONTROL.has(name)
}

/**
 * Whether a file or folder is left alone unless an ignore file asks for it (`!name`): dependencies, build output, caches,
 * lock files, and what is binary, generated or minified by its name. `parent` is the name of the folder it lies in;
 * `hasRules` says whether the project has ignore files.
 */
export function isSkippedByDefault(
  name: string,
  parent: string,
  isFolder: boolean,
  hasRules: boolean,
): boolean {
  if (isFolder && FOREIGN_FOLDERS.has(name)) return !SOURCE_FOLDERS.has(parent)
  if (isFolder) return FOLDERS.has(name) || (!hasRules && OUTPUT_FOLDERS.has(name))
  if (FILES.has(name)) return true
  const lower = name.toLowerCase()
  for (let at = lower.indexOf("."); at !== -1; at = lower.indexOf(".", at + 1)) {
    if (ENDINGS.has(lower.slice(at))) return true
  }
  const stem = lower.indexOf("_pb2")
  return stem !== -1 && ENDINGS.has(lower.slice(stem))
}
