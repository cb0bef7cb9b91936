// Every repository path and npm script that the documents name exists. A line with <!-- doc-paths: skip --> is not read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = process.argv[2] ?? process.cwd();
const FILE_ENDINGS = /\.(ts|tsx|mts|mjs|cjs|js|json|ya?ml|md|sql|css|html|svg|png|sh|pmtiles|ndjson|csv)$/;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.git', '.pentad', 'coverage']);
const NPM_WORDS = new Set(['start', 'test']);

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED_FOLDERS.has(entry.name) || entry.isSymbolicLink()) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [`${path}/`, ...walk(path)] : [path];
  });

const paths = walk(root).map((path) => relative(root, path) + (path.endsWith('/') ? '/' : ''));
const baseNames = new Set(paths.map((path) => path.split('/').at(path.endsWith('/') ? -2 : -1)));
const topFolders = new Set(
  readdirSync(root, { withFileTypes: true })
    .filter((e) => e.isDirectory())
    .map((e) => e.name),
);
const documents = paths.filter((path) => /^(README|AGENTS|CONTRIBUTING)[^/]*\.md$|^docs\/.*\.md$/.test(path));

const scriptsOf = (file) => Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8')).scripts ?? {});
const rootScripts = new Set(existsSync(join(root, 'package.json')) ? scriptsOf('package.json') : []);
const workspaceScripts = new Map(
  paths
    .filter((path) => path.endsWith('/package.json'))
    .flatMap((path) => {
      const { name } = JSON.parse(readFileSync(join(root, path), 'utf8'));
      return [dirname(path), name].map((key) => [key, new Set(scriptsOf(path))]);
    }),
);

const expandBraces = (path) => {
  const found = /\{([^{}]*)\}/.exec(path);
  if (!found) return [path];
  return found[1].split(',').flatMap((item) => expandBraces(path.replace(found[0], item.trim())));
};

const isThere = (path, folder) => {
  const candidates = [join(root, path), join(root, folder, path)];
  if (/[*?]/.test(path)) return candidates.some((candidate) => hasMatch(relative(root, candidate)));
  return candidates.some((candidate) => existsSync(candidate));
};

const hasMatch = (pattern) => {
  const source = pattern
    .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll(/(?<![.)])\*+/g, '[^/]*');
  const matcher = new RegExp(`^${source}/?$`);
  return paths.some((path) => matcher.test(path));
};

/** What is wrong with a piece of code text, or undefined when it is no path or the path is there. */
const problemOf = (text, folder, isLink) => {
  const path = text
    .replace(/^\.\//, '')
    .replace(/[#?].*$/, '')
    .replace(/:\d+(-\d+)?$/, '');
  if (!path || /^[a-z][a-z0-9+.-]*:|^[/@~<$-]|^node_modules\/|[\s<>|=()"'`…]/i.test(path)) return undefined;
  const hasFolder = path.includes('/');
  const looksLikePath =
    isLink || (hasFolder && (topFolders.has(path.split('/')[0]) || FILE_ENDINGS.test(path))) || FILE_ENDINGS.test(path);
  if (!looksLikePath || /(^|\/)(dist|\.pentad)(\/|$)/.test(path)) return undefined;
  for (const one of expandBraces(path)) {
    if (isThere(one, folder)) continue;
    if (!hasFolder && !isLink && baseNames.has(one)) continue;
    return `${text} does not exist`;
  }
  return undefined;
};

const scriptProblems = (line) =>
  [...line.matchAll(/\bnpm (?:run(?:-script)? )?([a-z][\w:-]*)((?:\s+(?:-w|--workspace)[ =]\S+)?)/g)].flatMap(
    (match) => {
      const isRun = match[0].startsWith('npm run');
      if (!isRun && !NPM_WORDS.has(match[1])) return [];
      const workspace = match[2]
        .trim()
        .replace(/^(-w|--workspace)[ =]/, '')
        .replaceAll(/[`'".,;)]+$/g, '');
      const scripts = workspace ? workspaceScripts.get(workspace) : rootScripts;
      return scripts?.has(match[1])
        ? []
        : [`npm script ${match[1]}${workspace ? ` of ${workspace}` : ''} does not exist`];
    },
  );

const problemsOf = (document) => {
  const folder = dirname(document);
  let isFenced = false;
  return readFileSync(join(root, document), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
      if (line.includes('doc-paths: skip')) return [];
      const found = scriptProblems(line);
      const check = (text, isLink) => {
        const problem = problemOf(text, folder, isLink);
        if (problem) found.push(problem);
      };
      if (isFenced) {
        for (const word of line.split(/[\s"'`,;()]+/))
          if (topFolders.has(word.split('/')[0]) && FILE_ENDINGS.test(word)) check(word, false);
      } else {
        for (const [, code] of line.matchAll(/`([^`]+)`/g)) for (const word of code.split(/\s+/)) check(word, false);
        const prose = line.replaceAll(/`[^`]*`/g, '');
        for (const [, target] of prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)) check(target, true);
        for (const [, target] of prose.matchAll(/\b(?:src|href)="([^"]+)"/g)) check(target, true);
      }
      return found.map((problem) => `${document}:${index + 1}: ${problem}`);
    });
};

const problems = documents.flatMap(problemsOf);
for (const problem of problems) console.error(problem);
console.log(`doc paths: ${documents.length} documents read, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
