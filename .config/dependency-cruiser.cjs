/**
 * The table "Who may import whom" as rules. `test/architecture/layers.test.ts` feeds each of them an import that must be refused.
 */
const builtin = ['core'];

/** A folder of main/ may import itself and the listed folders, nothing else of ours. */
function onlyImports(name, from, allowed) {
  return {
    name,
    comment: `${from} may import only ${allowed.join(', ')}.`,
    severity: 'error',
    from: { path: from },
    to: { path: '^(main|renderer|preload|test)/', pathNot: [from, ...allowed] },
  };
}

/** Only files matching `from` may import the named module. */
function onlyFrom(name, from, module) {
  return {
    name,
    comment: `${module} is known only to ${from.join(', ')}.`,
    severity: 'error',
    from: { path: '^(main|renderer|preload)/', pathNot: from },
    to: { path: module },
  };
}

/** State of the shell that screens read and register with: commands, the selection, where the user is, how it looks. */
const SHARED_BY_SCREENS = '^renderer/app/(commands|navigation|preferences|selection)\\.tsx?$';

const platform = {
  name: 'no-platform-module',
  comment: 'engine, domain and contract run anywhere: no Node module, no Electron.',
  severity: 'error',
  from: { path: '^main/(engine|domain|contract)/' },
  to: { dependencyTypes: builtin },
};

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A ring that exists only in types is erased and allowed.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'Packages and their types are checked by the compiler.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^\\.', pathNot: '\\?(nodeWorker|asset|loader|url|raw)$' },
    },
    platform,
    onlyImports('domain-alone', '^main/domain/', []),
    onlyImports('contract-on-domain', '^main/contract/', ['^main/domain/']),
    onlyImports('engine-on-domain', '^main/engine/', ['^main/domain/']),
    {
      name: 'engine-domain-as-types',
      comment: 'The engine knows nouns only as types.',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: { path: '^main/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engine-no-package',
      comment: 'Kernels are our own arithmetic; the one exception is the linear-program solver in engine/hedge.',
      severity: 'error',
      from: { path: '^main/engine/' },
      to: { path: 'node_modules', pathNot: 'node_modules/highs' },
    },
    onlyImports('book-on-domain', '^main/book/', ['^main/domain/', '^main/contract/']),
    onlyImports('market-on-domain', '^main/market/', ['^main/domain/', '^main/contract/']),
    onlyImports('importing-on-domain', '^main/importing/', ['^main/domain/', '^main/contract/']),
    onlyImports('reporting-on-domain', '^main/reporting/', ['^main/domain/', '^main/contract/', '^renderer/format/']),
    onlyImports('pool-on-engine', '^main/pool/', ['^main/engine/', '^main/domain/']),
    onlyImports('services-below-hosts', '^main/services/', ['^main/(domain|contract|engine|book|market|importing|reporting|pool)/']),
    {
      name: 'host-not-host',
      comment: 'A host never imports a host; what they share is in hosts/ itself.',
      severity: 'error',
      from: { path: '^main/hosts/([^/]+)/' },
      to: { path: '^main/hosts/[^/]+/', pathNot: '^main/hosts/$1/' },
    },
    {
      name: 'host-through-runtime',
      comment: 'Hosts carry bytes: they reach services only through hosts/runtime.ts.',
      severity: 'error',
      from: { path: '^main/hosts/[^/]+/' },
      to: { path: '^main/(services|book|market|importing|reporting|pool|engine)/' },
    },
    onlyImports('preload-on-contract', '^preload/', ['^main/contract/', '^main/domain/']),
    {
      name: 'feature-not-feature',
      comment: 'A feature never imports a feature, and of the shell only what every screen shares.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/(app|features)/', pathNot: ['^renderer/features/$1/', SHARED_BY_SCREENS] },
    },
    {
      name: 'shared-not-feature',
      comment: 'What every screen shares knows no screen.',
      severity: 'error',
      from: { path: ['^renderer/(client|grid|chart|format|parts)/', SHARED_BY_SCREENS] },
      to: { path: '^renderer/features/' },
    },
    {
      name: 'renderer-on-contract',
      comment: 'The renderer knows the contract and the nouns, nothing of what is behind them.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|preload)/', pathNot: '^main/(contract|domain)/' },
    },
    { name: 'renderer-no-platform', severity: 'error', from: { path: '^renderer/' }, to: { dependencyTypes: builtin } },
    onlyFrom('sql-in-book', ['^main/book/'], 'node_modules/(@types/)?better-sqlite3'),
    onlyFrom('electron-in-its-host', ['^main/hosts/electron/', '^preload/'], 'node_modules/electron(/|$)'),
    onlyFrom('threads-in-pool', ['^main/pool/'], '^(node:)?worker_threads$'),
    { name: 'nothing-imports-test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.css'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
