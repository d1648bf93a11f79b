import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals or z.enum; an enum is not erasable.' };
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name, one meaning, everywhere.' };
const noBarrel = { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' };
const noAssertion = { selector: 'TSNonNullExpression', message: 'No `!`; check the value or make the type say it is there.' };
const noBareAssertion = {
  selector: 'TSNonNullExpression:not([expression.type="MemberExpression"][expression.computed=true])',
  message: 'In the engine `!` may stand only right after an index.',
};
const noMerge = {
  selector: 'CallExpression[callee.object.name="Object"][callee.property.name="assign"]',
  message: 'Object.assign can change a prototype when it is given parsed data; use spread.',
};
const noClock = [
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'No clock here: pass the instant in.' },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'No clock here: pass the instant in.' },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'Random numbers come from (seed, index).',
  },
  {
    selector: 'CallExpression[callee.object.name="performance"][callee.property.name="now"]',
    message: 'No clock here: time is measured by the caller.',
  },
];
const everywhere = [noEnum, noDefaultExport, noBarrel, noMerge];

/** File names that say nothing about what the file exports. */
const namelessFile = {
  meta: { type: 'problem', schema: [], messages: { nameless: 'A file named `{{name}}` has no name yet: call it after what it exports.' } },
  create(context) {
    const name =
      context.filename
        .split(/[\\/]/)
        .at(-1)
        ?.replace(/\.[^.]+$/, '') ?? '';
    return {
      Program(node) {
        if (/^(utils?|helpers?|common|misc|shared|index)$/.test(name)) context.report({ node, messageId: 'nameless', data: { name } });
      },
    };
  },
};

const sizes = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 70 }],
  '@typescript-eslint/max-params': ['error', { max: 3 }],
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'out/**',
      'dist/**',
      'coverage/**',
      'resources/**',
      'test/screens/**',
      'main/engine/pricing/kernel/**',
      '.config/engine-globals.d.ts',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: process.cwd() } },
    plugins: { interlock: { rules: { 'nameless-file': namelessFile } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...sizes,
      'interlock/nameless-file': 'error',
      'no-restricted-syntax': ['error', ...everywhere, noAssertion],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['main/engine/**/*.ts'],
    rules: {
      '@typescript-eslint/max-params': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...everywhere, noBareAssertion, ...noClock],
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'setTimeout',
        'setInterval',
        'fetch',
        'window',
        'document',
        'performance',
        'crypto',
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, noAssertion, ...noClock],
      // A describe block is a list of claims, not a function to be read in one breath.
      'max-lines-per-function': 'off',
      // A row of test.each is handed over as parameters.
      '@typescript-eslint/max-params': 'off',
    },
  },
  {
    files: ['test/bench/**/*.ts', 'test/**/*.bench.ts', 'test/e2e/**/*.ts', 'test/support/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noBarrel, noMerge, noAssertion] },
  },
  {
    // These tools load the default export of their configuration and reporters.
    files: ['electron.vite.config.ts', 'test/vitest.config.ts', 'test/support/closing-line-reporter.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noBarrel, noMerge, noAssertion] },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: {
      globals: { process: 'readonly', module: 'writable', require: 'readonly', __dirname: 'readonly', console: 'readonly' },
    },
  },
);
